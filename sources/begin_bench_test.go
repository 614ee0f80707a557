package sources

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// whole is a clinic that offers every section.
type whole struct{ clinic }

func (w *whole) Open(_ context.Context, env Env) (Source, error) {
	w.Env = env
	return w, nil
}

func (w *whole) Offers() (all []record.Section) {
	for _, h := range record.Headings() {
		all = append(all, h.Section)
	}
	return all
}

func (w *whole) Fetch(_ context.Context, keys []Key, answer func(Key, Result)) {
	for _, k := range keys {
		answer(k, Result{})
	}
}

// BenchmarkPage is what one patient's page costs above its connectors: 18 sections of
// 4 sources, asked for and waited for.
func BenchmarkPage(b *testing.B) {
	for _, c := range []struct {
		name     string
		remember time.Duration
		patients int
	}{{"new", 0, 1 << 30}, {"remembered", time.Hour, 1}} {
		b.Run(c.name, func(b *testing.B) {
			var systems []*System
			for range 4 {
				s, err := Open(b.Context(), &whole{}, Settings{Origin: record.Origin{ID: "x"}, Remember: c.remember}, Env{Zone: time.UTC}, nil)
				if err != nil {
					b.Fatal(err)
				}
				defer func() { _ = s.Close() }()
				systems = append(systems, s)
			}
			b.ReportAllocs()
			keys := make([]Key, 0, 18)
			reads := make([][]*Read, 4)
			for i := 0; b.Loop(); i++ {
				id := strconv.Itoa(i % c.patients)
				keys = keys[:0]
				for _, section := range (&whole{}).Offers() {
					keys = append(keys, Key{section, id})
				}
				for j, s := range systems {
					reads[j] = s.Begin(keys)
				}
				for _, rs := range reads {
					for _, r := range rs {
						<-r.Done()
					}
				}
			}
		})
	}
}
