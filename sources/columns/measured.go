package columns

import "github.com/patchworkcare/patchwork/record"

// results has one row per measurement; rows of one id are one report. A report
// without measurements, such as an X-ray, is one row that fills no test.
func results() layout {
	return layout{
		fields: join(one(text("status", "the report's status: final, preliminary …")),
			concept("category", "category: laboratory, imaging …"), one(
				date("issued", "when the report was given out"), text("conclusion", "conclusion of the report"),
			), concept("specimen", "specimen"),
			one(text("test_id", "the source's own id of the measurement")), concept("test", "what was measured"),
			one(date("test_date", "when it was measured"), text("test_status", "its status")),
			value("value", "what was found"), measured()),
		build: func(r *row) record.Entry {
			return &record.Result{
				Base: r.base(""), Status: r.text("status"), Category: r.concept("category"), Issued: r.date("issued"),
				Conclusion: r.text("conclusion"), Specimen: r.concept("specimen"), Measurements: r.measurements(),
			}
		},
		merge: func(e record.Entry, r *row) {
			out := e.(*record.Result)
			out.Measurements = append(out.Measurements, r.measurements()...)
		},
	}
}

// measured is what goes with a value.
func measured() []Field {
	return join(concept("interpretation", "the source's flag, for example H or L"), one(
		text("range_low", "reference range: low"), text("range_high", "reference range: high"),
		text("range_text", "reference range as worded"),
	), concept("absent", "why there is no value"))
}

func (r *row) measurements() []record.Measurement {
	m := record.Measurement{
		Code: r.concept("test"), Value: r.value("value"), Interpretation: r.concepts("interpretation"),
		Ranges: r.ranges(), Absent: r.concept("absent"), Date: r.date("test_date"), Status: r.text("test_status"),
		LocalID: r.text("test_id"),
	}
	if m.Code.IsZero() && m.Value.IsZero() {
		return nil
	}
	return []record.Measurement{m}
}

// observations has one row per finding; further rows of one id add components,
// for example systolic and diastolic pressure.
func observations() layout {
	return layout{
		fields: join(one(text("status", "final, preliminary …")), concept("category", "category: vital-signs, assessment …"),
			value("value", "what was found"), measured(),
			concept("component", "a part of it, for example systolic pressure"), value("component_value", "the part's value")),
		build: func(r *row) record.Entry {
			return &record.Observation{
				Base: r.base(""), Status: r.text("status"), Category: r.concept("category"), Value: r.value("value"),
				Interpretation: r.concepts("interpretation"), Ranges: r.ranges(), Absent: r.concept("absent"),
				Components: r.components(),
			}
		},
		merge: func(e record.Entry, r *row) {
			o := e.(*record.Observation)
			o.Components = append(o.Components, r.components()...)
		},
	}
}

func (r *row) components() []record.Measurement {
	m := record.Measurement{Code: r.concept("component"), Value: r.value("component_value")}
	if m.Code.IsZero() && m.Value.IsZero() {
		return nil
	}
	return []record.Measurement{m}
}
