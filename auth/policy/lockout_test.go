package policy_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// Nothing that would keep administrators from changing policies takes effect, however
// it is put.
func TestLockOutIsRefused(t *testing.T) {
	t.Parallel()
	deny := func(p policy.Policy) policy.Policy {
		p.ID, p.Effect, p.Actions, p.Resources = "lock", policy.Deny, []string{"administer"}, []string{"policy:administer"}
		return p
	}
	only := func(key string, values ...string) policy.Policy {
		p := *builtIn(t).Find("administrators-change-policies")
		p.When = map[string]policy.Values{key: {In: values}}
		return p
	}
	elsewhere := *builtIn(t).Find("administrators-change-policies")
	elsewhere.Organisations = []string{"YZ901"}
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		s := h.open()
		for name, p := range map[string]policy.Policy{
			"deny any role":           deny(policy.Policy{Roles: []string{"any"}}),
			"deny administrators":     deny(policy.Policy{Roles: []string{"administrator"}}),
			"deny but at one":         deny(policy.Policy{Roles: []string{"any"}, When: map[string]policy.Values{"organisation": {Not: []string{"YZ901"}}}}),
			"deny where it is known":  deny(policy.Policy{Roles: []string{"any"}, When: map[string]policy.Values{"organisation": {Not: []string{"none"}}}}),
			"deny without setting":    deny(policy.Policy{Roles: []string{"any"}, When: map[string]policy.Values{"careSetting": {In: []string{"none"}}}}),
			"deny at night":           deny(policy.Policy{Roles: []string{"any"}, When: map[string]policy.Values{"time": {In: []string{"22:00-06:00"}}}}),
			"deny on Sundays":         deny(policy.Policy{Roles: []string{"any"}, When: map[string]policy.Values{"weekday": {In: []string{"sunday"}}}}),
			"deny their purpose":      deny(policy.Policy{Roles: []string{"any"}, When: map[string]policy.Values{"purpose": {In: []string{"HOPERAT"}}}}),
			"deny without person":     deny(policy.Policy{Roles: []string{"any"}, When: map[string]policy.Values{"relationship": {In: []string{"none"}}}}),
			"only in the afternoon":   only("time", "12:00-18:00"),
			"only on Mondays":         only("weekday", "monday"),
			"only here, by condition": only("organisation", "YZ901"),
			"only nowhere":            only("organisation", "none"),
			"only in one setting":     only("careSetting", "gp"),
			"only for treatment":      only("purpose", "TREAT"),
			"only with the glass":     only("breakGlass", "yes"),
			"only when launched":      only("launch", "yes"),
			"only here":               elsewhere,
			"other roles":             {ID: "administrators-change-policies", Effect: policy.Allow, Roles: []string{"gp"}, Actions: []string{"administer"}, Resources: []string{"policy:administer"}},
		} {
			var refused *policy.RefusedError
			if err := s.Put(h.ctx, h.admin, 1, p, why); !errors.As(err, &refused) || !strings.Contains(err.Error(), "lock administrators out") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := s.Remove(h.ctx, h.admin, 1, "administrators-change-policies", why); err == nil || !strings.Contains(err.Error(), "lock") {
			t.Errorf("removed: %v", err)
		}
		// What keeps only this administrator out is for another one to do.
		mine := deny(policy.Policy{Roles: []string{"administrator"}, Organisations: []string{"YZ901"}})
		if err := s.Put(h.ctx, h.admin, 1, mine, why); err == nil || !strings.Contains(err.Error(), "you yourself") {
			t.Errorf("the administrator locks themself out: %v", err)
		}
		if h.count("policy_version") != 1 || !admits(s, h.admin) {
			t.Error("something was changed")
		}
		colleague := *h.admin
		colleague.Organisation.ODS = "YZ902"
		if err := s.Put(h.ctx, &colleague, 1, mine, why); err != nil || admits(s, h.admin) || !admits(s, &colleague) {
			t.Errorf("another administrator may: %v", err)
		}
	})
}

// What is wrong with a change is said, and nothing happens.
func TestChangeIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		s := h.open()
		unknown, misspelt := blind(), blind()
		unknown.Resources, misspelt.Roles = []string{"record:alergies"}, []string{"paramedik"}
		for want, err := range map[string]error{
			`did you mean "record:allergies"`:              s.Put(h.ctx, h.admin, 1, unknown, why),
			`did you mean "paramedic"?`:                    s.Put(h.ctx, h.admin, 1, misspelt, why),
			"the reason has 10 to 500 characters":          s.Put(h.ctx, h.admin, 1, blind(), "  short    "),
			"10 to 500":                                    s.Remove(h.ctx, h.admin, 1, "clinicians-read-the-record", strings.Repeat("x", 501)),
			`there is no policy "clinicians-read"`:         s.Remove(h.ctx, h.admin, 1, "clinicians-read", why),
			`did you mean "clinicians-read-the-record"`:    s.Remove(h.ctx, h.admin, 1, "clinicians-read-the-recrd", why),
			"it is what an auditor will read":              func() error { _, err := s.Import(h.ctx, h.admin, builtIn(t), ""); return err }(),
			"there are no policies: then nobody could do ": func() error { _, err := s.Import(h.ctx, h.admin, &policy.Set{}, why); return err }(),
		} {
			var refused *policy.RefusedError
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), want) {
				t.Errorf("%v\nwant %s", err, want)
			}
		}
		if h.count("policy_version") != 1 || !sees(s) {
			t.Error("something was changed")
		}
		blinding := &policy.Set{Version: "bad", Policies: []policy.Policy{blind()}}
		if _, err := policy.Open(h.ctx, db.Write, db.Read, h.ledger, classes(t), blinding, h.now, slog.New(slog.DiscardHandler)); err != nil {
			t.Errorf("a seed that is not needed is looked at: %v", err)
		}
	})
}

// A first set that locks administrators out, or that does not fit, is not seeded.
func TestBadSeed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		h := build(t, db)
		for want, p := range map[string]policy.Policy{"lock administrators out": blind(), "there is no resource": {
			ID: "a", Effect: policy.Allow, Roles: []string{"gp"}, Actions: []string{"read"}, Resources: []string{"record:nothing"},
		}} {
			_, err := policy.Open(h.ctx, db.Write, db.Read, h.ledger, classes(t), &policy.Set{Policies: []policy.Policy{p}}, h.now, slog.New(slog.DiscardHandler))
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if h.count("policy_version") != 0 {
			t.Error("it was seeded")
		}
	})
}
