package policy

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

var schema = Schema{
	"patient:read": nil, "patient:list": nil, "patient:search": nil,
	"record:demographics": {"name", "nhsNumber"}, "record:practice": {"gp"},
	"record:allergies": {"code", "reactions"}, "record:medications": {"code"}, "record:problems": {"code"},
	"record:alerts": {"code"}, "record:appointments": {"start", "reason", "note"}, "record:contacts": {"code"},
	"record:admissions": {"code"}, "record:discharges": {"code"}, "record:personalContacts": {"name"},
	"record:professionalContacts": {"name"}, "record:consents": {"code"}, "record:results": {"code"},
	"record:observations": {"code"}, "record:vaccinations": {"code"}, "record:procedures": {"code"},
	"record:documents": {"title"},
}

func guard(t *testing.T) *Guard {
	t.Helper()
	set, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(set, schema, nil)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func caller(role auth.Role) *auth.Session {
	return &auth.Session{Issuer: "local", Subject: "u", Role: role, Purpose: auth.PurposeTreatment}
}

// The matrix that a nurse would check: who reads which section by default.
func TestDefaults(t *testing.T) {
	t.Parallel()
	g := guard(t)
	for _, c := range []struct {
		role  auth.Role
		class string
		want  bool
	}{
		{auth.RoleGP, "record:allergies", true},
		{auth.RoleGP, "record:documents", true},
		{auth.RoleHospitalDoctor, "record:results", true},
		{auth.RoleReceptionist, "record:demographics", true},
		{auth.RoleReceptionist, "record:appointments", true},
		{auth.RoleReceptionist, "record:allergies", false},
		{auth.RoleReceptionist, "record:documents", false},
		{auth.RoleSocialWorker, "record:results", false},
		{auth.RoleSocialWorker, "record:personalContacts", true},
		{auth.RolePharmacist, "record:contacts", false},
		{auth.RoleAnalyst, "record:demographics", false},
		{auth.RoleAnalyst, "patient:read", false},
		{auth.RoleAdministrator, "record:allergies", false},
		{auth.RolePatient, "patient:read", false},
		{"GP", "record:allergies", false},
		{"gp\n", "record:allergies", false},
		{"", "record:allergies", false},
	} {
		if got := g.Check(t.Context(), caller(c.role), Read, c.class).Allowed(); got != c.want {
			t.Errorf("%q reads %s: %v, want %v", c.role, c.class, got, c.want)
		}
	}
}

// Everything that is missing or unknown refuses.
func TestDenyByDefault(t *testing.T) {
	t.Parallel()
	g := guard(t)
	if (Grant{}).Allowed() || (Grant{}).Field("code") || (Grant{}).Entry(nil) {
		t.Error("the zero Grant allows something")
	}
	if g.Check(t.Context(), nil, Read, "record:allergies").Allowed() {
		t.Error("nobody may read")
	}
	research := caller(auth.RoleGP)
	research.Purpose = auth.PurposeResearch
	noPurpose := caller(auth.RoleGP)
	noPurpose.Purpose = ""
	for name, s := range map[string]*auth.Session{"research": research, "no purpose": noPurpose} {
		if g.Check(t.Context(), s, Read, "record:allergies").Allowed() {
			t.Errorf("%s reads the record", name)
		}
	}
	for _, class := range []string{"record:secrets", "record:*", "record:allergies\n", "RECORD:ALLERGIES", "", "record"} {
		if g.Check(t.Context(), caller(auth.RoleGP), Read, class).Allowed() {
			t.Errorf("unknown class %q is allowed", class)
		}
	}
	if g.Check(t.Context(), caller(auth.RoleGP), "write", "record:allergies").Allowed() {
		t.Error("unknown action is allowed")
	}
}

func TestFieldsAndLabels(t *testing.T) {
	t.Parallel()
	g := guard(t)
	grant := g.Check(t.Context(), caller(auth.RoleReceptionist), Read, "record:appointments")
	if !grant.Field("start") || grant.Field("reason") || grant.Field("note") || grant.Whole() {
		t.Errorf("a receptionist sees when and not why: withheld %v", grant.Withheld())
	}
	conf := "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
	for _, c := range []struct {
		role   auth.Role
		system string
		code   string
		want   bool
	}{
		{auth.RoleGP, conf, "N", true}, {auth.RoleGP, conf, "R", true}, {auth.RoleGP, conf, "V", false},
		{auth.RoleGP, conf, "?", false}, {auth.RolePracticeNurse, conf, "R", false},
		{auth.RoleGP, "urn:workflow", "checked", true}, {auth.RoleGP, "http://terminology.hl7.org/CodeSystem/v3-ActCode", "SEX", false},
	} {
		got := g.Check(t.Context(), caller(c.role), Read, "record:allergies").Entry([]record.Coding{{System: c.system, Code: c.code}})
		if got != c.want {
			t.Errorf("%s sees label %s: %v, want %v", c.role, c.code, got, c.want)
		}
	}
}

// A deny whose condition cannot be evaluated takes effect (Ladon would skip it).
func TestDenyDoesNotFailOpen(t *testing.T) {
	t.Parallel()
	deny, allow := &In{Values: []string{"x"}, Deny: true}, &In{Values: []string{"x"}}
	for _, v := range []any{nil, 3, []string{"x"}} {
		if !deny.Fulfills(t.Context(), v, nil) {
			t.Errorf("deny on %v is skipped", v)
		}
		if allow.Fulfills(t.Context(), v, nil) {
			t.Errorf("allow on %v takes effect", v)
		}
	}
}

func TestStrictLoader(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":       {"policies: [{id: a, effekt: allow}]", "effekt"},
		"unknown role":      {"policies: [{id: a, effect: allow, roles: [recepcionist], actions: [read], resources: [x]}]", `did you mean "receptionist"`},
		"unknown action":    {"policies: [{id: a, effect: allow, roles: [gp], actions: [peek], resources: [x]}]", "no action"},
		"unknown condition": {"policies: [{id: a, effect: allow, roles: [gp], actions: [read], resources: [x], when: {moon: [full]}}]", "no condition"},
		"double id":         {"policies: [{id: a, effect: allow, roles: [gp], actions: [read], resources: [x]}, {id: a, effect: allow, roles: [gp], actions: [read], resources: [x]}]", "id of its own"},
		"empty":             {"policies: [{id: a, effect: allow}]", "needs roles"},
	} {
		if _, err := Load([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want it to name %q", name, err, c.want)
		}
	}
	set, err := Load([]byte("policies: [{id: a, effect: allow, roles: [gp], actions: [read], resources: ['record:alergies']}]"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(set, schema, nil); err == nil || !strings.Contains(err.Error(), `"record:allergies"`) {
		t.Errorf("unknown resource: %v", err)
	}
}

func BenchmarkCheck(b *testing.B) {
	set, _ := Defaults()
	g, _ := New(set, schema, nil)
	s := caller(auth.RoleGP)
	b.ReportAllocs()
	for b.Loop() {
		if !g.Check(b.Context(), s, Read, "record:allergies").Allowed() {
			b.Fatal("refused")
		}
	}
}
