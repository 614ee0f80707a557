package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// loginCommand writes and tries the organisations' sign-ins.
type loginCommand struct {
	Init loginInitCommand `cmd:"" help:"Write a commented stanza of a type."`
	Test loginTestCommand `cmd:"" help:"Try the connection of a login, step by step."`
}

type loginInitCommand struct {
	Type string `arg:"" help:"A kind of sign-in."`
}

// Run writes the stanza, to stand under `logins:`.
func (c *loginInitCommand) Run(t *terminal) error {
	all := loginSamples()
	text, ok := all[c.Type]
	if !ok {
		return usageError(fmt.Sprintf("there is no type %q; there are %s", c.Type, strings.Join(slices.Sorted(maps.Keys(all)), ", ")))
	}
	if !strings.Contains("\n"+text, "\nconnect:") {
		text = fmt.Sprintf(loginHead, c.Type) + indented(text, "  ") + loginFoot
	}
	// The dash stands before the first key, whatever comments come before it.
	text = strings.Replace("\n"+indented(text, "    "), "\n    id: ", "\n  - id: ", 1)
	fmt.Fprint(t.out, strings.TrimPrefix(text, "\n"))
	return nil
}

// indented puts blanks before each line that has something in it.
func indented(text, blanks string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString(strings.TrimRight(blanks+line, " ") + "\n")
	}
	return b.String()
}

// loginHead and loginFoot stand around the connector's own part. SAML and LDAP say
// everything in lists of texts.
const (
	loginHead = `id: riverside                   # names it in addresses and audit: never change it
type: %s
name: Riverside Hospital        # what people pick
organisations:                  # whom this provider may vouch for: nobody else, whatever it says
  - {ods: RRV01, name: Riverside Hospital NHS Trust, care_setting: acute}
# domains: [riverside.nhs.uk]   # of the e-mail addresses that people type to find it
# recheck: 5m                   # how often the provider is asked whether the account still holds; 0s never
connect:
`
	loginFoot = `who:                            # what the provider says (lists of texts) → who they are here; CEL
  name: claims.displayName[0]
  roles:                        # each that applies is a position; nobody gets any other
    - {when: '"Doctors" in claims.groups', role: hospital-doctor}
`
)

type loginTestCommand struct {
	File string `arg:"" help:"The configuration."`
	ID   string `arg:"" help:"The id of the login."`
}

// testTime is how long all steps of a test may take together.
const testTime = time.Minute

// Run tries the steps; the first that fails is the last, and makes the command fail.
func (c *loginTestCommand) Run(t *terminal) (err error) {
	config, err := configFrom(c.File)
	if err != nil {
		return err
	}
	login, err := config.login(c.ID)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(t.ctx, testTime)
	defer stop()
	provider, err := login.connector.Open(ctx, auth.Env{
		ID: login.ID, Name: login.Name, Base: login.base(config.PublicURL), Log: t.log, Now: time.Now,
	})
	if err != nil {
		return fmt.Errorf("login %s cannot be opened: %w", login.ID, err)
	}
	defer func() { err = errors.Join(err, provider.Close()) }()
	for _, step := range provider.Test(ctx) {
		word := "ok"
		if !step.OK {
			word, err = "failed", fmt.Errorf("login %s does not work yet", login.ID)
		}
		fmt.Fprintf(t.out, "%-7s %s: %s\n", word, step.Name, step.Detail)
	}
	return err
}

// login is the stanza with an id; another id is wrong use.
func (c *Config) login(id string) (*LoginConfig, error) {
	var ids []string
	for i := range c.Logins {
		if c.Logins[i].ID == id {
			return &c.Logins[i], nil
		}
		ids = append(ids, c.Logins[i].ID)
	}
	if len(ids) == 0 {
		return nil, usageError(fmt.Sprintf("there is no login %q; the configuration has none", id))
	}
	return nil, usageError(fmt.Sprintf("there is no login %q; there are %s", id, strings.Join(ids, ", ")))
}
