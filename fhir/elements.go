package fhir

import (
	"encoding/json"
	"regexp"
	"strings"
)

// The GraphQL fragments that every operation has, and how each is rendered.
const fragments = `
fragment Coded on Concept { text codings { system code display } }
fragment Statement on Entry {
  id code { ...Coded } date recorded author { name role organisation { ods name } } labels { system code display } note
  provenance { source { id name organisation { ods name } } organisation { ods name } localId asOf }
}
fragment Completeness on Section {
  title verdict withheldFields
  outcomes { source { id name } status reason code count asOf asserted { code { ...Coded } by { name role organisation { ods name } } date } }
}
fragment Amount on Quantity { value comparator unit code }
fragment Found on Value { quantity { ...Amount } concept { ...Coded } text }
fragment Usual on ReferenceRange { low { ...Amount } high { ...Amount } text }
fragment Where on Address { lines postcode use period { start end } }
fragment Reach on Telecom { system value use }
fragment Named on HumanName { text title given family use }
`

// ODS codes of organisations: UK Core.
const odsSystem = "https://fhir.nhs.uk/Id/ods-organization-code"

// concept renders a CodeableConcept, the source's words and codes as they are.
func concept(n node) object {
	if n == nil {
		return nil
	}
	return object{}.set("coding", each(n.list("codings"), coding)).set("text", n.text("text"))
}

func concepts(list []node) []object { return each(list, concept) }

func coding(n node) object {
	return object{}.set("system", n.text("system")).set("code", n.text("code")).set("display", n.text("display"))
}

// coded is a CodeableConcept of one known code.
func coded(system, code string) object {
	if code == "" {
		return nil
	}
	return object{"coding": []object{{"system": system, "code": code}}}
}

// period renders a Period.
func period(n node) object {
	if n == nil {
		return nil
	}
	return object{}.set("start", n.text("start")).set("end", n.text("end"))
}

var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

// quantity renders a Quantity; the number keeps its own digits (7.10 stays 7.10).
func quantity(n node) object {
	if n == nil {
		return nil
	}
	o := object{}.set("comparator", n.text("comparator")).set("unit", n.text("unit"))
	if v := n.text("value"); decimal.MatchString(v) {
		o["value"] = json.Number(v)
	}
	if code := n.text("code"); code != "" {
		o["system"], o["code"] = "http://unitsofmeasure.org", code
	}
	return o
}

// simple renders a SimpleQuantity, which has no comparator.
func simple(n node) object {
	o := quantity(n)
	delete(o, "comparator")
	return o
}

// value puts value[x] into an element.
func value(o object, n node) {
	if n == nil {
		return
	}
	o.set("valueQuantity", quantity(n.one("quantity"))).set("valueCodeableConcept", concept(n.one("concept"))).set("valueString", n.text("text"))
}

// ranges renders reference ranges.
func ranges(list []node) []object {
	return each(list, func(n node) object {
		return object{}.set("low", simple(n.one("low"))).set("high", simple(n.one("high"))).set("text", n.text("text"))
	})
}

// organisation refers to an organisation by its ODS code.
func organisation(n node) object {
	if n == nil {
		return nil
	}
	o := object{}.set("display", n.text("name"))
	if ods := n.text("ods"); ods != "" {
		o["identifier"] = object{"system": odsSystem, "value": ods}
	}
	return o
}

// actor refers to a professional by name.
func actor(n node) object {
	if n == nil {
		return nil
	}
	words := n.text("name")
	if role := n.text("role"); role != "" && words != "" {
		words += ", " + role
	} else if words == "" {
		words = role
	}
	if words == "" {
		return organisation(n.one("organisation"))
	}
	return object{"display": words}
}

func address(n node) object {
	if n == nil {
		return nil
	}
	return object{}.set("use", known(n.text("use"), "home", "work", "temp", "old", "billing")).set("line", n.texts("lines")).
		set("postalCode", n.text("postcode")).set("period", period(n.one("period")))
}

func telecom(n node) object {
	return object{}.set("system", known(n.text("system"), "phone", "fax", "email", "pager", "url", "sms", "other")).
		set("value", n.text("value")).set("use", known(n.text("use"), "home", "work", "temp", "old", "mobile"))
}

func humanName(n node) object {
	if n == nil {
		return nil
	}
	o := object{}.set("use", known(n.text("use"), "usual", "official", "temp", "nickname", "anonymous", "old", "maiden")).
		set("text", n.text("text")).set("family", n.text("family")).set("given", n.texts("given"))
	if title := n.text("title"); title != "" {
		o["prefix"] = []string{title}
	}
	return o
}

// known gives s if FHIR's required value set has it, else "".
func known(s string, values ...string) string {
	for _, v := range values {
		if strings.EqualFold(s, v) {
			return v
		}
	}
	return ""
}

// notes renders the source's free text.
func notes(n node) []object {
	if text := n.text("note"); text != "" {
		return []object{{"text": text}}
	}
	return nil
}

// measurers names who measured something: the person, where the source says so, and the
// organisation in whose record it is, so that an app can tell organisations apart.
func measurers(e node) []object {
	list := each([]node{e.one("author")}, actor)
	if o := organisation(e.one("provenance.organisation")); len(o) > 0 {
		o["type"] = "Organization"
		list = append(list, o)
	}
	return list
}
