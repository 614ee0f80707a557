package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/resolvers"
)

// policyCommand tries policies before they decide, and puts them into force.
type policyCommand struct {
	Test    policyTestCommand    `cmd:"" help:"Hold policies to scenario files."`
	Explain policyExplainCommand `cmd:"" help:"Say why something would be shown or not, for any caller."`
	Diff    policyDiffCommand    `cmd:"" help:"Say who gains and who loses what between two sets of policies."`
	Check   policyCheckCommand   `cmd:"" help:"Report every problem of a file of policies."`
	Import  policyImportCommand  `cmd:"" help:"Put a file of policies into force, as a new version in the database."`
	Export  policyExportCommand  `cmd:"" help:"Write policies as YAML, or as documents of Ladon."`
}

// chosenPolicies says which set a command is about.
type chosenPolicies struct {
	Policies string `xor:"set" placeholder:"FILE" help:"These policies instead of the built-in ones."`
	Config   string `xor:"set" placeholder:"FILE" help:"The policies in force in this configuration's database."`
}

func (c *chosenPolicies) set(ctx context.Context) (*policy.Set, error) {
	switch {
	case c.Policies != "":
		return readPolicies(c.Policies)
	case c.Config != "":
		return storedPolicies(ctx, c.Config, 0)
	}
	return policy.Defaults()
}

// edition is the set ready to decide; now gives the wall clock.
func (c *chosenPolicies) edition(ctx context.Context, now func() time.Time) (*policy.Edition, error) {
	set, err := c.set(ctx)
	if err != nil {
		return nil, err
	}
	return editionOf(set, now)
}

// policiesOf reads a file, the built-in set ("defaults"), or a version of a database
// ("db", "db:3"). A file named like one of these is read as "./db".
func policiesOf(ctx context.Context, name, config string) (*policy.Set, error) {
	kind, version, numbered := strings.Cut(name, ":")
	switch {
	case name == "defaults":
		return policy.Defaults()
	case kind == "db":
		var n int64
		if numbered {
			var err error
			if n, err = strconv.ParseInt(version, 10, 64); err != nil || n < 1 {
				return nil, usageError(fmt.Sprintf("%q is no version: db:1 is the first", name))
			}
		}
		return storedPolicies(ctx, config, n)
	}
	return readPolicies(name)
}

// readPolicies reads a file and checks it against the schema.
func readPolicies(name string) (*policy.Set, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, usageError(fmt.Sprintf("there is no file %s", name))
		}
		return nil, err
	}
	set, err := policy.Load(text)
	if err != nil {
		return nil, refusedFile(name, err)
	}
	if _, err := editionOf(set, time.Now); err != nil {
		return nil, refusedFile(name, err)
	}
	return set, nil
}

// storedPolicies reads a version of the database; 0 is the one in force.
func storedPolicies(ctx context.Context, file string, version int64) (_ *policy.Set, err error) {
	if file == "" {
		return nil, usageError("db needs --config, for the database")
	}
	_, db, err := openState(ctx, file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, set, err := policy.New(db.Write, db.Read, nil, nil, time.Now).At(ctx, version)
	return set, unseeded(err)
}

func editionOf(set *policy.Set, now func() time.Time) (*policy.Edition, error) {
	classes, err := resolvers.Coordinates(resolvers.Schema())
	if err != nil {
		return nil, err
	}
	return policy.NewEdition(set, classes, now)
}

// refusedFile makes what is wrong with a file wrong use, each problem a line.
func refusedFile(name string, err error) error {
	var refused *policy.RefusedError
	if !errors.As(err, &refused) {
		return err
	}
	return usageError(name + " is refused:\n  " + strings.Join(refused.Problems, "\n  "))
}

// unseeded explains the usual reason for which a database has no policies.
func unseeded(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if strings.Contains(text, "no such table") || strings.Contains(text, "42P01") {
		return errors.New("the database has no policies yet: start this version of the server on it once")
	}
	return err
}

type policyCheckCommand struct {
	File string `arg:"" help:"A file of policies."`
}

// Run reports everything that is wrong with a file, or what it holds.
func (c *policyCheckCommand) Run(t *terminal) error {
	set, err := readPolicies(c.File)
	if err != nil {
		return err
	}
	denies := 0
	for i := range set.Policies {
		if set.Policies[i].Effect == policy.Deny {
			denies++
		}
	}
	fmt.Fprintf(t.out, "%s is well: %d policies allow, %d deny\n", c.File, len(set.Policies)-denies, denies)
	return nil
}
