package patient

import (
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// candidate is a person as one system stated it, reduced to what linking needs.
type candidate struct {
	localID  string
	number   record.NHSNumber // current or superseded
	verified bool
	birth    record.Date // a full day, or ""
	formers  []record.NHSNumber
	// labels are the security labels that the system puts on them.
	labels []record.Coding
	// person is the whole statement, for the comparison by name; it dies with the round.
	person *record.Person
}

// answer is what one system said about one number so far.
type answer struct {
	source string
	// scored are the local ids that are linked without a verified number, or were
	// confirmed by hand.
	scored       []string
	asked        bool // at least one question was put
	open         int  // questions without an answer yet
	failed       bool
	code, reason string // of the failure
	at           time.Time
	heard        bool // it has answered something
	people       []candidate
	trace
}

// settled reports whether nothing more will come.
func (a *answer) settled() bool {
	return a.asked && a.open == 0 && !a.due && (a.beside == nil || a.searching == 0 && a.beside.searching == 0)
}

// verdict is what the answers come to.
type verdict struct {
	current record.NHSNumber
	formers []record.NHSNumber // confirmed by a record that links
	birth   record.Date
	// known is false if nobody who answered has the number.
	known bool
	// registrations has one for each settled system, nil for the others.
	registrations []*Registration
	seen          []seen
}

// seen is what else a system has of the number, that does not link.
type seen struct {
	conflict, dateless bool
	unverified         []string // local ids
}

// decide applies the linking rules to what has been answered. asked is the number
// that was asked for; current is another one if some system says that it was
// superseded; birth is the stored patient's birth date, "" if there is none.
//
// It is a pure function: the same answers give the same verdict in any order.
func decide(systems []System, asked, current record.NHSNumber, formers []record.NHSNumber, birth record.Date, answers []answer) verdict {
	if birth == "" {
		birth = majority(asked, current, answers)
	}
	v := verdict{current: current, birth: birth, registrations: make([]*Registration, len(systems)), seen: make([]seen, len(systems))}
	if current != asked && !supports(current, birth, answers) {
		v.current = asked // whoever says it was superseded means somebody else
	}
	v.formers = confirmed(v.current, formers, birth, answers)
	for i := range answers {
		a := &answers[i]
		for _, c := range a.people {
			v.known = v.known || c.number == v.current || slices.Contains(v.formers, c.number)
		}
		if a.settled() {
			v.registrations[i], v.seen[i] = register(systems[i].ID, a, &v)
		}
	}
	return v
}

// majority gives the birth date that most systems state with a verified number; when
// several are stated equally often, the one of the first system in configuration order.
func majority(asked, current record.NHSNumber, answers []answer) record.Date {
	votes := map[record.Date]int{}
	var order []record.Date
	for i := range answers {
		voted := map[record.Date]bool{}
		for _, c := range answers[i].people {
			if !c.verified || c.birth == "" || voted[c.birth] || c.number != asked && c.number != current {
				continue
			}
			voted[c.birth] = true
			if votes[c.birth]++; votes[c.birth] == 1 {
				order = append(order, c.birth)
			}
		}
	}
	var best record.Date
	for _, d := range order {
		if votes[d] > votes[best] {
			best = d
		}
	}
	return best
}

// supports reports whether some system has the number, verified, with this birth date.
func supports(n record.NHSNumber, birth record.Date, answers []answer) bool {
	for i := range answers {
		for _, c := range answers[i].people {
			if c.number == n && c.agrees(birth) {
				return true
			}
		}
	}
	return false
}

func (c *candidate) agrees(birth record.Date) bool {
	return c.verified && birth != "" && c.birth == birth
}

// confirmed gives the superseded numbers: those known before, and those listed by a
// record with the current number that links.
func confirmed(current record.NHSNumber, known []record.NHSNumber, birth record.Date, answers []answer) []record.NHSNumber {
	out := slices.Clone(known)
	for i := range answers {
		for _, c := range answers[i].people {
			if c.number == current && c.agrees(birth) {
				out = append(out, c.formers...)
			}
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(n record.NHSNumber) bool { return n == current })
}

// The evidence of links.
const (
	evidenceVerified = "NHS number verified; birth date agrees"
	evidenceTraced   = "superseded NHS number verified; birth date agrees"
)

// register says what one system's settled answer means; nil if it was not asked after all.
func register(source string, a *answer, v *verdict) (*Registration, seen) {
	r := &Registration{Source: source, Checked: a.at}
	for _, c := range a.people {
		r.label(c.labels)
	}
	var also seen
	switch {
	case a.failed:
		r.State, r.Code, r.Reason = Unanswered, a.code, a.reason
		return r, also
	case !a.heard:
		return nil, also
	}
	for i := range a.people {
		c := &a.people[i]
		status, evidence := LinkVerified, evidenceVerified
		if c.number != v.current {
			if !slices.Contains(v.formers, c.number) {
				continue // a number that nobody who links has confirmed
			}
			status, evidence = LinkTraced, evidenceTraced
		}
		switch {
		case !c.verified:
			also.unverified = append(also.unverified, c.localID)
		case c.birth == "":
			also.dateless = true
		case c.birth != v.birth:
			also.conflict = true
		default:
			r.Links = append(r.Links, Link{Source: source, LocalID: c.localID, Status: status, Since: a.at, Evidence: evidence})
		}
	}
	r.Links = slices.CompactFunc(sortLinks(r.Links), func(a, b Link) bool { return a.LocalID == b.LocalID })
	r.conclude(also, false)
	return r, also
}

// conclude gives the registration the state that its links and what else is there come to.
func (r *Registration) conclude(also seen, possible bool) {
	r.State, r.Code, r.Reason = state(len(r.Links) > 0, also.conflict, len(also.unverified) > 0, also.dateless, possible)
}

// sortLinks orders by local id, and of one local id the surer link first.
func sortLinks(links []Link) []Link {
	slices.SortFunc(links, func(a, b Link) int {
		switch {
		case a.LocalID < b.LocalID:
			return -1
		case a.LocalID > b.LocalID:
			return 1
		case a.Status == b.Status:
			return 0
		case a.Status == LinkVerified:
			return -1
		}
		return 1
	})
	return links
}

func state(linked, conflict, unverified, dateless, possible bool) (s State, code, reason string) {
	switch {
	case linked && conflict:
		return Linked, "another-birth-date", "Another record there has the same NHS number with another birth date; it is not shown"
	case linked && possible:
		return Linked, "another-possible", "Another record there may be theirs too; it is not shown until somebody has decided"
	case linked && (unverified || dateless):
		return Linked, "another-unverified", "Another record there has the same NHS number but is not confirmed; it is not shown"
	case linked:
		return Linked, "", ""
	case conflict:
		return Conflict, "birth-date-differs", "It has this NHS number with another birth date; its record is not shown"
	case possible:
		return Unverified, codePossible, reasonPossible
	case unverified:
		return Unverified, "number-unverified", "It has this NHS number but has not verified it; its record is not shown"
	case dateless:
		return Unverified, "no-birth-date", "It has this NHS number but no full birth date to check; its record is not shown"
	}
	return Absent, "not-known", "It does not know this person"
}

// What is said where a record is proposed and nobody has decided yet.
const (
	codePossible   = "possible-match"
	reasonPossible = "It may know this person under a record without a verified NHS number; somebody has been asked"
)
