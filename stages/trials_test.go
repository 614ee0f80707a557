package stages_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/stages"
)

// lab is a system that says one thing of whomever it is asked for, and counts its reads.
type lab struct {
	says  record.Person
	reads *atomic.Int64
}

func (lab) Validate() []sources.Problem                                 { return nil }
func (l lab) Open(context.Context, sources.Env) (sources.Source, error) { return l, nil }
func (lab) Offers() []record.Section                                    { return []record.Section{record.Allergies} }
func (lab) Close() error                                                { return nil }
func (l lab) Fetch(_ context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	for _, k := range keys {
		l.reads.Add(1)
		answer(k, sources.Result{Entries: []record.Entry{&record.Allergy{Base: record.Base{Subject: k.LocalID}}}})
	}
}
func (l lab) Find(_ context.Context, qs []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(qs))
	for i := range qs {
		found[i] = []record.Person{l.says}
	}
	return found, nil
}

// TestATrialReadsNobodyElse (hazard H-01): only a record with the same verified number and
// birth date is read, once however often the person is opened, and only numbers are kept, by
// several servers together.
func TestATrialReadsNobodyElse(t *testing.T) {
	t.Parallel()
	p := &patient.Patient{ID: "p", NHSNumber: "9990000018", BirthDate: "1950-03-01"}
	person := func(n record.NHSNumber, status record.NumberStatus, born record.Date) record.Person {
		return record.Person{Base: record.Base{Subject: "7"}, NHSNumber: n, NHSNumberStatus: status, BirthDate: born}
	}
	for name, c := range map[string]struct {
		says   record.Person
		status record.Status
	}{
		"the person":         {person(p.NHSNumber, record.NumberVerified, p.BirthDate), record.Answered},
		"another number":     {person("9990000026", record.NumberVerified, p.BirthDate), record.NotRegistered},
		"not verified":       {person(p.NHSNumber, "", p.BirthDate), record.NotRegistered},
		"another birth date": {person(p.NHSNumber, record.NumberVerified, "1950-03-02"), record.NotRegistered},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
				var reads atomic.Int64
				system, err := sources.Open(t.Context(), lab{c.says, &reads}, sources.Settings{Origin: record.Origin{ID: "lab"}}, sources.Env{}, nil)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = system.Close() })
				ledger := ledgerOf(t, db)
				for range 2 { // servers
					s := serve(t, db, ledger)
					trials := s.OpenTrials()
					for range 3 {
						trials.Try(system, p, []record.Section{record.Allergies})
						trials.Try(system, &patient.Patient{ID: "q", BirthDate: p.BirthDate}, []record.Section{record.Allergies})
					}
					within(t, "counted", trials.Idle)
					trials.Close()
				}
				scores, err := stages.New(db.Write, db.Read, nil, now).Scores(t.Context())
				if err != nil || len(scores) != 1 || scores[0].Status != c.status || scores[0].Answers != 2 || scores[0].Section != "allergies" || scores[0].Day != "2026-10-25" {
					t.Errorf("%+v %v", scores, err)
				}
				if c.status != record.Answered && reads.Load() != 0 {
					t.Error("somebody else was read")
				}
			})
		})
	}
}
