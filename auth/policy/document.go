package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/ory/ladon"
	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/auth"
)

// Effects and modes of a Policy.
const (
	Allow    = ladon.AllowAccess
	Deny     = ladon.DenyAccess
	Disclose = "disclose"
	Conceal  = "conceal"
)

// any stands for every role, and for every kind of relationship.
const anyOf = "any"

// Policy is one policy as people write it (docs/policy.md). In the engine it is a
// Ladon document.
type Policy struct {
	ID          string `yaml:"id" json:"id"`
	Description string `yaml:"description" json:"description"`
	// Effect is Allow or Deny; Mode, of a Deny, Disclose ("" too) or Conceal.
	Effect string `yaml:"effect" json:"effect"`
	Mode   string `yaml:"mode,omitempty" json:"mode,omitempty"`
	// Roles whom it speaks of; Organisations (ODS) narrow it to their staff.
	Roles         []string `yaml:"roles,flow" json:"roles"`
	Organisations []string `yaml:"organisations,omitempty,flow" json:"organisations,omitempty"`
	Actions       []string `yaml:"actions,flow" json:"actions"`
	Resources     []string `yaml:"resources,flow" json:"resources"`
	// When are the conditions by the context's keys; all must hold.
	When map[string]Values `yaml:"when,omitempty" json:"when,omitempty"`
}

// Values is a condition on one key: one of In (if there are any), and none of Not.
type Values struct {
	In  []string `yaml:"in,omitempty,flow" json:"in,omitempty"`
	Not []string `yaml:"not,omitempty,flow" json:"not,omitempty"`
}

// UnmarshalYAML reads a list of values, or {in: …, not: …}.
func (v *Values) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.SequenceNode {
		return n.Decode(&v.In)
	}
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: a condition is a list of values, or {in: […], not: […]}", n.Line)
	}
	for i := 0; i < len(n.Content); i += 2 {
		var err error
		switch key := n.Content[i].Value; key {
		case "in":
			err = n.Content[i+1].Decode(&v.In)
		case "not":
			err = n.Content[i+1].Decode(&v.Not)
		default:
			err = fmt.Errorf("line %d: a condition has no %q; it is a list of values, or {in: […], not: […]}", n.Content[i].Line, key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// MarshalYAML writes a plain list where nothing is excluded.
func (v Values) MarshalYAML() (any, error) {
	if len(v.Not) == 0 {
		return v.In, nil
	}
	type whole Values
	return whole(v), nil
}

// actions that policies may speak of.
func actions() []string {
	return []string{
		string(Read), string(Search), string(List), string(Share), string(Export), string(Launch), string(Audit), string(Administer),
	}
}

// ladon is the policy as the engine takes it. It was checked before.
func (p *Policy) ladon() *ladon.DefaultPolicy {
	d := &ladon.DefaultPolicy{
		ID: p.ID, Description: p.Description, Effect: p.Effect, Actions: p.Actions, Resources: p.Resources,
		Conditions: ladon.Conditions{},
	}
	if p.Mode == Conceal {
		d.Meta = []byte(`{"mode":"conceal"}`)
	}
	roles := p.Roles
	if slices.Contains(roles, anyOf) {
		roles = roleNames()
	}
	for _, r := range roles {
		if len(p.Organisations) == 0 {
			d.Subjects = append(d.Subjects, subject(r, ""))
		}
		for _, o := range p.Organisations {
			d.Subjects = append(d.Subjects, subject(r, o))
		}
	}
	for key, values := range p.When {
		is := Is{In: widen(key, values.In), Not: widen(key, values.Not), Deny: p.Effect == Deny}
		if key == keyTime {
			d.Conditions[key] = &Clock{is}
		} else {
			d.Conditions[key] = &is
		}
	}
	if p.Effect == Allow { // what an allow does not mention stays ordinary
		for _, key := range []string{keyLabel, keyObjection} {
			if d.Conditions[key] == nil {
				d.Conditions[key] = &Is{In: []string{none}}
			}
		}
	}
	return d
}

// subject names a role, or a role at an organisation, to Ladon.
func subject(role, organisation string) string {
	if organisation == "" {
		return "role:" + role
	}
	return "role:" + role + "@" + organisation
}

// widen puts all kinds of relationship for "any".
func widen(key string, values []string) []string {
	if key != keyRelationship || !slices.Contains(values, anyOf) {
		return values
	}
	wide := slices.DeleteFunc(slices.Clone(values), func(s string) bool { return s == anyOf })
	return append(wide, relationshipNames()...)
}

func roleNames() []string {
	names := make([]string, 0, len(auth.Roles()))
	for _, r := range auth.Roles() {
		names = append(names, string(r))
	}
	return names
}

// Ladon gives the policy as the JSON document of the engine.
func (p *Policy) Ladon() (string, error) {
	b, err := json.Marshal(p.ladon())
	if err != nil {
		return "", errors.New("policy: the policy cannot be written as a Ladon document")
	}
	return string(b), nil
}
