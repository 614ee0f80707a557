package claims_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/claims"
	"github.com/patchworkcare/patchwork/record"
)

// object and list are shorter to read in tables of claims.
type (
	object = map[string]any
	list   = []any
)

// hospital has one organisation, a requirement and two roles.
func hospital() claims.Rules {
	return claims.Rules{
		Identifiers: map[string]string{"gmc": `claims.?gmc.orValue("")`, "email": `claims.email`},
		Require:     []claims.Requirement{{That: `claims.acr == "aal3"`, Else: "Sign in with your smart card"}},
		Roles: []claims.RoleRule{
			{When: `"Doctors" in claims.groups`, Role: "hospital-doctor"},
			{When: `claims.groups.exists(g, g.startsWith("Pharmacy"))`, Role: "pharmacist"},
			{When: `claims.privacy`, Role: "privacy-officer"},
		},
	}
}

// region has two organisations, and a position for each item of a list (NHS CIS2).
func region() claims.Rules {
	return claims.Rules{
		Name:        `claims.given + " " + claims.family`,
		CareSetting: `claims.setting`,
		Roles: []claims.RoleRule{
			{Each: `claims.roles`, When: `it.code == "R8000"`, Role: "gp", Organisation: `it.org`, CareSetting: `it.?setting.orValue("gp")`},
			{Each: `claims.?more.orValue([])`, Role: "practice-nurse", Organisation: `it`},
			{When: `claims.?manager.orValue(false)`, Role: "analyst", Organisation: `"A81001"`},
		},
	}
}

func compiled(t testing.TB, rules claims.Rules, organisations []claims.Organisation) *claims.Mapping {
	t.Helper()
	m, problems := claims.Compile(rules, organisations)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

func proofOf(said object) *auth.Proof {
	return &auth.Proof{Issuer: "https://idp.example", Subject: "s-1", Claims: said}
}

// words are positions as role@ODS/setting.
func words(positions []auth.Position) string {
	var all []string
	for _, p := range positions {
		all = append(all, string(p.Role)+"@"+p.Organisation.ODS+"/"+p.CareSetting)
	}
	return strings.Join(all, " ")
}

// refusalOf is the refusal that an error must be.
func refusalOf(t *testing.T, err error) *auth.Refusal {
	t.Helper()
	var r *auth.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("%v is no refusal", err)
	}
	return r
}

func TestMapGivesWhoTheyAre(t *testing.T) {
	t.Parallel()
	one, several := compiled(t, hospital(), two[:1]), compiled(t, region(), two)
	role := func(org string, more object) object {
		o := object{"code": "R8000", "org": org}
		for k, v := range more {
			o[k] = v
		}
		return o
	}
	for name, c := range map[string]struct {
		m               *claims.Mapping
		said            object
		name, positions string
	}{
		"one role":           {one, object{"name": "Dr Amy Okafor", "acr": "aal3", "groups": list{"All", "Doctors"}}, "Dr Amy Okafor", "hospital-doctor@RRV01/acute"},
		"two roles":          {one, object{"name": "A", "acr": "aal3", "groups": list{"Pharmacy East", "Doctors"}}, "A", "hospital-doctor@RRV01/acute pharmacist@RRV01/acute"},
		"no groups, a flag":  {one, object{"name": "A", "acr": "aal3", "privacy": true}, "A", "privacy-officer@RRV01/acute"},
		"no name":            {one, object{"acr": "aal3", "groups": list{"Doctors"}}, "s-1", "hospital-doctor@RRV01/acute"},
		"a name of no text":  {one, object{"name": list{"A"}, "acr": "aal3", "groups": list{"Doctors"}}, "s-1", "hospital-doctor@RRV01/acute"},
		"a name to mend":     {one, object{"name": " A\u202emy\u200b\tO\u00ad'Hara\x00\u3164 ", "acr": "aal3", "groups": list{"Doctors"}}, "Amy O'Hara", "hospital-doctor@RRV01/acute"},
		"an invisible name":  {one, object{"name": "\u200b\u2800\ufe0f", "acr": "aal3", "groups": list{"Doctors"}}, "s-1", "hospital-doctor@RRV01/acute"},
		"a name not UTF-8":   {one, object{"name": "A\xff", "acr": "aal3", "groups": list{"Doctors"}}, "s-1", "hospital-doctor@RRV01/acute"},
		"a long name":        {one, object{"name": strings.Repeat("é", 300), "acr": "aal3", "groups": list{"Doctors"}}, strings.Repeat("é", 100), "hospital-doctor@RRV01/acute"},
		"each":               {several, object{"given": "B", "family": "C", "roles": list{role("A81001", nil), role("RRV01", object{"setting": "acute"})}}, "B C", "gp@A81001/gp gp@RRV01/acute"},
		"each, once":         {several, object{"roles": list{role("A81001", nil), role(" a81001 ", nil)}}, "s-1", "gp@A81001/gp"},
		"a foreign one":      {several, object{"roles": list{role("X99", nil), role("A81001", nil), "R8000", nil, 3.5}}, "s-1", "gp@A81001/gp"},
		"a care setting":     {several, object{"more": list{"A81001"}, "setting": "community"}, "s-1", "practice-nurse@A81001/community"},
		"no care setting":    {several, object{"more": list{"A81001"}, "setting": "<b>"}, "s-1", "practice-nurse@A81001/"},
		"care setting fails": {several, object{"more": list{"A81001"}}, "s-1", "practice-nurse@A81001/"},
	} {
		id, err := c.m.Map(proofOf(c.said))
		if err != nil || id.Name != c.name || words(id.Positions) != c.positions || id.Subject != "s-1" || id.Issuer != "https://idp.example" {
			t.Errorf("%s: %q %q %v", name, id.Name, words(id.Positions), err)
		}
	}
	id, err := one.Map(proofOf(object{"acr": "aal3", "privacy": true, "gmc": " 1234567 ", "email": "a@b\u202e.example"}))
	if err != nil || len(id.Identifiers) != 1 || id.Identifiers["gmc"] != "1234567" {
		t.Errorf("identifiers: %v %v", id.Identifiers, err)
	}
	if want := (record.Organisation{ODS: "RRV01", Name: "Riverside Hospital NHS Trust"}); id.Positions[0].Organisation != want {
		t.Errorf("the organisation is the stanza's: %+v", id.Positions[0].Organisation)
	}
}

// The cause says in operators' words what was tried; what the provider said is not in it.
func TestMapRefuses(t *testing.T) {
	t.Parallel()
	one, several := compiled(t, hospital(), two[:1]), compiled(t, region(), two)
	index := compiled(t, claims.Rules{Roles: []claims.RoleRule{{When: `claims.flags[claims.secret]`, Role: "gp"}}}, two[:1])
	for name, c := range map[string]struct {
		m           *claims.Mapping
		said        object
		code        auth.RefusalCode
		cause, says string
	}{
		"weak":           {one, object{"acr": "aal2", "groups": list{"Doctors"}}, auth.RefusedRequirement, "requirement 1: is not met", "Sign in with your smart card"},
		"no acr":         {one, object{"groups": list{"Doctors"}}, auth.RefusedRequirement, "requirement 1: no such key: acr", "Sign in with your smart card"},
		"no claims":      {one, nil, auth.RefusedRequirement, "requirement 1: no such key: acr", "Sign in with your smart card"},
		"no groups":      {one, object{"acr": "aal3"}, auth.RefusedNoRole, "role rule 1 (hospital-doctor): no such key: groups; role rule 2 (pharmacist): no such key: groups; role rule 3 (privacy-officer): no such key: privacy", ""},
		"other groups":   {one, object{"acr": "aal3", "groups": list{"Secret"}, "privacy": "true"}, auth.RefusedNoRole, "role rule 1 (hospital-doctor): does not apply; role rule 2 (pharmacist): does not apply; role rule 3 (privacy-officer): it gives neither true nor false", ""},
		"groups a text":  {one, object{"acr": "aal3", "groups": "Doctors"}, auth.RefusedNoRole, "a value is of another type than the rule expects", ""},
		"foreign":        {several, object{"roles": list{object{"code": "R8000", "org": "SECRET"}}}, auth.RefusedNoRole, "role rule 1 (gp): organisation given is not one of the login's; role rule 2 (practice-nurse): each gives an empty list; role rule 3 (analyst): does not apply", ""},
		"no list":        {several, object{"roles": object{"code": "R8000", "org": "A81001"}}, auth.RefusedNoRole, "role rule 1 (gp): each gives no list", ""},
		"no code":        {several, object{"roles": list{object{"org": "A81001"}}}, auth.RefusedNoRole, "role rule 1 (gp): no such key: code", ""},
		"org of no text": {several, object{"more": list{object{"A81001": true}}}, auth.RefusedNoRole, "role rule 2 (practice-nurse): organisation: it gives no text", ""},
		"a foreign key":  {index, object{"secret": "SECRET", "flags": object{}}, auth.RefusedNoRole, "role rule 1 (gp): no such key", ""},
	} {
		_, err := c.m.Map(proofOf(c.said))
		r := refusalOf(t, err)
		if r.Code != c.code || !strings.Contains(r.Cause, c.cause) || r.Say != c.says {
			t.Errorf("%s: %s %q %q", name, r.Code, r.Cause, r.Say)
		}
		if strings.Contains(strings.ToLower(r.Cause), "secret") {
			t.Errorf("%s: the cause repeats what the provider said: %s", name, r.Cause)
		}
	}
	for name, p := range map[string]*auth.Proof{
		"no subject":     {Issuer: "i", Claims: object{"acr": "aal3", "privacy": true}},
		"no issuer":      {Subject: "s", Claims: object{"acr": "aal3", "privacy": true}},
		"an odd subject": {Issuer: "i", Subject: "a\u202eb", Claims: object{"acr": "aal3", "privacy": true}},
	} {
		_, err := one.Map(p)
		if r := refusalOf(t, err); r.Code != auth.RefusedInvalid {
			t.Errorf("%s: %v", name, r)
		}
	}
}

// Nobody has more than fifty positions, and many are no reason to refuse.
func TestMapBoundsPositions(t *testing.T) {
	t.Parallel()
	m := compiled(t, claims.Rules{Roles: []claims.RoleRule{{Each: `claims.roles`, Role: "gp", CareSetting: `it`}}}, two[:1])
	var roles list
	for a := range 26 {
		for b := range 4 {
			roles = append(roles, string(rune('a'+a))+string(rune('a'+b)))
		}
	}
	id, err := m.Map(proofOf(object{"roles": roles}))
	if err != nil || len(id.Positions) != 50 || !slices.IsSortedFunc(id.Positions, func(a, b auth.Position) int { return strings.Compare(a.CareSetting, b.CareSetting) }) {
		t.Errorf("%d positions, %v", len(id.Positions), err)
	}
}
