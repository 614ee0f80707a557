package naive

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// Document is a policy set as it stands in a file.
type Document struct {
	Policies []Policy `yaml:"policies"`
}

// Policy is one policy, by the keys of docs/policy.md.
type Policy struct {
	ID            string               `yaml:"id"`
	Description   string               `yaml:"description"`
	Effect        string               `yaml:"effect"`
	Mode          string               `yaml:"mode,omitempty"`
	Roles         []string             `yaml:"roles,flow"`
	Organisations []string             `yaml:"organisations,omitempty,flow"`
	Actions       []string             `yaml:"actions,flow"`
	Resources     []string             `yaml:"resources,flow"`
	When          map[string]Condition `yaml:"when,omitempty"`
}

// Condition is what one key must be (In; none means anything) and must not be (Not).
type Condition struct {
	In  []string `yaml:"in,omitempty,flow"`
	Not []string `yaml:"not,omitempty,flow"`
}

// UnmarshalYAML reads both ways in which a condition is written: a list of values, or
// a block with in and not.
func (c *Condition) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.SequenceNode {
		return n.Decode(&c.In)
	}
	type block Condition
	return n.Decode((*block)(c))
}

// Read reads a policy set. It does not judge it: the server refuses what is not valid.
func Read(text []byte) (*Document, error) {
	d := &Document{}
	if err := yaml.Unmarshal(text, d); err != nil {
		return nil, fmt.Errorf("naive: %w", err)
	}
	return d, nil
}

// Write is the set as YAML.
func (d *Document) Write() ([]byte, error) { return yaml.Marshal(d) }

// Without is the set without its i-th policy.
func (d *Document) Without(i int) *Document {
	kept := &Document{}
	for j, p := range d.Policies {
		if j != i {
			kept.Policies = append(kept.Policies, p)
		}
	}
	return kept
}
