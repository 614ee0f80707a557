package policy

import (
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/record"
)

var schema = Schema{
	"patient:read": nil, "patient:list": nil, "patient:search": nil, "patient:claim": nil, "patient:break-glass": nil, "patient:object": nil,
	"ledger:audit": nil, "policy:administer": nil, "signin:administer": nil, "sources:administer": nil, "checks:administer": nil, "lists:use": nil, "lists:share": nil, "linking:administer": nil, "views:use": nil, "views:approve": nil, "views:export": nil, "usage:read": nil,
	"record:demographics": {"name", "otherNames", "nhsNumber", "formerNHSNumbers", "identifiers", "gender", "addresses", "telecoms", "postcode", "birthDate"}, "record:practice": {"gp", "organisation"},
	"record:allergies": {"code", "reactions"}, "record:medications": {"code"}, "record:problems": {"code"},
	"record:alerts": {"code"}, "record:appointments": {"start", "reason", "note", "code", "service", "location"}, "record:contacts": {"code", "location"},
	"record:admissions": {"code", "ward"}, "record:discharges": {"code", "ward", "destination"}, "record:personalContacts": {"name", "address", "telecoms"},
	"record:professionalContacts": {"name", "telecoms", "organisation", "team"}, "record:consents": {"code"}, "record:results": {"code"},
	"record:observations": {"code"}, "record:vaccinations": {"code"}, "record:procedures": {"code", "location"},
	"record:documents": {"content", "title"}, "record:carePlans": {"goals", "careTeam"}, "record:aboutMe": {"items"}, "record:endOfLife": {"cpr", "decision", "original"},
}

func edition(t testing.TB, text string) *Edition {
	t.Helper()
	set, err := Load([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	e, err := NewEdition(set, schema, func() time.Time { return time.Date(2026, 3, 29, 23, 30, 0, 0, time.UTC) })
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func builtIn(t testing.TB) *Edition { return edition(t, string(defaults)) }

func caller(role auth.Role) *auth.Session {
	return &auth.Session{Issuer: "local", Subject: "u", Role: role, Purpose: auth.PurposeTreatment, Organisation: record.Organisation{ODS: "YZ901"}, CareSetting: "gp"}
}

func related(kind ...relationship.Kind) *About {
	s := relationship.Standing{}
	for _, k := range kind {
		s.Relationships = append(s.Relationships, relationship.Relationship{Kind: k})
	}
	return AboutPatient(s, false)
}

const conf = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"

func label(code string) []record.Coding { return []record.Coding{{System: conf, Code: code}} }

// Everything that is missing or unknown refuses.
func TestDenyByDefault(t *testing.T) {
	t.Parallel()
	e := builtIn(t)
	if f, seen := (Grant{}).Entry(&record.Allergy{}); (Grant{}).Allowed() || (Grant{}).Field("code") || seen == Shown || f != 0 {
		t.Error("the zero Grant allows something")
	}
	if e.Check(nil, related(relationship.Registration), Read, "record:allergies", nil).Allowed() {
		t.Error("nobody may read")
	}
	change := func(f func(*auth.Session)) *auth.Session {
		s := caller(auth.RoleGP)
		f(s)
		return s
	}
	if !e.Check(caller(auth.RoleGP), related(relationship.Referral), Read, "record:allergies", nil).Allowed() {
		t.Fatal("a GP with a referral may not read")
	}
	for name, s := range map[string]*auth.Session{
		"research": change(func(s *auth.Session) { s.Purpose = auth.PurposeResearch }), "no purpose": change(func(s *auth.Session) { s.Purpose = "" }),
		"GP": change(func(s *auth.Session) { s.Role = "GP" }), "gp and newline": change(func(s *auth.Session) { s.Role = "gp\n" }),
		"no role": change(func(s *auth.Session) { s.Role = "" }), "no scopes": change(func(s *auth.Session) { s.Scopes = []string{} }),
		"another scope": change(func(s *auth.Session) { s.Scopes = []string{"patient/Condition.rs"} }),
	} {
		if e.Check(s, related(relationship.Registration), Read, "record:allergies", nil).Allowed() {
			t.Errorf("%s reads the record", name)
		}
	}
	for _, class := range []string{"record:secrets", "record:*", "record:allergies\n", "RECORD:ALLERGIES", "", "record", "record:allergies:code"} {
		if e.Check(caller(auth.RoleGP), related(relationship.Registration), Read, class, nil).Allowed() {
			t.Errorf("unknown class %q is allowed", class)
		}
	}
	if e.Check(caller(auth.RoleGP), related(relationship.Registration), "write", "record:allergies", nil).Allowed() {
		t.Error("unknown action is allowed")
	}
}

// A Guard without policies, or one that has not heard of them lately, refuses all.
func TestGuardThatCannotBeTrusted(t *testing.T) {
	t.Parallel()
	var g Guard
	open := func() bool {
		return g.Current().Check(caller(auth.RoleGP), related(relationship.Registration), Read, "record:allergies", nil).Allowed()
	}
	if open() {
		t.Error("the zero Guard allows")
	}
	g.Use(builtIn(t))
	if !open() {
		t.Error("a Guard with policies refuses")
	}
	if g.trustUntil(time.Now().Add(-time.Second)); open() {
		t.Error("a Guard that has heard of nothing allows")
	}
}

// A deny whose condition cannot be evaluated takes effect (Ladon would skip it).
func TestDenyDoesNotFailOpen(t *testing.T) {
	t.Parallel()
	for _, v := range []any{nil, 3, "x", []string{}, []any{"x"}, map[string]bool{"x": true}} {
		if !(&Is{In: []string{"x"}, Deny: true}).Fulfills(t.Context(), v, nil) || !(&Clock{Is{In: []string{"08:00-09:00"}, Deny: true}}).Fulfills(t.Context(), v, nil) {
			t.Errorf("deny on %v is skipped", v)
		}
		if (&Is{In: []string{"x"}}).Fulfills(t.Context(), v, nil) || (&Clock{Is{In: []string{"08:00-09:00"}}}).Fulfills(t.Context(), v, nil) {
			t.Errorf("allow on %v takes effect", v)
		}
	}
}

func TestConditions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		is     Is
		values []string
		want   bool
	}{
		{Is{In: []string{"a", "b"}}, []string{"b"}, true}, {Is{In: []string{"a"}}, []string{"b", "a"}, true}, {Is{In: []string{"a"}}, []string{"A"}, false},
		{Is{Not: []string{"a"}}, []string{"b"}, true}, {Is{Not: []string{"a"}}, []string{"b", "a"}, false}, {Is{In: []string{"b"}, Not: []string{"a"}}, []string{"b", "a"}, false},
	} {
		if got := c.is.Fulfills(t.Context(), c.values, nil); got != c.want {
			t.Errorf("%+v of %v: %v", c.is, c.values, got)
		}
	}
	for _, c := range []struct {
		window, at string
		want       bool
	}{
		{"08:00-18:30", "08:00", true}, {"08:00-18:30", "18:29", true}, {"08:00-18:30", "18:30", false}, {"22:00-06:00", "23:59", true},
		{"22:00-06:00", "05:59", true}, {"22:00-06:00", "06:00", false}, {"00:00-24:00", "00:00", true}, {"00:00-24:00", "23:59", true},
	} {
		if got := (&Clock{Is{In: []string{c.window}}}).Fulfills(t.Context(), []string{c.at}, nil); got != c.want {
			t.Errorf("%s at %s: %v", c.window, c.at, got)
		}
	}
}

// What an allow does not mention stays ordinary; a deny speaks of all.
func TestOrdinary(t *testing.T) {
	t.Parallel()
	objecting := AboutPatient(relationship.Standing{Objections: []relationship.Objection{{Section: "allergies"}}}, false)
	e := edition(t, `policies: [{id: a, effect: allow, roles: [gp], actions: [read], resources: ["record:allergies", "record:problems"]}]`)
	g := e.Check(caller(auth.RoleGP), nil, Read, "record:allergies", nil)
	if _, seen := g.Labelled(label("R")); seen != Held || !g.Allowed() {
		t.Error("a label is shown by a policy that does not mention labels")
	}
	if _, seen := g.Labelled(label("?")); seen != Held {
		t.Error("an unknown confidentiality is shown")
	}
	if _, seen := g.Labelled([]record.Coding{{System: "urn:workflow", Code: "checked"}}); seen != Shown {
		t.Error("a label for workflow hides the entry")
	}
	if g := e.Check(caller(auth.RoleGP), objecting, Read, "record:allergies", nil); g.Allowed() || g.Why() != ReasonObjection {
		t.Errorf("an objection is passed over: %v", g.Why())
	}
	if !e.Check(caller(auth.RoleGP), objecting, Read, "record:problems", nil).Allowed() {
		t.Error("an objection to one section hides another")
	}
	e = edition(t, `policies: [{id: a, effect: allow, roles: [gp], actions: [read], resources: ["record:*"], when: {label: [none, restricted]}},
		{id: d, effect: deny, mode: conceal, roles: [any], organisations: [YZ901], actions: [read], resources: ["record:allergies:reactions"]},
		{id: e, effect: deny, roles: [gp], actions: [read], resources: ["record:problems"], when: {source: [hospital]}}]`)
	g = e.Check(caller(auth.RoleGP), nil, Read, "record:allergies", nil)
	if fields, seen := g.Labelled(label("R")); seen != Shown || g.Has(fields, "reactions") || !g.Has(fields, "code") || len(g.Names(g.Withheld(nil, g.Fields()))) != 0 {
		t.Errorf("fields %v, named as withheld %v", g.Names(fields), g.Names(g.Withheld(nil, g.Fields())))
	}
	elsewhere := caller(auth.RoleGP)
	elsewhere.Organisation.ODS = "YZ902"
	if !e.Check(elsewhere, nil, Read, "record:allergies", nil).Field("reactions") {
		t.Error("a deny for one organisation binds another")
	}
	if e.Check(caller(auth.RoleGP), nil, Read, "record:problems", &record.Origin{ID: "hospital"}).Allowed() ||
		!e.Check(caller(auth.RoleGP), nil, Read, "record:problems", &record.Origin{ID: "gp"}).Allowed() {
		t.Error("a deny for one source")
	}
}

// TestConcealedWhereAllIsHeldBack: a patient objects, so that everything is withheld and
// said so; what a label conceals must not be told even then (found by make policy-fuzz).
func TestConcealedWhereAllIsHeldBack(t *testing.T) {
	t.Parallel()
	e := edition(t, `policies: [{id: a, effect: allow, roles: [gp], actions: [read], resources: ["record:*"], when: {label: [none, restricted]}},
		{id: d, effect: deny, mode: conceal, roles: [any], actions: [read], resources: ["record:*"], when: {label: [very-restricted]}}]`)
	objecting := AboutPatient(relationship.Standing{Objections: []relationship.Objection{{Section: "allergies"}}}, false)
	g := e.Check(caller(auth.RoleGP), objecting, Read, "record:allergies", nil)
	for code, want := range map[string]Seen{"N": Held, "R": Held, "V": Concealed} {
		if _, seen := g.Labelled(label(code)); g.Allowed() || seen != want {
			t.Errorf("%s: %v", code, seen)
		}
	}
}

func TestStrictLoader(t *testing.T) {
	t.Parallel()
	one := func(more string) string {
		return "policies: [{id: a, effect: allow, roles: [gp], actions: [read], resources: ['record:allergies']" + more + "}]"
	}
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":         {"policies: [{id: a, effekt: allow}]", "effekt"},
		"unknown role":        {strings.Replace(one(""), "[gp]", "[recepcionist]", 1), `did you mean "receptionist"`},
		"unknown action":      {strings.Replace(one(""), "[read]", "[reed]", 1), `did you mean "read"`},
		"unknown condition":   {one(", when: {relationshp: [any]}"), `did you mean "relationship"`},
		"unknown value":       {one(", when: {label: [restrictd]}"), `did you mean "restricted"`},
		"no window":           {one(", when: {time: [noon]}"), "window"},
		"empty condition":     {one(", when: {label: []}"), "lists nothing"},
		"double id":           {one("}, {id: a, effect: allow, roles: [gp], actions: [read], resources: ['record:allergies']"), "another with this id"},
		"mode of an allow":    {one(", mode: conceal"), "only a deny"},
		"no id":               {strings.Replace(one(""), "id: a", "id: 'A b'", 1), "lower-case"},
		"empty":               {"policies: [{id: a, effect: allow}]", "needs roles"},
		"nothing":             {"", "no policies"},
		"odd condition":       {one(", when: {label: none}"), "a condition is a list"},
		"odd part":            {one(", when: {label: {on: [none]}}"), `no "on"`},
		"no organisation":     {one(", organisations: ['yz 1']"), "no ODS code"},
		"unreadable in value": {one(", when: {source: [\"a\\nb\"]}"), "unreadable"},
	} {
		if _, err := Load([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want it to name %q", name, err, c.want)
		}
	}
	for text, want := range map[string]string{
		one("}, {id: b, effect: allow, roles: [gp], actions: [read], resources: ['record:alergies']"): `"record:allergies"`,
		one(", when: {scope: ['record:alergies']}"):                                                   `"record:allergies"`,
	} {
		set, err := Load([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewEdition(set, schema, time.Now); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("unknown resource: %v", err)
		}
	}
}

// What people write and what is stored are the same.
func TestSetAsYAML(t *testing.T) {
	t.Parallel()
	set, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	text, err := set.YAML()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Load(text)
	if err != nil || len(again.Policies) != len(set.Policies) {
		t.Fatalf("%v\n%s", err, text)
	}
	for i := range set.Policies {
		a, _ := set.Policies[i].Ladon()
		b, _ := again.Policies[i].Ladon()
		if a != b {
			t.Errorf("%s\n%s", a, b)
		}
	}
}

func TestScopesNarrow(t *testing.T) {
	t.Parallel()
	e := builtIn(t)
	for scope, want := range map[string]bool{
		"patient/AllergyIntolerance.rs": true, "user/*.read": true, "system/AllergyIntolerance.r": true, "patient/AllergyIntolerance.*": true,
		"patient/AllergyIntolerance.cud": false, "patient/AllergyIntolerance.sr": false, "patient/AllergyIntolerance.rs?category=food": true, "patient/AllergyIntolerance.rs?date=ge2020": false, "patient/*.rs?code:in=a": false,
		"patient/AllergyIntolerance": false, "launch/patient": false, "openid": false, "": false, "any/AllergyIntolerance.rs": false,
		"patient/allergyintolerance.rs": false, "patient/AllergyIntolerance.write": false, "patient/Observation.rs": false,
	} {
		s := caller(auth.RoleGP)
		s.Scopes, s.Launch = []string{scope}, &auth.Launch{Patient: "p"}
		if got := e.Check(s, related(relationship.Registration), Read, "record:allergies", nil).Allowed(); got != want {
			t.Errorf("%q: %v", scope, got)
		}
		s.Role = auth.RoleAdministrator
		if e.Check(s, nil, Administer, "policy:administer", nil).Allowed() {
			t.Errorf("%q lets an app administer", scope)
		}
	}
}
