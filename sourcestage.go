package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/stages"
)

type sourceStageCommand struct {
	ID           string `arg:"" help:"The source's id."`
	Stage        string `arg:"" help:"shadow, clinical-safety or live; unset takes the rule away, so that the wider one holds."`
	Section      string `placeholder:"NAME" help:"Only for this section, such as allergies."`
	Organisation string `placeholder:"ODS" help:"Only for readers of this organisation."`
	Config       string `required:"" placeholder:"FILE" help:"The configuration, for its database."`
	Reason       string `required:"" help:"Why, in 5 to 500 characters: auditors will read it."`
}

// unset is the word for a rule that is taken away.
const unset = "unset"

// Run changes the stage in the name of the account that runs this program. It is in the
// ledger before it takes effect.
func (c *sourceStageCommand) Run(t *terminal) (err error) {
	config, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rule, err := c.rule(config)
	if err != nil {
		return err
	}
	err = recording(t, db, func(ctx context.Context, ledger *audit.Ledger) error {
		return stages.New(db.Write, db.Read, ledger, time.Now).Set(ctx, rule, c.Reason)
	})
	if err != nil {
		var bad interface{ BadInput() bool }
		if errors.As(err, &bad) {
			return usageError(err.Error())
		}
		return unmigrated(err)
	}
	fmt.Fprintf(t.out, "the stage of %s is %s; servers that run take it up within a second\n", c.ID, c.Stage)
	return nil
}

// rule is what was typed; a slip of the finger is refused.
func (c *sourceStageCommand) rule(config *Config) (record.StageRule, error) {
	rule := record.StageRule{Source: c.ID, Section: c.Section, Organisation: c.Organisation, Stage: record.Stage(c.Stage)}
	if err := isSource(config, c.ID); err != nil {
		return rule, err
	}
	if _, ok := record.SectionNamed(c.Section); c.Section != "" && !ok {
		var names []string
		for _, h := range record.Headings() {
			names = append(names, h.Name)
		}
		return rule, usageError(fmt.Sprintf("there is no section %q; there are %s", c.Section, strings.Join(names, ", ")))
	}
	if c.Organisation != "" && !odsForm.MatchString(c.Organisation) {
		return rule, usageError(fmt.Sprintf("%q is no ODS code", c.Organisation))
	}
	switch {
	case c.Stage == unset:
		rule.Stage = ""
	case !rule.Stage.Valid():
		return rule, usageError(fmt.Sprintf("there is no stage %q; there are shadow, clinical-safety and live, and %s", c.Stage, unset))
	}
	return rule, nil
}

type sourceStagesCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its database."`
}

// Run lists the stages, the configuration's first.
func (c *sourceStagesCommand) Run(t *terminal) (err error) {
	config, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	states, err := stages.New(db.Write, db.Read, nil, time.Now).States(t.ctx)
	if err != nil {
		return unmigrated(err)
	}
	w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SOURCE\tSECTION\tREADERS\tSTAGE\tSINCE\tBY\tREASON")
	for _, rule := range config.stages() {
		whole := stages.State{StageRule: rule, Reason: "as configured"}
		own := slices.DeleteFunc(slices.Clone(states), func(s stages.State) bool { return s.Source != rule.Source })
		if len(own) > 0 && own[0].Section == "" && own[0].Organisation == "" { // "" sorts first
			whole, own = own[0], own[1:]
		}
		for _, s := range append([]stages.State{whole}, own...) {
			since := ""
			if !s.At.IsZero() {
				since = s.At.In(config.zone).Format("2006-01-02 15:04")
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", s.Source, orAll(s.Section), orAll(s.Organisation), s.Stage, since, s.Maker, s.Reason)
		}
	}
	return w.Flush()
}

func orAll(s string) string {
	if s == "" {
		return "all"
	}
	return s
}
