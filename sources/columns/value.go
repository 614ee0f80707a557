package columns

import (
	"regexp"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

var (
	decimalShape = regexp.MustCompile(`^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$`)
	amountShape  = regexp.MustCompile(`^(<=|>=|<|>)?\s*([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$`)
)

// value reads a measurement: the field prefix, with _unit, _unit_code and so on.
func (r *row) value(prefix string) record.Value {
	amount, unit, ucum := r.text(prefix), r.text(prefix+"_unit"), r.text(prefix+"_unit_code")
	if m := amountShape.FindStringSubmatch(amount); m != nil {
		q := record.Quantity{Comparator: m[1], Value: m[2], Unit: unit, Code: ucum}
		return record.Value{Quantity: &q}
	}
	if amount != "" {
		// "trace", "7,1 approx.": what is no number is shown as it was written.
		return record.Value{Text: strings.TrimSpace(amount + " " + unit)}
	}
	if c := r.concept(prefix + "_code"); !c.IsZero() {
		return record.Value{Concept: &c}
	}
	return record.Value{}
}

func value(prefix, means string) []Field {
	return join(one(
		text(prefix, means+`: the number as written, "7.10" or "<0.5"; anything else is shown as text`),
		text(prefix+"_unit", means+": unit to show"),
		text(prefix+"_unit_code", means+": UCUM code of the unit"),
	), concept(prefix+"_code", means+", when it is coded"))
}

func (r *row) ranges() []record.ReferenceRange {
	out := record.ReferenceRange{Text: r.text("range_text")}
	limit := func(name string) *record.Quantity {
		v := r.text(name)
		if v == "" {
			return nil
		}
		if !decimalShape.MatchString(v) {
			r.lacks(BadValue, name)
			return nil
		}
		return &record.Quantity{Value: v, Unit: r.text("value_unit"), Code: r.text("value_unit_code")}
	}
	out.Low, out.High = limit("range_low"), limit("range_high")
	if out == (record.ReferenceRange{}) {
		return nil
	}
	return []record.ReferenceRange{out}
}
