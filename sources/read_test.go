package sources

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

func TestBeginAsksOnceForAllKeysAndAlignsReads(t *testing.T) {
	c := &clinic{fetch: holds}
	s := open(t, c, Settings{})
	keys := []Key{allergiesOf("1"), {record.Problems, "1"}, allergiesOf("2"), allergiesOf("1")}
	reads := s.Begin(keys)
	for i, r := range reads {
		a := wait(r)
		if a.Err != nil || a.Source != s.Origin() || a.Retrieved.IsZero() {
			t.Errorf("key %d: %+v", i, a)
		}
		for _, e := range a.Entries {
			if e.Common().Subject != keys[i].LocalID {
				t.Errorf("key %d got entries of %s", i, e.Common().Subject)
			}
		}
	}
	if len(c.asked) != 1 || len(c.asked[0]) != 3 {
		t.Errorf("asked %v, want one fetch of three distinct keys", c.asked)
	}
	if len(reads[0].Answer().Entries) != 1 || len(reads[1].Answer().Entries) != 0 {
		t.Error("answers are not with their keys")
	}
}

func TestEqualReadsInFlightAreJoined(t *testing.T) {
	release := make(chan struct{})
	c := &clinic{fetch: func(ctx context.Context, keys []Key, answer func(Key, Result)) {
		<-release
		holds(ctx, keys, answer)
	}}
	s := open(t, c, Settings{})
	var reads []*Read
	for range 500 {
		reads = append(reads, s.Begin([]Key{allergiesOf("1")})...)
	}
	close(release)
	for _, r := range reads {
		if a := wait(r); len(a.Entries) != 1 || a.Remembered {
			t.Fatalf("%+v", a)
		}
	}
	if n := c.fetches(); n != 1 {
		t.Errorf("%d fetches, want 1", n)
	}
	if readOne(s, allergiesOf("1")); c.fetches() != 2 {
		t.Error("with Remember 0 a quick answer must not be kept")
	}
}

func TestSectionsAnswerOneByOne(t *testing.T) {
	release := make(chan struct{})
	c := &clinic{fetch: func(ctx context.Context, keys []Key, answer func(Key, Result)) {
		holds(ctx, keys[:1], answer)
		<-release
		holds(ctx, keys[1:], answer)
	}}
	s := open(t, c, Settings{})
	reads := s.Begin([]Key{allergiesOf("1"), {record.Problems, "1"}})
	if a := wait(reads[0]); len(a.Entries) != 1 {
		t.Errorf("%+v", a)
	}
	if o := OutcomeOf(reads[1].Answer(), time.Now()); o.Status.Complete() {
		t.Errorf("a read in flight must not look answered: %+v", o)
	}
	if o := PendingOutcome(reads[1], time.Now()); o.Status != record.Pending || o.Source != s.Origin() {
		t.Errorf("%+v", o)
	}
	close(release)
	wait(reads[1])
	if o := PendingOutcome(reads[1], time.Now()); o.Status != record.Empty {
		t.Errorf("%+v", o)
	}
}

func TestDeadlineEndsReadsEvenIfFetchDoesNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		j := &journal{}
		c := &clinic{fetch: func(context.Context, []Key, func(Key, Result)) { <-release }}
		s := openLogged(t, c, Settings{Timeout: 3 * time.Second, Concurrency: 2}, j)
		begun := time.Now()
		for _, id := range []string{"1", "2"} {
			a := readOne(s, allergiesOf(id))
			if code(a) != "timeout" || AsError(a.Err).Kind != Timeout {
				t.Errorf("%+v", a)
			}
		}
		if took := time.Since(begun); took != 6*time.Second {
			t.Errorf("took %v", took)
		}
		time.Sleep(2 * time.Second)
		if n := j.count("does not stop"); n != 1 {
			t.Errorf("logged %d times, want once", n)
		}
		if a := readOne(s, allergiesOf("3")); code(a) != "connector-stuck" {
			t.Errorf("%+v: stuck fetches must not pile up", a)
		}
		close(release)
		synctest.Wait()
		c.fetch = holds
		if a := readOne(s, allergiesOf("3")); a.Err != nil {
			t.Errorf("%+v", a)
		}
	})
}

func TestWhatFetchLeavesOutIsUnavailable(t *testing.T) {
	s := open(t, &clinic{fetch: func(ctx context.Context, keys []Key, answer func(Key, Result)) {
		holds(ctx, keys[:1], answer)
		answer(allergiesOf("somebody else"), Result{})
	}}, Settings{})
	reads := s.Begin([]Key{allergiesOf("1"), allergiesOf("2")})
	if a := wait(reads[0]); a.Err != nil {
		t.Error(a.Err)
	}
	if a := wait(reads[1]); code(a) != "no-answer" {
		t.Errorf("%+v", a)
	}
}

func TestTheFirstAnswerCounts(t *testing.T) {
	s := open(t, &clinic{fetch: func(ctx context.Context, keys []Key, answer func(Key, Result)) {
		holds(ctx, keys, answer)
		answer(keys[0], Result{Err: errors.New("changed its mind")})
	}}, Settings{Remember: time.Minute})
	readOne(s, allergiesOf("1"))
	if a := readOne(s, allergiesOf("1")); a.Err != nil || len(a.Entries) != 1 {
		t.Errorf("%+v", a)
	}
}

func TestPanicIsAnErrorAndSaysNothingPersonal(t *testing.T) {
	j := &journal{}
	s := openLogged(t, &clinic{fetch: func(context.Context, []Key, func(Key, Result)) {
		panic("cannot parse 9990000018 Ashworth")
	}}, Settings{}, j)
	if a := readOne(s, allergiesOf("1")); code(a) != "connector-fault" || AsError(a.Err).Kind != Unavailable {
		t.Errorf("%+v", a)
	}
	if j.count("connector fault") != 1 || j.count("read_test.go") != 1 || j.count("Ashworth") != 0 {
		t.Errorf("log: %s", j.out.String())
	}
}

func TestKeysThatAreNotAsked(t *testing.T) {
	c := &clinic{fetch: holds}
	s := open(t, c, Settings{})
	for k, want := range map[Key]string{
		{record.Documents, "1"}: "not-offered",
		{record.Allergies, ""}:  "no-local-id",
	} {
		if a := readOne(s, k); code(a) != want || OutcomeOf(a, time.Now()).Status != record.Unavailable {
			t.Errorf("%v: %+v", k, a)
		}
	}
	if c.fetches() != 0 {
		t.Error("asked all the same")
	}
}

func TestCloseEndsWhatIsInFlight(t *testing.T) {
	c := &clinic{fetch: holds}
	s := open(t, c, Settings{Remember: time.Hour})
	readOne(s, allergiesOf("0"))
	c.fetch = func(ctx context.Context, _ []Key, _ func(Key, Result)) { <-ctx.Done() }
	r := s.Begin([]Key{allergiesOf("1")})[0]
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if a := wait(r); code(a) != "closed" {
		t.Errorf("%+v", a)
	}
	if a := readOne(s, allergiesOf("1")); code(a) != "closed" {
		t.Errorf("%+v", a)
	}
	if err := s.Close(); err != nil || !c.shut {
		t.Error("the source was not closed", err)
	}
	if len(s.flights) > 0 || len(s.memory) > 0 {
		t.Error("answers stay in memory")
	}
}

// TestManyReadersGetTheirOwnPeople is for the race detector as well.
func TestManyReadersGetTheirOwnPeople(t *testing.T) {
	for _, remember := range []time.Duration{0, time.Millisecond, time.Hour} {
		s := open(t, &clinic{fetch: holds}, Settings{Remember: remember, Memory: 5})
		var group sync.WaitGroup
		for reader := range 16 {
			group.Go(func() {
				for i := range 200 {
					keys := []Key{allergiesOf(fmt.Sprint(i % 7)), allergiesOf(fmt.Sprint((i + reader) % 11))}
					for j, r := range s.Begin(keys) {
						a := wait(r)
						if a.Err != nil || len(a.Entries) != 1 || a.Entries[0].Common().Subject != keys[j].LocalID ||
							a.Entries[0].Common().Provenance.Source != s.Origin() {
							t.Errorf("%v: %+v", keys[j], a)
						}
					}
				}
			})
		}
		group.Wait()
	}
}

func TestCloseGivesUpOnAConnectorThatDoesNotStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		s := open(t, &clinic{fetch: func(context.Context, []Key, func(Key, Result)) { <-release }}, Settings{})
		s.Begin([]Key{allergiesOf("1")})
		begun := time.Now()
		if err := s.Close(); err == nil || time.Since(begun) != closeGrace {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
		close(release)
	})
}
