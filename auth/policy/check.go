package policy

import (
	"regexp"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
)

var (
	idForm  = regexp.MustCompile(`\A[a-z0-9]+(-[a-z0-9]+)*\z`)
	odsForm = regexp.MustCompile(`\A[A-Z0-9]{2,12}\z`)
)

// check says everything that is wrong with the policy by itself.
func (p *Policy) check(say func(format string, a ...any)) {
	if !idForm.MatchString(p.ID) || len(p.ID) > 80 {
		say("needs an id of lower-case words with hyphens, at most 80 characters")
	}
	if p.Effect != Allow && p.Effect != Deny {
		say("effect is allow or deny, not %q", p.Effect)
	}
	switch {
	case p.Mode != "" && p.Mode != Disclose && p.Mode != Conceal:
		say("mode is disclose or conceal, not %q", p.Mode)
	case p.Mode != "" && p.Effect == Allow:
		say("only a deny has a mode")
	}
	if len(p.Roles) == 0 || len(p.Actions) == 0 || len(p.Resources) == 0 {
		say("needs roles, actions and resources")
	}
	for _, r := range p.Roles {
		if r != anyOf && !auth.Role(r).Valid() {
			say("there is no role %q%s", r, nearest(r, set(roleNames())))
		}
	}
	for _, o := range p.Organisations {
		if !odsForm.MatchString(o) {
			say("%q is no ODS code", o)
		}
	}
	for _, a := range p.Actions {
		if !slices.Contains(actions(), a) {
			say("there is no action %q%s", a, nearest(a, set(actions())))
		}
	}
	for _, key := range sortedKeys(p.When) {
		p.checkCondition(key, p.When[key], say)
	}
}

func (p *Policy) checkCondition(key string, v Values, say func(format string, a ...any)) {
	if !slices.Contains(Keys(), key) {
		say("there is no condition on %q%s", key, nearest(key, set(Keys())))
		return
	}
	if len(v.In) == 0 && len(v.Not) == 0 {
		say("the condition on %s lists nothing", key)
	}
	for _, value := range slices.Concat(v.In, v.Not) {
		switch closed := closedValues(key); {
		case closed != nil && !slices.Contains(closed, value):
			say("%s is never %q%s", key, value, nearest(value, set(closed)))
		case key == keyTime:
			if _, _, ok := windowOf(value); !ok {
				say("time is a window such as 08:00-18:30, not %q", value)
			}
		case value == "" || len(value) > 100 || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' }):
			say("the condition on %s has an empty or unreadable value", key)
		}
	}
}

// closedValues are all values that a key can have; nil if they are not a closed set.
func closedValues(key string) []string {
	switch key {
	case keyRole:
		return roleNames()
	case keyPurpose:
		return purposes()
	case keyRelationship:
		return append(relationshipNames(), none, anyOf)
	case keyBreakGlass, keyRestrictedPerson, keyLaunch:
		return []string{"yes", "no"}
	case keyView:
		return viewedWords[:]
	case keyObjection:
		return objectedWords[:]
	case keyLabel:
		return Labels()
	case keyWeekday:
		return weekdays()
	}
	return nil
}

func purposes() []string {
	return []string{
		string(auth.PurposeTreatment), string(auth.PurposeEmergency), string(auth.PurposeBreakGlass), string(auth.PurposeCareManagement),
		string(auth.PurposeResearch), string(auth.PurposeOperations), string(auth.PurposePatient), none,
	}
}

func relationshipNames() []string {
	names := make([]string, 0, len(relationship.Kinds()))
	for _, k := range relationship.Kinds() {
		names = append(names, string(k))
	}
	return names
}

func set(names []string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
