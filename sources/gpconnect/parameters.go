package gpconnect

import (
	"encoding/json"
	"slices"

	"github.com/patchworkcare/patchwork/record"
)

type (
	object = map[string]any
	list   = []any
)

// parameters is the body of the operation: whose record, and which areas of it. The
// order of the areas is always the same.
func parameters(number string, sections []record.Section) []byte {
	asked := list{object{"name": "patientNHSNumber", "valueIdentifier": object{"system": record.NHSNumberSystem, "value": number}}}
	var names []string
	for i := range areas {
		if !slices.Contains(sections, areas[i].section) {
			continue
		}
		for _, name := range areas[i].parameters {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	for _, name := range names {
		p := object{"name": name}
		switch name {
		case withAllergies: // ended ones come in a list of their own
			p["part"] = list{object{"name": "includeResolvedAllergies", "valueBoolean": true}}
		case withMedication: // each issue of a repeat would be a row beside it
			p["part"] = list{object{"name": "includePrescriptionIssues", "valueBoolean": false}}
		}
		asked = append(asked, p)
	}
	body, _ := json.Marshal(object{"resourceType": "Parameters", "parameter": asked}) // of strings and lists only
	return body
}
