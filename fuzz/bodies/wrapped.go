package bodies

import "strings"

// variables are many, deep or of the wrong kind.
func variables() []Body {
	const one = `query($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n) { problem } }`
	numbers := make([]string, 4000)
	for i := range numbers {
		numbers[i] = Canary
	}
	keys := make(map[string]any, 3000)
	for i := range 3000 {
		keys[Canary+number(i)] = i
	}
	return []Body{
		{Name: "a list", Text: with(one, map[string]any{"n": numbers})},
		{Name: "a list of nothing", Text: `{"query":"` + one + `","variables":{"n":[` + strings.Repeat("0,", 32_000) + `0]}}`},
		{Name: "lists in lists", Text: `{"query":"` + one + `","variables":{"n":` + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + `}}`},
		{Name: "objects in objects", Text: `{"query":"` + one + `","variables":{"n":` + strings.Repeat(`{"a":`, 9_000) + "1" + strings.Repeat("}", 9_000) + `}}`},
		{Name: "that nobody defined", Text: with("query($n: ID!) { patient(id: $n) { secret } }", keys)},
		{Name: "a word of 60 KB", Text: with(one, map[string]any{"n": strings.Repeat(Canary, 6000)})},
		{Name: "a key of 60 KB", Text: with(`mutation($l: [ListColumnInput!]) { createList(title: "abc", columns: $l) { id } }`, map[string]any{"l": []any{map[string]any{strings.Repeat(Canary, 6000): 1}}})},
		{Name: "an enum's value", Text: with(`query($s: ProposalState!) { linkProposals(state: $s) { total } }`, map[string]any{"s": Canary})},
		{Name: "a number of 60 KB", Text: `{"query":"query($n: Int!) { patient(id: 1, wait: $n) { id } }","variables":{"n":` + strings.Repeat("9", 60_000) + `}}`},
		{Name: "a number with a great exponent", Text: `{"query":"query($n: Int!) { patient(id: 1, wait: $n) { id } }","variables":{"n":1e999999999}}`},
		{Name: "a page that is too large", Text: with(`query($n: Int!) { patient(id: "x") { timeline(first: $n) { totalCount } } }`, map[string]any{"n": 100_000})},
		{Name: "definitions", Text: filled("query(", " $v#: Int", ") { me { name } }"), Bound: "tokens"},
		{Name: "definitions, 900", Text: times("query(", " $v#: Int", 900, ") { me { name } }"), Bound: "variables"},
		{Name: "definitions, 150", Text: times("query(", " $v#: Int", 150, ") { me { name } }")},
		{Name: "one name for all definitions", Text: operation("query(" + strings.Repeat(" $v: Int", 150) + ") { me { name } }")},
		{Name: "types in lists", Text: operation("query($v: " + strings.Repeat("[", 950) + "Int" + strings.Repeat("]", 950) + ") { me { name } }"), Bound: "nesting"},
		{Name: "unknown types", Text: times("query(", " $v#: Nobody#", 150, ") { me { name } }")},
		{Name: "undefined ones", Text: operation("{ me {" + strings.Repeat(" organisation @include(if: $nobody) { name }", 19) + " } }")},
	}
}

// bodies are wrong before they are GraphQL.
func wrapped() []Body {
	const me = `{ me { name } }`
	return []Body{
		{Name: "nothing", Text: ""},
		{Name: "null", Text: "null"},
		{Name: "a list", Text: "[" + strings.Repeat(`{"query":"`+me+`"},`, 2000) + `{"query":"` + me + `"}]`},
		{Name: "brackets", Text: strings.Repeat("[", Most)},
		{Name: "braces", Text: strings.Repeat(`{"a":`, Most/5)},
		{Name: "an unfinished word", Text: `{"query":"` + strings.Repeat(Canary, 6000)},
		{Name: "a name twice", Text: `{"query":"{ secret }","query":"` + me + `"}`},
		{Name: "a name twice, once escaped", Text: `{"query":"{ secret }","que\u0072y":"` + me + `"}`},
		{Name: "a name twice, once in capitals", Text: `{"query":"{ secret }","QUERY":"` + me + `"}`},
		{Name: "a variable twice", Text: `{"query":"query($n: ID!) { patient(id: $n) { id } }","variables":{"n":"a","n":"b"}}`},
		{Name: "many names", Text: manyNames()},
		{Name: "two objects", Text: `{"query":"` + me + `"}{"query":"` + me + `"}`},
		{Name: "something behind it", Text: `{"query":"` + me + `"}]`},
		{Name: "half a surrogate pair", Text: `{"query":"{ patient(id: \"\ud800\") { secret } }"}`},
		{Name: "no UTF-8", Text: "{\"query\":\"{ patient(id: \\\"\xff\xfe\\\") { secret } }\"}"},
		{Name: "an id that nobody registered", Text: `{"documentId":"` + strings.Repeat(Canary, 6000) + `"}`},
		{Name: "an extension of another kind", Text: `{"query":"` + me + `","extensions":{"persistedQuery":{"sha256Hash":["` + Canary + `"]}}}`},
		{Name: "a query that is no text", Text: `{"query":{"a":` + Canary + `}}`},
		{Name: "variables that are no object", Text: `{"query":"` + me + `","variables":"` + strings.Repeat(Canary, 6000) + `"}`},
	}
}

func manyNames() string {
	var b strings.Builder
	b.WriteString(`{"query":"{ secret }"`)
	for i := 0; b.Len() < Most-20; i++ {
		b.WriteString(`,"a` + number(i) + `":0`)
	}
	return b.String() + "}"
}

// All are all of them, by family.
func All() []Body {
	var all []Body
	for _, family := range []struct {
		name string
		list []Body
	}{{"fragments", fragments()}, {"fields", fields()}, {"texts", texts()}, {"values", values()}, {"variables", variables()}, {"bodies", wrapped()}, {"within bounds", largest()}} {
		for _, b := range family.list {
			b.Family = family.name
			all = append(all, b)
		}
	}
	return all
}
