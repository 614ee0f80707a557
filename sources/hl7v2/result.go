package hl7v2

import (
	"fmt"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
)

// result is a report as corrections have left it.
type result struct {
	record.Result
	// tests are the measurements by what they are of: several where a sender gives
	// several under one identifier.
	tests keyed[test]
	notes string
	// withdrawn: all of it was taken back.
	withdrawn bool
}

// test is what is held under one identifier (OBX-3 and OBX-4).
type test struct {
	values []record.Measurement
	// text: the last of values is text of several lines, each of which is a segment.
	text  bool
	notes string
	// from is the message that it is of.
	from int64
}

// oru takes the results. HL7 v2.5.1 §7.3.
func (c *chart) oru(m *er7.Message) *feed.Reason {
	var r *result
	var key string
	var orc er7.Segment
	var last *test
	noted := false
	documents, orders := 0, 0
	for n, one := range m.Segments {
		switch one.Name {
		case "ORC":
			orc, last = one, nil
		case "OBR":
			orders++
			key = c.orderKey(one, orc, orders)
			r, last, noted = c.order(key, one), nil, false
			orc = er7.Segment{}
		case "OBX":
			if r == nil { // of the person and of no order (v2.7)
				c.gap(record.Results, "segment-not-read", "It sent observations outside of any order, which are not read")
				continue
			}
			last = c.obx(r, one)
			if one.Field(2).Text() == "ED" && last != nil {
				documents++
				c.attached(key, one, r, n)
			}
		case "SPM":
			if r != nil && !one.Field(4).Absent() {
				r.Specimen = c.s.code(one.Field(4))
			}
		case "NTE":
			text := noteOf(one)
			switch {
			case r == nil:
			case last != nil:
				last.notes = lines(last.notes, text)
			case !noted:
				r.notes, noted = text, true
			default:
				r.notes = lines(r.notes, text)
			}
		}
	}
	if orders == 0 {
		return errNothing
	}
	return nil
}

// noteOf is the text of NTE, whose repetitions are lines.
func noteOf(nte er7.Segment) string {
	var all []string
	for r := range nte.Field(3).Repetitions() {
		all = append(all, r.Text())
	}
	return strings.Join(all, "\n")
}

// orderKey is the filler's number of an order with what was ordered: one number may stand
// for several panels.
func (c *chart) orderKey(obr, orc er7.Segment, n int) string {
	for _, f := range []er7.Field{obr.Field(3), orc.Field(3), obr.Field(2), orc.Field(2)} {
		if id := strings.TrimSpace(f.Component(1).Text()); id != "" {
			return c.from.Sender + "/" + id + "/" + key(obr.Field(4))
		}
	}
	return fmt.Sprintf("%s//%s.%d", c.from.Sender, c.from.Control, n)
}

// order takes OBR.
func (c *chart) order(key string, obr er7.Segment) *result {
	r, _ := c.results.at(key)
	had := r.Base
	r.Base = c.base("OBR/" + key)
	r.Date, r.Author = had.Date, had.Author
	r.Code = c.s.code(obr.Field(4))
	set(&r.Date, obr.Field(7), c.d.field)
	set(&r.Issued, obr.Field(22), c.d.field)
	set(&r.Category, obr.Field(24), func(f er7.Field) record.Concept { return c.s.inTable(f, "0074", diagnosticServices) })
	if status := obr.Field(25).Text(); status != "" {
		r.Status = or2(reportStatuses[status], status)
	}
	if source := obr.Field(15).Component(1); !source.Absent() && r.Specimen.IsZero() {
		r.Specimen = record.Text(or2(source.Sub(2), source.Sub(1)))
	}
	if by := obr.Field(32).Component(1); !by.Absent() { // NDL: the name's parts are subcomponents
		if who := join(" ", by.Sub(6), by.Sub(3), by.Sub(2)); who != "" {
			r.Author = &record.Actor{Name: who}
		}
	}
	r.withdrawn = false
	return r
}

func or2(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}

// obx takes one measurement into a report, and gives what its notes belong to; nil if
// it is not taken.
func (c *chart) obx(r *result, obx er7.Segment) *test {
	id := key(obx.Field(3)) + "/" + strings.TrimSpace(obx.Field(4).Text())
	status := obx.Field(11).Text()
	held, had := r.tests.at(id)
	switch {
	case status == "D" || status == "W": // deleted; was of somebody else
		r.tests.drop(id)
		r.withdrawn = true
		return nil
	case had && held.from != c.from.Seq && held.final() && preliminary(status): // it came late
		return nil
	case had && status == "U" && obx.Field(5).Absent(): // final, and not sent again
		for i := range held.values {
			held.values[i].Status = "final"
		}
		return held
	}
	if held.from != c.from.Seq || !had {
		*held = test{from: c.from.Seq}
	}
	text := slices.Contains([]string{"TX", "FT"}, obx.Field(2).Text())
	x := c.measured(obx, id)
	if text && held.text && len(held.values) > 0 {
		line := &held.values[len(held.values)-1].Value
		line.Text += "\n" + x.Value.Text
	} else {
		held.values = append(held.values, x)
	}
	held.text = text
	return held
}

func (t *test) final() bool {
	return slices.ContainsFunc(t.values, func(m record.Measurement) bool { return m.Status == "final" || m.Status == "corrected" })
}

func preliminary(status string) bool { return status != "" && strings.Contains("PRSIO", status) }

// measured is OBX as a measurement. HL7 v2.5.1 §7.4.2.
func (c *chart) measured(obx er7.Segment, id string) record.Measurement {
	x := record.Measurement{Code: c.s.code(obx.Field(3)), Date: c.d.field(obx.Field(14)), LocalID: id}
	status := obx.Field(11).Text()
	x.Status = or2(measurementStatuses[status], status)
	x.Value = c.value(obx)
	unit := unitOf(obx.Field(6))
	for f := range obx.Field(8).Repetitions() {
		code := strings.TrimSpace(f.Component(1).Text())
		if code != "" && !f.Component(1).Null() {
			x.Interpretation = append(x.Interpretation, record.Concept{Text: f.Component(2).Text(), Codings: []record.Coding{{System: interpretations, Code: code}}})
		}
	}
	if text := strings.TrimSpace(obx.Field(7).Text()); text != "" {
		x.Ranges = []record.ReferenceRange{rangeOf(text, unit)}
	}
	if x.Value.IsZero() {
		x.Absent = record.Text(absences[status])
	}
	return x
}

const interpretations = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"

// results are the reports as entries.
func (c *chart) reports() (all []record.Entry) {
	for _, k := range c.results.order {
		r := c.results.by[k]
		if r.withdrawn && len(r.tests.order) == 0 {
			continue
		}
		x := r.Result
		x.Note = r.notes
		for _, id := range r.tests.order {
			t := r.tests.by[id]
			x.Measurements = append(x.Measurements, t.values...)
			if t.notes != "" {
				x.Note = lines(x.Note, t.values[0].Code.Label()+": "+t.notes)
			}
		}
		if x.Status == "" {
			x.Status = "unknown"
		}
		all = append(all, &x)
	}
	return all
}

var reportStatuses = map[string]string{"F": "final", "C": "corrected", "P": "preliminary", "R": "preliminary", "A": "partial", "S": "registered", "I": "registered", "O": "registered", "X": "cancelled"}

var measurementStatuses = map[string]string{"F": "final", "U": "final", "C": "corrected", "P": "preliminary", "R": "preliminary", "S": "preliminary", "I": "registered", "O": "registered", "X": "cancelled", "B": "final", "V": "final", "N": "registered"}

var diagnosticServices = map[string]string{"LAB": "Laboratory", "CH": "Chemistry", "HM": "Haematology", "MB": "Microbiology", "RAD": "Radiology", "CT": "CT scan", "NMR": "MRI",
	"XRC": "Cineradiograph", "RUS": "Radiology ultrasound", "CUS": "Cardiac ultrasound", "EC": "Electrocardiac", "SP": "Surgical pathology", "CP": "Cytopathology",
	"BLB": "Blood bank", "IMM": "Immunology", "VR": "Virology", "TX": "Toxicology", "SR": "Serology", "NMS": "Nuclear medicine scan", "OTH": "Other"}

// absences are why there is no value, by the status of a measurement.
var absences = map[string]string{"X": "No result could be obtained", "I": "Specimen in the laboratory, no result yet", "O": "Order only, no result",
	"N": "Not asked", "P": "No result yet", "S": "No result yet"}
