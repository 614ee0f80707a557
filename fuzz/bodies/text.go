package bodies

import "strings"

// texts are hard to read: long, odd, or no GraphQL.
func texts() []Body {
	long := strings.Repeat(Canary, 6000)
	return []Body{
		{Name: "a string", Text: operation(`{ patient(id: "` + long + `") { allergies(first: "` + Canary + `") { total } } }`)},
		{Name: "a string where none may be", Text: operation(`{ "` + long + `" }`)},
		{Name: "a string without an end", Text: operation(`{ patient(id: "` + long)},
		{Name: "a block string", Text: operation(`{ patient(id: """` + strings.Repeat("  "+Canary+"\n", 4000) + `""") { secret } }`)},
		{Name: "a block string of blank lines", Text: operation(`{ patient(id: """` + strings.Repeat("\n", 29_000) + `""") { secret } }`)},
		{Name: "a block string of quotes", Text: operation(`{ patient(id: """` + strings.Repeat(`"" `, 9_000) + `""") { secret } }`)},
		{Name: "quotes only", Text: operation(strings.Repeat(`"`, 30_000))},
		{Name: "escapes", Text: operation(`{ patient(id: "` + strings.Repeat(`\u0041`, 8_000) + `") { secret } }`)},
		{Name: "a wrong escape", Text: operation(`{ patient(id: "\u{` + Canary + `}") { id } }`)},
		{Name: "half a surrogate pair in GraphQL", Text: operation(`{ patient(id: "\ud800") { secret } }`)},
		{Name: "a number", Text: operation(`{ patient(id: "x", wait: ` + long + `) { id } }`)},
		{Name: "a fraction", Text: operation(`{ patient(id: "x", wait: 1.` + long + `e9) { id } }`)},
		{Name: "a number beyond Int", Text: operation(`{ patient(id: "x", wait: ` + Canary + `0) { id } }`)},
		{Name: "a name", Text: operation(`{ ` + strings.Repeat("a", 60_000) + ` }`), Bound: "name"},
		{Name: "a name with a number in it", Text: operation(`{ _` + long + ` }`), Bound: "name"},
		{Name: "a comment", Text: operation(`# ` + long + "\n{ secret }")},
		{Name: "comments, one a line", Text: operation(strings.Repeat("#\n", 20_000) + "{ secret }"), Bound: "tokens"},
		{Name: "commas", Text: operation(strings.Repeat(",", 60_000) + "{ secret }")},
		{Name: "blanks", Text: operation(strings.Repeat(" ", 60_000) + "{ secret }")},
		{Name: "lines", Text: operation(strings.Repeat("\r", 30_000) + "{ secret }")},
		{Name: "byte order marks", Text: operation(strings.Repeat("\ufeff", 20_000) + "{ secret }")},
		{Name: "words that are no GraphQL", Text: operation(long)},
		{Name: "quoted words that are no GraphQL", Text: operation(`'` + long + `'`)},
		{Name: "other letters", Text: operation(`{ ` + strings.Repeat("ß", 30_000) + ` }`)},
		{Name: "other letters in a string", Text: operation(`{ patient(id: "` + strings.Repeat("👩‍⚕️", 3_000) + `") { secret } }`)},
		{Name: "directions of writing", Text: operation("{ patient(id: \"\u202e\u2066" + Canary + "\") { secret } }")},
		{Name: "NUL", Text: operation("{ me { name } }\x00")},
		{Name: "NULs in a string", Text: operation(`{ patient(id: "` + strings.Repeat("\x00", 9_000) + `") { id } }`)},
		{Name: "a schema", Text: operation(`type Query { me: String } extend type Me { secret: String }`)},
		{Name: "nothing", Text: operation("")},
		{Name: "an operation that is not there", Text: `{"query":"query A { me { name } }","operationName":"` + long + `"}`},
	}
}

// values are literals, directives and operations in great numbers.
func values() []Body {
	return []Body{
		{Name: "a list literal", Text: filled(`{ patientsByNHSNumber(nhsNumbers: [`, ` "9990000026"`, `]) { problem } }`), Bound: "tokens"},
		{Name: "a list literal of 3,000", Text: operation(`{ patientsByNHSNumber(nhsNumbers: [` + strings.Repeat(` "9990000026"`, 3000) + `]) { problem } }`), Bound: "items"},
		{Name: "a list in a list", Text: operation(`{ patientsByNHSNumber(nhsNumbers: ` + strings.Repeat("[", 950) + strings.Repeat("]", 950) + `) { problem } }`), Bound: "nesting"},
		{Name: "an object in an object", Text: operation(`{ patientsByNHSNumber(nhsNumbers: ` + strings.Repeat("{a:", 950) + "1" + strings.Repeat("}", 950) + `) { problem } }`), Bound: "nesting"},
		{Name: "lists without an end", Text: operation(`{ patient(id: ` + strings.Repeat("[", 60_000))},
		{Name: "an object with one name again and again", Text: operation(`mutation { createList(title: "x", columns: {` + strings.Repeat(" a: 1", 190) + `}) { id } }`)},
		{Name: "values of the wrong kind", Text: times(`{ me {`, ` organisation @include(if: "`+Canary+`#") { name }`, 19, ` } }`)},
		{Name: "an enum's value that there is not", Text: operation(`{ linkProposals(state: P` + Canary + `) { total } }`)},
		{Name: "a page that is too large", Text: operation(`{ patient(id: "x") { timeline(first: 100000) { totalCount } } }`)},
		{Name: "a page beyond all numbers", Text: operation(`{ patient(id: "x") { timeline(first: 99999999999999999999999) { totalCount } } }`)},
		{Name: "directives on a field", Text: filled(`{ me { name`, ` @include(if: true)`, ` } }`), Bound: "tokens"},
		{Name: "directives, 500", Text: operation(`{ me { name` + strings.Repeat(` @include(if: true)`, 500) + ` } }`), Bound: "directives"},
		{Name: "directives, 140 on one field", Text: operation(`{ me { name` + strings.Repeat(` @skip(if: true)`, 140) + ` } }`)},
		{Name: "unknown directives", Text: times(`query`, ` @a#`, 140, ` { me { name } }`)},
		{Name: "@defer", Text: operation(`{ me { name` + strings.Repeat(` ... @defer { role }`, 140) + ` } }`), Bound: "repeats"},
		{Name: "@defer of what is there", Text: times(`{ me { name`, ` ... @defer(label: "#") { organisation { name } }`, 19, ` } }`), Runs: true},
		{Name: "@defer of what has to be asked for", Text: operation(`{ patient(id: "x") { id` + strings.Repeat(` ... @defer { allergies { total } }`, 19) + ` } }`)},
		{Name: "@stream", Text: operation(`{ sources { id` + strings.Repeat(` sections @stream(initialCount: 0)`, 19) + ` } }`)},
		{Name: "operations", Text: filled("", "query Q# { me { name } } ", ""), Bound: "tokens"},
		{Name: "operations, 500", Text: times("", "query Q# { me { name } } ", 500, ""), Bound: "operations"},
		{Name: "operations without names", Text: operation(strings.Repeat("{ me { name } } ", 10))},
		{Name: "one operation's name for all", Text: operation(strings.Repeat("query A { me { name } } ", 10))},
		{Name: "subscriptions to everything", Text: times("subscription {", " a#: listsChanged { id }", 9, " }")},
		{Name: "subscriptions, 90", Text: times("subscription {", " a#: listsChanged { id }", 90, " }"), Bound: "rootFields"},
		{Name: "subscription to the schema", Text: operation("subscription { __schema { types { name } } }")},
		{Name: "the schema, deeper and deeper", Text: operation("{ __schema { types {" + strings.Repeat(" fields { type {", 400) + " name " + strings.Repeat("} }", 400) + "} } }"), Bound: "nesting"},
		{Name: "the schema, 6 deep", Text: operation("{ __schema { types {" + strings.Repeat(" fields { type {", 6) + " name " + strings.Repeat("} }", 6) + "} } }")},
		{Name: "the schema in ten ways", Text: times("{", " a#: __schema { types { fields { type { fields { name } } } } }", 10, " }")},
	}
}
