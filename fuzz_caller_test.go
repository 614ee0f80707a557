package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/fuzz/policies"
	"github.com/patchworkcare/patchwork/record"
)

// fuzzCaller is a made-up user with what stands between them and the world's people,
// as the test itself put it there.
type fuzzCaller struct {
	session *auth.Session
	naive   naive.Caller
	about   []naive.About // by person
	scoping scoping
}

func recordClasses() []string {
	var list []string
	for _, h := range record.Headings() {
		list = append(list, "record:"+h.Name)
	}
	return list
}

// caller makes up somebody. Every caller is new, so that nothing that stands between
// others and the people counts for them.
func (r *fuzzRegion) caller(rng *rand.Rand, number int) *fuzzCaller {
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	c := &fuzzCaller{about: make([]naive.About, len(r.world.People))}
	roles := []string{"gp", "hospital-doctor", "mental-health-clinician", "receptionist", "social-worker", "administrator"}
	c.naive = naive.Caller{Role: pick(roles), Organisation: fmt.Sprintf("YX%05d", number), Purpose: "TREAT"}
	if rng.IntN(10) == 0 {
		c.naive.Role = pick(policies.Roles())
	}
	if rng.IntN(3) == 0 {
		c.naive.Organisation = r.world.Sources[rng.IntN(len(r.world.Sources))].Organisation
	}
	if rng.IntN(3) == 0 {
		c.naive.Purpose = pick(policies.Purposes())
	}
	if rng.IntN(2) == 0 {
		c.naive.CareSetting = pick(policies.Settings())
	}
	c.session = &auth.Session{
		Issuer: "fuzz", Subject: fmt.Sprintf("user-%d", number), Name: "Made Up", Role: auth.Role(c.naive.Role),
		Purpose: auth.Purpose(c.naive.Purpose), CareSetting: c.naive.CareSetting, Confirmed: time.Now(), Created: time.Now(), Expires: time.Now().Add(time.Hour),
		Organisation: record.Organisation{ODS: c.naive.Organisation, Name: "Made up"},
	}
	switch {
	case rng.IntN(8) > 0:
	case rng.IntN(3) == 0:
		c.narrowBy(rng, r.byCode(rng), r.ids)
	default:
		all := scopings()
		c.narrowBy(rng, all[rng.IntN(len(all))], r.ids)
	}
	if rng.IntN(12) == 0 && c.session.Launch == nil && (c.naive.Scopes == nil || len(c.naive.Scopes) > 0) {
		c.naive.Launched = true
		c.session.Launch = &auth.Launch{Patient: r.ids[rng.IntN(len(r.ids))], Client: "epr"}
	}
	if rng.IntN(6) == 0 {
		secondary := rng.IntN(2) == 0
		c.session.View, c.naive.View = &auth.ViewRun{View: "made up", Secondary: secondary}, map[bool]string{true: "secondary", false: "care"}[secondary]
	}
	return c
}

// stand puts relationships, broken glass and objections between the caller and people,
// through the server's own store; the end of the test takes the objections away again.
func (r *fuzzRegion) stand(rng *rand.Rand, c *fuzzCaller) error {
	ctx := auth.WithSession(context.Background(), c.session)
	store, now := r.relations, time.Now()
	for i, p := range r.world.People {
		a := &c.about[i]
		a.Restricted = p.Restricted
		for _, rec := range p.Records {
			if r.organisationOf(rec.Source) == c.naive.Organisation && !slices.Contains(a.Relationships, "registration") {
				a.Relationships = append(a.Relationships, "registration")
			}
		}
		if c.naive.Launched && c.session.Launch.Patient == r.ids[i] {
			a.Relationships = append(a.Relationships, "launch")
		}
		if rng.IntN(3) > 0 {
			continue
		}
		for _, kind := range []relationship.Kind{relationship.Admission, relationship.Appointment, relationship.Referral} {
			if rng.IntN(4) > 0 || c.naive.Organisation[:2] != "YX" {
				continue
			}
			err := store.Learn(ctx, []relationship.Relationship{{
				Patient: r.ids[i], Kind: kind, Organisation: c.naive.Organisation, From: now.Add(-time.Hour), Until: now.Add(time.Hour), Evidence: "made up",
			}})
			if err != nil {
				return err
			}
			a.Relationships = append(a.Relationships, string(kind))
		}
		if err := r.standAlone(rng, ctx, c, i); err != nil {
			return err
		}
	}
	return nil
}

func (r *fuzzRegion) standAlone(rng *rand.Rand, ctx context.Context, c *fuzzCaller, person int) error {
	store, a := r.relations, &c.about[person]
	pinnedAway := c.session.Launch != nil && c.session.Launch.Patient != r.ids[person]
	if rng.IntN(4) == 0 && !pinnedAway {
		if _, err := store.Claim(ctx, c.session, r.ids[person], "walk-in", "is standing in front of me"); err != nil {
			return err
		}
		a.Relationships = append(a.Relationships, "self-claimed")
	}
	if rng.IntN(3) == 0 && !pinnedAway {
		if _, err := store.Break(ctx, c.session, r.ids[person], "emergency-treatment", "cannot be asked and is not well"); err != nil {
			return err
		}
		a.Broken = true
	}
	for rng.IntN(2) == 0 && len(a.Objections) < 3 {
		o := naive.Objection{Absolute: rng.IntN(3) == 0}
		if rng.IntN(2) == 0 {
			o.Source = r.world.Sources[rng.IntN(len(r.world.Sources))].ID
		}
		if rng.IntN(2) == 0 {
			o.Section = record.Headings()[rng.IntN(len(record.Headings()))].Name
		}
		if rng.IntN(2) == 0 {
			o.Organisation = []string{c.naive.Organisation, "YZ999"}[rng.IntN(2)]
		}
		_, err := store.Object(ctx, c.session, relationship.Objection{
			Patient: r.ids[person], Source: o.Source, Section: o.Section, Organisation: o.Organisation, Absolute: o.Absolute, Reason: "made up",
		})
		if err != nil {
			return err
		}
		a.Objections = append(a.Objections, o)
	}
	return nil
}

// leave takes away what the caller's people objected to.
func (r *fuzzRegion) leave(t testing.TB, c *fuzzCaller) {
	t.Helper()
	ctx := auth.WithSession(context.Background(), c.session)
	for i, id := range r.ids {
		if len(c.about[i].Objections) == 0 {
			continue
		}
		objections, err := r.relations.Objections(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range objections {
			if o.Ended.IsZero() {
				if _, err := r.relations.Withdraw(ctx, c.session, o.ID, "the test is over"); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func (r *fuzzRegion) organisationOf(source string) string {
	for _, s := range r.world.Sources {
		if s.ID == source {
			return s.Organisation
		}
	}
	return ""
}

// noted takes in what a mutation changed.
func noted(a *naive.About, root string, f operations.Field) {
	switch root {
	case "claimRelationship":
		if !slices.Contains(a.Relationships, "self-claimed") {
			a.Relationships = append(a.Relationships, "self-claimed")
		}
	case "breakGlass":
		a.Broken = true
	case "endBreakGlass":
		a.Broken = false
	case "recordObjection":
		given, _ := f.Arguments["objection"].(map[string]any)
		o := naive.Objection{}
		o.Source, _ = given["source"].(string)
		o.Section, _ = given["section"].(string)
		o.Absolute, _ = given["absolute"].(bool)
		a.Objections = append(a.Objections, o)
	}
}
