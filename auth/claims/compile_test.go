package claims_test

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth/claims"
)

var two = []claims.Organisation{
	{ODS: "RRV01", Name: "Riverside Hospital NHS Trust", CareSetting: "acute"},
	{ODS: "A81001", Name: "The Surgery", CareSetting: "gp"},
}

// Everything wrong with the rules is said at once, with its path, in plain words.
func TestCompileReportsEverything(t *testing.T) {
	t.Parallel()
	_, problems := claims.Compile(claims.Rules{
		Name:         `claim.name`,
		Identifiers:  map[string]string{"gmc": `claims.gmc`, "nhs": `claims.nhs`, "nmc": `1 + 1`, "sds": ``},
		Organisation: "",
		CareSetting:  `claims.?setting`,
		Require: []claims.Requirement{
			{That: `claims.acr = "aal3"`, Else: "Use your card"},
			{That: `"aal3"`, Else: "Use your card"},
			{That: `claims.acr == "aal3"`},
			{That: ``, Else: "Use your card"},
			{That: `claims.name.matches(claims.pattern)`, Else: "x"},
			{That: `claims.name.matches("a(")`, Else: "x"},
			{That: `claims.name.matches("(.{900}){900}")`, Else: "x"},
			{That: `claims.name.startswith("a")`, Else: "x"},
			{That: "true &&\n  clams.x", Else: "x"},
			{That: `"a" in {"a": 1}`, Else: "x"},
			{That: `claims.exists(k, k == "a")`, Else: "x"},
			{That: `now() > timestamp("soon")`, Else: "x"},
			{That: `claims.name.replace(claims.a, claims.b) == ""`, Else: "x"},
			{That: `subject > 3`, Else: "x"},
		},
		Roles: []claims.RoleRule{
			{When: `true`, Role: "hospital-docter", Organisation: `"RRV01"`},
			{When: `it.role == "x"`, Role: "gp", Organisation: `"RRV02"`},
			{Each: `"text"`, When: `it.role == "x"`, Role: "gp", Organisation: `RRV01`},
			{When: `true`, Role: "boss", Organisation: `claims.gp == true ? "A81001" : "X1"`},
			{When: `true`, Role: "gp"},
		},
	}, two)
	said := map[string]string{}
	for _, p := range problems {
		said[p.Path] += p.Text + "\n"
	}
	for path, want := range map[string]string{
		"name":                  "not CEL: undeclared reference to 'claim' (did you mean 'claims'?) at column 1",
		"identifiers.nhs":       `there is no kind of identifier "nhs"; there are gmc, nmc`,
		"identifiers.nmc":       "this must give a text (string), but gives int",
		"identifiers.sds":       "this must be a CEL expression that gives a text (string)",
		"care_setting":          "but gives optional_type(dyn)",
		"require[0].that":       "'=' is nothing; '==' compares at column 12",
		"require[1].that":       "this must give true or false (bool), but gives string",
		"require[2].else":       "else is missing",
		"require[3].that":       "this must be a CEL expression that gives true or false (bool)",
		"require[4].that":       "what matches() is given must be written out in the rule, not taken from the claims at column 20",
		"require[5].that":       "what matches() is given is not well formed",
		"require[6].that":       "not CEL: ",
		"require[7].that":       "undeclared reference to 'startswith' (did you mean 'startsWith'?)",
		"require[8].that":       "undeclared reference to 'clams' (did you mean 'claims'?) at line 2 of the rule, column 3",
		"require[9].that":       "a list is needed here, not map(string, int)",
		"require[10].that":      "a list is needed here, not map(string, dyn)",
		"require[11].that":      "undeclared reference to 'now'",
		"require[12].that":      "what replace() is given must be written out",
		"require[13].that":      "'>' cannot be used with (string, int)",
		"roles[0].role":         `there is no role "hospital-docter"; did you mean "hospital-doctor"?`,
		"roles[1].when":         "'it' is known only in a role rule that has each",
		"roles[1].organisation": `"RRV02" is not one of the login's organisations: A81001, RRV01`,
		"roles[2].each":         "this must give a list, but gives string",
		"roles[2].organisation": `a fixed text has quotes of its own: '"RRV01"'`,
		"roles[3].role":         `there is no role "boss"; there are administrator, analyst`,
		"roles[3].organisation": `"X1" is not one of the login's organisations`,
		"roles[4].organisation": "the login has several organisations: organisation must say which one",
	} {
		if !strings.Contains(said[path], want) {
			t.Errorf("%s: it does not say %q but %q", path, want, said[path])
		}
		delete(said, path)
	}
	for path, text := range said {
		t.Errorf("%s is well, but: %s", path, text)
	}
	if _, problems := claims.Compile(claims.Rules{}, two[:1]); len(problems) != 1 || problems[0].Path != "roles" {
		t.Errorf("no rules: %v", problems)
	}
}
