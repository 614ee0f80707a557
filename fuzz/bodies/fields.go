package bodies

import "strings"

// fields repeat, nest and are renamed.
func fields() []Body {
	return []Body{
		{Name: "one name, 28 KB flat", Text: operation("{ me {" + strings.Repeat(" name", 28<<10/5) + " } }"), Bound: "tokens"},
		{Name: "one name, 44 KB flat", Text: operation("{ me {" + strings.Repeat(" name", 44<<10/5) + " } }"), Bound: "tokens"},
		{Name: "one name, as often as there are tokens", Text: operation("{ me {" + strings.Repeat(" name", 3900) + " } }"), Bound: "repeats"},
		{Name: "one alias of different fields", Text: operation("{ me {" + strings.Repeat(" a: name a: role", 45) + " } }"), Bound: "repeats"},
		{Name: "objects that repeat at three levels", Text: operation("{ me {" + strings.Repeat(" organisation {"+strings.Repeat(" name ods", 10)+" }", 60) + " } }"), Bound: "repeats"},
		{Name: "objects that repeat in each other", Text: operation(inEachOther(11, "registrations", "source", "organisation", "name")), Bound: "repeats"},
		{Name: "repeats in inline fragments", Text: operation("{ me {" + strings.Repeat(" ... { name }", 900) + " } }"), Bound: "repeats"},
		{Name: "differing arguments", Text: times("{ patient(id: \"x\") {", " allergies(first: #) { total }", 300, " } }"), Bound: "repeats"},
		{Name: "__typename, 10,000 times", Text: filled("{", " __typename", "}"), Bound: "tokens"},
		{Name: "__typename, 3,900 times", Text: operation("{" + strings.Repeat(" __typename", 3900) + "}"), Bound: "rootFields"},
		{Name: "aliases of a root field", Text: filled("{", " a#: me { name }", " }"), Bound: "tokens"},
		{Name: "aliases of a root field, 90", Text: times("{", " a#: me { name }", 90, " }"), Bound: "rootFields"},
		{Name: "aliases, 1,200", Text: times("{ me {", " a#: name", 1200, " } }"), Bound: "aliases"},
		{Name: "aliases of __typename", Text: times("{", " a#: __typename", 290, " }"), Bound: "rootFields"},
		{Name: "selections nested 4,000 deep", Text: operation(strings.Repeat("{ me ", 4000) + strings.Repeat("}", 4000)), Bound: "nesting"},
		{Name: "selections nested 900 deep", Text: operation(strings.Repeat("{ me ", 900) + "{ name }" + strings.Repeat("}", 900)), Bound: "nesting"},
		{Name: "braces only", Text: operation(strings.Repeat("{", 60_000))},
		{Name: "inline fragments nested", Text: operation("{ me " + strings.Repeat("{ ... ", 990) + "{ name }" + strings.Repeat("}", 990) + " }"), Bound: "nesting"},
		{Name: "as deep as fragments make it", Text: operation("{ me { ...F0 } }" + deepChain(60)), Bound: "depth"},
		{Name: "unknown fields, 1,900", Text: times("{", " unknown#", 1900, "}"), Bound: "rootFields"},
		{Name: "unknown fields below one", Text: times("{ me {", " unknown#", 1900, "} }")},
		{Name: "unknown fields that are nearly right", Text: times("{ patient(id: \"x\") {", " allergie#s medication# problem#s", 600, "} }")},
		{Name: "unknown arguments", Text: times("{ me {", " organisation(a: 1, b: 2, c: 3, d: 4) { name }", 19, "} }")},
		{Name: "arguments of one field", Text: times("{ me(", " a#: 1", 900, ") { name } }"), Bound: "arguments"},
		{Name: "one argument again and again", Text: times("{ patient(id: \"x\"", " id: \"x\"", 900, ") { id } }"), Bound: "arguments"},
		{Name: "scalars with selections", Text: times("{ me {", " name { a#: b }", 19, "} }")},
		{Name: "ten people by name, each with everything", Text: operation(everybody(10, 50)), Bound: "reads"},
		{Name: "two pages of people with everything", Text: with(`query($n: Int!) { a: list(id: "x") { people(first: $n) { people { patient {`+all+`} } } } b: list(id: "y") { people(first: $n) { people { patient {`+all+`} } } } }`, map[string]any{"n": 50}), Bound: "reads"},
	}
}

const all = ` demographics { total } practice { total } allergies { total } alerts { total } medications { total } problems { total } appointments { total }
 contacts { total } admissions { total } discharges { total } results { total } observations { total } vaccinations { total } procedures { total } documents { total } timeline { totalCount } `

func everybody(n, each int) string {
	var b strings.Builder
	b.WriteString("{")
	for i := range n {
		b.WriteString(" a" + number(i) + ": patientsByNHSNumber(nhsNumbers: [" + strings.Repeat(` "9990000026"`, each) + "]) { patient {" + all + "} }")
	}
	return b.String() + " }"
}

func inEachOther(n int, names ...string) string {
	text := ""
	for i := len(names) - 1; i >= 0; i-- {
		one := " " + names[i]
		if text != "" {
			one += " {" + text + " }"
		}
		if len(one)*n > 20<<10 {
			n = 2
		}
		text = strings.Repeat(one, n)
	}
	return "{ patient(id: \"x\") {" + text + " } }"
}

func deepChain(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" fragment F" + number(i) + " on Me { me { ...F" + number(i+1) + " } }")
	}
	return b.String() + " fragment F" + number(n) + " on Me { name }"
}
