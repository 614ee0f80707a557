package resolvers

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/patchworkcare/patchwork/web"
)

// ours are the operations of the viewer and the samples, by name.
func ours(t *testing.T) map[string]string {
	t.Helper()
	operations, err := ReadOperations(web.Operations())
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../graph/operations/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		operations[filepath.Base(f)] = string(text)
	}
	return operations
}

// TestBoundsHaveRoom: what is really asked stays under two thirds of every bound, so that a
// section more does not reach it. The log has what docs/decisions/0015 says.
func TestBoundsHaveRoom(t *testing.T) {
	t.Parallel()
	largest := map[string]int{}
	for name, text := range ours(t) {
		doc, m, err := parsedWithin(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, mostTokens*2/3); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		v := reflect.ValueOf(*m)
		for i := range v.NumField() {
			field := v.Type().Field(i).Name
			largest[field] = max(largest[field], int(v.Field(i).Int()))
		}
		if errs := validated(Schema(), doc, false); len(errs) > 0 {
			t.Errorf("%s: %v", name, errs)
			continue
		}
		for _, o := range doc.Operations {
			w, reads := wants(o), 0
			for _, term := range w.terms {
				n := term.sections
				for range term.people {
					n *= mostPeople
				}
				reads += n
			}
			largest["reads"] = max(largest["reads"], reads)
		}
	}
	t.Log(largest)
	for name, most := range map[string]int{
		"depth": mostDepth + 2, "nesting": mostNesting, "operations": mostOperations, "fragments": mostFragments, "variables": mostVariables,
		"aliases": mostAliases, "directives": mostDirectives, "arguments": mostArguments, "items": mostItems, "name": mostName, "roots": mostRoots,
		"selections": mostSelections, "repeats": mostRepeats, "compared": mostCompared, "walked": mostWalked, "reads": mostReads + 200,
	} {
		if has, ok := largest[name]; !ok || has*3 > most*2 {
			t.Errorf("%s: %d of %d", name, has, most)
		}
	}
}

func repeated(unit string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(unit, "#", strconv.Itoa(i)))
	}
	return b.String()
}

// TestOneMore: as much as is allowed passes, and one more does not, however it is written.
func TestOneMore(t *testing.T) {
	t.Parallel()
	nested := func(n int) string { return strings.Repeat("{ a ", n-1) + "{ a }" + strings.Repeat(" }", n-1) }
	for name, c := range map[string]struct {
		bound string
		most  int
		text  func(n int) string
	}{
		"depth":              {"depth", mostDepth, nested},
		"depth by fragments": {"depth", mostDepth, func(n int) string { return "{ a { ...F } } fragment F on T " + nested(n-1) }},
		"inline fragments":   {"nesting", mostNesting, func(n int) string { return strings.Repeat("{ ... ", n-1) + "{ a }" + strings.Repeat(" }", n-1) }},
		"lists in lists":     {"nesting", mostNesting, func(n int) string { return "{ a(b: " + strings.Repeat("[", n) + strings.Repeat("]", n) + ") }" }},
		"lists of a type": {"nesting", mostNesting, func(n int) string {
			return "query($v: " + strings.Repeat("[", n-1) + "T" + strings.Repeat("]", n-1) + ") { a }"
		}},
		"a default in lists": {"nesting", mostNesting, func(n int) string {
			return "query($v: T = " + strings.Repeat("[", n) + strings.Repeat("]", n) + ") { a }"
		}},
		"objects in objects": {"nesting", mostNesting, func(n int) string {
			return "{ a @b(c: " + strings.Repeat("{d:", n-1) + "1" + strings.Repeat("}", n-1) + ") }"
		}},
		"a field's name":       {"name", mostName, func(n int) string { return "{ " + strings.Repeat("a", n) + " }" }},
		"an alias":             {"name", mostName, func(n int) string { return "{ " + strings.Repeat("a", n) + ": b }" }},
		"a variable's name":    {"name", mostName, func(n int) string { return "{ a(b: $" + strings.Repeat("a", n) + ") }" }},
		"an enum's value":      {"name", mostName, func(n int) string { return "{ a(b: [{c: " + strings.Repeat("a", n) + "}]) }" }},
		"a type's name":        {"name", mostName, func(n int) string { return "query($a: [" + strings.Repeat("a", n) + "]) { a }" }},
		"operations":           {"operations", mostOperations, func(n int) string { return repeated("query Q# { a } ", n) }},
		"fragments":            {"fragments", mostFragments, func(n int) string { return "{ a }" + repeated(" fragment F# on T { a }", n) }},
		"variables":            {"variables", mostVariables, func(n int) string { return "query(" + repeated(" $v#: T", n) + ") { a }" }},
		"aliases":              {"aliases", mostAliases, func(n int) string { return "{ a {" + repeated(" b#: c", n) + " } }" }},
		"aliases in fragments": {"aliases", mostAliases, func(n int) string { return "{ a { ...F } } fragment F on T {" + repeated(" b#: c", n) + " }" }},
		"directives":           {"directives", mostDirectives, func(n int) string { return "{ a" + repeated(" @b", n-2) + " ...F @b } fragment F on T @b { c }" }},
		"arguments":            {"arguments", mostArguments, func(n int) string { return "{ a(" + repeated(" b#: 1", n) + ") }" }},
		"items":                {"items", mostItems, func(n int) string { return "{ a(b: [" + repeated(" #", n) + "]) }" }},
		"members":              {"items", mostItems, func(n int) string { return "{ a(b: {" + repeated(" c#: 1", n) + "}) }" }},
		"fields at the top":    {"rootFields", mostRoots, func(n int) string { return "{" + repeated(" b#", n) + " }" }},
		"by a fragment":        {"rootFields", mostRoots, func(n int) string { return "{ ...F } fragment F on T { ... {" + repeated(" b#", n) + " } }" }},
		"of another operation": {"rootFields", mostRoots, func(n int) string { return "query A { a } query B {" + repeated(" b#", n) + " }" }},
		"repeats":              {"repeats", mostRepeats, func(n int) string { return "{ a {" + strings.Repeat(" b", n) + " } }" }},
		"repeats below repeats": {"repeats", mostRepeats, func(n int) string {
			return "{ a {" + strings.Repeat(" b { c }", n/2) + " b {" + strings.Repeat(" c", n-n/2) + " } } }"
		}},
		"repeats by fragments": {"repeats", mostRepeats, func(n int) string {
			return "{ a {" + strings.Repeat(" ...F", 4) + strings.Repeat(" b", n-4) + " } } fragment F on T { b }"
		}},
		"repeats unused": {"repeats", mostRepeats, func(n int) string { return "{ a } fragment F on T {" + strings.Repeat(" b", n) + " }" }},
		"tokens":         {"tokens", mostTokens, func(n int) string { return "{ a }" + strings.Repeat("#\n", n-3) }},
	} {
		var large *tooLarge
		if _, _, err := parsedWithin(c.text(c.most)); err != nil {
			t.Errorf("%s: as much as is allowed: %v", name, err)
		}
		if _, _, err := parsedWithin(c.text(c.most + 1)); !errors.As(err, &large) || large.bound != c.bound || large.most != c.most || large.has <= c.most {
			t.Errorf("%s: one more: %v, %+v", name, err, large)
		}
	}
}

// TestBoundsOfFragments: what fragments multiply is counted, and not by unfolding it.
func TestBoundsOfFragments(t *testing.T) {
	t.Parallel()
	doubling := func(n int) string {
		var b strings.Builder
		b.WriteString("{ ...F0 }")
		for i := range n {
			b.WriteString(" fragment F" + strconv.Itoa(i) + " on T { ...F" + strconv.Itoa(i+1) + " ...F" + strconv.Itoa(i+1) + " }")
		}
		return b.String() + " fragment F" + strconv.Itoa(n) + " on T { a }"
	}
	walked := "{ ...F0 }"
	for i := range 130 {
		walked += " fragment F" + strconv.Itoa(i) + " on T { a ...F" + strconv.Itoa(i+1) + " }"
	}
	walked += " fragment F130 on T { b }"
	for name, c := range map[string]struct{ text, bound string }{
		"a hundred doublings": {doubling(100), "selections"},
		"eleven doublings":    {doubling(11), "selections"},
		"a chain":             {walked, "walked"},
		"side by side":        {"{ a {" + repeated(" ...F#", 110) + " } }", "compared"},
	} {
		var large *tooLarge
		if _, _, err := parsedWithin(c.text); !errors.As(err, &large) || large.bound != c.bound {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, text := range map[string]string{
		"itself": "{ ...F } fragment F on T { a ...F }", "in a ring": "{ a } fragment F on T { b { ...G } } fragment G on T { ... { ...F } }",
	} {
		if _, _, err := parsedWithin(text); !errors.Is(err, errCycle) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, m, err := parsedWithin(strings.Replace(doubling(4), "{ ...F0 }", "{ a { ...F0 } }", 1)); err != nil || m.selections != 1+3*16-1 || m.repeats != 16 {
		t.Errorf("%+v, %v", m, err)
	}
}

// TestReads: what would be asked of the systems is told before it is asked.
func TestReads(t *testing.T) {
	t.Parallel()
	const everything = " demographics { total } practice { total } allergies { total } alerts { total } medications { total } problems { total } appointments { total } contacts { total } admissions { total } discharges { total } "
	for name, c := range map[string]struct {
		text      string
		variables string
		want      int
		code      string
	}{
		"one person":          {text: `{ patient(id: "x") { id allergies { total } ...F } } fragment F on Patient { person { nhsNumber } ... { problems { total } } }`, want: 3},
		"two":                 {text: `{ a: patient(id: "x") { alerts { total } } b: patient(id: "y") { alerts { total } } }`, want: 2},
		"numbers":             {text: `{ patientsByNHSNumber(nhsNumbers: ["a", "b", "c"]) { patient { alerts { total } problems { total } } } }`, want: 6},
		"numbers by variable": {text: `query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n) { patient { alerts { total } } } }`, variables: `{"n": [1, 2, 3, 4]}`, want: 4},
		"a page":              {text: `{ list(id: "x") { people(first: 7) { people { patient { alerts { total } } } } } }`, want: 7},
		"a page by default":   {text: `{ list(id: "x") { people { people { patient { alerts { total } } } } } }`, want: 50},
		"a page by variable":  {text: `query($n: Int! = 9) { list(id: "x") { people(first: $n) { people { patient { alerts { total } } } } } }`, want: 9},
		"sent":                {text: `query($n: Int! = 9) { list(id: "x") { people(first: $n) { people { patient { alerts { total } } } } } }`, variables: `{"n": 3}`, want: 3},
		"nonsense":            {text: `query($n: Int!) { list(id: "x") { people(first: $n) { people { patient { alerts { total } } } } } }`, variables: `{"n": "many"}`, want: 1},
		"less than none":      {text: `query($n: Int!) { list(id: "x") { people(first: $n) { people { patient { alerts { total } } } } } }`, variables: `{"n": -4}`, want: 1},
		"a line of time":      {text: `{ patient(id: "x") { timeline { totalCount } } }`, want: len(timelineSections(nil))},
		"too many": {text: `query($n: Int!) { a: list(id: "x") { people(first: $n) { people { patient {` + everything + everything + everything + `} } } } }`,
			variables: `{"n": 100}`, want: 3000, code: CodeOperationTooLarge},
		"too large a page":    {text: `query($n: Int!) { patient(id: "x") { timeline(first: $n) { totalCount } } }`, variables: `{"n": 101}`, want: len(timelineSections(nil)), code: CodeBadInput},
		"rows of a view":      {text: `{ viewRun(id: "x") { page(first: 1000) { cells } } }`, want: 0},
		"too many rows":       {text: `{ viewRun(id: "x") { page(first: 1001) { cells } } }`, want: 0, code: CodeBadInput},
		"a section's entries": {text: `{ patient(id: "x") { observations(first: 5000) { total } } }`, want: 1},
	} {
		doc, _, err := parsedWithin(c.text)
		if err != nil {
			t.Fatal(name, err)
		}
		if errs := validated(Schema(), doc, false); len(errs) > 0 {
			t.Fatal(name, errs)
		}
		var p posted
		if c.variables == "" {
			c.variables = "{}"
		}
		if !p.read([]byte(`{"variables":` + c.variables + `}`)) {
			t.Fatal(name)
		}
		w, reads := wants(doc.Operations[0]), 0
		for _, term := range w.terms {
			n := term.sections
			for _, people := range term.people {
				n *= max(people.of(p.Variables), 1)
			}
			reads += n
		}
		if reads != c.want {
			t.Errorf("%s: %d reads, want %d", name, reads, c.want)
		}
		errs, _ := (&Executor{}).wrong(w.within(p.Variables))
		code, _ := errs[0].Extensions["code"].(string)
		if code != c.code {
			t.Errorf("%s: %q, want %q", name, code, c.code)
		}
	}
}

// TestBodies: what is JSON and what is read of it, whoever reads it.
func TestBodies(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"query":"q","variables":{"a":{"x":1,"y":{"x":2}}}}`:                  "q",
		" \n{ \"query\" : \"q\\\"{\" , \"other\": [\"query\", \"query\"] }\t ": "q\"{",
		`{"Query":"q"}`:             "q",
		`{"query":"a","query":"b"}`: "",
		`{"query":"a","Query":"b"}`: "",
		`{"query":"a","query"` + strings.Repeat(" ", 5000) + `:"b"}`: "",
		`{"query":"a","variables":{"n":1,"\u006e":2}}`:               "",
		`{"query":"a","variables":[{"n":1,"N":2},{"n":1}]}`:          "", // no object
		`{"query":"a","variables":{"l":[{"n":1},{"n":1,"n":1}]}}`:    "",
		`{"query":"a"} {}`:           "",
		`{"query":"a"}]`:             "",
		`{"query":"a"`:               "",
		`{"query":"` + "\xff" + `"}`: "",
		`["query":"a"]`:              "",
		`}`:                          "",
		``:                           "",
		`null`:                       "",
		strings.Repeat("[", 100):     "",
		`{"query":"a","variables":{"a":` + strings.Repeat("[", 30) + strings.Repeat("]", 30) + `}}`: "",
		`{"query":"a","variables":{"a":[` + strings.Repeat("0,", 6000) + `0]}}`:                     "",
		`{"query":"a","variables":{"a":` + strings.Repeat("[", 20) + strings.Repeat("]", 20) + `}}`: "a",
	} {
		var p posted
		if ok := p.read([]byte(body)); ok != (want != "") || ok && p.Query != want {
			t.Errorf("%.80s: %v %q", body, ok, p.Query)
		}
	}
	var p posted
	if !p.read([]byte(`{"variables":{"n":2000,"f":1.5}}`)) || p.Variables["n"] != json.Number("2000") || p.Variables["f"] != json.Number("1.5") {
		t.Errorf("%v", p.Variables)
	}
}
