package relationship

// Reason is one entry of a closed list: its code is kept and audited, its words are
// shown.
type Reason struct {
	Code, Words string
}

// ClaimReasons lists why a user may claim a relationship. The slice is the caller's own.
func ClaimReasons() []Reason {
	return []Reason{
		{"referred-by-phone", "The person was referred to me by phone or letter"},
		{"walk-in", "The person is here without an appointment"},
		{"on-call-cover", "I am covering on call for the team that cares for the person"},
		{"transfer-of-care", "The person's care is being handed over to us"},
		{"advice-asked", "A colleague who cares for the person asked me for advice"},
		{"patient-asked", "The person asked me to look"},
		{"other", "Another reason, explained below"},
	}
}

// BreakReasons lists why the glass may be broken. The slice is the caller's own.
func BreakReasons() []Reason {
	return []Reason{
		{"emergency-treatment", "The person needs emergency treatment"},
		{"patient-unconscious", "The person cannot be asked: unconscious or lacking capacity"},
		{"imminent-risk", "There is an imminent risk to the life of the person or somebody else"},
		{"safeguarding", "A child or an adult at risk must be protected"},
		{"legal-duty", "The law or a court requires it"},
	}
}

// hasCode reports whether code is one of the list.
func hasCode(list []Reason, code string) bool {
	for _, r := range list {
		if r.Code == code {
			return true
		}
	}
	return false
}
