package main

import (
	"fmt"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/demo/idp"
)

// DemoLogin is an organisation of the demo whose people sign in by its own provider.
type DemoLogin struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Way is redirect or password, as GET /auth/logins has it.
	Way string `json:"way"`
	// URL is the provider's; Control takes POST /users/NAME/disable, /enable, and by OIDC
	// /end, which ends the user's sessions there.
	URL     string          `json:"url"`
	Control string          `json:"control"`
	Users   []DemoLoginUser `json:"users"`
}

// DemoLoginUser is somebody who has an account there.
type DemoLoginUser struct {
	Username string `json:"username"`
	Password string `json:"password"`
	Name     string `json:"name"`
	// Roles are those of the positions that they may take, in order.
	Roles []auth.Role `json:"roles"`
	// Expect is what signing in comes to: "signed-in", or the code of the refusal.
	Expect string `json:"expect"`

	groups   []string
	disabled bool
}

// outcome says in words what signing in comes to.
func (u *DemoLoginUser) outcome() string {
	if u.Expect != signedIn {
		return "refused: " + u.Expect
	}
	roles := make([]string, len(u.Roles))
	for i, r := range u.Roles {
		roles[i] = string(r)
	}
	return strings.Join(roles, " or ")
}

// demoGroup is a group of an organisation's directory and the role that it stands for.
type demoGroup struct {
	name string
	role auth.Role
}

// demoOrganisation is an organisation and how its people sign in.
type demoOrganisation struct {
	id, system, domain string
	groups             []demoGroup
	users              []DemoLoginUser
}

const signedIn = "signed-in"

// demoOrganisations are the same people as demoUsers, as their employers know them. In
// each there is somebody for whom it goes another way.
func demoOrganisations() []demoOrganisation {
	all := []demoOrganisation{
		{id: "infirmary", system: "hospital", domain: "infirmary.example", groups: []demoGroup{
			{"Doctors", auth.RoleHospitalDoctor}, {"Nurses", auth.RoleHospitalNurse}, {"Pharmacy", auth.RolePharmacist},
			{"Information Governance", auth.RolePrivacyOfficer}, {"Patchwork Administrators", auth.RoleAdministrator},
		}, users: []DemoLoginUser{
			{Username: "leila.haddad", Name: "Dr Leila Haddad", groups: []string{"Doctors"}},
			{Username: "grace.mensah", Name: "Grace Mensah", groups: []string{"Nurses"}},
			{Username: "kit.sandhu", Name: "Kit Sandhu", groups: []string{"Doctors", "Pharmacy"}},
			{Username: "dev.marchetti", Name: "Dev Marchetti", groups: []string{"Information Governance"}},
			{Username: "ola.fashanu", Name: "Ola Fashanu", groups: []string{"Patchwork Administrators"}},
			{Username: "wren.castell", Name: "Wren Castell", groups: []string{"Volunteers"}},
		}},
		{id: "mental-health", system: "mental-health", domain: "minds.example", groups: []demoGroup{
			{"Clinicians", auth.RoleMentalHealthClinician}, {"Reception", auth.RoleReceptionist},
		}, users: []DemoLoginUser{
			{Username: "tom.fletcher", Name: "Dr Tom Fletcher", groups: []string{"Clinicians"}},
			{Username: "hana.ito", Name: "Hana Ito", groups: []string{"Clinicians", "Reception"}},
			{Username: "pat.lindqvist", Name: "Pat Lindqvist", groups: []string{"Estates"}},
		}},
		{id: "council", system: "social-care", domain: "council.example", groups: []demoGroup{
			{"Social Workers", auth.RoleSocialWorker},
		}, users: []DemoLoginUser{
			{Username: "priya.nair", Name: "Priya Nair", groups: []string{"Social Workers", "Everybody"}},
			{Username: "joss.amadi", Name: "Joss Amadi", groups: []string{"Parking", "Everybody"}},
			{Username: "una.leaver", Name: "Una Leaver", groups: []string{"Social Workers", "Everybody"}, disabled: true},
		}},
	}
	for i := range all {
		all[i].complete()
	}
	return all
}

// complete gives everybody a password and what signing in will come to.
func (o *demoOrganisation) complete() {
	for i := range o.users {
		u := &o.users[i]
		u.Password, u.Roles = randomSecret()[:16], []auth.Role{}
		for _, g := range o.groups {
			for _, in := range u.groups {
				if in == g.name {
					u.Roles = append(u.Roles, g.role)
				}
			}
		}
		switch {
		case u.disabled:
			u.Roles, u.Expect = []auth.Role{}, string(auth.RefusedPassword)
		case len(u.Roles) == 0:
			u.Expect = string(auth.RefusedNoRole)
		default:
			u.Expect = signedIn
		}
	}
}

// people are the users as their provider keeps them.
func (o *demoOrganisation) people() []idp.User {
	users := make([]idp.User, len(o.users))
	for i, u := range o.users {
		users[i] = idp.User{
			Username: u.Username, Password: u.Password, Name: u.Name, Email: u.Username + "@" + o.domain,
			Groups: u.groups, Disabled: u.disabled,
		}
	}
	return users
}

// stanza writes the organisation's part of patchwork.yaml. connect is the connector's own,
// name the rule for what people are called, member the condition of being in a group.
func (o *demoOrganisation) stanza(s *demo.System, kind, connect, name, member string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - id: %s\n    type: %s\n    name: %q\n    organisations:\n      - {ods: %s, name: %q, care_setting: %s}\n    domains: [%s]\n    recheck: %s\n    connect:\n",
		o.id, kind, s.Name, s.Organisation, s.Name, s.CareSetting, o.domain, demoRecheck)
	for line := range strings.SplitSeq(strings.TrimRight(connect, "\n"), "\n") {
		b.WriteString("      " + line + "\n")
	}
	fmt.Fprintf(&b, "    who:\n      name: '%s'\n      roles:\n", name)
	for _, g := range o.groups {
		fmt.Fprintf(&b, "        - {when: '"+member+"', role: %s}\n", g.name, g.role)
	}
	return b.String()
}

// demoRecheck is short, so that a walk sees an account end.
const demoRecheck = "3s"
