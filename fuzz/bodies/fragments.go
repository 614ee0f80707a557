package bodies

import "strings"

// fragments multiply, spread themselves or are compared with one another.
func fragments() []Body {
	return []Body{
		{Name: "bomb: 26 fragments, each spread twice by the one before", Text: operation(bomb(26, 2, "name")), Bound: "selections"},
		{Name: "bomb: 60 fragments, each spread twelve times", Text: operation(bomb(60, 12, "name")), Bound: "selections"},
		{Name: "bomb: of inline fragments and spreads", Text: operation(bomb(40, 3, "... on Me { name } ...{ role }")), Bound: "selections"},
		{Name: "bomb: nested in fields", Text: operation(nestedBomb(14)), Bound: "selections"},
		{Name: "itself", Text: operation(`{ me { ...A } } fragment A on Me { name ...A }`)},
		{Name: "itself below a field", Text: operation(`{ patient(id: "x") { ...A } } fragment A on Patient { registrations { source { ...B } } } fragment B on Origin { ...B id }`)},
		{Name: "a ring of 100", Text: operation(ring(100))},
		{Name: "two rings, unused", Text: operation(`{ me { name } } fragment A on Me { ...B } fragment B on Me { ...A } fragment C on Me { ...C }`)},
		{Name: "a chain of 140, walked from each of its links", Text: operation(chain(140, "name role purpose careSetting expires organisation { name ods }")), Bound: "walked"},
		{Name: "unused ones", Text: filled(`{ me { name } }`, ` fragment F# on Me { name }`, ""), Bound: "tokens"},
		{Name: "unused ones, 150", Text: times(`{ me { name } }`, ` fragment F# on Me { name role purpose careSetting }`, 150, "")},
		{Name: "one more than allowed", Text: times(`{ me { name } }`, ` fragment F# on Me { name }`, 151, ""), Bound: "fragments"},
		{Name: "one name for all", Text: times(`{ me { ...F } }`, ` fragment F on Me { name }`, 120, "")},
		{Name: "that are not there", Text: times(`{ me {`, ` ...F#`, 1200, `} }`), Bound: "compared"},
		{Name: "140 beside one another", Text: operation(beside(140)), Bound: "repeats"},
		{Name: "140 beside one another, of different fields", Text: operation(different(140)), Bound: "compared"},
		{Name: "unknown types", Text: times(`{ me { name } }`, ` fragment F# on Nobody# { name }`, 150, "")},
		{Name: "on scalars", Text: times(`{ me { name } }`, ` fragment F# on String { length }`, 150, "")},
	}
}

func bomb(n, spreads int, leaf string) string {
	var b strings.Builder
	b.WriteString("{ me { ...F0 } }")
	for i := range n {
		b.WriteString(" fragment F" + number(i) + " on Me {")
		for range spreads {
			b.WriteString(" ...F" + number(i+1))
		}
		b.WriteString(" }")
	}
	return b.String() + " fragment F" + number(n) + " on Me { " + leaf + " }"
}

func nestedBomb(n int) string {
	var b strings.Builder
	b.WriteString("{ patient(id: \"x\") { ...F0 } }")
	for i := range n {
		f := " ...F" + number(i+1)
		b.WriteString(" fragment F" + number(i) + " on Patient { a: allergies { total } b: allergies { verdict }" + f + f + f + f + " }")
	}
	return b.String() + " fragment F" + number(n) + " on Patient { id }"
}

func ring(n int) string {
	var b strings.Builder
	b.WriteString("{ me { ...F0 } }")
	for i := range n {
		b.WriteString(" fragment F" + number(i) + " on Me { name ...F" + number((i+1)%n) + " }")
	}
	return b.String()
}

func chain(n int, fields string) string {
	var b strings.Builder
	b.WriteString("{ me { ...F0 } }")
	for i := range n {
		b.WriteString(" fragment F" + number(i) + " on Me { " + fields)
		if i+1 < n {
			b.WriteString(" ...F" + number(i+1))
		}
		b.WriteString(" }")
	}
	return b.String()
}

func beside(n int) string {
	var spreads, b strings.Builder
	for i := range n {
		spreads.WriteString(" ...F" + number(i))
		b.WriteString(" fragment F" + number(i) + " on Me { name role }")
	}
	return "{ me {" + spreads.String() + " } }" + b.String()
}

func different(n int) string {
	var spreads, b strings.Builder
	for i := range n {
		spreads.WriteString(" ...F" + number(i))
		b.WriteString(" fragment F" + number(i) + " on Me { unknown" + number(i) + " other" + number(i) + " }")
	}
	return "{ me {" + spreads.String() + " } }" + b.String()
}
