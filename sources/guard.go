package sources

import "github.com/patchworkcare/patchwork/record"

// checked lets a connector's answer through only if all of it is what was asked for:
// of the section's type, and about the person asked for (hazard H-01). One statement
// about somebody else condemns the whole answer, because a system that mixes two
// people up cannot be trusted about the rest either.
func (s *System) checked(k Key, r Result) Result {
	if r.Err != nil {
		return Result{Err: AsError(r.Err)}
	}
	if !wellFormed(k.Section, r.Entries) {
		s.log.Error("connector gave an entry of another section's type", "section", k.Section.Name())
		return Result{Err: &Error{Kind: Malformed, Code: "wrong-type", Reason: "Its answer could not be understood"}}
	}
	if !allAbout(k.LocalID, r) {
		s.meters.wrongPatient(k.Section)
		s.log.Error("wrong patient: answer dropped", "section", k.Section.Name())
		return Result{Err: &Error{Kind: WrongPatient, Code: "wrong-patient",
			Reason: "It answered about another person; nothing of that answer is shown"}}
	}
	return r
}

// allAbout reports whether every statement carries the subject; none carried counts
// as somebody else's.
func allAbout(subject string, r Result) bool {
	if subject == "" {
		return len(r.Entries) == 0 && len(r.Asserted) == 0
	}
	for _, e := range r.Entries {
		if e.Common().Subject != subject {
			return false
		}
	}
	for _, a := range r.Asserted {
		if a.Subject != subject {
			return false
		}
	}
	return true
}

func wellFormed(section record.Section, entries []record.Entry) bool {
	for _, e := range entries {
		if !Fits(section, e) {
			return false
		}
	}
	return true
}
