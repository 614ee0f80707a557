package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
)

type policyTestCommand struct {
	chosenPolicies
	Files []string `arg:"" help:"Scenario files (docs/policy.md)."`
}

// Run decides every statement of the files; one that does not hold is a failure, and a
// file that cannot be read is wrong use.
func (c *policyTestCommand) Run(t *terminal) error {
	e, err := c.edition(t.ctx, time.Now)
	if err != nil {
		return err
	}
	var scenarios []policy.Scenario
	var problems []error
	for _, name := range c.Files {
		text, err := os.ReadFile(name)
		if err != nil {
			return usageError(err.Error())
		}
		list, err := policy.ParseScenarios(name, string(text))
		if err == nil {
			err = e.CheckScenarios(list)
		}
		if err != nil {
			problems = append(problems, err)
		}
		scenarios = append(scenarios, list...)
	}
	if problems != nil {
		return usageError(errors.Join(problems...).Error())
	}
	statements := 0
	for i := range scenarios {
		statements += len(scenarios[i].Statements)
	}
	failures := e.Run(scenarios)
	for _, f := range failures {
		fmt.Fprintln(t.out, f)
	}
	if failures != nil {
		return fmt.Errorf("%d of %d statements do not hold", len(failures), statements)
	}
	fmt.Fprintf(t.out, "%d statements of %d scenarios hold\n", statements, len(scenarios))
	return nil
}
