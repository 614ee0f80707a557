package gpconnect

import (
	"strings"

	"github.com/patchworkcare/patchwork/sources/fhirversion"
)

// anyReport codes every report of GP Connect: what was investigated is told by the group
// of tests in it.
const anyReport = "721981007"

// measure notes the observations that stand in reports: they are measurements there and
// not observations of their own.
func (a *answer) measure() {
	for _, i := range a.items {
		if i.kind == "DiagnosticReport" {
			a.reach(i)
		}
	}
}

func (a *answer) reach(report *item) {
	links := report.Objects("result")
	var remarks []any
	for n := 0; n < len(links); n++ {
		ref := links[n].Text("reference")
		if a.measured[ref] {
			continue
		}
		a.measured[ref] = true
		o := a.by[ref]
		if o == nil {
			continue
		}
		links = append(links, o.Objects("hasMember")...)
		if said := remark(o.Node); said != nil {
			remarks = append(remarks, said)
		}
	}
	a.entitle(report)
	if len(remarks) > 0 {
		for _, had := range report.Objects("note") {
			remarks = append(remarks, had)
		}
		report.Set("note", remarks)
	}
}

// remark keeps what was noted on a measurement, which has no place for it in a report's
// line: where nothing was measured it is what was found, elsewhere a note of the report.
func remark(o *fhirversion.Node) any {
	var texts []string
	for _, n := range o.Objects("note") {
		if s := n.Text("text"); s != "" {
			texts = append(texts, s)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	text := strings.Join(texts, "\n")
	for _, name := range []string{"valueQuantity", "valueCodeableConcept", "valueString", "valueRange", "valueRatio", "valueBoolean", "valueInteger", "valuePeriod",
		"valueDateTime", "valueTime", "component", "hasMember"} {
		if o.Has(name) {
			if what := label(o.Object("code")); what != "" {
				text = what + ": " + text
			}
			return (&fhirversion.Node{}).With("text", text)
		}
	}
	o.Set("valueString", text)
	return nil
}

// entitle names a report by its groups of tests, or by its only test. A report that has
// a name of its own keeps it.
func (a *answer) entitle(report *item) {
	named := false
	for _, c := range report.Object("code").Objects("coding") {
		named = named || c.Text("code") != anyReport
	}
	if named {
		return
	}
	var groups, tests []*fhirversion.Node
	for _, l := range report.Objects("result") {
		o := a.by[l.Text("reference")]
		switch {
		case o == nil || o.Object("code") == nil || isComment(o.Node):
		case o.Has("hasMember"):
			groups = append(groups, o.Object("code"))
		default:
			tests = append(tests, o.Object("code"))
		}
	}
	switch {
	case len(groups) == 1:
		report.Set("code", groups[0])
	case len(groups) > 1:
		var words []string
		for _, g := range groups {
			words = append(words, label(g))
		}
		report.Set("code", (&fhirversion.Node{}).With("text", strings.Join(words, "; ")))
	case len(tests) == 1:
		report.Set("code", tests[0])
	}
}
