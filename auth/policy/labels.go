package policy

import "github.com/patchworkcare/patchwork/record"

// labels are the kinds of sensitive entry that policy can tell apart. The resource of
// each is decided like any other, in the action at hand.
var labels = [...]struct {
	resource string
	// codes of v3-Confidentiality and v3-ActCode that mean it.
	codes []string
}{
	{"label:restricted", []string{"R"}},
	{"label:very-restricted", []string{"V"}},
	// RCGP exclusion sets: assisted fertilisation, STI, termination, gender; domain.md §3.
	{"label:sensitive", []string{"SEX", "STD", "HIV", "SDV", "PSYTHPN", "ETH", "GDIS", "PREGNANT"}},
}

// harmless are the codes that restrict nothing: unrestricted, low, moderate, normal.
// HL7 v3-Confidentiality.
var harmless = map[string]bool{"U": true, "L": true, "M": true, "N": true}

const confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"

// needs returns the index of the label that c requires, or -1 if it requires none. A
// confidentiality code that is not known is taken for very restricted; a label of
// another system that is not known restricts nothing by itself, because sources use
// them for workflow.
func needs(c record.Coding) int {
	for i, l := range labels {
		for _, code := range l.codes {
			if c.Code == code {
				return i
			}
		}
	}
	if c.System == confidentiality && !harmless[c.Code] {
		return 1
	}
	return -1
}
