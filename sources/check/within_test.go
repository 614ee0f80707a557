package check_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
)

// silent is a source that does not answer until it is told to stop.
type silent struct{ shelf }

func (s *silent) Open(context.Context, sources.Env) (sources.Source, error) { return s, nil }
func (s *silent) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	<-ctx.Done()
	for _, k := range keys {
		answer(k, sources.Result{Err: ctx.Err()})
	}
}

// What was not looked at in time is skipped, never well; what was is in the report.
func TestWithinItsTime(t *testing.T) {
	t.Parallel()
	s := &silent{shelf{section: record.Alerts}}
	r := checked(t, s, settings, check.Options{People: []string{"canary-1", "canary-2"}, Wait: patience, Within: 50 * time.Millisecond})
	if got := r.Found(check.Warn); !slices.Equal(got, []string{"out-of-time"}) || r.People != 0 || r.Failed() {
		t.Errorf("%v %v, %d people", r.Found(check.Fail), got, r.People)
	}
	for _, c := range r.Checks {
		if c.Name == "codes" && c.Verdict != check.Skip {
			t.Errorf("%+v", c)
		}
	}
}

// Whoever goes away gets no report, soon.
func TestWhoGoesAwayEndsIt(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, leave)
	begun := time.Now()
	_, err := check.Run(ctx, &silent{shelf{section: record.Alerts}}, settings, sources.Env{Log: slog.New(slog.DiscardHandler), Now: clock}, check.Options{People: []string{"canary-1"}})
	if !errors.Is(err, context.Canceled) || time.Since(begun) > 4*time.Second {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}

// Where it has no lists, somebody else may know people of it; of few nothing is told.
func TestKnownPeople(t *testing.T) {
	t.Parallel()
	known := func(ids ...string) func(context.Context, int) ([]string, error) {
		return func(context.Context, int) ([]string, error) { return ids, nil }
	}
	failing := func(context.Context, int) ([]string, error) { return nil, errors.New("canary") }
	four := []string{"canary-1", "canary-2", "canary-3", "canary-4"}
	for name, c := range map[string]struct {
		options check.Options
		people  int
		why     string
	}{
		"some":              {check.Options{Known: known(four...)}, 4, ""},
		"as many as wanted": {check.Options{Known: known(four...), Most: 2}, 2, ""},
		"enough":            {check.Options{Known: known(four...), Least: 4}, 4, ""},
		"too few":           {check.Options{Known: known(four...), Least: 5}, 0, "of fewer than 5 sample people"},
		"none":              {check.Options{Known: known()}, 0, "no sample people"},
		"not to be had":     {check.Options{Known: failing, Least: 5}, 0, "no sample people"},
	} {
		c.options.Wait = patience
		r := checked(t, &shelf{section: record.Alerts}, settings, c.options)
		why := ""
		for _, k := range r.Checks {
			if k.Name == "codes" && k.Verdict == check.Skip && r.People == 0 {
				why = k.Text
			}
		}
		if r.People != c.people || !strings.HasPrefix(why, c.why) || (why == "") != (c.why == "") || r.People == 0 && len(r.Sections) != 0 {
			t.Errorf("%s: %d people, %q, %v", name, r.People, why, r.Sections)
		}
	}
}

// Outside its hours it is not asked, and nothing is well for that.
func TestOutOfTurn(t *testing.T) {
	t.Parallel()
	s := clean()
	s.instead = func(http.ResponseWriter, *http.Request) bool {
		t.Error("it was asked")
		return true
	}
	closed := settings
	closed.Windows = []sources.Window{{Days: []time.Weekday{clock().AddDate(0, 0, 3).Weekday()}, From: 60, To: 120}}
	r := probe(t, s.start(t), closed, patience)
	if len(r.Found(check.Fail)) != 0 || !slices.Equal(r.Found(check.Warn), []string{"out-of-turn"}) || r.Checks[0].Verdict != check.Skip {
		t.Errorf("%v %v %+v", r.Found(check.Fail), r.Found(check.Warn), r.Checks[0])
	}
}

// Where only reaching it was asked for, nobody is looked for and nothing of anybody is read;
// the rest is skipped, not well.
func TestOnlyReached(t *testing.T) {
	t.Parallel()
	s := &silent{shelf{section: record.Alerts}} // whoever reads it waits for ever
	r := checked(t, s, settings, check.Options{People: []string{"canary-1"}, Wait: patience, Reached: true})
	if r.Failed() || r.People != 0 || len(r.Sections) != 0 {
		t.Errorf("%+v", r)
	}
	for _, c := range r.Checks {
		if (c.Name == "sections" || c.Name == "codes" || c.Name == "search") && c.Verdict != check.Skip {
			t.Errorf("%+v", c)
		}
	}
}
