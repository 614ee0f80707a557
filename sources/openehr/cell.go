package openehr

import (
	"encoding/json"
	"strings"
)

// cell is what a value of a result set says: plain text, and a code or unit where it has
// one. Texts and numbers are as the repository holds them.
type cell struct {
	text         string
	code, system string
	unit         string
	// number: text is an amount, so that a code beside it is not what was found.
	number bool
	// odd: something that is none of the data types below.
	odd bool
}

// depth bounds how far values may be within one another (ELEMENT, lists).
const depth = 8

// read takes a value: a plain one, or an object of the reference model (RM Release 1.1.0,
// data types), which names its type in _type.
func read(v any, room int) cell {
	switch v := v.(type) {
	case nil:
		return cell{}
	case string:
		return cell{text: v}
	case bool:
		if v {
			return cell{text: "true"}
		}
		return cell{text: "false"}
	case json.Number:
		return cell{text: v.String(), number: true}
	case []any:
		return readList(v, room)
	case map[string]any:
		if room > 0 {
			return readObject(v, room-1)
		}
	}
	return cell{odd: true}
}

// readList reads several values in one cell as one text. A single one is itself.
func readList(all []any, room int) cell {
	if len(all) == 1 {
		return read(all[0], room)
	}
	var texts []string
	odd := false
	for _, v := range all {
		c := read(v, room)
		odd = odd || c.odd
		if c.text != "" {
			texts = append(texts, c.whole())
		}
	}
	return cell{text: strings.Join(texts, "; "), odd: odd}
}

func readObject(o map[string]any, room int) cell {
	text := func(name string) string { return read(o[name], 0).text }
	switch o["_type"] {
	case "DV_TEXT", "DV_PARAGRAPH", "DV_PARSABLE", "DV_DATE_TIME", "DV_DATE", "DV_TIME", "DV_DURATION", "DV_BOOLEAN", "DV_URI", "DV_EHR_URI",
		"HIER_OBJECT_ID", "OBJECT_VERSION_ID", "GENERIC_ID", "TERMINOLOGY_ID", "TEMPLATE_ID", "ARCHETYPE_ID":
		return cell{text: text("value")}
	case "DV_CODED_TEXT":
		c := read(o["defining_code"], room)
		c.text = text("value")
		return c
	case "CODE_PHRASE", nil:
		if _, ok := o["code_string"].(string); !ok { // an attribute's code has no type in some repositories
			return cell{odd: true}
		}
		terminology, _ := o["terminology_id"].(map[string]any)
		system, _ := terminology["value"].(string)
		return cell{text: text("code_string"), code: text("code_string"), system: system}
	case "DV_QUANTITY", "DV_COUNT":
		return cell{text: status(text("magnitude_status")) + text("magnitude"), unit: text("units"), number: true}
	case "DV_ORDINAL", "DV_SCALE":
		c := read(o["symbol"], room)
		if n := text("value"); n != "" { // "2: Moderate" says both
			c.text = strings.TrimSpace(n + ": " + c.text)
		}
		return c
	case "DV_PROPORTION":
		return proportion(text("numerator"), text("denominator"), text("type"))
	case "DV_IDENTIFIER":
		return cell{text: text("id")}
	case "DV_INTERVAL":
		return interval(read(o["lower"], room), read(o["upper"], room))
	case "PARTY_IDENTIFIED", "PARTY_RELATED":
		return cell{text: text("name")}
	case "PARTY_SELF":
		return cell{}
	case "PARTICIPATION":
		return read(o["performer"], room)
	case "ELEMENT":
		return read(o["value"], room) // without one there is a null_flavour: nothing is stated
	}
	return cell{odd: true}
}

// status is a quantity's magnitude_status before its amount; "=" says nothing.
func status(s string) string {
	if s == "=" {
		return ""
	}
	return s
}

// whole is the cell as one text: an amount without its unit would be another amount.
func (c cell) whole() string { return strings.TrimSpace(c.text + " " + c.unit) }

// magnitude is the amount alone; "" if it is none.
func (c cell) magnitude() string {
	if c.number {
		return c.text
	}
	return ""
}

// proportion is a DV_PROPORTION: 2 is percent, 1 is so many of one.
func proportion(numerator, denominator, kind string) cell {
	switch {
	case kind == "2":
		return cell{text: numerator, unit: "%", number: true}
	case kind == "1" || denominator == "" || denominator == "1" || denominator == "1.0":
		return cell{text: numerator, number: true}
	}
	return cell{text: numerator + "/" + denominator}
}

func interval(lower, upper cell) cell {
	odd := lower.odd || upper.odd
	from, to := lower.whole(), upper.whole()
	switch {
	case from == "":
		return cell{text: "<=" + to, odd: odd}
	case to == "":
		return cell{text: ">=" + from, odd: odd}
	}
	return cell{text: from + " - " + to, odd: odd}
}

// terminologies are the URIs of the terminology ids in common use.
func terminologies() map[string]string {
	const snomed, loinc, icd = "http://snomed.info/sct", "http://loinc.org", "http://hl7.org/fhir/sid/icd-10"
	return map[string]string{
		"SNOMED-CT": snomed, "SNOMED_CT": snomed, "SNOMED CT": snomed, "SNOMEDCT": snomed, "SNOMED": snomed, "http://snomed.info/sct": snomed,
		"LOINC": loinc, "http://loinc.org": loinc, "ICD10": icd, "ICD-10": icd, "dm+d": "https://dmd.nhs.uk", "dmd": "https://dmd.nhs.uk",
	}
}
