package sources

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

// hospital is a clinic that says who is where.
type hospital struct {
	clinic
	rosters func(context.Context) ([]Roster, error)
	roster  func(context.Context, RosterKind, string) ([]record.Person, error)
}

func (h *hospital) Open(_ context.Context, env Env) (Source, error) {
	h.Env = env
	return h, nil
}

func (h *hospital) Rosters(ctx context.Context) ([]Roster, error) { return h.rosters(ctx) }

func (h *hospital) Roster(ctx context.Context, kind RosterKind, id string) ([]record.Person, error) {
	return h.roster(ctx, kind, id)
}

func lying(ids ...string) (all []record.Person) {
	for _, id := range ids {
		all = append(all, record.Person{Base: record.Base{Subject: id, Provenance: record.Provenance{LocalID: id}}})
	}
	return all
}

func many(n int) (ids []string) {
	for i := range n {
		ids = append(ids, fmt.Sprint("p", i))
	}
	return ids
}

func TestRosters(t *testing.T) {
	ward := Roster{Kind: Ward, ID: "1", Name: "Ash ward"}
	tooMany := make([]Roster, MostRosters+1)
	for i := range tooMany {
		tooMany[i] = Roster{Kind: Ward, ID: fmt.Sprint(i), Name: "Ward"}
	}
	for name, c := range map[string]struct {
		all  []Roster
		code string
	}{
		"none":                    {nil, ""},
		"same id, other kind":     {[]Roster{ward, {Kind: Clinic, ID: "1", Name: "Ash clinic"}}, ""},
		"as many as are read":     {tooMany[1:], ""},
		"more than are read":      {tooMany, "too-many-rosters"},
		"two of one id":           {[]Roster{ward, {Kind: Ward, ID: "1", Name: "Elm ward"}}, "bad-roster"},
		"without an id":           {[]Roster{{Kind: Ward, Name: "Ash ward"}}, "bad-roster"},
		"without a name":          {[]Roster{{Kind: Ward, ID: "1"}}, "bad-roster"},
		"of a kind nobody knows":  {[]Roster{{Kind: "BUS", ID: "1", Name: "Bus"}}, "bad-roster"},
		"in the configured word":  {[]Roster{{Kind: "wards", ID: "1", Name: "Ash ward"}}, "bad-roster"},
		"of no kind at all, sure": {[]Roster{{ID: "1", Name: "Ash ward"}}, "bad-roster"},
	} {
		t.Run(name, func(t *testing.T) {
			h := &hospital{rosters: func(context.Context) ([]Roster, error) { return c.all, nil }}
			got, err := open(t, h, Settings{}).Rosters(t.Context())
			if c.code == "" && (err != nil || len(got) != len(c.all)) || c.code != "" && (AsError(err) == nil || AsError(err).Code != c.code || got != nil) {
				t.Errorf("%d, %v", len(got), err)
			}
		})
	}
}

func TestRoster(t *testing.T) {
	unmarked := lying("a")
	unmarked[0].Provenance.LocalID = "b"
	for name, c := range map[string]struct {
		people []record.Person
		err    error
		count  int
		code   string
	}{
		"nobody":                     {nil, nil, 0, ""},
		"people":                     {lying("b", "a"), nil, 2, ""},
		"somebody twice":             {lying("b", "a", "b"), nil, 2, ""},
		"as many as are read":        {lying(many(MostOnRoster)...), nil, MostOnRoster, ""},
		"more than are read":         {lying(many(MostOnRoster + 1)...), nil, 0, "roster-too-long"},
		"without an id":              {lying("a", ""), nil, 0, "no-local-id"},
		"under two ids":              {unmarked, nil, 0, "no-local-id"},
		"people of no such roster":   {lying("a"), NoSuchRoster(), 0, "no-such-roster"},
		"a fault with people beside": {lying("a"), dead(t.Context()), 0, "connection-refused"},
	} {
		t.Run(name, func(t *testing.T) {
			h := &hospital{roster: func(context.Context, RosterKind, string) ([]record.Person, error) { return c.people, c.err }}
			got, err := open(t, h, Settings{}).Roster(t.Context(), Ward, "1")
			if c.code == "" && (err != nil || len(got) != c.count) || c.code != "" && (AsError(err) == nil || AsError(err).Code != c.code || got != nil) {
				t.Errorf("%d, %v", len(got), err)
			}
		})
	}
}

func TestRosterThatIsNotThere(t *testing.T) {
	asked := 0
	h := &hospital{
		rosters: func(context.Context) ([]Roster, error) { panic("Ashworth") },
		roster: func(context.Context, RosterKind, string) ([]record.Person, error) {
			asked++
			return nil, fmt.Errorf("wrapped: %w", NoSuchRoster())
		}}
	s := open(t, h, Settings{})
	for range downAfter {
		if _, err := s.Roster(t.Context(), Ward, "1"); !errors.Is(err, ErrNoSuchRoster) {
			t.Errorf("%v", err)
		}
	}
	if got := s.Health().State; got != StateUp {
		t.Errorf("a roster that is gone makes the source %s", got)
	}
	for _, r := range []Roster{{Kind: "", ID: "1"}, {Kind: "ward", ID: "1"}, {Kind: Ward}, {Kind: Ward, ID: " "}} {
		if _, err := s.Roster(t.Context(), r.Kind, r.ID); !errors.Is(err, ErrNoSuchRoster) || asked != downAfter {
			t.Errorf("%v: %v, asked %d times", r, err, asked)
		}
	}
	if _, err := s.Rosters(t.Context()); AsError(err).Code != faultCode || !s.CanRoster() {
		t.Errorf("%v", err)
	}
	plain := open(t, &clinic{}, Settings{})
	_, err := plain.Rosters(t.Context())
	_, err2 := plain.Roster(t.Context(), Ward, "1")
	if plain.CanRoster() || !errors.Is(err, ErrNoRosters) || !errors.Is(err2, ErrNoRosters) {
		t.Errorf("%v, %v", err, err2)
	}
}
