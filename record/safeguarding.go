package record

import "strings"

// SafeguardingLabel is the security label of what is about keeping somebody safe from
// abuse or neglect. It is Patchwork's own: HL7's labels have none that is only this.
func SafeguardingLabel() Coding {
	return Coding{System: "https://patchwork.care/labels", Code: "SGD", Display: "Safeguarding"}
}

// IsSafeguarding reports whether a concept puts a statement under safeguarding: by the
// word itself, in a code or in the source's own words, or by a child's protection. It
// takes too much rather than too little: who may see safeguarding sees it all the same.
func IsSafeguarding(c Concept) bool {
	if safeguardingWords(c.Text) {
		return true
	}
	for _, k := range c.Codings {
		if safeguardingWords(k.Display) || safeguardingWords(k.Code) {
			return true
		}
	}
	return false
}

func safeguardingWords(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "safeguard") || strings.Contains(s, "child protection") || strings.Contains(s, "child-protection")
}
