package policy

import "github.com/patchworkcare/patchwork/record"

// labels are the kinds of sensitive entry that policy can tell apart; the first is no
// label at all.
var labels = [...]struct {
	name string
	// codes of v3-Confidentiality and v3-ActCode that mean it.
	codes []string
}{
	{none, nil},
	{"restricted", []string{"R"}},
	{"very-restricted", []string{"V"}},
	// RCGP exclusion sets: assisted fertilisation, STI, termination, gender; domain.md §3.
	{"sensitive", []string{"SEX", "STD", "HIV", "PSYTHPN", "ETH", "GDIS", "PREGNANT"}},
	// Safeguarding: abuse and violence, of adults and children.
	{"safeguarding", []string{"SDV", "VIO", "SGD"}},
}

const labelCount = len(labels)

// Labels lists the values of the context's key label.
func Labels() []string {
	names := make([]string, labelCount)
	for i, l := range labels {
		names[i] = l.name
	}
	return names
}

// harmless are the codes that restrict nothing: unrestricted, low, moderate, normal.
// HL7 v3-Confidentiality.
var harmless = map[string]bool{"U": true, "L": true, "M": true, "N": true}

const confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"

// labelOf returns the label that c means, 0 if it means none. A confidentiality code
// that is not known is taken for very restricted; a label of another system that is
// not known restricts nothing by itself, because sources use them for workflow.
func labelOf(c record.Coding) int {
	for i, l := range labels {
		for _, code := range l.codes {
			if c.Code == code {
				return i
			}
		}
	}
	if c.System == confidentiality && !harmless[c.Code] {
		return 2
	}
	return 0
}

// labelsOf returns the set of labels that an entry's codes mean, by their places.
func labelsOf(codes []record.Coding) (set uint8) {
	for _, c := range codes {
		if l := labelOf(c); l > 0 {
			set |= 1 << l
		}
	}
	return set
}
