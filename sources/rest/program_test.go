package rest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// A mapping reads the answer it is given and nothing else, has no loops of its own, and
// cannot swallow what is wrong.
func TestProgramsThatAreRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", ".a[", "input", "inputs", "env", "env.HOME", "$ENV", "$ENV.HOME", "input_filename", "input_line_number", "now", "halt", `"x" | halt_error`,
		"debug", "stderr", "$__loc__", `import "a" as a; .`, `include "a"; .`, `modulemeta`, "get_search_list", "builtins", "input_line_number",
		".items[]?", ".items?", "try .items[]", "try .items[] catch empty", `.a as [$x] ?// $x | $x`,
		".items[] // empty", "(.items | map(.x)) // []", ".items // []", ".items // .other[]", "(.a | tonumber) // 0", ".[.key] // 1",
		"def f: f; f", "repeat(.)", "while(true; .)", "until(false; .)", "range(1e9)", "[limit(10; repeat(1))]", "recurse(.a)", "last(range(1e9))",
		"reduce .[] as $x (0; . + 1)", "foreach .[] as $x (0; . + 1)", "label $f | break $f", "combinations", "transpose", "splits(1;2;3;4)",
		".a = 1", ".a |= 1", ".[1000000000] = 1", "setpath([1000000000]; 1)", ".a += 1", ".a //= 1", `"abc" * 1000000000`, ".a * .b",
		`.names | join(.sep)`, "ltrimstr($x)", "error(", "getpath([\"a\"])", "tojson | fromjson | input", "walk(.)", "@sh \"\\(input)\"",
	} {
		if text == "" {
			continue // left out is another matter
		}
		if _, fault := compile("k", text); fault == "" {
			t.Errorf("%s is taken", text)
		}
	}
	for _, text := range []string{
		".items[]", `.items[] | {subject: .a, b: (.b // .c // "x")}`, ".list | default([]) | .[]", `has("items")`, ".clientId as $c | .rows[] | {subject: $c}",
		`[.a, .b] | join("; ")`, ".items | length", `.x | if . == null then null else "R" end`, ".. | objects | select(has(\"id\"))", `"\(.a) \(.b)"`, "@base64d", ".a[0:3]",
		"to_entries[] | {subject: .key, note: .value}", `.name | ascii_downcase | ltrimstr("dr ")`,
	} {
		if _, fault := compile("k", text); fault != "" {
			t.Errorf("%s: %s", text, fault)
		}
	}
}

// What goes wrong in a mapping names its key and nothing of the answer.
func TestMappingsThatFail(t *testing.T) {
	t.Parallel()
	const answer = `{"items":[{"id":"Ashworth","n":7.10,"list":[1]}],"sub":"Ashworth","deep":{"Ashworth":1}}`
	for text, want := range map[string]string{
		".itemz[]":                        "mapping",
		".sub[]":                          "mapping",
		".sub | tonumber":                 "mapping",
		"error(.sub)":                     "mapping",
		".items[0].id.Ashworth":           "mapping",
		".sub":                            "mapping-row",
		".items[] | {subject: .list}":     "mapping-row",
		".items[] | {subject: .deep.a.b}": "",
		"null":                            "",
		".itemz | default([]) | .[]":      "",
		`[.. | [..] | .. | [..] | .. | [..] | .. | [..] | .. | [..] | .. | [..] | .. | [..] | .. | [..] | .. | [..] | ..] | {}`: "mapping-cost",
	} {
		p, fault := compile("sections.x.rows", text)
		if fault != "" {
			t.Fatal(text, fault)
		}
		tree, err := jsonapi.Parse([]byte(answer))
		if err != nil {
			t.Fatal(err)
		}
		err = p.run(t.Context(), tree, newTable(p, 10).take)
		e := sources.AsError(err)
		switch {
		case want == "" && err != nil, want != "" && (err == nil || e.Code != want || e.Kind != sources.Malformed):
			t.Errorf("%s: %v, want %q", text, err, want)
		case err != nil && (strings.Contains(e.Error(), "Ashworth") || !strings.Contains(e.Error(), "sections.x.rows")):
			t.Errorf("%s says %v", text, e)
		}
	}
}

// A number keeps its own digits, and nothing else is added.
func TestPlainValues(t *testing.T) {
	t.Parallel()
	p, _ := compile("k", ".[] | {v: .}")
	tree, err := jsonapi.Parse([]byte(`[7.10, 12345678901234567890, 1e2, -0, true, null, " a ", "é\u0301"]`))
	if err != nil {
		t.Fatal(err)
	}
	table := newTable(p, 10)
	if err := p.run(t.Context(), tree, table.take); err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, row := range table.rows {
		got += "|" + row["v"]
	}
	if want := "|7.10|12345678901234567890|1e2|-0|true|| a |é\u0301"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Whatever the answer and whatever the mapping, a run ends, and says nothing of it.
func FuzzMapping(f *testing.F) {
	programs := []string{
		".items[] | {subject: .client.id, id, code_text: .name, date: .when}",
		".clientId as $c | .rows | default([]) | .[] | {subject: $c, note: (.a // .b // \"\")}",
		".. | objects | select(has(\"id\")) | {subject: .id, note: tojson}",
		"to_entries[] | {subject: .key, note: (.value | tostring)}",
		"[.[] | tostring] | sort | unique | map({subject: .})[]",
		`.items | map(.services | map(.name) | join("; ")) | {subject: .[0]}`,
		".a[1:3], .b[-1:], (.c | length) | {subject: .}",
		`{subject: (.date | strptime("%Y-%m-%d") | mktime | todate)}`,
		".text | split(\"\"; null) | {subject: .[0]}",
		"group_by(.a) | map({subject: .[0].a, n: length})[]",
	}
	for i := range programs {
		f.Add(uint8(i), []byte(`{"items":[{"client":{"id":"P1"},"id":7,"name":"x","services":[{"name":"a"}]}],"clientId":1,"rows":null,"a":"abcdef","b":[1,2],"c":{},"date":"2026-01-01","text":"a b"}`))
	}
	f.Add(uint8(2), []byte(`[[[[{"id":"a"}]]]]`))
	f.Add(uint8(4), []byte(`[1e999999999, -1e-999999999, "\ud800", {}, [], null, true]`))
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		tree, err := jsonapi.Parse(body)
		if err != nil {
			return
		}
		p, fault := compile("sections.x.rows", programs[int(which)%len(programs)])
		if fault != "" {
			t.Fatal(fault)
		}
		table := newTable(p, 100)
		err = p.run(context.Background(), tree, table.take)
		if e := sources.AsError(err); e != nil && (e.Kind != sources.Malformed || !strings.HasPrefix(e.Reason, "The mapping sections.x.rows ")) {
			t.Errorf("%v", e)
		}
		if len(table.rows) > 100 || strings.Contains(fmt.Sprint(table), "P1") {
			t.Errorf("%d rows", len(table.rows))
		}
	})
}
