package overload

import (
	"context"
	"math"
	"runtime/metrics"
	"strconv"
	"sync"
	"testing"
	"time"
)

// server is a Gate whose processors are as far behind as the test says.
type server struct {
	*Gate
	wait time.Duration
	at   time.Time
}

func newServer(always int) *server {
	s := &server{at: time.Unix(0, 0)}
	s.Gate = New(func() time.Duration { return s.wait }, func() time.Time { return s.at })
	s.Always = always
	return s
}

// after lets time pass with the processors so far behind.
func (s *server) after(wait time.Duration, times int) {
	s.wait = wait
	for range times {
		s.at = s.at.Add(every)
		s.adjust()
	}
}

// enter lets n requests of each of some in, and gives how many came in.
func (s *server) enter(class Class, n int, who ...string) (in int) {
	for range n {
		for _, w := range who {
			if _, ok := s.Enter(class, w); ok {
				in++
			}
		}
	}
	return in
}

// While no processor is behind, everybody comes in: systems that are slow make many wait here,
// and that is no reason to refuse anybody.
func TestSlowSystemsAreNoOverload(t *testing.T) {
	t.Parallel()
	s := newServer(4)
	s.after(soon/2, 10)
	if in := s.enter(Person, 500, "a"); in != 500 {
		t.Errorf("%d of 500 came in", in)
	}
	if in := s.enter(Export, most, "b"); in != most-500 {
		t.Errorf("%d came in after 500, not up to the %d that memory is for", in, most)
	}
	if l := s.State().Limit(); !math.IsInf(l, 1) {
		t.Error("a limit holds:", l)
	}
}

// Behind, fewer come in each time, and never fewer than always do; once they are not, more, and
// after a calm second everybody.
func TestTheLimitFollowsTheProcessors(t *testing.T) {
	t.Parallel()
	s := newServer(4)
	var leave []func()
	for range 100 {
		l, _ := s.Enter(Person, strconv.Itoa(len(leave)))
		leave = append(leave, l)
	}
	s.after(tooLong+1, 1)
	if l := s.State().Limit(); l != 90 {
		t.Errorf("100 were inside when the processors fell behind, and the limit is %v", l)
	}
	if s.enter(Person, 1, "new") != 0 {
		t.Error("a request came in above the limit")
	}
	s.after(tooLong+1, 100)
	if l := s.State().Limit(); l != 4 {
		t.Errorf("the limit is %v, not the 4 that always come in", l)
	}
	for _, l := range leave {
		l()
		l() // does nothing
	}
	if in := s.State().Inside; in != 0 {
		t.Fatalf("%d are inside after all have left", in)
	}
	s.after(tooLong+1, 1)
	if in := s.enter(Person, 10, "a", "b", "c", "d", "e"); in != 4 {
		t.Errorf("%d came in, not 4", in)
	}
	for range 3 {
		s.enter(Person, 10, "more")
		s.after(soon-1, 1)
	}
	if l := s.State().Limit(); l <= 6 || l > 8 {
		t.Errorf("three times well with all room taken: the limit is %v", l)
	}
	s.after(soon-1, int(calm/every))
	if !math.IsInf(s.State().Limit(), 1) {
		t.Error("the limit holds after a calm second")
	}
}

// What is refused first: exports, then lists, then records; the way in last.
func TestClasses(t *testing.T) {
	t.Parallel()
	s := newServer(100)
	s.after(tooLong+1, 2)
	for _, c := range []struct {
		class Class
		until int
	}{{Export, 40}, {People, 70}, {Person, 100}, {Entry, 150}} {
		for n := 0; ; n++ {
			if _, ok := s.Enter(c.class, c.class.String()+strconv.Itoa(n)); !ok {
				break
			}
		}
		if in := s.State().Inside; in != c.until {
			t.Errorf("%s: refused at %d, not at %d", c.class, in, c.until)
		}
		if !s.Behind(c.class) {
			t.Errorf("%s: there is room, it says", c.class)
		}
	}
	for class, n := range s.State().Refused {
		if n != 1 {
			t.Errorf("%s: %d refused", Class(class), n)
		}
	}
}

// Whoever asks for much takes no room from those who ask for little.
func TestANoisyClient(t *testing.T) {
	t.Parallel()
	s := newServer(30)
	s.after(tooLong+1, 2)
	if in := s.enter(Person, 1000, "alone"); in != 30 {
		t.Errorf("alone: %d came in, not 30", in)
	}
	s = newServer(30)
	s.after(tooLong+1, 2)
	quiet := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i"}
	s.enter(Person, 1, quiet...)
	if in := s.enter(Person, 1000, "noisy"); in < 4 || in > 5 { // a tenth, and half of that more
		t.Errorf("%d of the noisy one's came in beside nine others", in)
	}
	if in := s.enter(Person, 1, quiet...); in != 9 {
		t.Errorf("%d of the nine others came in beside a noisy one", in)
	}
	s.at = s.at.Add(2 * recent)
	s.after(tooLong+1, 1)
	if n := len(s.askers); n != 10 {
		t.Errorf("%d are remembered, who are inside", n)
	}
}

// Nobody is kept who asked a while ago.
func TestAskersAreForgotten(t *testing.T) {
	t.Parallel()
	s := newServer(4)
	for n := range 5000 {
		leave, _ := s.Enter(Entry, strconv.Itoa(n))
		leave()
	}
	s.at = s.at.Add(2 * recent)
	s.after(0, 1)
	if n := len(s.askers); n != 0 {
		t.Errorf("%d are remembered", n)
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	s := New(Processors(), time.Now)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); s.Run(ctx) }()
	var group sync.WaitGroup
	for w := range 50 {
		group.Go(func() {
			for i := range 200 {
				leave, _ := s.Enter(Class(i%int(classes)), strconv.Itoa(w))
				s.Behind(People)
				leave()
			}
		})
	}
	group.Wait()
	stop()
	<-done
	if in := s.State().Inside; in != 0 {
		t.Errorf("%d are inside", in)
	}
}

func TestWaited(t *testing.T) {
	t.Parallel()
	bounds := []float64{math.Inf(-1), 0, .001, .01, .1, math.Inf(1)}
	for name, c := range map[string]struct {
		before, now []uint64
		want        time.Duration
	}{
		"nothing":           {[]uint64{0, 9, 9, 9, 9}, []uint64{0, 9, 9, 9, 9}, 0},
		"all at once":       {[]uint64{0, 0, 0, 0, 0}, []uint64{0, 100, 0, 0, 0}, 0},
		"a tenth is longer": {[]uint64{0, 0, 0, 0, 0}, []uint64{0, 80, 10, 10, 0}, time.Millisecond},
		"more than a tenth": {[]uint64{0, 0, 0, 0, 0}, []uint64{0, 80, 9, 11, 0}, 10 * time.Millisecond},
		"only what is new":  {[]uint64{0, 0, 0, 99, 0}, []uint64{0, 10, 0, 99, 2}, 100 * time.Millisecond},
	} {
		if got := waited(&metrics.Float64Histogram{Counts: c.now, Buckets: bounds}, c.before); got != c.want {
			t.Errorf("%s: %s, not %s", name, got, c.want)
		}
	}
}
