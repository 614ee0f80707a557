package disclosure

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkTable protects tables of a hundred thousand people, with small numbers in the
// last rows.
func BenchmarkTable(b *testing.B) {
	for _, size := range [][2]int{{20, 10}, {100, 20}, {70, 70}, {1000, 5}, {2500, 2}} {
		random := rand.New(rand.NewPCG(7, 8))
		tally := NewTally([]string{"a", "b"})
		for person := range 100_000 {
			a := random.IntN(size[0]) * random.IntN(size[0]) / size[0]
			tally.Add(fmt.Sprint(person), []string{fmt.Sprint(a), fmt.Sprint(random.IntN(size[1]))})
		}
		b.Run(fmt.Sprint(size[0], "x", size[1]), func(b *testing.B) {
			for b.Loop() {
				if _, err := tally.Table(DefaultK, DefaultRound); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
