package fhirr4

import "github.com/patchworkcare/patchwork/record"

// laboratory puts reports and observations together, whichever searches they came
// from: a report takes its measurements, and an investigation that stands in no
// report becomes a result of its own, so that nothing is lost.
type laboratory struct {
	known map[reference]*observation
	used  map[*observation]bool
	// listed are those of the report at hand: groups may name each other in circles.
	listed map[*observation]bool
	out    *reader
}

// results adds the results section to the statements of out.
func results(out *reader, readers ...*reader) {
	lab := laboratory{known: map[reference]*observation{}, used: map[*observation]bool{}, out: out}
	for _, r := range readers {
		for _, o := range r.observations {
			key := reference{o.owner, o.LocalID}
			if had := lab.known[key]; had == nil || !had.asked {
				lab.known[key] = o
			}
		}
	}
	for _, r := range readers {
		for _, p := range r.reports {
			lab.complete(p)
		}
	}
	for _, r := range readers {
		for _, o := range r.observations {
			if o.asked && o.investigation && !lab.used[o] && lab.known[reference{o.owner, o.LocalID}] == o {
				lab.alone(o)
			}
		}
	}
}

// complete gives a report its measurements, in its order.
func (lab *laboratory) complete(p *report) {
	lab.listed = map[*observation]bool{}
	for _, l := range p.results {
		lab.add(p, l, 0)
	}
	lab.emit(&p.Result, p.flaws)
}

// maxGroups is how deep groups of observations may nest.
const maxGroups = 4

func (lab *laboratory) add(p *report, l link, depth int) {
	o := lab.known[l.reference]
	if o == nil {
		if l.display != "" {
			p.Measurements = append(p.Measurements, record.Measurement{Code: record.Text(l.display)})
		}
		p.flaws |= missingResult
		return
	}
	if o.Status == enteredInError || lab.listed[o] {
		return
	}
	lab.listed[o] = true
	if o.Subject != p.Subject && (o.owner == 0 || o.Subject != "") {
		// Another person's measurement: let the guard refuse the whole report (hazard H-01).
		p.Subject = o.Subject
	}
	if p.Specimen.IsZero() {
		p.Specimen = record.Text(o.specimen.display)
	}
	lab.used[o] = true
	p.flaws |= o.flaws
	if !o.Value.IsZero() || len(o.members)+len(o.Components) == 0 || !o.Absent.IsZero() {
		p.Measurements = append(p.Measurements, o.measurement())
	}
	p.Measurements = append(p.Measurements, o.parts()...)
	if depth == maxGroups {
		return
	}
	for _, member := range o.members {
		lab.add(p, link{reference: member}, depth+1)
	}
}

// alone makes a result of an investigation that is in no report.
func (lab *laboratory) alone(o *observation) {
	lab.listed = map[*observation]bool{}
	p := &report{Result: record.Result{Base: o.Base, Status: o.Status, Category: o.Category, Issued: o.issued}}
	lab.add(p, link{reference: reference{o.owner, o.LocalID}}, 0)
	lab.emit(&p.Result, p.flaws)
}

func (lab *laboratory) emit(x *record.Result, f flaws) {
	lab.out.flaws = f
	lab.out.emit(record.Results, x)
	lab.out.flaws = 0
}

// measurement is the observation as part of a report.
func (o *observation) measurement() record.Measurement {
	return record.Measurement{Code: o.Code, Value: o.Value, Interpretation: o.Interpretation, Ranges: o.Ranges,
		Absent: o.Absent, Date: o.Date, Status: o.Status, LocalID: o.LocalID}
}

// parts are the components as measurements of their own.
func (o *observation) parts() []record.Measurement {
	for i := range o.Components {
		o.Components[i].Date, o.Components[i].Status = o.Date, o.Status
	}
	return o.Components
}
