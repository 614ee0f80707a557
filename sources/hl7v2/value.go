package hl7v2

import (
	"regexp"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
)

var (
	number    = regexp.MustCompile(`^\s*(<=|>=|<|>)?\s*([+-]?[0-9]+(?:\.[0-9]+)?|[+-]?\.[0-9]+)\s*$`)
	fromUntil = regexp.MustCompile(`^\s*([0-9]+(?:\.[0-9]+)?)\s*-\s*([0-9]+(?:\.[0-9]+)?)\s*$`)
)

// value is what was found (OBX-5), by its data type (OBX-2). What has no better form is
// text, exactly as it was sent.
func (c *chart) value(obx er7.Segment) record.Value {
	f, unit := obx.Field(5), unitOf(obx.Field(6))
	if f.Absent() || f.Null() {
		return record.Value{}
	}
	switch obx.Field(2).Text() {
	case "NM":
		if q := quantity(f.Text(), unit); q != nil {
			return record.Value{Quantity: q}
		}
	case "SN":
		return structured(f.First(), unit)
	case "CE", "CWE", "CNE", "CF":
		return c.choice(f)
	case "DT", "TS", "DTM":
		if at, ok := parseTime(strings.TrimSpace(f.Component(1).Text()), c.s.env.Zone); ok {
			return record.Value{Text: string(at)}
		}
	case "ED":
		return record.Value{Text: "A document: see documents"}
	case "ST", "":
		if q := quantity(f.Text(), unit); q != nil && unit != (record.Quantity{}) {
			return record.Value{Quantity: q}
		}
	}
	var all []string
	for r := range f.Repetitions() {
		all = append(all, r.Text())
	}
	return record.Value{Text: withUnit(strings.Join(all, "\n"), unit)}
}

func withUnit(text string, unit record.Quantity) string {
	if text == "" || unit.Unit == "" {
		return text
	}
	return text + " " + unit.Unit
}

// unitOf is a unit without an amount (OBX-6).
func unitOf(f er7.Field) record.Quantity {
	r := f.First()
	code, text := strings.TrimSpace(r.Component(1).Text()), strings.TrimSpace(r.Component(2).Text())
	q := record.Quantity{Unit: or2(text, code)}
	if r.Component(3).Text() == "UCUM" {
		q.Code = code
	}
	return q
}

func quantity(text string, unit record.Quantity) *record.Quantity {
	m := number.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	unit.Comparator, unit.Value = m[1], m[2]
	return &unit
}

// structured takes SN: comparator, number, separator, number. HL7 v2.5.1 §2.A.70.
func structured(r er7.Repetition, unit record.Quantity) record.Value {
	comparator, first, by, second := r.Component(1).Text(), r.Component(2).Text(), r.Component(3).Text(), r.Component(4).Text()
	if by == "" && second == "" && slices.Contains([]string{"", "=", "<", ">", "<=", ">="}, comparator) {
		if q := quantity(strings.TrimPrefix(comparator, "=")+first, unit); q != nil {
			return record.Value{Quantity: q}
		}
	}
	return record.Value{Text: withUnit(comparator+first+by+second, unit)}
}

// choice is a coded answer; several are words.
func (c *chart) choice(f er7.Field) record.Value {
	var all []record.Concept
	var words []string
	for r := range f.Repetitions() {
		one := c.s.coded(r)
		all = append(all, one)
		words = append(words, one.Label())
	}
	if len(all) == 1 {
		if all[0].IsZero() {
			return record.Value{}
		}
		return record.Value{Concept: &all[0]}
	}
	return record.Value{Text: strings.Join(words, "; ")}
}

// rangeOf takes a reference range (OBX-7): two numbers, or words.
func rangeOf(text string, unit record.Quantity) record.ReferenceRange {
	m := fromUntil.FindStringSubmatch(text)
	if m == nil {
		return record.ReferenceRange{Text: text}
	}
	low, high := unit, unit
	low.Value, high.Value = m[1], m[2]
	return record.ReferenceRange{Low: &low, High: &high}
}
