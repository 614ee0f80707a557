package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Problem is something wrong in a file of docs/safety, with its line.
type Problem struct {
	File string
	Line int
	Text string
}

func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text) }

// hazardLog is where the log stands, from the repository's root.
const hazardLog = "docs/safety/hazards.yaml"

var hazardID = regexp.MustCompile(`^H-\d\d$`)

// ReadLog reads the hazard log of the repository at root, and says everything that is wrong
// with it at once.
func ReadLog(root string) (*Log, []Problem) {
	text, err := os.ReadFile(filepath.Join(root, hazardLog))
	if err != nil {
		return nil, []Problem{{hazardLog, 1, "it cannot be read"}}
	}
	var log Log
	doc, problems := decode(hazardLog, text, &log)
	if len(problems) > 0 {
		return nil, problems
	}
	r := reading{root: root, file: hazardLog}
	if len(log.Hazards) == 0 {
		r.say(doc, "there are no hazards")
	}
	seen := map[string]bool{}
	for i, h := range log.Hazards {
		n := item(child(doc, "hazards"), i)
		h.line = n.Line
		r.hazard(h, n, seen)
	}
	return &log, r.problems
}

// decode is strict: a key that there is not is a mistake, and every mistake has its line.
func decode(file string, text []byte, into any) (*yaml.Node, []Problem) {
	var doc yaml.Node
	err := yaml.Load(text, &doc)
	if err == nil {
		err = yaml.Load(text, into, yaml.WithKnownFields())
	}
	if err == nil {
		return doc.Content[0], nil
	}
	var many *yaml.LoadErrors
	if errors.As(err, &many) {
		var problems []Problem
		for _, e := range many.Errors {
			problems = append(problems, Problem{file, e.Mark.Line, e.Message})
		}
		return nil, problems
	}
	var one *yaml.LoadError
	if errors.As(err, &one) {
		return nil, []Problem{{file, one.Mark.Line, one.Message}}
	}
	return nil, []Problem{{file, 1, err.Error()}}
}

// reading collects what is wrong with one file.
type reading struct {
	root, file string
	problems   []Problem
}

func (r *reading) say(n *yaml.Node, format string, a ...any) {
	r.problems = append(r.problems, Problem{r.file, n.Line, fmt.Sprintf(format, a...)})
}

func (r *reading) hazard(h *Hazard, n *yaml.Node, seen map[string]bool) {
	if !hazardID.MatchString(h.ID) {
		r.say(n, "a hazard's id is H- and two digits, not %q", h.ID)
	}
	if seen[h.ID] {
		r.say(n, "%s is there twice", h.ID)
	}
	seen[h.ID] = true
	for _, part := range []struct{ name, text string }{
		{"title", h.Title}, {"effect", h.Effect}, {"affects", h.Affects}, {"remains", h.Remains}, {"owner", h.Owner},
	} {
		if strings.TrimSpace(part.text) == "" {
			r.say(n, "%s has no %s", h.ID, part.name)
		}
	}
	if len(h.Causes) == 0 {
		r.say(n, "%s has no cause", h.ID)
	}
	if _, ok := statuses[h.Status]; !ok {
		r.say(orNode(child(n, "status"), n), "%s: %q is no status; there are open, controlled and transferred", h.ID, h.Status)
	}
	r.risk(h.ID, "initial", h.Initial, n)
	r.risk(h.ID, "residual", h.Residual, n)
	if h.Residual.Score() > h.Initial.Score() {
		r.say(orNode(child(n, "residual"), n), "%s: what remains is more than there was", h.ID)
	}
	if len(h.Controls) == 0 {
		r.say(n, "%s has no control", h.ID)
	}
	for i, c := range h.Controls {
		r.control(fmt.Sprintf("%s, control %d", h.ID, i+1), c, item(child(n, "controls"), i))
	}
}

func (r *reading) risk(id, which string, risk Risk, n *yaml.Node) {
	if risk.Score() == 0 {
		r.say(orNode(child(n, which), n), "%s: the %s risk is one of %v by one of %v", id, which, severities, likelihoods)
	}
}

func (r *reading) control(name string, c *Control, n *yaml.Node) {
	c.line = n.Line
	if strings.TrimSpace(c.Does) == "" {
		r.say(n, "%s does nothing", name)
	}
	if len(c.Where) == 0 {
		r.say(n, "%s is nowhere: where is a list of files", name)
	}
	for i, path := range c.Where {
		if _, err := os.Stat(filepath.Join(r.root, filepath.FromSlash(path))); err != nil {
			r.say(item(child(n, "where"), i), "%s: there is no %s", name, path)
		}
	}
	if len(c.Tests) == 0 {
		r.say(n, "%s has no test: a control counts only with a test that fails without it", name)
	}
	c.references = r.tests(name, c.Tests, child(n, "tests"))
}

// tests understands references; whether they exist is asked by Sources.
func (r *reading) tests(name string, texts []string, n *yaml.Node) []Reference {
	var all []Reference
	for i, text := range texts {
		ref, err := ParseReference(text)
		if err != nil {
			r.say(item(n, i), "%s: %v", name, err)
			continue
		}
		ref.Line = item(n, i).Line
		if slices.ContainsFunc(all, func(o Reference) bool { return o.Text == ref.Text }) {
			r.say(item(n, i), "%s names %s twice", name, text)
		}
		all = append(all, ref)
	}
	return all
}

// child is the value of a key; nil if there is none.
func child(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func item(n *yaml.Node, i int) *yaml.Node { return n.Content[i] }

func orNode(n, other *yaml.Node) *yaml.Node {
	if n == nil {
		return other
	}
	return n
}
