package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/smartlogin"
)

// launcherCommand writes and tries the EPRs that open the viewer by their own SMART server.
type launcherCommand struct {
	Init launcherInitCommand `cmd:"" help:"Write a commented stanza."`
	Test launcherTestCommand `cmd:"" help:"Try the connection of a launcher, step by step."`
}

type launcherInitCommand struct{}

// Run writes the stanza, to stand under `launchers:`.
func (c *launcherInitCommand) Run(t *terminal) error {
	text := strings.Replace("\n"+indented(smartlogin.Sample, "    "), "\n    id: ", "\n  - id: ", 1)
	fmt.Fprint(t.out, strings.TrimPrefix(text, "\n"))
	return nil
}

type launcherTestCommand struct {
	File string `arg:"" help:"The configuration."`
	ID   string `arg:"" help:"The id of the launcher."`
}

// Run tries the steps; the first that fails is the last, and makes the command fail.
func (c *launcherTestCommand) Run(t *terminal) (err error) {
	config, err := configFrom(c.File)
	if err != nil {
		return err
	}
	launcher, err := config.launcher(c.ID)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(t.ctx, testTime)
	defer stop()
	epr, err := launcher.connector.Open(auth.Env{
		ID: launcher.ID, Name: launcher.Name, Base: launcher.base(config.PublicURL), Log: t.log, Now: time.Now,
	})
	if err != nil {
		return fmt.Errorf("launcher %s cannot be opened: %w", launcher.ID, err)
	}
	defer func() { err = errors.Join(err, epr.Close()) }()
	for _, step := range epr.Test(ctx) {
		word := "ok"
		if !step.OK {
			word, err = "failed", fmt.Errorf("launcher %s does not work yet", launcher.ID)
		}
		fmt.Fprintf(t.out, "%-7s %s: %s\n", word, step.Name, step.Detail)
	}
	return err
}

// launcher is the stanza with an id; another id is wrong use.
func (c *Config) launcher(id string) (*LauncherConfig, error) {
	var ids []string
	for i := range c.Launchers {
		if c.Launchers[i].ID == id {
			return &c.Launchers[i], nil
		}
		ids = append(ids, c.Launchers[i].ID)
	}
	if len(ids) == 0 {
		return nil, usageError(fmt.Sprintf("there is no launcher %q; the configuration has none", id))
	}
	return nil, usageError(fmt.Sprintf("there is no launcher %q; there are %s", id, strings.Join(ids, ", ")))
}
