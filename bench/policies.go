package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// policyOf is a policy as the program reads it; JSON is YAML too.
type policyOf struct {
	ID          string              `json:"id"`
	Description string              `json:"description"`
	Effect      string              `json:"effect"`
	Roles       []string            `json:"roles"`
	Actions     []string            `json:"actions"`
	Resources   []string            `json:"resources"`
	When        map[string][]string `json:"when,omitempty"`
}

// policies are so many: the few by which the bench's user sees everything, and others
// that speak of the same user and of many fields, have to be evaluated, and in the end
// change nothing. So every number of policies must give the same page.
func policies(many int) ([]byte, error) {
	fields, err := schemaFields()
	if err != nil {
		return nil, err
	}
	all := []policyOf{
		{ID: "people", Effect: "allow", Roles: []string{"gp"}, Actions: []string{"read", "search", "list"}, Resources: []string{"patient:read", "patient:search", "patient:list"}},
		{ID: "record", Effect: "allow", Roles: []string{"gp"}, Actions: []string{"read", "search", "list"}, Resources: []string{"record:*"}, When: map[string][]string{"relationship": {"any"}}},
		{ID: "policies", Effect: "allow", Roles: []string{"administrator"}, Actions: []string{"administer"}, Resources: []string{"policy:administer"}},
	}
	idle := []struct {
		effect string
		when   map[string][]string
	}{
		{"deny", map[string][]string{"label": {"very-restricted"}}},
		{"allow", map[string][]string{"purpose": {"ETREAT"}, "careSetting": {"acute", "ambulance"}}},
		{"deny", map[string][]string{"objection": {"absolute"}, "relationship": {"any"}}},
		{"deny", map[string][]string{"restrictedPerson": {"yes"}, "purpose": {"TREAT"}}},
	}
	const spoken = 12 // fields of each
	for i := 0; len(all) < many; i++ {
		p := policyOf{
			ID: fmt.Sprintf("idle-%d", i), Effect: idle[i%len(idle)].effect, When: idle[i%len(idle)].when,
			Roles: []string{"gp", "practice-nurse"}, Actions: []string{"read", "list"},
		}
		for n := range spoken {
			p.Resources = append(p.Resources, fields[(i*spoken+n)%len(fields)])
		}
		all = append(all, p)
	}
	for i := range all {
		all[i].Description = "For the bench."
	}
	return json.Marshal(map[string]any{"policies": all})
}

var (
	classed = regexp.MustCompile(`^type \w+ implements Entry.* @access\(class: "(record:\w+)"\)`)
	aField  = regexp.MustCompile(`^  (\w+)(\(.*\))?: `)
)

// schemaFields are the fields of every section's entries as policies name them, read
// from the schema's text.
func schemaFields() ([]string, error) {
	files, err := filepath.Glob("graph/*.graphqls")
	if err != nil {
		return nil, err
	}
	var fields []string
	for _, file := range files {
		f, err := os.Open(file) // #nosec G304 -- our own schema
		if err != nil {
			return nil, err
		}
		class := ""
		for lines := bufio.NewScanner(f); lines.Scan(); {
			line := lines.Text()
			if m := classed.FindStringSubmatch(line); m != nil {
				class = m[1]
			} else if m := aField.FindStringSubmatch(line); m != nil && class != "" {
				fields = append(fields, class+":"+m[1])
			}
			if strings.HasPrefix(line, "}") {
				class = ""
			}
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	// The most common field must be one that policies can speak of.
	fields = slices.DeleteFunc(fields, func(f string) bool { return strings.HasSuffix(f, ":id") || strings.HasSuffix(f, ":provenance") })
	if len(fields) == 0 {
		return nil, fmt.Errorf("no fields were found in %d files of the schema", len(files))
	}
	return fields, nil
}
