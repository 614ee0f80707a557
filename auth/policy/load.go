package policy

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

//go:embed defaults.yaml
var defaults []byte

// Set is a set of policies, checked, by id. It is not changed any more.
type Set struct {
	// Version names the set in the audit: its number in the store, or a hash of the file.
	Version  string
	Policies []Policy
}

// RefusedError is a set that is not taken, with every reason.
type RefusedError struct{ Problems []string }

// Error lists the reasons, one a line.
func (e *RefusedError) Error() string { return strings.Join(e.Problems, "\n") }

// Defaults loads the built-in policy set for a UK region.
func Defaults() (*Set, error) { return Load(defaults) }

// DefaultsText is the built-in set as it is written, with its comments.
func DefaultsText() []byte { return slices.Clone(defaults) }

// Load reads a policy set as people write it. It is strict: unknown keys, roles,
// actions, conditions and values, double ids and empty policies are all reported at
// once, with the nearest names, as a *RefusedError. Resources are checked when the
// schema is known: NewEdition.
func Load(text []byte) (*Set, error) {
	var doc struct {
		Policies []Policy `yaml:"policies"`
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		return nil, &RefusedError{[]string{"policies: " + err.Error()}}
	}
	sum := sha256.Sum256(text)
	return NewSet(hex.EncodeToString(sum[:6]), doc.Policies)
}

// NewSet checks policies and makes a set of them.
func NewSet(version string, policies []Policy) (*Set, error) {
	s := &Set{Version: version, Policies: slices.Clone(policies)}
	var problems []string
	seen := map[string]bool{}
	for i := range s.Policies {
		p := &s.Policies[i]
		say := func(format string, a ...any) {
			problems = append(problems, fmt.Sprintf("policy %d (%s): ", i+1, p.ID)+fmt.Sprintf(format, a...))
		}
		if seen[p.ID] {
			say("there is another with this id")
		}
		seen[p.ID] = true
		p.check(say)
	}
	if len(policies) == 0 {
		problems = append(problems, "there are no policies: then nobody could do anything")
	}
	if problems != nil {
		return nil, &RefusedError{problems}
	}
	slices.SortFunc(s.Policies, func(a, b Policy) int { return strings.Compare(a.ID, b.ID) })
	return s, nil
}

// YAML writes the set as Load reads it.
func (s *Set) YAML() ([]byte, error) {
	b, err := yaml.Marshal(map[string]any{"policies": s.Policies})
	if err != nil {
		return nil, fmt.Errorf("policies cannot be written: %w", err)
	}
	return b, nil
}

// Find gives the policy with the id; nil if there is none.
func (s *Set) Find(id string) *Policy {
	for i := range s.Policies {
		if s.Policies[i].ID == id {
			return &s.Policies[i]
		}
	}
	return nil
}
