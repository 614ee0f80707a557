package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/smart"
)

// reloader reads the configuration again while the server runs. docs/operate/reload.md.
type reloader struct {
	front *front
	file  string
	log   *slog.Logger

	one sync.Mutex // one reload at a time
}

// fixedParts are what a server cannot change while it runs, and why.
var fixedParts = map[string]string{
	"listen":     "the address is listened at",
	"state":      "the database is open",
	"public_url": "browsers and apps know the server by it",
	"plain_http": "cookies were given out by it",
	"audit":      "the ledger's key, witness and feed are open",
}

// secretPart is the server's secret among what changes: another one seals, or one more opens.
const secretPart = "the server's secret"

// keyPart is the ledger's key: another one signs, by which the one before is believed.
const keyPart = "the ledger's key"

// reload reads the file, and has what is in it serve if nothing is wrong with it; by says who
// wants it, for the ledger. Otherwise what serves goes on, and the error is a *ConfigError or
// says why. It returns when the next request is answered by the new configuration.
func (r *reloader) reload(ctx context.Context, by string) (edits, error) {
	r.one.Lock()
	defer r.one.Unlock()
	before := r.front.server()
	c, what, err := r.changed(before.config)
	if err != nil || what.none() {
		return what, err
	}
	r.front.handing.Wait() // at most one is on its way out
	event := audit.Event{
		Action: audit.ActionReload, Decision: audit.Permit, Reason: what.String(), Client: by, Device: hostname(),
		Target: "the configuration " + before.config.made.digest + " gives way to " + c.made.digest,
		Actor:  audit.Actor{Issuer: "urn:patchwork:operating-system", Subject: systemUser()},
	}
	if err := before.ledger.Record(ctx, event); err != nil {
		return what, err
	}
	if what.touch(keyPart) {
		_, err = before.proof.notary.UseKey(c.Audit.Key)
	}
	var next *server
	if err == nil {
		next, err = openBeside(ctx, c, r.log, before)
	}
	if err != nil {
		event.Decision, event.Reason = audit.Deny, "it could not be opened: what served goes on"
		return what, errors.Join(fmt.Errorf("what serves goes on: %w", err), before.ledger.Record(ctx, event))
	}
	next.take(before)
	r.front.replace(next, r.handed(before, what))
	return what, nil
}

// handed says how the server that was replaced ended.
func (r *reloader) handed(before *server, what edits) func(int, error) {
	return func(left int, err error) {
		for _, name := range what.removed {
			if id, ok := strings.CutPrefix(name, "source "); ok {
				before.metrics.Forget(id)
			}
		}
		switch {
		case err != nil:
			r.log.Error("the configuration before could not be closed in order", "problem", err.Error())
		case left > 0:
			r.log.Warn("requests of the configuration before did not end in time", "requests", left)
		}
	}
}

// changed reads the file and says what is other in it than in the configuration that serves.
// What cannot change while the server runs is a problem with its line.
func (r *reloader) changed(before *Config) (*Config, edits, error) {
	c, err := configFrom(r.file)
	if err != nil {
		return nil, edits{}, err
	}
	c.Listen, c.waits, c.hashMemory = before.Listen, before.waits, before.hashMemory
	what := c.made.since(before.made)
	problems := c.fixed(before, what)
	if len(problems) > 0 {
		sort.SliceStable(problems, func(i, j int) bool { return problems[i].line < problems[j].line })
		return nil, what, &ConfigError{File: r.file, problems: problems}
	}
	keys, err := r.keys(c)
	what.changed = append(what.changed, keys...)
	return c, what, err
}

// keys are which of the server's own keys are others in their files than those that it uses.
func (r *reloader) keys(c *Config) (others []string, err error) {
	now := r.front.server()
	secrets, err := smart.ReadSecrets(c.secretFile(), false)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(secrets.Names(), now.secrets.Names()) {
		others = append(others, secretPart)
	}
	if now.proof.notary == nil { // a broken ledger was accepted: nothing is signed
		return others, nil
	}
	key, err := audit.ReadKey(c.Audit.Key)
	if err != nil {
		return nil, err
	}
	if key.Public != now.proof.notary.Public() {
		others = append(others, keyPart)
	}
	return others, nil
}

// fixed are the problems with what would have to change that cannot.
func (c *Config) fixed(before *Config, what edits) (problems []problem) {
	say := func(line int, format string, a ...any) {
		problems = append(problems, problem{line, fmt.Sprintf(format, a...)})
	}
	for name, why := range fixedParts {
		if what.touch(name) {
			say(c.made.parts[name].line, "%s cannot change while the server runs (%s): restart it", name, why)
		}
	}
	if c.secretFile() != before.secretFile() {
		say(c.made.parts["smart"].line, "smart.secret_file cannot change while the server runs (sealed things are open): restart it")
	}
	for i := range c.Sources {
		name := "source " + c.Sources[i].ID
		if c.Sources[i].Type == feedType && slices.Contains(what.changed, name) {
			say(c.made.parts[name].line, "%s receives messages: it can be added and removed while the server runs, and changed by a restart (senders wait and send again)", name)
		}
	}
	return problems
}

// samePath reports whether two paths are of one file.
func samePath(a, b string) bool {
	x, errX := filepath.Abs(a)
	y, errY := filepath.Abs(b)
	return errX == nil && errY == nil && x == y
}
