package hl7v2

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/sources/hl7v2/mllp"
)

// TestThroughput prints how many messages a second are acknowledged durably; `make hl7`
// runs it. PATCHWORK_HL7 is for how many seconds.
func TestThroughput(t *testing.T) {
	seconds, err := strconv.Atoi(os.Getenv("PATCHWORK_HL7"))
	if err != nil || seconds < 1 {
		t.Skip("skipped: PATCHWORK_HL7=SECONDS is not set")
	}
	for _, c := range []struct{ connections, ahead int }{{1, 1}, {8, 1}, {16, 1}, {32, 1}, {4, 16}} {
		s := open(t, stanza(t))
		rate, worst := load(t, s, c.connections, c.ahead, time.Duration(seconds)*time.Second)
		sizes, err := s.store.Sizes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("hl7v2: %2d connections, %2d messages ahead: %6.0f messages/s acknowledged durably, slowest %v (%d kept)\n", c.connections, c.ahead, rate, worst.Round(time.Millisecond), sizes.Messages)
	}
}

// load sends from several connections, each with so many messages under way, for so long.
func load(t *testing.T, s *source, connections, ahead int, d time.Duration) (rate float64, slowest time.Duration) {
	var acknowledged, worst atomic.Int64
	begun := time.Now()
	var all sync.WaitGroup
	for n := range connections {
		x := dial(t, s)
		_ = x.conn.SetDeadline(time.Now().Add(d + time.Minute))
		sent := make(chan time.Time, ahead)
		all.Go(func() {
			defer close(sent)
			for i := 0; time.Since(begun) < d; i++ {
				text := numbers
				if i%4 == 0 {
					text = admit
				}
				text = strings.NewReplacer("%ID%", fmt.Sprintf("%d-%d", n, i), "H1^", fmt.Sprintf("H%d^", i%500+n*1000), "9990000018", "", "|F1|", fmt.Sprintf("|F%d|", i)).Replace(text)
				sent <- time.Now()
				if _, err := x.conn.Write(mllp.Frame([]byte(x.message(text)))); err != nil {
					t.Error(err)
					return
				}
			}
		})
		all.Go(func() {
			for at := range sent {
				if got := x.answer(); !strings.HasPrefix(got, "AA|") {
					t.Errorf("answered %s", got)
				}
				acknowledged.Add(1)
				for took := int64(time.Since(at)); ; {
					had := worst.Load()
					if took <= had || worst.CompareAndSwap(had, took) {
						break
					}
				}
			}
		})
	}
	all.Wait()
	return float64(acknowledged.Load()) / time.Since(begun).Seconds(), time.Duration(worst.Load())
}
