package patient_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// BenchmarkKnown: people the index knows, asking nobody.
func BenchmarkKnown(b *testing.B) {
	for _, n := range []int{1, 50} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := four(b, n)
			p.find(10*time.Second, synthetic(n)...)
			for b.Loop() {
				p.find(0, synthetic(n)...)
			}
		})
	}
}

// BenchmarkNew: 50 people nobody has opened before, asked of four systems and stored.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		p := four(b, 50)
		b.StartTimer()
		p.find(10*time.Second, synthetic(50)...)
	}
}

func four(b *testing.B, n int) *patchwork {
	systems := make([]*system, 4)
	for i := range systems {
		systems[i] = holds()
		for k, number := range synthetic(n) {
			systems[i].people = append(systems[i].people, person(number, fmt.Sprint(k), born))
		}
	}
	return build(b, dbtest.Open(b, dbtest.SQLite(b)), systems...)
}
