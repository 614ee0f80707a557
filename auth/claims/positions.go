package claims

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/traits"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// mostPositions is how many somebody may have; further ones are left out.
const mostPositions = 50

// positions are what the role rules give, in their order, each once.
func (m *Mapping) positions(e *evaluation) ([]auth.Position, error) {
	var found []auth.Position
	var tried []string
	for i, r := range m.roles {
		given, why := m.rule(e, r)
		for _, p := range given {
			if !slices.Contains(found, p) && len(found) < mostPositions {
				found = append(found, p)
			}
		}
		tried = append(tried, fmt.Sprintf("role rule %d (%s): %s", i+1, r.role, why))
	}
	if len(found) == 0 {
		return nil, auth.Refuse(auth.RefusedNoRole, strings.Join(tried, "; "))
	}
	return found, nil
}

// rule tries one rule; why says what kept it from giving a position.
func (m *Mapping) rule(e *evaluation, r role) (given []auth.Position, why string) {
	if r.each == nil {
		p, why := m.position(e, r)
		if why != "" {
			return nil, why
		}
		return []auth.Position{p}, ""
	}
	value, why := e.eval(r.each)
	if why != "" {
		return nil, why
	}
	list, ok := value.(traits.Lister)
	if !ok || value.Type() != types.ListType {
		return nil, "each gives no list"
	}
	why = emptyList
	defer func() { e.it = nil }()
	for items := list.Iterator(); items.HasNext() == types.True && !e.over && len(given) < mostPositions; {
		e.it = items.Next()
		p, reason := m.position(e, r)
		switch {
		case reason == "" && !slices.Contains(given, p):
			given = append(given, p)
		case reason != "" && (why == emptyList || why == notApplying):
			why = reason // the first that tells an operator more
		}
	}
	return given, why
}

const (
	notApplying = "does not apply"
	emptyList   = "each gives an empty list"
)

// position is what a rule gives at this moment, or why it gives nothing.
func (m *Mapping) position(e *evaluation, r role) (auth.Position, string) {
	if r.when != nil {
		if yes, why := e.truth(r.when); why != "" {
			return auth.Position{}, why
		} else if !yes {
			return auth.Position{}, notApplying
		}
	}
	organisation, why := m.organisation(e, r)
	if why != "" {
		return auth.Position{}, why
	}
	p := auth.Position{
		Role: r.role, CareSetting: organisation.CareSetting,
		Organisation: record.Organisation{ODS: organisation.ODS, Name: organisation.Name},
	}
	if r.careSetting != nil {
		p.CareSetting, _ = e.text(r.careSetting)
		if p.CareSetting = strings.TrimSpace(p.CareSetting); !careSettingForm.MatchString(p.CareSetting) {
			p.CareSetting = ""
		}
	}
	return p, ""
}

// organisation is the guard of whom a provider may vouch for: whatever it says, it is one
// of the stanza's.
func (m *Mapping) organisation(e *evaluation, r role) (Organisation, string) {
	ods := m.only
	if r.organisation != nil {
		given, why := e.text(r.organisation)
		if why != "" {
			return Organisation{}, "organisation: " + why
		}
		ods = fold(given)
	}
	o, ok := m.organisations[ods]
	if !ok || ods == "" {
		return Organisation{}, "organisation given is not one of the login's"
	}
	return o, ""
}
