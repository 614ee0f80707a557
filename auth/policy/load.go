package policy

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ory/ladon"
	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/auth"
)

//go:embed defaults.yaml
var defaults []byte

// document is the file as people write it.
type document struct {
	Policies []struct {
		ID           string              `yaml:"id"`
		Description  string              `yaml:"description"`
		Effect       string              `yaml:"effect"`
		Roles        []string            `yaml:"roles"`
		Organisation []string            `yaml:"organisations"`
		Actions      []string            `yaml:"actions"`
		Resources    []string            `yaml:"resources"`
		When         map[string][]string `yaml:"when"`
	} `yaml:"policies"`
}

// Defaults loads the built-in policy set for a UK region.
func Defaults() (*Set, error) { return Load(defaults) }

// Load reads a policy set. It is strict: unknown keys, roles, actions and conditions,
// double ids and empty policies are all reported at once, with the nearest names.
func Load(text []byte) (*Set, error) {
	var doc document
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&doc); err != nil {
		return nil, fmt.Errorf("policies: %w", err)
	}
	var problems []string
	seen := map[string]bool{}
	policies := make([]*ladon.DefaultPolicy, 0, len(doc.Policies))
	for i, d := range doc.Policies {
		say := func(format string, a ...any) {
			problems = append(problems, fmt.Sprintf("policy %d (%s): ", i+1, d.ID)+fmt.Sprintf(format, a...))
		}
		if d.ID == "" || seen[d.ID] {
			say("needs an id of its own")
		}
		seen[d.ID] = true
		if d.Effect != ladon.AllowAccess && d.Effect != ladon.DenyAccess {
			say("effect is allow or deny, not %q", d.Effect)
		}
		p := &ladon.DefaultPolicy{
			ID: d.ID, Description: d.Description, Effect: d.Effect, Resources: d.Resources,
			Actions: d.Actions, Conditions: ladon.Conditions{},
		}
		for _, r := range d.Roles {
			if !slices.Contains(auth.Roles(), auth.Role(r)) {
				say("there is no role %q%s", r, nearest(r, roleNames()))
			}
			p.Subjects = append(p.Subjects, "role:"+r)
		}
		for _, o := range d.Organisation {
			p.Subjects = append(p.Subjects, "organisation:"+o)
		}
		for _, a := range d.Actions {
			if a != string(Read) && a != string(Search) && a != string(List) {
				say("there is no action %q: read, search or list", a)
			}
		}
		for key, values := range d.When {
			if !slices.Contains(contextKeys, key) {
				say("there is no condition on %q: %s", key, strings.Join(contextKeys, ", "))
			}
			p.Conditions[key] = &In{Values: values, Deny: d.Effect == ladon.DenyAccess}
		}
		if len(p.Subjects) == 0 || len(p.Actions) == 0 || len(p.Resources) == 0 {
			say("needs roles or organisations, actions and resources")
		}
		policies = append(policies, p)
	}
	if len(problems) > 0 {
		return nil, errors.New(strings.Join(problems, "\n"))
	}
	sum := sha256.Sum256(text)
	return newSet(hex.EncodeToString(sum[:6]), policies), nil
}

func roleNames() map[string]bool {
	names := map[string]bool{}
	for _, r := range auth.Roles() {
		names[string(r)] = true
	}
	return names
}
