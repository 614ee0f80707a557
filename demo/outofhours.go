package demo

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/demo/gpconnect"
)

// outOfHoursID is the id of the out-of-hours GP service, whose supplier speaks GP Connect.
const outOfHoursID = "gp-connect"

// outOfHoursASID is what the Spine calls its system.
const outOfHoursASID = "918999198738"

func outOfHours() organisation {
	return organisation{"Z99081", "Westmarch Out-of-Hours GP Service", "01632 960105", address{"1 Night Row", "", "Harrowmere", "WM1 1AB"}}
}

// attend gives the out-of-hours service its records: it knows some of those who are with
// a practice, as the practice states them, and has what came with them.
func (c *content) attend(people []*person) {
	at := map[string]int{}
	for i := range c.patients {
		at[c.patients[i].NHSNumber] = i
	}
	for i, p := range people {
		if !p.attends(i) {
			continue
		}
		c.outOfHours = append(c.outOfHours, p.outOfHours(i))
		known := &c.patients[at[p.truth.nhs]]
		known.Systems = append(known.Systems, outOfHoursID)
		known.LocalIDs[outOfHoursID] = p.truth.nhs
	}
}

// attends reports whether the service knows the person. GP Connect answers about nobody
// whose number is not verified, who may not be located, or who has died.
func (p *person) attends(index int) bool {
	s := p.states[inGP]
	if s == nil || s.hidden || s.status != "01" || s.nhs != p.truth.nhs || s.oldNHS != "" || !s.died.IsZero() || s.born.IsZero() {
		return false
	}
	if p.scenario != "" {
		return slices.Contains([]string{"everything", "none-known", "nothing-recorded", "twin-a", "hostile-text", "child"}, p.scenario)
	}
	return index%4 == 1
}

// attendance writes one person's record.
type attendance struct {
	*gpconnect.Record
	p *person
}

func (p *person) outOfHours(index int) gpconnect.Record {
	s := p.states[inGP]
	org := outOfHours()
	by := roster{staff()}.of(practices()[index%4].ods, "gp", index)
	r := gpconnect.Record{Number: s.nhs, ID: uuid("out-of-hours", s.nhs), Title: s.title, Given: s.given, Family: s.family, Gender: s.sex, Born: date(s.born),
		Lines: s.address.lines(), Town: s.address.town, Postcode: s.address.postcode, Phone: s.home, Dissent: s.sharing == "deny",
		Practice:  gpconnect.Organisation{ODS: org.ods, Name: org.name, Phone: org.phone, Line: org.address.line1, Town: org.address.town, Postcode: org.address.postcode},
		Clinician: gpconnect.Clinician{ID: by.id, Title: by.title, Given: by.given, Family: by.family, Role: by.role}}
	if p.scenario == "" && index%7 == 3 {
		r.Transit = "15-Oct-2025"
	}
	r.Awaiting = p.scenario == "" && index%9 == 4
	for _, k := range p.kin {
		if r.Contact.Family == "" {
			r.Contact = gpconnect.Relative{Given: k.given, Family: k.family, Relation: k.relationText, Phone: k.phone}
		}
	}
	a := attendance{&r, p}
	a.clinical()
	a.activity()
	return r
}

// has reports whether the service has an entry; one that is confidential it keeps back,
// and says so of the list.
func (a attendance) has(s said, list string) bool {
	if s.in&inGP == 0 || s.mistaken && list != "allergies" && list != "problems" {
		return false
	}
	if s.label == "" {
		return true
	}
	if !slices.Contains(a.Confidential, list) {
		a.Confidential = append(a.Confidential, list)
	}
	return false
}

func spoken(c concept) gpconnect.Concept {
	return gpconnect.Concept{System: c.system, Code: c.code, Display: c.display}
}

func (a attendance) clinical() {
	h := &a.p.history
	for _, x := range h.allergies {
		if !a.has(x.said, "allergies") {
			continue
		}
		one := gpconnect.Allergy{Code: spoken(x.code), At: date(x.at), Recorded: stamp(x.at), Mistaken: x.mistaken, Note: x.note}
		if x.none {
			one.Code = spoken(noAllergies())
		} else {
			one.Category, one.Criticality, one.Reaction, one.Severity = x.category, x.criticality, spoken(x.reaction), x.severity
		}
		if x.resolved {
			one.Ended, one.EndedWhy = stamp(x.at.AddDate(5, 0, 0)), "No longer reacts"
		}
		a.Allergies = append(a.Allergies, one)
	}
	for _, x := range h.problems {
		if a.has(x.said, "problems") {
			significance := map[bool]string{true: "major", false: "minor"}[x.major]
			status := map[bool]string{true: "active", false: "inactive"}[x.status == "active"]
			a.Problems = append(a.Problems, gpconnect.Problem{Code: spoken(x.code), At: date(x.at), Until: date(x.end), Recorded: stamp(x.at), Significance: significance,
				Status: status, Note: x.note, Mistaken: x.mistaken})
		}
	}
	for _, x := range h.medicines {
		if !a.has(x.said, "medicines") || x.mistaken {
			continue
		}
		one := gpconnect.Medicine{Code: spoken(x.code), At: stamp(x.at), Dose: x.dose + " " + x.freq, Type: map[bool]string{true: "repeat", false: "acute"}[x.repeat],
			Status: "active", Quantity: 28, Unit: "dose", Note: x.note, LastIssued: stamp(x.at), StoppedWhy: x.reasonS}
		if !x.stopped.IsZero() {
			one.Until, one.Status = stamp(x.stopped), map[bool]string{true: "stopped", false: "completed"}[x.repeat]
		}
		a.Medicines = append(a.Medicines, one)
	}
	for _, x := range h.vaccinations {
		if a.has(x.said, "vaccinations") {
			a.Vaccinations = append(a.Vaccinations, gpconnect.Vaccination{Code: spoken(x.code), At: stamp(x.at), Recorded: stamp(x.at), NotGiven: x.notGiv})
		}
	}
}

func (a attendance) activity() {
	h := &a.p.history
	for _, x := range h.contacts {
		if a.has(x.said, "consultations") {
			a.Consultations = append(a.Consultations, gpconnect.Consultation{At: stamp(x.at), Until: stamp(x.at), Kind: "GP Surgery", Notes: [][2]string{{"History", x.reason}}})
		}
	}
	for _, x := range h.observations {
		if a.has(x.said, "uncategorised") {
			a.Observations = append(a.Observations, measuredAt(x.reading, stamp(x.at)))
		}
	}
	for _, x := range h.reports {
		if !a.has(x.said, "results") || x.category != "LAB" {
			continue
		}
		r := gpconnect.Report{Code: spoken(x.code), At: stamp(x.at), Specimen: "BLOOD"}
		for _, one := range x.results {
			m := measuredAt(one, "")
			r.Results = append(r.Results, gpconnect.Result{Code: m.Code, Value: m.Value, Unit: m.Unit, Low: bound(one.low), High: bound(one.high), Flag: one.flag(), Comment: m.Text})
		}
		a.Reports = append(a.Reports, r)
	}
	for _, x := range h.documents {
		if a.has(x.said, "consultations") {
			a.Documents = append(a.Documents, gpconnect.Document{At: stamp(x.at), Title: x.title, Kind: x.kind.display, Type: x.mime})
		}
	}
	for _, x := range h.referrals {
		if a.has(x.said, "referrals") {
			a.Referrals = append(a.Referrals, gpconnect.Referral{At: stamp(x.at), To: x.to, Reason: x.reason})
		}
	}
}

// measuredAt is a reading: a value, its parts, or words where it was beyond measuring.
func measuredAt(r reading, at string) gpconnect.Observation {
	o := gpconnect.Observation{Code: spoken(r.code), At: at, Text: r.text}
	switch {
	case r.text != "" || len(r.parts) > 0:
	case r.sign != "":
		o.Text = r.sign + digits(r.value) + " " + r.unit
	default:
		o.Value, o.Unit = digits(r.value), r.unit
	}
	for _, part := range r.parts {
		o.Parts = append(o.Parts, measuredAt(part, ""))
	}
	return o
}

func digits(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func bound(v float64) string {
	if v == 0 {
		return ""
	}
	return digits(v)
}

// startGPConnect starts the service's system.
func (r *Region) startGPConnect(o Options, records []gpconnect.Record, c *control, controls, elsewhere string) error {
	server := gpconnect.New(records, gpconnect.Options{ASID: outOfHoursASID})
	front := &wire{gate: c.gate, count: gpConnectPath, unwell: server.Unwell, garble: garbleJSON, trap: elsewhere + "/" + outOfHoursID + trapPath,
		serve: func(w http.ResponseWriter, req *http.Request, v visit) { server.Serve(w, req, v.fault.Name) }}
	address, ca, err := r.startHTTPS(o, front, c)
	if err != nil {
		return fmt.Errorf("%s: %w", outOfHoursID, err)
	}
	org := outOfHours()
	r.Systems = append(r.Systems, &System{ID: outOfHoursID, Kind: "gpconnect", Organisation: org.ods, Name: org.name, CareSetting: "primary-care",
		URL: address + gpconnect.Base, Control: controls + "/" + outOfHoursID, CAFile: ca})
	return nil
}

// gpConnectPath is the path a request is counted under.
func gpConnectPath(r *http.Request) string { return strings.TrimPrefix(r.URL.Path, gpconnect.Base) }

// attendances plants what the service holds of a person.
func (p *planter) attendances(r *gpconnect.Record) {
	if p == nil {
		return
	}
	plant := func(texts ...*string) {
		for _, text := range texts {
			if *text != "" {
				*text = p.text(*text)
			}
		}
	}
	plant(&r.Title, &r.Given, &r.Family, &r.Town, &r.Postcode, &r.Phone, &r.Contact.Given, &r.Contact.Family, &r.Contact.Relation, &r.Practice.Name, &r.Clinician.Family)
	for i := range r.Lines {
		plant(&r.Lines[i])
	}
	for i := range r.Allergies {
		plant(&r.Allergies[i].Code.Display, &r.Allergies[i].Note, &r.Allergies[i].EndedWhy)
	}
	for i := range r.Medicines {
		plant(&r.Medicines[i].Code.Display, &r.Medicines[i].Dose, &r.Medicines[i].Note, &r.Medicines[i].Unit)
	}
	for i := range r.Problems {
		plant(&r.Problems[i].Code.Display, &r.Problems[i].Note)
	}
	for i := range r.Consultations {
		plant(&r.Consultations[i].Kind)
		for n := range r.Consultations[i].Notes {
			plant(&r.Consultations[i].Notes[n][0], &r.Consultations[i].Notes[n][1])
		}
	}
	for i := range r.Vaccinations {
		plant(&r.Vaccinations[i].Code.Display)
	}
	for i := range r.Observations {
		plant(&r.Observations[i].Code.Display, &r.Observations[i].Text, &r.Observations[i].Unit)
	}
	for i := range r.Reports {
		plant(&r.Reports[i].Code.Display, &r.Reports[i].Specimen)
	}
	for i := range r.Documents {
		plant(&r.Documents[i].Title, &r.Documents[i].Kind)
	}
}

// refusedByGPConnect are the faults the service cannot have.
func refusedByGPConnect() map[string]string {
	const pages = "the operation's answer has no pages and no links"
	return map[string]string{faultEndlessPaging: pages, faultNextLoop: pages, faultNextForeign: pages}
}
