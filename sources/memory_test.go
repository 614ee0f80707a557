package sources

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

func TestHowLongAnswersAreRemembered(t *testing.T) {
	s := Settings{Remember: 2 * time.Second, RememberBy: map[record.Section]time.Duration{
		record.Problems: time.Minute, record.Medications: 0}}
	quick, late := 50*time.Millisecond, 2*time.Second
	failed := Result{Err: &Error{Kind: Timeout}}
	for _, c := range []struct {
		what    string
		section record.Section
		answer  Answer
		want    time.Duration
	}{
		{"as the settings say", record.Allergies, Answer{Took: quick}, 2 * time.Second},
		{"as they say for the section", record.Problems, Answer{Took: quick}, time.Minute},
		{"not at all", record.Medications, Answer{Took: quick}, 0},
		{"late: the asker may be gone", record.Medications, Answer{Took: late}, 5 * time.Second},
		{"late, and for longer anyway", record.Problems, Answer{Took: late}, time.Minute},
		{"an error", record.Problems, Answer{Took: quick, Result: failed}, time.Second},
		{"a late error", record.Medications, Answer{Took: late, Result: failed}, time.Second},
		{"not asked", record.Problems, Answer{Result: Result{Err: &Error{unasked: true}}}, 0},
	} {
		if got := s.remembered(Key{c.section, "1"}, c.answer); got != c.want {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}

func TestRememberedAnswersKeepTheirAge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &clinic{fetch: holds}
		s := open(t, c, Settings{Remember: 10 * time.Second})
		first := readOne(s, allergiesOf("1"))
		time.Sleep(9 * time.Second)
		again := readOne(s, allergiesOf("1"))
		if !again.Remembered || first.Remembered || !again.Retrieved.Equal(first.Retrieved) || c.fetches() != 1 {
			t.Errorf("first %+v, again %+v, %d fetches", first, again, c.fetches())
		}
		if age := OutcomeOf(again, time.Now()).Age; age != 9*time.Second {
			t.Errorf("age %v", age)
		}
		time.Sleep(time.Second)
		if a := readOne(s, allergiesOf("1")); a.Remembered || c.fetches() != 2 {
			t.Errorf("still remembered: %+v", a)
		}
	})
}

func TestWhatIsPassedIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		down := errors.New("down")
		c := &clinic{fetch: func(ctx context.Context, keys []Key, answer func(Key, Result)) {
			for _, k := range keys {
				switch k.LocalID {
				case "dead":
					answer(k, Result{Err: down})
				case "slow":
					time.Sleep(time.Second)
					fallthrough
				default:
					holds(ctx, []Key{k}, answer)
				}
			}
		}}
		s := open(t, c, Settings{Remember: 10 * time.Second})
		passed := s.Begin([]Key{allergiesOf("1"), allergiesOf("dead")})
		slow := s.Begin([]Key{allergiesOf("slow")})
		for _, r := range passed {
			<-r.Done()
		}
		kept := readOne(s, allergiesOf("2"))
		s.Forget(append(passed, slow...))
		s.Forget(passed) // again is nothing
		for _, id := range []string{"dead", "2", "1"} {
			if a := readOne(s, allergiesOf(id)); a.Remembered != (id != "1") {
				t.Errorf("%s: %+v", id, a)
			}
		}
		if a := readOne(s, allergiesOf("slow")); a.Err != nil {
			t.Errorf("what was on its way: %+v", a)
		}
		if kept.Err != nil || c.fetches() != 4 {
			t.Errorf("%d fetches", c.fetches())
		}
	})
}

func TestALateAnswerIsThereWhenAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &clinic{fetch: after(3 * time.Second)}
		s := open(t, c, Settings{})
		r := s.Begin([]Key{allergiesOf("1")})[0]
		time.Sleep(300 * time.Millisecond) // and gone
		if o := PendingOutcome(r, time.Now()); o.Status != record.Pending || o.Took != 300*time.Millisecond {
			t.Errorf("%+v", o)
		}
		time.Sleep(7 * time.Second)
		select {
		case <-s.Begin([]Key{allergiesOf("1")})[0].Done():
		default:
			t.Error("it must be there at once")
		}
		if c.fetches() != 1 {
			t.Errorf("%d fetches", c.fetches())
		}
	})
}

func TestADeadSourceIsNotStormed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &clinic{fetch: func(_ context.Context, keys []Key, answer func(Key, Result)) {
			answer(keys[0], Result{Err: errors.New("no route to host 9990000018")})
		}}
		s := open(t, c, Settings{Remember: time.Minute})
		for range 500 {
			if a := readOne(s, allergiesOf("1")); code(a) != "failed" {
				t.Fatalf("%+v", a)
			}
		}
		if c.fetches() != 1 {
			t.Errorf("%d fetches", c.fetches())
		}
		time.Sleep(time.Second)
		if readOne(s, allergiesOf("1")); c.fetches() != 2 {
			t.Error("an error must be forgotten after a second")
		}
	})
}

func TestMemoryIsBoundedAndEmptiesItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, &clinic{fetch: holds}, Settings{Remember: 30 * time.Second, Memory: 10})
		for i := range 100 {
			readOne(s, allergiesOf(fmt.Sprint(i)))
		}
		size := func() (int, int) {
			s.mu.Lock()
			defer s.mu.Unlock()
			return len(s.flights), len(s.memory)
		}
		if f, m := size(); f != 10 || m != 10 {
			t.Errorf("%d flights, %d remembered", f, m)
		}
		time.Sleep(32 * time.Second)
		if f, m := size(); f != 0 || m != 0 {
			t.Errorf("nobody asks, and %d flights, %d remembered stay", f, m)
		}
	})
}
