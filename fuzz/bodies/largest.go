package bodies

import "strings"

// largest keep every bound, come close to one of them, and are wrong in one place at their
// end: they cost what validation may cost.
func largest() []Body {
	return []Body{
		{Name: "repeats", Text: operation("{ me {" + strings.Repeat(" organisation { name ods }", 20) + " secret } }")},
		{Name: "repeats in many places", Text: times("{ patient(id: \"x\") {", " a#: allergies {"+strings.Repeat(" total verdict", 19)+" }", 26, " secret } }")},
		{Name: "repeats in fragments", Text: operation("{ patient(id: \"x\") {" + spreads(90) + " secret } }" + sections(90))},
		{Name: "a chain of fragments", Text: operation(chain(60, "name role purpose") + " fragment Unused on Me { secret }")},
		{Name: "a broad tree of fragments", Text: operation(bomb(10, 2, "name role secret"))},
		{Name: "as many fields as there are tokens", Text: operation("{ patient(id: \"x\") {" + tree(90, 38) + " secret } }")},
		{Name: "as many values as there are tokens", Text: operation("{ me {" + strings.Repeat(" organisation(a: ["+strings.Repeat(" 1", 190)+"]) { name }", 18) + " } }")},
		{Name: "as many objects as there are tokens", Text: operation("{ me {" + strings.Repeat(" organisation(a: {"+strings.Repeat(" b: 1", 60)+"}) { name }", 18) + " } }")},
		{Name: "variables everywhere", Text: operation("query(" + definitions(150) + ") { me {" + strings.Repeat(" organisation(a: [ "+uses(100)+" ]) { name }", 18) + " } }")},
		{Name: "directives everywhere", Text: operation("query($a: Boolean!) { patient(id: \"x\") {" + strings.Repeat(" allergies @include(if: $a) { total @skip(if: $a) }", 19) + " secret } }")},
		{Name: "enums that are nearly right", Text: operation("{ linkProposals(state: [" + strings.Repeat(" OPEM", 190) + "]) { total } }")},
		{Name: "inline fragments in one another", Text: operation("{ patient(id: \"x\") {" + strings.Repeat(strings.Repeat(" ... on Patient {", 15)+" allergies { total }"+strings.Repeat(" }", 15), 19) + " secret } }")},
	}
}

func spreads(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" a" + number(i) + ": allergies { ...S" + number(i%30) + " ...S" + number((i+1)%30) + " }")
	}
	return b.String()
}

func sections(n int) string {
	var b strings.Builder
	for i := range min(n, 30) {
		b.WriteString(" fragment S" + number(i) + " on AllergySection { total verdict heading title entries { id date note } }")
	}
	return b.String()
}

func tree(n, leaves int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" a" + number(i) + ": allergies {")
		for range leaves / 2 {
			b.WriteString(" total verdict")
		}
		b.WriteString(" }")
	}
	return b.String()
}

func definitions(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" $v" + number(i) + ": Int")
	}
	return b.String()
}

func uses(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" $v" + number(149-i%150))
	}
	return b.String()
}
