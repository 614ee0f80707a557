package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/patient/match"
)

// linkageCommand finds the weights by which records without a verified NHS number are
// compared, and measures them. What it reads stays where it is; what it prints and writes
// are figures, and the values that many people share.
type linkageCommand struct {
	Estimate linkageEstimateCommand `cmd:"" help:"Estimate weights from files of people; writes the stanza linking of the configuration."`
	Evaluate linkageEvaluateCommand `cmd:"" help:"Measure weights on files in which it is known who is who."`
}

// linkageFiles is what both read.
type linkageFiles struct {
	Files   []string `arg:"" name:"file" help:"People, one a row, with a header: .csv or .csv.gz (docs/linking.md has the columns)."`
	Pattern string   `placeholder:"REGEXP" help:"Who is who, from the column id: what the first group matches, such as ^rec-(\\d+)-; default the column person."`
}

func (c *linkageFiles) read() ([]listed, error) {
	var people []listed
	for _, name := range c.Files {
		more, err := readPeople(name)
		if err != nil {
			return nil, err
		}
		people = append(people, more...)
	}
	if c.Pattern == "" {
		return people, nil
	}
	pattern, err := regexp.Compile(c.Pattern)
	if err != nil || pattern.NumSubexp() < 1 {
		return nil, usageError("--pattern must be a regular expression with a group")
	}
	samePerson(people, pattern)
	return people, nil
}

// samePerson reads who is who from the rows' ids.
func samePerson(people []listed, pattern *regexp.Regexp) {
	for i := range people {
		if found := pattern.FindStringSubmatch(people[i].id); len(found) > 1 {
			people[i].same = found[1]
		}
	}
}

type linkageEstimateCommand struct {
	linkageFiles `embed:""`
	Out          string `required:"" placeholder:"FILE" help:"Where to write the weights."`
}

// margin is by how many bits the threshold of linking stays above the best score of two
// people who were nearly linked.
const margin = 5

// Run estimates and writes.
func (c *linkageEstimateCommand) Run(t *terminal) error {
	people, err := c.read()
	if err != nil {
		return err
	}
	model, e, err := match.Estimate(traitsOf(people))
	if err != nil {
		return usageError(err.Error())
	}
	fmt.Fprintf(t.out, "%d records, %d pairs compared, %.0f expected to be of one person\n", e.People, e.Pairs, e.Matches)
	if e.Left > 0 {
		fmt.Fprintf(t.out, "%d times a record shared a key with more than 400 others, and was not compared by it\n", e.Left)
	}
	if pairsWithin(people) > 0 {
		m := measure(people, model)
		model = model.With(max(model.Link, math.Ceil(m.highest)+margin), model.Ask)
		show(t.out, model, measure(people, model))
	}
	fmt.Fprintf(t.out, "links from %.0f bits on, asks from %.0f\n", model.Link, model.Ask)
	text, err := yaml.Marshal(linkageStanza{model})
	if err != nil {
		return err
	}
	return os.WriteFile(c.Out, append([]byte(linkageHead), text...), 0o600)
}

// linkageHead explains the file to who opens it.
const linkageHead = `# Weights of linking, estimated from data: put this into patchwork.yaml (docs/linking.md).
# Chances: m among records of one person, u among records of two.
`

type linkageStanza struct {
	Linking *match.Model `yaml:"linking"`
}

type linkageEvaluateCommand struct {
	linkageFiles `embed:""`
	Weights      string `placeholder:"FILE" help:"What estimate wrote; default the built-in weights."`
}

// Run measures; false automatic links are a failure.
func (c *linkageEvaluateCommand) Run(t *terminal) error {
	model := match.Default()
	if c.Weights != "" {
		var err error
		if model, err = readWeights(c.Weights); err != nil {
			return err
		}
	}
	people, err := c.read()
	if err != nil {
		return err
	}
	if pairsWithin(people) == 0 {
		return usageError("it is not known who is who: give a column person, or --pattern")
	}
	m := measure(people, model)
	show(t.out, model, m)
	if m.link.wrong > 0 {
		return fmt.Errorf("%d pairs of two people would be linked by themselves", m.link.wrong)
	}
	return nil
}

// readWeights reads what estimate wrote, strictly.
func readWeights(name string) (*match.Model, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, usageError(fmt.Sprintf("the weights cannot be read: %v", errors.Unwrap(err)))
	}
	var stanza linkageStanza
	if err := yaml.Load(bytes.TrimSpace(text), &stanza, yaml.WithKnownFields()); err != nil {
		return nil, usageError(name + " is not what `patchwork linkage estimate` writes: " + inWords(err.Error()))
	}
	if stanza.Linking == nil {
		return nil, usageError(name + " has no stanza linking")
	}
	if problems := stanza.Linking.Validate(); len(problems) > 0 {
		return nil, usageError(name + ": " + strings.Join(problems, "\n"+name+": "))
	}
	return stanza.Linking, nil
}

// show writes figures, one choice of pairs a line.
func show(out io.Writer, model *match.Model, m measured) {
	fmt.Fprintf(out, "%d records, %d pairs of one person, %d pairs compared\n", m.records, m.gold, m.compared)
	fmt.Fprintf(out, "%-34s %9s %7s %7s %7s\n", "", "precision", "recall", "F1", "false")
	for _, line := range []struct {
		name string
		figures
	}{
		{fmt.Sprintf("by score alone, best from %.1f bits", m.threshold), m.best}, {fmt.Sprintf("by score alone, from %.0f bits", model.Ask), m.fixed},
		{"linked by itself", m.link}, {"linked, or a person is asked", m.asked},
	} {
		fmt.Fprintf(out, "%-34s %9.4f %7.4f %7.4f %7d\n", line.name, line.precision(), line.recall(), line.f1(), line.wrong)
	}
	if m.highest > lowest {
		fmt.Fprintf(out, "the family rules let two people pass at %.1f bits at most\n", m.highest)
	} else {
		fmt.Fprintf(out, "the family rules let no two people pass at any score\n")
	}
}
