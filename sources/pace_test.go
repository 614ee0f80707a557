package sources

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// TestCallsKeepTheRate: however calls come and however long they take, in no span of time do
// more begin than the rate and the burst allow; and each either reaches the system before its
// reader's deadline or is told, as soon as that is known, that it will not.
func TestCallsKeepTheRate(t *testing.T) {
	for seed := range uint64(60) {
		synctest.Test(t, func(t *testing.T) {
			random, slowness := rand.New(rand.NewPCG(seed, 8)), rand.New(rand.NewPCG(seed, 9)) // the latter under mu
			r := Rate{PerSecond: 0.5 + 20*random.Float64(), Burst: random.IntN(6)}
			burst := r.limiter().Burst()
			var mu sync.Mutex
			var began []time.Time
			l := newLine(func(context.Context) error {
				mu.Lock()
				began = append(began, time.Now())
				pause := time.Duration(slowness.IntN(900)) * time.Millisecond
				mu.Unlock()
				time.Sleep(pause)
				return nil
			})
			open(t, l, Settings{Rate: r, Concurrency: 1 + random.IntN(8), Queue: 3 * time.Second})
			var group sync.WaitGroup
			calls, answered := 120, 0
			for range calls {
				time.Sleep(time.Duration(random.IntN(150)) * time.Millisecond)
				patience := time.Duration(500+random.IntN(3000)) * time.Millisecond
				group.Go(func() {
					begun := time.Now()
					ctx, cancel := context.WithTimeout(context.Background(), patience)
					defer cancel()
					err := l.Call(ctx, l.reach)
					mu.Lock()
					defer mu.Unlock()
					switch e := AsError(err); {
					case e == nil:
						answered++
					case e.Code != "paced" && e.Code != "busy" && e.Code != "timeout" || !e.unasked:
						t.Errorf("seed %d: %+v", seed, e)
					case time.Since(begun) > patience:
						t.Errorf("seed %d: told after %v of %v", seed, time.Since(begun), patience)
					}
				})
			}
			group.Wait()
			if answered != len(began) || answered == 0 {
				t.Errorf("seed %d: %d answered, %d reached the system", seed, answered, len(began))
			}
			for i := range began {
				for j := i; j < len(began); j++ {
					if n, may := float64(j-i+1), float64(burst)+r.PerSecond*began[j].Sub(began[i]).Seconds()+1e-3; n > may {
						t.Fatalf("seed %d: %v calls in %v at %+v", seed, n, began[j].Sub(began[i]), r)
					}
				}
			}
		})
	}
}

// A read for which there is no turn in its time is no empty section, is told at once, says
// nothing against the source and is asked again the next time.
func TestAReadWithoutATurnIsUnavailable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(func(context.Context) error { return nil })
		s := open(t, l, Settings{Timeout: 4 * time.Second, Rate: Rate{PerSecond: 0.5, Burst: 1}})
		begun := time.Now()
		var reads []*Read
		for i := range 5 {
			reads = append(reads, s.Begin([]Key{allergiesOf(fmt.Sprint(i))})...)
			synctest.Wait()
		}
		var paced int
		for _, r := range reads {
			select {
			case <-r.Done():
			default:
				continue
			}
			if o := OutcomeOf(r.Answer(), time.Now()); o.Code == "paced" && o.Status == record.Unavailable && o.Reason != "" {
				paced++
			}
		}
		if paced != 3 { // the third's turn would come just at the deadline
			t.Errorf("%d of 5 were told at once", paced)
		}
		for _, r := range reads {
			wait(r)
		}
		if took := time.Since(begun); took > 4*time.Second || l.calls.Load() < 2 || s.Health().State != StateUp {
			t.Errorf("%d calls, %v, %+v", l.calls.Load(), took, s.Health())
		}
		time.Sleep(4 * time.Second)
		if a := readOne(s, allergiesOf("4")); a.Err != nil {
			t.Errorf("asked again: %v", a.Err)
		}
	})
}

// Those who wait for a slot of a source that hangs are not let loose on it together.
func TestSlotsThatComeFreeTogetherKeepTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		free := make(chan struct{})
		var began []time.Time
		var mu sync.Mutex
		l := newLine(func(context.Context) error {
			mu.Lock()
			began = append(began, time.Now())
			mu.Unlock()
			<-free
			return nil
		})
		s := open(t, l, Settings{Concurrency: 4, Queue: time.Minute, Timeout: time.Minute, Rate: Rate{PerSecond: 1, Burst: 1}})
		for i := range 12 {
			s.Begin([]Key{allergiesOf(fmt.Sprint(i))})
		}
		time.Sleep(20 * time.Second)
		close(free)
		time.Sleep(20 * time.Second)
		mu.Lock()
		defer mu.Unlock()
		for i := 1; i < len(began); i++ {
			if d := began[i].Sub(began[i-1]); d < time.Second-time.Millisecond {
				t.Errorf("call %d begins %v after the one before", i, d)
			}
		}
		if len(began) != 12 {
			t.Errorf("%d calls", len(began))
		}
	})
}
