package policy_test

import (
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// A server beside a newer one reads a version that names what it does not have: what is
// allowed shrinks, what is denied grows, and nothing else changes.
func TestAnOldServerReadsANewerVersionNarrowly(t *testing.T) {
	t.Parallel()
	fields := func(s *policy.Store, class string) int {
		gp := &auth.Session{Issuer: "local", Subject: "g", Role: auth.RoleParamedic, Purpose: auth.PurposeTreatment}
		g := s.Guard.Current().Check(gp, nil, policy.Read, class, nil)
		if !g.Allowed() {
			return 0
		}
		return len(s.Guard.Current().Names(class, g.Fields()))
	}
	for name, c := range map[string]struct {
		effect    string
		resources []string
		// what a paramedic, who is otherwise allowed every field, then sees
		allergies, medications bool
	}{
		"allowed: a new field":                 {policy.Allow, []string{"record:allergies:new-field"}, true, true},
		"allowed: a new class":                 {policy.Allow, []string{"record:new-class", "record:new-class:*"}, true, true},
		"allowed: a new kind":                  {policy.Allow, []string{"new-kind:x"}, true, true},
		"denied: a new field":                  {policy.Deny, []string{"record:allergies:new-field"}, false, true},
		"denied: a new field's fields":         {policy.Deny, []string{"record:allergies:new-field:*"}, false, true},
		"denied: a new class":                  {policy.Deny, []string{"record:new-class"}, false, false},
		"denied: a new class, all of it":       {policy.Deny, []string{"record:new-class:*"}, false, false},
		"denied: a new class, one field of it": {policy.Deny, []string{"record:new-class:field"}, false, false},
		"denied: a kind that is not known":     {policy.Deny, []string{"new-kind:x"}, false, false}, // refused, all of it
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
				h := build(t, db)
				all := builtIn(t)
				all.Policies = append(all.Policies, policy.Policy{
					ID: "paramedics-for-this-test", Description: "Paramedics see these.", Effect: policy.Allow, Roles: []string{"paramedic"},
					Actions: []string{"read"}, Resources: []string{"record:allergies", "record:medications"},
				})
				s := h.openWith(all)
				before := fields(s, "record:allergies")
				if before == 0 || fields(s, "record:medications") == 0 {
					t.Fatal("nothing is seen to begin with")
				}
				newer := policy.New(db.Write, db.Read, h.ledger, newer(t, c.resources), h.now)
				_, set, err := newer.At(h.ctx, 0)
				if err != nil {
					t.Fatal(err)
				}
				set.Policies = append(set.Policies, policy.Policy{
					ID: "of-a-newer-server", Description: "Made on a newer server.", Effect: c.effect, Roles: []string{"paramedic"},
					Actions: []string{"read"}, Resources: c.resources,
				})
				if _, err := newer.Import(h.ctx, h.admin, set, why); err != nil {
					t.Fatal(err)
				}
				if c.allergies && c.medications { // nothing to be seen of it but that it decides
					until(t, 5*time.Second, "the version decides", func() bool { return s.Guard.Current().Version == "2" })
				}
				until(t, 15*time.Second, "it is read as narrowly as that", func() bool {
					return (fields(s, "record:allergies") == before) == c.allergies && (fields(s, "record:medications") > 0) == c.medications
				})
				refused := strings.Contains(name, "a kind that is not known")
				if admits(s, h.admin) == refused {
					t.Errorf("an administrator may go on: %v", !refused)
				}
				// An old server changes nothing of what it cannot read.
				if err := s.Put(h.ctx, h.admin, 2, blind(), why); err == nil {
					t.Error("the old server took the version for its own")
				}
			})
		})
	}
}

// newer is the schema of a program that has these resources too.
func newer(t *testing.T, resources []string) policy.Schema {
	t.Helper()
	schema := policy.Schema{}
	for class, fields := range classes(t) {
		schema[class] = fields
	}
	for _, r := range resources {
		parts := strings.Split(strings.TrimSuffix(r, ":*"), ":")
		class := strings.Join(parts[:2], ":")
		schema[class] = append(schema[class][:len(schema[class]):len(schema[class])], append(parts[2:], "more")[0])
	}
	return schema
}
