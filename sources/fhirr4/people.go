package fhirr4

import (
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// name takes a HumanName. A name that is only text is kept as family name, so that
// it is shown as it stands.
func (r *reader) name() (n record.HumanName) {
	if !r.Object() {
		return n
	}
	var text string
	for r.Next() {
		switch string(r.Name()) {
		case "use":
			n.Use = r.string()
		case "family":
			n.Family = r.string()
		case "given":
			n.Given = r.strings()
		case "prefix":
			n.Title = strings.Join(r.strings(), " ")
		case "text":
			text = r.string()
		}
	}
	if n.Family == "" && len(n.Given) == 0 {
		n.Family = text
	}
	return n
}

// professional shows a professional's name as they are spoken of: Dr Paul Rastall.
func professional(n record.HumanName) string {
	parts := make([]string, 0, 4)
	if n.Title != "" {
		parts = append(parts, n.Title)
	}
	parts = append(parts, n.Given...)
	if n.Family != "" {
		parts = append(parts, n.Family)
	}
	return strings.Join(parts, " ")
}

// telecoms takes an array of ContactPoints.
func (r *reader) telecoms() []record.Telecom {
	var all []record.Telecom
	for range r.each() {
		var t record.Telecom
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "system":
				t.System = r.string()
			case "value":
				t.Value = r.string()
			case "use":
				t.Use = r.string()
			}
		}
		if t.Value != "" {
			all = append(all, t)
		}
	}
	return all
}

// address takes an Address; city, district and country follow the lines. One that
// is only text is kept as its single line.
func (r *reader) address() (a record.Address) {
	if !r.Object() {
		return a
	}
	var text, city, district, state, country string
	for r.Next() {
		switch string(r.Name()) {
		case "use":
			a.Use = r.string()
		case "line":
			a.Lines = r.strings()
		case "city":
			city = r.string()
		case "district":
			district = r.string()
		case "state":
			state = r.string()
		case "country":
			country = r.string()
		case "postalCode":
			a.Postcode = r.string()
		case "period":
			a.Period = r.period()
		case "text":
			text = r.string()
		}
	}
	for _, s := range []string{city, district, state, country} {
		if s != "" {
			a.Lines = append(a.Lines, s)
		}
	}
	if len(a.Lines) == 0 && text != "" {
		a.Lines = []string{text}
	}
	return a
}

// identifier takes an Identifier.
func (r *reader) identifier() (id record.Identifier, use string) {
	if !r.Object() {
		return id, ""
	}
	for r.Next() {
		switch string(r.Name()) {
		case "system":
			id.System = r.string()
		case "value":
			id.Value = r.string()
		case "use":
			use = r.string()
		}
	}
	return id, use
}
