package pds

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// names takes the names: the one in use today, and the others. A name whose period has
// ended, or has not begun, is never the one in use.
func (r *reader) names(p *record.Person) {
	best := -1
	r.Each(func() {
		n, period := r.name()
		if n.IsZero() {
			return
		}
		rank := map[string]int{"usual": 5, "official": 4, "": 3, "temp": 2, "nickname": 1}[n.Use]
		if !r.over(period) && !r.ahead(period) {
			rank += 10
		} else if r.over(period) {
			n.Use = "old" // what a name's period says has no other place
		}
		if rank <= best {
			p.OtherNames = append(p.OtherNames, n)
			return
		}
		if best >= 0 {
			p.OtherNames = append(p.OtherNames, p.Name)
		}
		p.Name, best = n, rank
	})
}

// name takes a HumanName; what follows the name (MBE, PhD) is not part of how people
// are found or addressed, and is left out.
func (r *reader) name() (n record.HumanName, period record.Period) {
	r.Members(func(name string) {
		switch name {
		case "use":
			n.Use = r.String()
		case "family":
			n.Family = r.String()
		case "given":
			n.Given = r.Strings()
		case "prefix":
			n.Title = strings.Join(r.Strings(), " ")
		case "period":
			period = r.Period()
		}
	})
	return n, period
}

// addresses takes the addresses, those that hold today before those that have ended.
func (r *reader) addresses() (all []record.Address) {
	r.Each(func() {
		if a := r.address(); !a.IsZero() {
			all = append(all, a)
		}
	})
	slices.SortStableFunc(all, func(a, b record.Address) int { return r.age(a.Period) - r.age(b.Period) })
	return all
}

func (r *reader) age(p record.Period) int {
	if r.over(p) {
		return 1
	}
	return 0
}

func (r *reader) address() (a record.Address) {
	var text string
	r.Members(func(name string) {
		switch name {
		case "use":
			a.Use = r.String()
		case "line":
			a.Lines = r.Strings()
		case "postalCode":
			a.Postcode = r.String()
		case "period":
			a.Period = r.Period()
		case "text":
			text = r.String()
		}
	})
	// The register's text is a description beside the lines ("Student accommodation").
	if text != "" {
		a.Lines = append([]string{text}, a.Lines...)
	}
	return a
}

// telecoms takes the ways to reach somebody; those that have ended are left out, since
// nobody would see that they have.
func (r *reader) telecoms() (all []record.Telecom) {
	r.Each(func() {
		var t record.Telecom
		var period record.Period
		var other string
		r.Members(func(name string) {
			switch name {
			case "system":
				t.System = r.String()
			case "value":
				t.Value = r.String()
			case "use":
				t.Use = r.String()
			case "period":
				period = r.Period()
			case "extension":
				r.extensions(func(kind, member string) {
					if kind == "OtherContactSystem" && member == "valueCoding" {
						other = r.Coding().Code
					}
				})
			}
		})
		if t.System == "other" && other != "" {
			t.System = other
		}
		if t.Value != "" && !r.over(period) {
			all = append(all, t)
		}
	})
	return all
}

// odsSystem identifies organisations.
const odsSystem = "https://fhir.nhs.uk/Id/ods-organization-code"

// practices takes generalPractitioner: practices by ODS code, whose names the register
// does not give. A registration that has ended, or has not begun, is none.
func (r *reader) practices() (all []*record.Practice) {
	r.Each(func() {
		x := &record.Practice{}
		r.Members(func(name string) {
			switch name {
			case "display":
				x.Organisation.Name = r.String()
				x.Code.Text = x.Organisation.Name
			case "identifier":
				r.Members(func(name string) {
					switch name {
					case "value":
						x.Organisation.ODS = r.String()
					case "period":
						x.Period = r.Period()
					}
				})
			}
		})
		if x.Organisation.ODS == "" || r.over(x.Period) || r.ahead(x.Period) {
			return
		}
		x.Date = x.Period.Start
		x.Code.Codings = []record.Coding{{System: odsSystem, Code: x.Organisation.ODS}}
		all = append(all, x)
	})
	return all
}

// preferences are how the person wants to be reached, in the register's words.
type preferences struct{ method, format, times, interpreter string }

// String is one line for a reader; "" if nothing is stated.
func (p preferences) String() string {
	var parts []string
	for _, x := range []struct{ label, value string }{{"Preferred contact: ", p.method}, {"Written format: ", p.format},
		{"Contact times: ", p.times}, {"", p.interpreter}} {
		if x.value != "" {
			parts = append(parts, x.label+x.value)
		}
	}
	return strings.Join(parts, " · ")
}

func (r *reader) preferences(p *preferences) {
	r.extensions(func(kind, member string) {
		switch {
		case kind == "PreferredContactMethod" && member == "valueCodeableConcept":
			p.method = r.Concept().Label()
		case kind == "PreferredWrittenCommunicationFormat" && member == "valueCodeableConcept":
			p.format = r.Concept().Label()
		case kind == "PreferredContactTimes" && member == "valueString":
			p.times = r.String()
		}
	})
}

func (r *reader) communication(p *record.Person, prefs *preferences) {
	r.extensions(func(kind, member string) {
		switch {
		case kind == "language" && member == "valueCodeableConcept":
			p.Language = r.Concept()
		case kind == "interpreterRequired" && member == "valueBoolean":
			if r.Bool() {
				prefs.interpreter = "Interpreter required"
			}
		}
	})
}
