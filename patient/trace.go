package patient

import (
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

// trace is what came of searching one system for records of the person that have no
// verified number: by name, and by the local ids of records that are linked already.
type trace struct {
	// due: it is to be searched by name, as soon as another system has said who it is.
	due bool
	// searching is how many questions by name are without an answer yet.
	searching int
	// beside is the answer of the system that was asked, when this one was searched, who
	// else is called the same; nil if it was not searched.
	beside *answer
	// searched: it has been, or has said that it cannot be.
	searched bool
	// unsearchable: it has said so.
	unsearchable bool
	// crowded: it has more people of that name and birth date than it may give.
	crowded bool
	// reread are the local ids that it was asked for and answered about.
	reread map[string]bool
	found  []candidate
	// missed is why the search failed; it is not a failure of what was asked by number.
	missed, missedReason string
}

// find takes what was found otherwise than by number.
func (a *answer) find(query record.PersonQuery, people []record.Person) (strangers int) {
	if query.LocalID == "" {
		a.searched = true
	} else {
		if a.reread == nil {
			a.reread = map[string]bool{}
		}
		a.reread[query.LocalID] = true
	}
	for i := range people {
		c, ok := candidateOf(&people[i])
		switch {
		case !ok || query.LocalID != "" && c.localID != query.LocalID:
			strangers++
		case a.record(c.localID) == nil:
			a.found = append(a.found, c)
		}
	}
	return strangers
}

// record is one that was found by name or local id; nil if it was not.
func (a *answer) record(localID string) *candidate {
	for i := range a.found {
		if a.found[i].localID == localID {
			return &a.found[i]
		}
	}
	return nil
}

// miss notes that a question other than by number failed. A system that cannot be asked
// in this way has not failed.
func (a *answer) miss(query record.PersonQuery, code, reason string) {
	switch code {
	case codeTooMany:
		if query.LocalID == "" {
			a.heard, a.searched, a.crowded = true, true, true
		}
	case "search-not-offered", "no-finder":
		if query.LocalID == "" {
			a.heard, a.searched, a.unsearchable = true, true, true
		}
	default:
		a.missed, a.missedReason = code, reason
	}
}

// codeTooMany is a system's word that it found more people than it may give.
const (
	codeTooMany   = "too-many-matches"
	reasonTooMany = "It has too many people of that name and birth date to say whether it knows this person without a verified NHS number"
)

// What is said of a system that could not be searched by name.
const (
	codeUnchecked   = "not-checked"
	reasonUnchecked = "It could not be searched by name: no system that knows the person has said who it is"
)

// mostNames bounds by how many family names a system is searched for one person.
const mostNames = 3

// search gives the questions by name that an inquiry needs now. Those systems are searched
// that answered and have no verified record of the person, and one of those that have,
// for others who are called the same: twins (hazard H-01).
func (q *inquiry) search() []question {
	birth := q.birth
	if birth == "" {
		birth = majority(q.asked, q.current, q.answers)
	}
	stated, by := q.stated(birth)
	var targets []int
	waiting := false
	for i := range q.answers {
		a := &q.answers[i]
		waiting = waiting || a.open > 0
		switch {
		case !a.due || a.open > 0 && a.asked:
		case !a.asked || a.failed || slices.Contains(by, i):
			a.due = false
		default:
			targets = append(targets, i)
		}
	}
	switch {
	case len(targets) == 0:
		return nil
	case len(stated) > 0:
		return q.byName(targets, by[0], stated)
	case len(q.stating) > 0:
		next := q.stating[0]
		q.stating, q.askedWho = q.stating[1:], append(q.askedWho, next)
		return q.whoIsIt(next)
	case !waiting: // nobody can say who it is
		silent := slices.ContainsFunc(q.askedWho, func(i int) bool { return q.answers[i].failed || q.answers[i].missed != "" })
		for _, i := range targets {
			a := &q.answers[i]
			if a.due = false; silent {
				a.missed, a.missedReason = codeUnchecked, reasonUnchecked
			}
		}
	}
	return nil
}

// whoIsIt asks a system that knows the person to say who it is.
func (q *inquiry) whoIsIt(system int) []question {
	if q.asked != "" {
		return []question{byNumber(system, q.current)}
	}
	var out []question
	for _, l := range q.own {
		if l.Source == q.answers[system].source {
			out = append(out, question{system, record.PersonQuery{LocalID: l.LocalID}})
		}
	}
	return out
}

// byName asks for everybody who has one of the names and the birth date.
func (q *inquiry) byName(targets []int, stating int, stated []*candidate) []question {
	var queries []record.PersonQuery
	for _, c := range stated {
		for _, name := range append([]record.HumanName{c.person.Name}, c.person.OtherNames...) {
			query := record.PersonQuery{FamilyName: strings.TrimSpace(name.Family), BirthDate: c.birth}
			same := func(o record.PersonQuery) bool { return strings.EqualFold(o.FamilyName, query.FamilyName) }
			if query.FamilyName != "" && query.BirthDate != "" && len(queries) < mostNames && !slices.ContainsFunc(queries, same) {
				queries = append(queries, query)
			}
		}
	}
	var out []question
	for _, i := range targets {
		a := &q.answers[i]
		if a.due = false; len(queries) > 0 {
			a.beside = &q.answers[stating]
		}
		for _, query := range queries {
			out = append(out, question{i, query})
		}
	}
	if len(out) > 0 && q.asked != "" {
		for _, query := range queries {
			out = append(out, question{stating, query})
		}
	}
	return out
}

// stated are the records by which systems say who the person is, those that link without
// a comparison, and the systems in their order.
func (q *inquiry) stated(birth record.Date) (records []*candidate, by []int) {
	for i := range q.answers {
		a, n := &q.answers[i], len(records)
		for k := range a.people {
			if c := &a.people[k]; q.mine(c.number) && c.agrees(birth) {
				records = append(records, c)
			}
		}
		for k := range a.found {
			if c := &a.found[k]; slices.ContainsFunc(q.own, func(l Link) bool { return a.source == l.Source && c.localID == l.LocalID }) {
				records = append(records, c)
			}
		}
		if len(records) > n {
			by = append(by, i)
		}
	}
	return records, by
}

// traits are what a comparison goes by.
func traits(records []*candidate) []*match.Traits {
	out := make([]*match.Traits, len(records))
	for i, c := range records {
		t := match.TraitsOf(c.person)
		out[i] = &t
	}
	return out
}

// dueToSearch reports whether a system is to be searched by name, when it is asked.
func (x *Index) dueToSearch(s *stored, system int, now time.Time) bool {
	if !x.Linking.on() {
		return false
	}
	if s == nil {
		return true
	}
	r := s.registrations[x.systems[system].ID]
	return r == nil || x.distrusts(r, system) || now.Sub(r.traced) >= retrace || slices.ContainsFunc(r.Links, func(l Link) bool { return l.Status == LinkProbable })
}

// search gives the questions by name that the round's inquiries need now.
func (r *round) search() map[int][]put {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[int][]put{}
	for _, q := range r.inquiries {
		for _, next := range q.search() {
			if q.ask(next) {
				out[next.system] = append(out[next.system], put{q, next.query})
			}
		}
	}
	return out
}
