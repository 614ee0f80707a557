package relationship

// Kind is what makes a relationship legitimate. The zero Kind is none.
type Kind string

// The kinds, from the strongest evidence to the weakest.
const (
	// Registration: the person is registered with a system of the caller's organisation.
	Registration Kind = "registration"
	// Admission: the person is, or lately was, in a bed of the caller's organisation.
	Admission Kind = "admission"
	// Appointment: the person has, or lately had, an appointment there.
	Appointment Kind = "appointment"
	// Referral: the person was referred to the caller's organisation.
	Referral Kind = "referral"
	// Caseload: the person is on a list that the caller works on.
	Caseload Kind = "list"
	// Launch: the caller's own EPR opened the person.
	Launch Kind = "launch"
	// SelfClaimed: the caller says so, with a reason; reviewed.
	SelfClaimed Kind = "self-claimed"
)

// Kinds lists every kind, in the order above.
func Kinds() []Kind {
	return []Kind{Registration, Admission, Appointment, Referral, Caseload, Launch, SelfClaimed}
}

// rank is the kind's place among Kinds; one that is not there comes last.
func (k Kind) rank() int {
	switch k {
	case Registration:
		return 0
	case Admission:
		return 1
	case Appointment:
		return 2
	case Referral:
		return 3
	case Caseload:
		return 4
	case Launch:
		return 5
	case SelfClaimed:
		return 6
	}
	return 7
}
