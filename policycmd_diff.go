package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
)

type policyDiffCommand struct {
	Config string `placeholder:"FILE" help:"The configuration, for db and db:VERSION."`
	Old    string `arg:"" help:"A file, defaults, db (the policies in force) or db:VERSION."`
	New    string `arg:"" help:"What would be instead; as OLD."`
}

// Run says who gains and who loses what. Differences are no failure.
func (c *policyDiffCommand) Run(t *terminal) error {
	var editions [2]*policy.Edition
	for i, name := range []string{c.Old, c.New} {
		set, err := policiesOf(t.ctx, name, c.Config)
		if err != nil {
			return err
		}
		if editions[i], err = editionOf(set, time.Now); err != nil {
			return err
		}
	}
	d := policy.Diff(editions[0], editions[1])
	for _, line := range d.Sentences() {
		fmt.Fprintln(t.out, line)
	}
	switch {
	case len(d.Changes) > 0:
	case d.Contexts == 0:
		fmt.Fprintln(t.out, "no difference: the policies are the same but for their words")
	default:
		fmt.Fprintf(t.out, "no difference in %d contexts\n", d.Contexts)
	}
	if len(d.Cut) > 0 {
		fmt.Fprintf(t.out, "there may be more: not every combination was tried of %s\n", strings.Join(d.Cut, ", "))
	}
	return nil
}
