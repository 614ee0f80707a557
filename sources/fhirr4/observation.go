package fhirr4

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// observation is an Observation that may be an entry of its own or a measurement of
// a report, which is only known when the reports are there too.
type observation struct {
	record.Observation
	// owner and LocalID are what reports refer to it by: 0 and "Observation/1", or the
	// containing resource and "#1".
	owner   int
	LocalID string
	// investigation is true for laboratory and imaging, which belong to results.
	investigation bool
	// asked is true for what was searched for, not sent along.
	asked    bool
	issued   record.Date
	specimen link
	members  []reference
	flaws    flaws
}

// observe maps Observation. R4 §10.1; PRSB CIS: Observations. Laboratory and imaging
// observations wait for the reports (result.go).
func (r *reader) observe() {
	o := r.observation()
	if o.Status == enteredInError {
		return
	}
	o.asked = true
	r.learnObservation(0, o)
	if o.investigation || !r.wanted(o.Category) {
		return
	}
	r.emit(record.Observations, &o.Observation)
}

// wanted reports whether the configuration keeps observations of this category.
func (r *reader) wanted(c record.Concept) bool {
	if len(r.categories) == 0 {
		return true
	}
	for _, want := range r.categories {
		for _, k := range c.Codings {
			if k.Code == want {
				return true
			}
		}
	}
	return false
}

// learnObservation keeps o where reports find it, and returns what it is known by.
func (r *reader) learnObservation(owner int, o *observation) string {
	o.LocalID = o.Provenance.LocalID
	if owner != 0 {
		o.owner, o.LocalID = owner, "#"+strings.TrimPrefix(o.LocalID, "Observation/")
	}
	r.observations = append(r.observations, o)
	return o.LocalID
}

// observation takes the members of an Observation.
func (r *reader) observation() *observation {
	o := r.slabs.observations.new()
	var performer link
	var effective, started record.Date
	if !r.Object() {
		return o
	}
	kind := r.kind
	r.kind = "Observation"
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			o.Status = r.string()
		case "category":
			o.Category, o.investigation = r.observationCategory()
		case "code":
			o.Code = r.concept()
		case "effectiveDateTime", "effectiveInstant":
			effective = r.date()
		case "effectivePeriod":
			started = r.period().Start
		case "issued":
			o.issued = r.date()
		case "performer":
			performer = r.firstLink()
		case "dataAbsentReason":
			o.Absent = r.concept()
		case "interpretation":
			o.Interpretation = r.concepts()
		case "referenceRange":
			o.Ranges = r.referenceRanges()
		case "component":
			o.Components = r.components()
		case "hasMember":
			for range r.each() {
				o.members = append(o.members, r.link().reference)
			}
		case "specimen":
			o.specimen = r.link()
		default:
			if !r.value(&o.Value) {
				r.common(&o.Base)
			}
		}
	}
	r.kind = kind
	o.flaws = r.flaws
	o.Date = or(effective, started, o.issued)
	o.Recorded = o.issued
	r.actor(&o.Author, performer)
	return o
}

// observationCategory takes the categories and keeps the first; the second value is
// true if any of them is laboratory or imaging.
func (r *reader) observationCategory() (first record.Concept, investigation bool) {
	for i := range r.each() {
		c := r.concept()
		if i == 0 {
			first = c
		}
		for _, k := range c.Codings {
			switch k.Code {
			case "laboratory", "imaging", "LAB", "RAD":
				investigation = true
			}
		}
	}
	return first, investigation
}

// value takes the member at hand if it is a value[x]; false if it is not.
func (r *reader) value(v *record.Value) bool {
	name := r.Name()
	if len(name) < 6 || string(name[:5]) != "value" {
		return false
	}
	switch string(name) {
	case "valueQuantity":
		v.Quantity = r.quantityValue()
	case "valueCodeableConcept":
		if c := r.concept(); !c.IsZero() {
			p := r.slabs.concepts.new()
			*p = c
			v.Concept = p
		}
	case "valueString":
		v.Text = r.string()
	case "valueBoolean":
		v.Text = "No"
		if r.Bool() {
			v.Text = "Yes"
		}
	case "valueInteger":
		v.Quantity = r.slabs.quantities.new()
		v.Quantity.Value = r.digits()
	case "valueDateTime":
		v.Text = string(r.date())
	case "valueTime":
		v.Text = r.string()
	case "valuePeriod":
		p := r.period()
		v.Text = span(string(p.Start), string(p.End))
	case "valueRange":
		low, high := r.bounds()
		v.Text = span(amount(low), amount(high))
	case "valueRatio":
		v.Text = r.ratio()
	default: // SampledData: a curve, which a line of text cannot show
		return false
	}
	return true
}

func span(from, to string) string {
	switch {
	case from == "":
		return to
	case to == "":
		return from
	}
	return from + " – " + to
}

// amount words a quantity.
func amount(q *record.Quantity) string {
	if q == nil {
		return ""
	}
	return strings.TrimSpace(q.Comparator + q.Value + " " + q.Unit)
}

func (r *reader) ratio() string {
	var over, under *record.Quantity
	if !r.Object() {
		return ""
	}
	for r.Next() {
		switch string(r.Name()) {
		case "numerator":
			over = r.quantityValue()
		case "denominator":
			under = r.quantityValue()
		}
	}
	return amount(over) + "/" + amount(under)
}

// bounds takes a Range, or the low and high of a reference range.
func (r *reader) bounds() (low, high *record.Quantity) {
	if !r.Object() {
		return nil, nil
	}
	for r.Next() {
		switch string(r.Name()) {
		case "low":
			low = r.quantityValue()
		case "high":
			high = r.quantityValue()
		}
	}
	return low, high
}

// referenceRanges takes Observation.referenceRange.
func (r *reader) referenceRanges() []record.ReferenceRange {
	var few [4]record.ReferenceRange
	all := few[:0]
	for range r.each() {
		var x record.ReferenceRange
		var kind record.Concept
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "low":
				x.Low = r.quantityValue()
			case "high":
				x.High = r.quantityValue()
			case "text":
				x.Text = r.string()
			case "type":
				kind = r.concept()
			}
		}
		if x.Text == "" {
			x.Text = kind.Label()
		}
		all = append(all, x)
	}
	return r.slabs.ranges.keep(all)
}

// components takes Observation.component.
func (r *reader) components() []record.Measurement {
	var few [2]record.Measurement
	all := few[:0]
	for range r.each() {
		var m record.Measurement
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "code":
				m.Code = r.concept()
			case "interpretation":
				m.Interpretation = r.concepts()
			case "referenceRange":
				m.Ranges = r.referenceRanges()
			case "dataAbsentReason":
				m.Absent = r.concept()
			default:
				r.value(&m.Value)
			}
		}
		all = append(all, m)
	}
	return r.slabs.measurements.keep(all)
}
