package patient

import "time"

// due reports whether a system must be asked about somebody, and whether a caller should
// wait for it.
func (x *Index) due(w wanted, system int, now time.Time) (need, wait bool) {
	if w.stored == nil {
		return true, true
	}
	r := w.stored.registrations[x.systems[system].ID]
	if w.number != "" || r != nil && r.State == Linked {
		if x.distrusts(r, system) {
			return true, true
		}
		return due(r, now)
	}
	if !x.Linking.on() { // without a number there is nothing else to ask by
		return false, false
	}
	if r != nil && r.State != Unanswered { // they can only be searched for by name
		return now.Sub(r.Checked) >= retrace || x.distrusts(r, system), true
	}
	return true, true
}

// distrusts reports whether what a system knows of somebody was decided when its numbers
// were trusted otherwise than they are now: it holds until the system has answered again,
// and is not taken for fresh before (hazard H-01).
func (x *Index) distrusts(r *Registration, system int) bool {
	return r != nil && r.trust != x.systems[system].Trust
}

// due reports whether a system must be asked again, and whether a caller should wait
// for it: a link that holds is checked behind the scenes.
func due(r *Registration, now time.Time) (need, wait bool) {
	if r == nil {
		return true, true
	}
	age := now.Sub(r.Checked)
	switch r.State {
	case Linked:
		return age >= recheckLinked, false
	case Absent, Conflict, Unverified, Unsearchable:
		return age >= recheck, true
	}
	return true, true
}
