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
	Add struct {
		Config           string `required:"" placeholder:"FILE" help:"The configuration, for its state."`
		Username         string `arg:"" help:"What they type to sign in."`
		Name             string `required:"" help:"Name to show and to audit."`
		Role             string `required:"" help:"Role, as policy knows it."`
		Organisation     string `required:"" placeholder:"ODS" help:"ODS code of the organisation they act for."`
		OrganisationName string `help:"Its name."`
		CareSetting      string `help:"Where they work: gp, acute, mental-health …"`
	} `cmd:"" help:"Add a local account and print its password once."`
}

// Run adds the account with a random password.
func (c *userCommand) Run(t *terminal) (err error) {
	config, err := configFrom(c.Add.Config)
	if err != nil {
		return err
	}
	if role := auth.Role(c.Add.Role); !role.Valid() {
		return usageError(fmt.Sprintf("there is no role %q; there are %s", c.Add.Role, roleList()))
	}
	db, err := migrations.Open(t.ctx, config.State)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := migrations.Apply(t.ctx, db); err != nil {
		return err
	}
	if err := recordUse(t, db, "account-add", "local account of role "+c.Add.Role+" at "+c.Add.Organisation+": "+c.Add.Username); err != nil {
		return err
	}
	ledger, err := audit.Open(t.ctx, db.Write, time.Now, t.log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ledger.Close()) }()
	password := strings.ToLower(rand.Text())
	if err := local.New(db.Write, db.Read, ledger, time.Now).Add(t.ctx, local.User{
		Username: c.Add.Username, Name: c.Add.Name, Role: auth.Role(c.Add.Role), CareSetting: c.Add.CareSetting,
		Organisation: record.Organisation{ODS: c.Add.Organisation, Name: c.Add.OrganisationName},
	}, password); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s\n", password)
	return nil
}

func roleList() string {
	var names []string
	for _, r := range auth.Roles() {
		names = append(names, string(r))
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
