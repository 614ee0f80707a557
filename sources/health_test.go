package sources

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestHealth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &clinic{fetch: after(100 * time.Millisecond)}
		s := open(t, c, Settings{})
		start := time.Now().UTC()
		n := 0
		read := func() {
			n++
			readOne(s, allergiesOf(fmt.Sprint(n)))
		}
		want := func(state State, since time.Time) {
			t.Helper()
			if h := s.Health(); h.State != state || !h.Since.Equal(since) {
				t.Errorf("%s since %v, want %s since %v", h.State, h.Since, state, since)
			}
		}
		want(StateUnknown, start)
		r := s.Begin([]Key{allergiesOf("x")})[0]
		if s.Health().InFlight != 1 {
			t.Error("one read is in flight")
		}
		wait(r)
		want(StateUp, start.Add(100*time.Millisecond))
		for range 94 {
			read()
		}
		c.fetch = after(time.Second)
		for range 6 {
			read()
		}
		if h := s.Health(); h.P50 != 100*time.Millisecond || h.P95 != time.Second || h.InFlight != 0 {
			t.Errorf("%+v", h)
		}
		answered := time.Now().UTC()
		c.fetch = func(_ context.Context, keys []Key, answer func(Key, Result)) {
			answer(keys[0], Result{Err: dead(context.Background())})
		}
		time.Sleep(time.Second)
		failed := time.Now().UTC()
		read()
		want(StateDegraded, failed)
		for range 4 {
			read()
		}
		want(StateDown, failed)
		h := s.Health()
		if !h.LastAnswer.Equal(answered) || h.LastErrorCode != "connection-refused" || h.LastErrorReason == "" {
			t.Errorf("%+v", h)
		}
		c.fetch = holds
		read()
		want(StateDegraded, failed)
		time.Sleep(time.Minute)
		want(StateUp, failed.Add(time.Minute))
	})
}

func TestStateOnTheWire(t *testing.T) {
	for s, want := range map[State]string{"": `"UNKNOWN"`, StateDown: `"DOWN"`} {
		var b strings.Builder
		if s.MarshalGQL(&b); b.String() != want {
			t.Errorf("%q: %s", s, b.String())
		}
	}
	var s State
	if err := s.UnmarshalGQL("UP"); err != nil || s != StateUp {
		t.Error(s, err)
	}
	if s.UnmarshalGQL(7) == nil {
		t.Error("7 is no state")
	}
}
