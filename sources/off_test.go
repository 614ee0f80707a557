package sources

import (
	"context"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// cupboard is a line that can do everything that a source may be asked.
type cupboard struct{ *line }

func (c cupboard) Open(_ context.Context, env Env) (Source, error) { c.Env = env; return c, nil }

func (c cupboard) Find(ctx context.Context, qs []record.PersonQuery) ([][]record.Person, error) {
	return make([][]record.Person, len(qs)), c.Call(ctx, c.reach)
}

func (c cupboard) Probe(ctx context.Context) error { return c.Call(ctx, c.reach) }

func (c cupboard) Rosters(ctx context.Context) ([]Roster, error) { return nil, c.Call(ctx, c.reach) }

func (c cupboard) Roster(ctx context.Context, _ RosterKind, _ string) ([]record.Person, error) {
	return nil, c.Call(ctx, c.reach)
}

func (c cupboard) OpenDocument(ctx context.Context, _, _ string, take func(Document) error) error {
	return c.Call(ctx, c.reach)
}

// TestWhatIsSwitchedOffIsNotAsked (hazard H-02): nothing reaches it, what was asked before
// ends, what is remembered is not given, and nothing of it reads as an empty section.
func TestWhatIsSwitchedOffIsNotAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(func(context.Context) error { return nil })
		s := open(t, cupboard{l}, Settings{Remember: time.Hour})
		if a := readOne(s, allergiesOf("1")); a.Err != nil {
			t.Fatal(a.Err)
		}
		l.do = hang
		under := s.Begin([]Key{allergiesOf("2")})[0]
		found := make(chan error, 1)
		go func() { _, err := s.Find(context.Background(), nil); found <- err }()
		synctest.Wait()
		begun, calls := time.Now(), l.calls.Load()
		s.SwitchOff(begun)
		o := OutcomeOf(wait(under), time.Now())
		errs := map[string]error{"a search under way": <-found}
		if time.Since(begun) != 0 || o.Status != record.Unavailable || o.Code != "switched-off" {
			t.Errorf("what was under way ended after %v: %+v", time.Since(begun), o)
		}
		for what, k := range map[string]Key{"remembered": allergiesOf("1"), "in flight": allergiesOf("2"), "new": allergiesOf("3")} {
			o := OutcomeOf(readOne(s, k), time.Now())
			if o.Status != record.Unavailable || o.Code != "switched-off" || o.Reason != "It is switched off" || !o.Since.Equal(begun) || o.Count != 0 {
				t.Errorf("%s: %+v", what, o)
			}
		}
		errs["call"] = l.Call(t.Context(), l.reach)
		_, errs["find"] = s.Find(t.Context(), make([]record.PersonQuery, 1))
		errs["probe"] = s.Probe(t.Context())
		_, errs["rosters"] = s.Rosters(t.Context())
		_, errs["roster"] = s.Roster(t.Context(), Ward, "1")
		_, errs["document"] = s.OpenDocument(t.Context(), "1", "a")
		for what, err := range errs {
			if err == nil || AsError(err).Code != "switched-off" {
				t.Errorf("%s: %v", what, err)
			}
		}
		if h := s.Health(); l.calls.Load() != calls || h.State != StateDown || h.BreakerOpen || h.LastErrorReason != "It is switched off" {
			t.Errorf("%d calls, %+v", l.calls.Load()-calls, h)
		}

		l.do = func(context.Context) error { return nil }
		s.SwitchOn()
		s.SwitchOn()
		for _, id := range []string{"1", "2", "3"} {
			if a := readOne(s, allergiesOf(id)); a.Err != nil || a.Remembered {
				t.Errorf("on again: %s: %+v", id, a)
			}
		}
		if err := s.Probe(t.Context()); err != nil || s.Off() != nil || s.Health().State != StateUp {
			t.Errorf("on again: %v %+v", err, s.Health())
		}
	})
}

// In the moment between the switch and the wiping of the memory, nothing of the memory is
// given, and an answer that comes in that moment is not kept.
func TestNothingIsGivenInTheMomentOfTheSwitch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		free := make(chan struct{})
		l := newLine(func(context.Context) error { return nil })
		s := open(t, l, Settings{Remember: time.Hour})
		readOne(s, allergiesOf("1"))
		l.do = func(context.Context) error { <-free; return nil }
		late := s.Begin([]Key{allergiesOf("2")})[0]
		synctest.Wait()
		s.gate.power.off.Store(&Error{Kind: Unavailable, Code: "switched-off", unasked: true})
		for _, id := range []string{"1", "2"} {
			select {
			case <-s.Begin([]Key{allergiesOf(id)})[0].Done():
			default:
				t.Errorf("%s joins what is under way", id)
			}
			if a := s.Begin([]Key{allergiesOf(id)})[0].Answer(); code(a) != "switched-off" {
				t.Errorf("%s: %+v", id, a)
			}
		}
		close(free)
		wait(late)
		s.SwitchOn()
		if a := readOne(s, allergiesOf("2")); a.Err != nil || a.Remembered {
			t.Errorf("what came in that moment is kept: %+v", a)
		}
	})
}

// A document that is being read ends with the switch, and does not look whole.
func TestSwitchingOffEndsADocument(t *testing.T) {
	t.Parallel()
	c := &cabinet{}
	c.open = func(ctx context.Context, take func(Document) error) error {
		from, to := io.Pipe()
		context.AfterFunc(ctx, func() { _ = to.CloseWithError(ctx.Err()) })
		go func() { _, _ = to.Write([]byte("words")) }()
		return take(Document{ContentType: "text/plain", Size: -1, Body: from})
	}
	s := open(t, c, Settings{})
	o, err := s.OpenDocument(t.Context(), "1", "d")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = o.Close() }()
	s.SwitchOff(time.Now())
	if got, err := io.ReadAll(o); err == nil || AsError(err).Code != "switched-off" {
		t.Errorf("%q, %v", got, err)
	}
}
