package relationship_test

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestALaunchIsARelationshipWithItsPatient(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)))
	me := h.session("a.example", "")
	me.Launch = &auth.Launch{Patient: "p1", Client: "epr-of-rxx"}
	got := h.standing(me, "p1").Relationships
	if len(got) != 1 || got[0].Kind != relationship.Launch || got[0].Evidence != "opened by epr-of-rxx" || !got[0].From.Equal(me.Created) ||
		!got[0].Until.Equal(me.Expires) || got[0].Subject != "a.example" || got[0].ID != "launch-s-a.example" {
		t.Errorf("%+v", got)
	}
	if got := h.standing(me, "p2"); len(got.Relationships) != 0 {
		t.Errorf("another patient: %+v", got)
	}
	for name, l := range map[string]*auth.Launch{"no patient": {Client: "epr"}, "chosen for an app": {Patient: "p1"}, "none": nil} {
		me.Launch = l
		if got := h.standing(me, "p1"); len(got.Relationships) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	me.Launch = &auth.Launch{Patient: "p1", Client: "epr-of-rxx"}
	h.clock.set(me.Expires.Add(-time.Microsecond))
	if got := h.standing(me, "p1").Relationships; len(got) != 1 {
		t.Errorf("%+v", got)
	}
	h.clock.set(me.Expires)
	if got := h.standing(me, "p1"); len(got.Relationships) != 0 {
		t.Errorf("at the session's end: %+v", got)
	}
}

// TestStandingsAreAligned: with any number of patients, repeated, unknown or hostile.
func TestStandingsAreAligned(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		me := h.session("a.example", "RXX")
		var all []relationship.Relationship
		for i := range 130 {
			all = append(all, h.found(fmt.Sprintf("p%d", i), "RXX", relationship.Referral, fmt.Sprintf("referral %d", i), time.Hour))
		}
		h.learn(all...)
		for _, n := range []int{0, 1, 2, 5, 6, 20, 21, 49, 50, 51, 130} {
			var patients []string
			for i := range n {
				patients = append(patients, fmt.Sprintf("p%d", i))
			}
			patients = append(patients, "p3", "unknown", "", "\x00", "\xff", "' OR '1'='1", "p3")
			got, err := h.Standings(ctx, me, patients)
			if err != nil || len(got) != len(patients) {
				t.Fatalf("%d: %d %v", n, len(got), err)
			}
			for i, s := range got {
				known := i < n || patients[i] == "p3"
				if s.Patient != patients[i] || known != (len(s.Relationships) == 1) || known && s.Relationships[0].Evidence != "referral "+patients[i][1:] {
					t.Errorf("%d of %d: %+v", i, n, s)
				}
			}
		}
	})
}

// TestStandingsEqualANaiveReading: whatever was done, in whatever order, what Standings
// says is what somebody finds who reads every row of the tables with their own eyes.
func TestStandingsEqualANaiveReading(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h, ctx := build(t, db), context.Background()
		patients := []string{"p1", "p2", "p3"}
		sessions := func() (out []*auth.Session) {
			for _, who := range [][2]string{{"a", "RXX"}, {"b", "RXX"}, {"c", "RYY"}, {"d", ""}, {"", "RXX"}} {
				s := h.session(who[0], who[1])
				if who[0] == "b" {
					s.Launch = &auth.Launch{Patient: "p2", Client: "epr"}
				}
				out = append(out, s)
			}
			return append(out, nil)
		}
		rapid.Check(t, func(r *rapid.T) {
			pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(r, name) }
			for range rapid.IntRange(1, 8).Draw(r, "steps") {
				who, patient := sessions()[pick("who", 4)], patients[pick("patient", 3)]
				switch pick("what", 8) {
				case 0:
					_, _ = h.Claim(ctx, who, patient, "walk-in", whyClaim)
				case 1:
					_, _ = h.Break(ctx, who, patient, "safeguarding", whyBreak)
				case 2:
					all, _ := h.Breaks(ctx, relationship.BreakFilter{Patient: patient, Limit: 1})
					for _, b := range all {
						_ = h.EndBreak(ctx, who, b.ID)
					}
				case 3:
					_, _ = h.Object(ctx, who, relationship.Objection{Patient: patient, Section: []string{"", "allergies"}[pick("section", 2)], Absolute: pick("absolute", 2) == 1})
				case 4:
					all, _ := h.Objections(ctx, patient)
					if len(all) > 0 {
						_, _ = h.Withdraw(ctx, who, all[pick("which", len(all))].ID, whyClaim)
					}
				case 5, 6:
					found := h.found(patient, []string{"RXX", "RYY"}[pick("org", 2)], relationship.Kinds()[pick("kind", 4)],
						fmt.Sprint("evidence ", pick("evidence", 3)), time.Duration(1+pick("lasts", 9))*time.Hour)
					found.From = found.From.Add(time.Duration(pick("from", 5)-2) * time.Hour)
					_ = h.Learn(ctx, []relationship.Relationship{found})
				case 7:
					h.clock.add([]time.Duration{time.Microsecond, time.Hour, 4 * time.Hour, 24 * time.Hour}[pick("later", 4)])
				}
			}
			for _, s := range sessions() {
				got, err := h.other.Standings(ctx, s, patients)
				if err != nil {
					r.Fatal(err)
				}
				for i, p := range patients {
					if want := h.naive(s, p); !reflect.DeepEqual(got[i], want) {
						r.Fatalf("%+v\ngot  %+v\nwant %+v", s, got[i], want)
					}
				}
			}
		})
	})
}

// naive reads every row and judges it alone.
func (h *house) naive(s *auth.Session, patient string) relationship.Standing {
	h.t.Helper()
	out, now := relationship.Standing{Patient: patient}, h.clock.now()
	somebody := s != nil && s.Subject != ""
	h.each(`SELECT id, patient, kind, organisation, issuer, subject, evidence, reason_code, reason, since, until FROM relationship`, func(scan func(...any)) {
		var r relationship.Relationship
		var since, until int64
		scan(&r.ID, &r.Patient, &r.Kind, &r.Organisation, &r.Issuer, &r.Subject, &r.Evidence, &r.ReasonCode, &r.Reason, &since, &until)
		r.From, r.Until = time.UnixMicro(since).UTC(), time.UnixMicro(until).UTC()
		mine := somebody && (r.Organisation != "" && r.Organisation == s.Organisation.ODS || r.Organisation == "" && r.Issuer == s.Issuer && r.Subject == s.Subject)
		if r.Patient == patient && mine && !r.From.After(now) && r.Until.After(now) {
			out.Relationships = append(out.Relationships, r)
		}
	})
	if somebody && s.Launch != nil && s.Launch.Patient == patient {
		out.Relationships = append(out.Relationships, relationship.Relationship{
			ID: "launch-" + s.ID, Patient: patient, Kind: relationship.Launch, Issuer: s.Issuer, Subject: s.Subject,
			From: s.Created, Until: s.Expires, Evidence: "opened by epr",
		})
	}
	h.each(`SELECT id, issuer, subject, patient, started, until, ended IS NOT NULL, reason_code, reason FROM relationship_break`, func(scan func(...any)) {
		var b relationship.BreakGlass
		var started, until int64
		var ended bool
		scan(&b.ID, &b.Issuer, &b.Subject, &b.Patient, &started, &until, &ended, &b.ReasonCode, &b.Reason)
		b.Started, b.Until = time.UnixMicro(started).UTC(), time.UnixMicro(until).UTC()
		if b.Patient == patient && somebody && b.Subject == s.Subject && b.Issuer == s.Issuer && !ended && b.Until.After(now) {
			out.BreakGlass = &b
		}
	})
	h.each(`SELECT id, patient, section, absolute, recorded_by, since, ended IS NOT NULL FROM relationship_objection`, func(scan func(...any)) {
		var o relationship.Objection
		var since int64
		var ended bool
		scan(&o.ID, &o.Patient, &o.Section, &o.Absolute, &o.RecordedBy, &since, &ended)
		if o.From = time.UnixMicro(since).UTC(); o.Patient == patient && !ended {
			out.Objections = append(out.Objections, o)
		}
	})
	rank := func(k relationship.Kind) int { return slices.Index(relationship.Kinds(), k) }
	slices.SortFunc(out.Relationships, func(a, b relationship.Relationship) int {
		return cmp.Or(rank(a.Kind)-rank(b.Kind), b.Until.Compare(a.Until), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(out.Objections, func(a, b relationship.Objection) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (h *house) each(query string, row func(scan func(...any))) {
	h.t.Helper()
	rows, err := h.db.Read.DB.Query(query)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		row(func(to ...any) {
			if err := rows.Scan(to...); err != nil {
				h.t.Fatal(err)
			}
		})
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
}
