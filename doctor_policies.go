package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/record"
)

// policies looks at those in force: what they refuse when nothing speaks for it.
func (d *doctor) policies(db *migrations.DB) {
	const check = "policies"
	ctx, stop := context.WithTimeout(d.ctx, d.within)
	defer stop()
	version, set, err := policy.New(db.Write, db.Read, nil, nil, time.Now).At(ctx, 0)
	if errors.Is(err, policy.ErrNoVersion) {
		d.ok(check, "none in the database yet: they are put there at the first start")
		return
	}
	if err != nil {
		d.fail(check, "they cannot be read: "+err.Error(), "patchwork policy export --config says more")
		return
	}
	edition, err := editionOf(set, func() time.Time { return d.now })
	if err != nil {
		d.fail(check, "they do not fit this program: "+err.Error(), "patchwork policy diff and patchwork policy import")
		return
	}
	said := len(d.found)
	d.loose(edition)
	d.unlike(set)
	if len(d.found) == said {
		d.ok(check, "version %d, %d policies: what none allows is refused, and who looks after nobody reads nobody's record", version.Version, len(set.Policies))
	}
}

// careless are the roles of those who look after nobody.
var careless = []auth.Role{auth.RoleAnalyst, auth.RolePrivacyOfficer, auth.RoleAdministrator, auth.RoleDataQuality}

// loose looks for what a set of policies should never allow by oversight.
func (d *doctor) loose(e *policy.Edition) {
	const mend = "patchwork policy explain --config FILE --role ROLE says which policy allows it"
	reads := func(role auth.Role, label string) bool {
		s := &auth.Session{Issuer: "doctor", Subject: "doctor", Role: role, Purpose: role.Purpose(), Organisation: record.Organisation{ODS: "ZZZ99"}}
		from := &record.Origin{ID: "doctor", Organisation: record.Organisation{ODS: "ZZZ98"}}
		x, err := e.Explain(s, policy.AboutPatient(relationship.Standing{}, false), policy.Read, "record:problems", "", from, label)
		return err == nil && x.Shown
	}
	if reads("", "") {
		d.fail("policies", "somebody without any role reads the record", mend)
	}
	for _, role := range careless {
		if reads(role, "") {
			d.warn("policies", fmt.Sprintf("the role %s reads the record of people to whom it has no relationship", role), mend)
		}
	}
	for _, role := range auth.Roles() {
		if reads(role, "very-restricted") {
			d.fail("policies", fmt.Sprintf("the role %s reads what is very restricted, of people to whom it has no relationship", role), mend)
		}
	}
}

// unlike tells where the file that the configuration names is not what is in force: it was
// changed, and only an empty database takes it by itself.
func (d *doctor) unlike(inForce *policy.Set) {
	if d.config.Policies == "" {
		return
	}
	text, err := os.ReadFile(d.config.Policies)
	if err != nil {
		d.fail("policies", "the file that the configuration names cannot be read", "put it there, or take policies out of the configuration")
		return
	}
	set, err := policy.Load(text)
	if err != nil {
		d.fail("policies", "the file that the configuration names is refused", "patchwork policy check "+d.config.Policies)
		return
	}
	ours, err := set.YAML()
	theirs, also := inForce.YAML()
	if err != nil || also != nil || strings.TrimSpace(string(ours)) != strings.TrimSpace(string(theirs)) {
		d.warn("policies", "the file that the configuration names is not what is in force", "patchwork policy diff shows who gains and loses what; patchwork policy import puts the file into force, patchwork policy export writes what is")
	}
}
