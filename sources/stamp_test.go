package sources

import (
	"context"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

func TestEveryStatementCarriesWhereItCameFrom(t *testing.T) {
	trust := record.Organisation{ODS: "RXX", Name: "The trust"}
	ward := record.Organisation{ODS: "RXX01", Name: "The ward"}
	nightly := time.Date(2026, 3, 12, 3, 0, 0, 0, time.UTC)
	c := &clinic{fetch: func(_ context.Context, keys []Key, answer func(Key, Result)) {
		theirs := allergy("1")
		theirs.Provenance.Organisation, theirs.Provenance.LocalID = ward, "a2"
		answer(keys[0], Result{Entries: []record.Entry{allergy("1"), theirs}, AsOf: nightly,
			Asserted: []record.Assertion{{Subject: "1"}}})
	}}
	s, err := Open(t.Context(), c, Settings{Origin: record.Origin{ID: "clinic", Organisation: trust}}, Env{Zone: time.UTC}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	a, again := readOne(s, allergiesOf("1")), readOne(s, allergiesOf("1"))
	own, theirs := a.Entries[0].Common(), a.Entries[1].Common()
	if own.ID == "" || own.ID == theirs.ID || own.ID != again.Entries[0].Common().ID {
		t.Errorf("ids %q, %q, %q", own.ID, theirs.ID, again.Entries[0].Common().ID)
	}
	if p := own.Provenance; p.Source != s.Origin() || p.Organisation != trust || !p.AsOf.Equal(nightly) || !p.Retrieved.Equal(a.Retrieved) {
		t.Errorf("%+v", p)
	}
	if theirs.Provenance.Organisation != ward {
		t.Errorf("%+v: the statement's own organisation counts", theirs.Provenance)
	}
	if a.Asserted[0].Source != s.Origin() {
		t.Error("an assertion without source")
	}
}
