package record

import "io"

// Verdict is what a reader may conclude from a whole section. The zero value is
// read as UNAVAILABLE: the safe side.
type Verdict string

// The verdicts of the completeness contract.
const (
	// Known: there are entries, and every source has told all it holds.
	Known Verdict = "KNOWN"
	// KnownIncomplete: there are entries, and some source has not told all it holds.
	KnownIncomplete Verdict = "KNOWN_INCOMPLETE"
	// NoneKnown: no entries, all answered, at least one states that there are none.
	NoneKnown Verdict = "NONE_KNOWN"
	// NotRecorded: no entries, all answered, nothing recorded anywhere.
	NotRecorded Verdict = "NOT_RECORDED"
	// WithheldFromYou: no entries, and policy, the patient or the source holds something back.
	WithheldFromYou Verdict = "WITHHELD"
	// Waiting: no entries yet, and a source is still within its deadline.
	Waiting Verdict = "PENDING"
	// NotAvailable: no entries, and at least one source did not answer.
	NotAvailable Verdict = "UNAVAILABLE"
	// Conflict: some source states that there are none, and another has entries.
	Conflict Verdict = "CONFLICT"
)

// MarshalGQL writes the verdict as a GraphQL enum value; the zero value is UNAVAILABLE.
func (v Verdict) MarshalGQL(w io.Writer) {
	if v == "" {
		v = NotAvailable
	}
	marshalEnum(w, string(v))
}

// UnmarshalGQL reads a GraphQL enum value.
func (v *Verdict) UnmarshalGQL(from any) error { return unmarshalEnum((*string)(v), from) }

// Folded is a section's outcomes read together.
type Folded struct {
	Verdict Verdict
	// Missing are the outcomes of sources that have not told all they hold, in the
	// order given. Entries of the others are shown with these named beside them.
	Missing []Outcome
}

// Fold reads the outcomes of one section together with the number of entries shown.
// It is the only place where "none" is decided (domain rule: completeness contract;
// hazard H-02).
//
// Entries always win: they are shown, with Missing beside them. Without entries,
// one source that has not told all it holds is enough to forbid "none". No outcome
// at all means nobody was asked, which is unavailable too, and so is a section that
// no source offers.
func Fold(entries int, outcomes []Outcome) Folded {
	f := Folded{}
	var asserted, answered, pending, failed, withheld bool
	for _, o := range outcomes {
		switch {
		case !o.Status.Complete():
			f.Missing = append(f.Missing, o)
			pending = pending || o.Status == Pending
			withheld = withheld || o.Status == Withheld
			failed = failed || (o.Status != Pending && o.Status != Withheld)
		case o.Status == AssertedNone:
			answered = true
		case o.Status == Answered, o.Status == Empty:
			answered = true
		}
		asserted = asserted || o.Status == AssertedNone || len(o.Asserted) > 0
	}
	switch {
	case entries > 0 && asserted:
		f.Verdict = Conflict
	case entries > 0 && len(f.Missing) > 0:
		f.Verdict = KnownIncomplete
	case entries > 0:
		f.Verdict = Known
	case failed:
		f.Verdict = NotAvailable
	case pending:
		f.Verdict = Waiting
	case withheld:
		f.Verdict = WithheldFromYou
	case asserted:
		f.Verdict = NoneKnown
	case answered:
		f.Verdict = NotRecorded
	default:
		f.Verdict = NotAvailable
	}
	return f
}
