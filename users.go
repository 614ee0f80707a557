package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/record"
)

type userCommand struct {
	Add  userAddCommand  `cmd:"" help:"Add a local account and print its password once."`
	Totp userTotpCommand `cmd:"" help:"Give a local account a new second factor and print it once."`
}

type userAddCommand struct {
	Config           string `required:"" placeholder:"FILE" help:"The configuration, for its state."`
	Username         string `arg:"" help:"What they type to sign in."`
	Name             string `required:"" help:"Name to show and to audit."`
	Role             string `required:"" help:"Role, as policy knows it: ${roles}."`
	Organisation     string `required:"" placeholder:"ODS" help:"ODS code of the organisation they act for."`
	OrganisationName string `help:"Its name."`
	CareSetting      string `help:"Where they work: gp, acute, mental-health …"`
	Totp             bool   `help:"Ask them for a code as well, and print the address to read into an authenticator application."`
}

// Run adds the account with a random password.
func (c *userAddCommand) Run(t *terminal) error {
	if role := auth.Role(c.Role); !role.Valid() {
		return usageError(fmt.Sprintf("there is no role %q; there are %s", c.Role, roleList()))
	}
	what := "local account of role " + c.Role + " at " + c.Organisation + ": " + c.Username
	return withUsers(t, c.Config, "account-add", what, func(users *local.Users) error {
		password := strings.ToLower(rand.Text())
		if err := users.Add(t.ctx, local.User{
			Username: c.Username, Name: c.Name, Role: auth.Role(c.Role), CareSetting: c.CareSetting,
			Organisation: record.Organisation{ODS: c.Organisation, Name: c.OrganisationName},
		}, password); err != nil {
			return err
		}
		fmt.Fprintf(t.out, "%s\n", password)
		if !c.Totp {
			return nil
		}
		return printTOTP(t, users, c.Username)
	})
}

type userTotpCommand struct {
	Config   string `required:"" placeholder:"FILE" help:"The configuration, for its state."`
	Username string `arg:"" help:"The account's user name."`
	Off      bool   `help:"Take the second factor away instead."`
}

// Run replaces what the account had: whoever has lost their authenticator needs it.
func (c *userTotpCommand) Run(t *terminal) error {
	action := "account-totp"
	if c.Off {
		action = "account-totp-off"
	}
	return withUsers(t, c.Config, action, "local account: "+c.Username, func(users *local.Users) error {
		if c.Off {
			return users.ClearTOTP(t.ctx, c.Username)
		}
		return printTOTP(t, users, c.Username)
	})
}

func printTOTP(t *terminal, users *local.Users, username string) error {
	uri, err := users.SetTOTP(t.ctx, username)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s\n", uri)
	return nil
}

// withUsers opens the accounts of a configuration and audits the use before it is made.
func withUsers(t *terminal, file, action, target string, do func(*local.Users) error) (err error) {
	config, err := configFrom(file)
	if err != nil {
		return err
	}
	db, err := migrations.Open(t.ctx, config.State)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := migrations.Apply(t.ctx, db); err != nil {
		return err
	}
	if err := recordUse(t, db, action, target); err != nil {
		return err
	}
	ledger, err := audit.Open(t.ctx, db.Write, time.Now, t.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ledger.Close()) }()
	return do(local.New(db.Write, db.Read, ledger, time.Now))
}

func roleList() string {
	var names []string
	for _, r := range auth.Roles() {
		names = append(names, string(r))
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
