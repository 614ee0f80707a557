package policy

import (
	"errors"
	"strings"
	"testing"
)

// A file that cannot be read says for every line what is wrong, with the nearest word.
func TestScenarioErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"sees allergies":                                                  `f.test:1: a file begins with given`,
		"givn a gp\n sees allergies":                                      `f.test:1: a file begins with given, not "givn"; did you mean "given"?`,
		"given a gp":                                                      `f.test:1: nothing is said of this given`,
		"given a recepcionist\n sees allergies":                           `f.test:1: "recepcionist" is not understood; did you mean "receptionist"?`,
		"given a gp or anybody\n sees allergies":                          `anybody stands alone`,
		"\n\ngiven a gp with relatonship list\n sees allergies":           `f.test:3: "relatonship" is not understood; did you mean "relationship"`,
		"given a gp with relationship registraton\n sees x":               `did you mean "registration"?`,
		"given a gp for TREET\n sees x":                                   `did you mean "TREAT"`,
		"given a gp at gp\n sees x":                                       `"gp" is no ODS code`,
		"given a gp at 25:00\n sees x":                                    `"25:00" is no time`,
		"given a gp on mnday\n sees x":                                    `did you mean "monday"`,
		"given a gp at YZ901 at YZ902\n sees x":                           `"at an organisation" is said twice`,
		"given a gp on monday on monday\n sees x":                         `is said twice`,
		"given a gp without relations\n sees x":                           `expected: without a relationship`,
		"given a gp the person may be located\n sees x":                   `expected: the person objects to | the person may not be located`,
		"given a gp the person objects mildly\n sees x":                   `"mildly" is not understood`,
		"given a gp opened by him\n sees x":                               `expected: opened by an EPR`,
		"given a gp under scopes x\n sees x":                              `expected: under scope`,
		"given a gp from hospital\n sees x":                               `expected: from source`,
		"given a gp from source\n sees x":                                 `a name is expected`,
		"given a gp from source a of b\n sees x":                          `"b" is no ODS code`,
		"given a gp wearing hats\n sees x":                                `"wearing" is not understood`,
		"given a gp\n seees allergies":                                    `f.test:2: "seees" is not understood; did you mean "sees"?`,
		"given a gp\n sees":                                               `a name is expected`,
		"given a gp\n sees allergies labelled sensitiv":                   `did you mean "sensitive"`,
		"given a gp\n sees allergies because there is a reason":           `"because" is not understood`,
		"given a gp\n does not see allergies because of rain":             `the person may not be located | the person objects | the role does not include it`,
		"given a gp\n does sees allergies":                                `expected: does not see`,
		"given a gp\n may break glass":                                    `expected: open people`,
		"given a gp\n may break the glass now":                            `"now" is not understood`,
		"given a gp\n sees allergies\n and with the glass broken":         `continues a given`,
		"given a gp\n sees allergies problems":                            `"problems" is not understood`,
		"given\n sees x":                                                  `the line ends where one of these is expected`,
		"given a gp with\n sees x":                                        `the line ends where`,
		"given a gp in\n sees x":                                          `a name is expected`,
		"given a gp in a" + strings.Repeat(" or a", 10_001) + "\n sees x": `at most 10000`,
	} {
		_, err := ParseScenarios("f.test", text)
		var refused *RefusedError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q\n gives %v\n  want %s", text[:min(len(text), 80)], err, want)
		}
	}
	_, err := ParseScenarios("f.test", "given a gpp\nsees x\ngiven a gp\n see x\n may fly")
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("not every problem is named: %v", err)
	}
}

// Names that the schema does not have are found before anything is decided.
func TestScenarioNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"given a gp\n sees alergies":                                `f.test:2: there is no resource "record:alergies"; did you mean "record:allergies" or "record:alerts"?`,
		"given a gp\n sees allergies.reaction":                      `did you mean "reactions"?`,
		"given a gp\n sees every section but alergies":              `did you mean "record:allergies"`,
		"given a gp\n sees every field of allergies but reaction":   `did you mean "reactions"?`,
		"given a gp\n sees every field of alergies but reaction":    `did you mean "record:allergies"`,
		"given a gp the person objects to alergies\n sees problems": `f.test:1: there is no resource "record:alergies"`,
	} {
		list, err := ParseScenarios("f.test", text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if err := builtIn(t).CheckScenarios(list); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gives %v, want %s", text, err, want)
		}
		builtIn(t).Run(list) // and is no reason to stop
	}
}

// Every clause reaches the decision: each scenario holds, and its opposite fails.
func TestScenarioClauses(t *testing.T) {
	t.Parallel()
	e := func(when string) *Edition {
		return edition(t, `policies: [{id: a, effect: allow, roles: [gp], actions: [read, list, search, audit, administer],
			resources: ["record:*", "ledger:audit", "policy:administer"], when: {`+when+`}}]`)
	}
	for when, given := range map[string][2]string{
		"organisation: [YZ901]":         {"at YZ901", "at YZ902"},
		"careSetting: [acute]":          {"in acute", "in gp"},
		"purpose: [ETREAT]":             {"for ETREAT", ""},
		"purpose: [none]":               {"for no purpose", "for TREAT or ETREAT"},
		"relationship: [list]":          {"with relationship list", "with relationship launch"},
		"relationship: {not: [launch]}": {"without a relationship", "with relationship list and launch"},
		"relationship: [any]":           {"with any relationship", "without a relationship"},
		"breakGlass: ['yes']":           {"with the glass broken", ""},
		"restrictedPerson: ['yes']":     {"and the person may not be located", ""},
		"objection: [overridable]":      {"and the person objects to allergies", "and the person objects to problems"},
		"objection: [absolute]":         {"the person objects absolutely to everything", "the person objects to everything"},
		"launch: ['yes']":               {"opened by an EPR", ""},
		"view: [secondary]":             {"by a secondary view", "by a view"},
		"view: [care]":                  {"by a view", ""},
		"scope: ['record:allergies']":   {"under scope patient/AllergyIntolerance.rs and patient/Condition.rs", ""},
		"time: ['22:00-06:00']":         {"at 22:30", "at 06:00"},
		"weekday: [sunday]":             {"on sunday at 00:00", "on saturday at 23:59"},
		"time: ['12:00-12:01']":         {"", "at 12:01"},
		"weekday: [wednesday]":          {"", "on monday"},
		"source: [hospital]":            {"from source hospital of YZ910", "from source practice"},
		"sourceOrganisation: [own]":     {"at YZ910, from source hospital of YZ910", "at YZ901 from source hospital of YZ910"},
	} {
		for i, want := range []string{"sees allergies", "does not see allergies"} {
			for turn, statement := range []string{want, []string{"does not see allergies", "sees allergies"}[i]} {
				list, err := ParseScenarios("f.test", "given a gp "+given[i]+"\n  "+statement)
				if err != nil {
					t.Fatal(err)
				}
				if failures := e(when).Run(list); (len(failures) > 0) != (turn == 1) {
					t.Errorf("%s, given %q: %q: %v", when, given[i], statement, failures)
				}
			}
		}
	}
}

// A failure says where, what was expected, for whom it fails and why.
func TestScenarioFailures(t *testing.T) {
	t.Parallel()
	list, err := ParseScenarios("f.test", `
given a receptionist or a gp at YZ901 in gp
  and with relationship registration and launch
  sees appointments.reason, allergies and appointments.start
  is not told of appointments.reason
  is told of, but does not see, appointments.reason
given a gp
  does not see allergies because the person objects
  sees problems
  sees allergies labelled sensitive`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range builtIn(t).Run(list) {
		got = append(got, f.String())
	}
	for i, want := range []string{
		"f.test:4: expected \"sees appointments.reason, allergies and appointments.start\", but for a receptionist at YZ901 in gp for TREAT with relationship registration and launch, appointments.reason is withheld (and so in 1 more cases of this statement)\n    denied by receptionists-not-why",
		"f.test:5: expected \"is not told of appointments.reason\", but for a receptionist at YZ901 in gp for TREAT with relationship registration and launch, appointments.reason is withheld (and so in 1 more cases of this statement)\n    denied by receptionists-not-why",
		"f.test:6: expected \"is told of, but does not see, appointments.reason\", but for a gp at YZ901 in gp for TREAT with relationship registration and launch, appointments.reason is shown\n    allowed by clinicians-read-the-record",
		"f.test:8: expected \"does not see allergies because the person objects\", but for a gp for TREAT, allergies is withheld for another reason\n    You have no recorded relationship with this person",
		"f.test:9: expected \"sees problems\", but for a gp for TREAT, problems is withheld\n    no policy allows it: broken-glass-shows-the-record would, but breakGlass must be yes, and is no; clinicians-read-the-record would, but relationship must be any, and is none",
		"f.test:10: expected \"sees allergies labelled sensitive\", but for a gp for TREAT, allergies labelled sensitive is withheld\n    denied by legally-restricted-is-concealed",
	} {
		if i >= len(got) || got[i] != want {
			t.Errorf("failure %d is\n%s\nwant\n%s", i, strings.Join(got[min(i, len(got)):min(i+1, len(got))], ""), want)
		}
	}
	if len(got) != 6 {
		t.Errorf("%d failures: %q", len(got), got)
	}
}

// No text makes the parser or a run panic, and what parses can be run.
func FuzzParseScenarios(f *testing.F) {
	f.Add("given a gp at YZ901 in gp with relationship registration and list, for ETREAT or TREAT\n  sees allergies, problems and alerts.code labelled restricted or safeguarding in a list")
	f.Add("given anybody with any relationship and with the glass broken\r\n and the person objects absolutely to allergies held by gp being seen at YZ901\n is told of, but does not see, allergies because the person objects")
	f.Add("given a paramedic under scope user/*.rs on monday at 22:30 from source gp of YZ901 opened by an EPR the person may not be located\nmay not break the glass\nsees no other section")
	f.Add("# nothing\ngiven a gp for no purpose without a relationship\n does not see every field of allergies but code when searching\n is not told of any section but documents")
	e := builtIn(f)
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ParseScenarios("f", text)
		if err != nil && list != nil {
			t.Fatalf("%v and scenarios", err)
		}
		size := 0
		for i := range list {
			if len(list[i].Statements) == 0 {
				t.Fatal("a given of which nothing is said")
			}
			size += list[i].given.size() * len(list[i].Statements)
		}
		if size > 200 {
			return
		}
		known := e.CheckScenarios(list) == nil
		for _, failure := range e.Run(list) {
			if failure.Line < 1 || failure.Statement == "" || failure.Why == "" || known && failure.Got == "unknown" {
				t.Fatalf("%+v", failure)
			}
		}
	})
}
