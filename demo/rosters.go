package demo

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Roster is a ward, clinic or caseload of a system, and who is on it as the demo's
// people live: what the system must answer.
type Roster struct {
	System   string   `json:"system"`
	Kind     string   `json:"kind"` // WARD, CLINIC, CASELOAD
	ID       string   `json:"id"`   // the system's own
	Name     string   `json:"name"`
	LocalIDs []string `json:"localIds"` // sorted
}

// rosters are those of all systems.
func rosters(people []*person, today time.Time) []Roster {
	b := rosterBook{people: people}
	for _, id := range sortedKeys(locations(inHospital)) {
		if name := locations(inHospital)[id]; isWard(id) {
			b.add(inHospital, "WARD", id, name, func(p *person, _ int) bool { return p.lies(inHospital, name) })
		}
	}
	for _, id := range sortedKeys(clinics(inHospital)) {
		name := clinics(inHospital)[id]
		b.add(inHospital, "CLINIC", id, name, func(p *person, _ int) bool { return p.comes(inHospital, name, today) })
	}
	for _, ward := range pasReference()["wards"] {
		b.add(inMentalHealth, "WARD", ward["ward_code"], ward["ward_name"], func(p *person, _ int) bool { return p.lies(inMentalHealth, ward["ward_code"]) })
	}
	for _, team := range pasReference()["teams"] {
		b.add(inMentalHealth, "CASELOAD", team["team_code"], team["team_name"], func(p *person, _ int) bool { return p.with(team["team_code"]) })
	}
	for _, c := range staff() {
		if c.ods == council().ods {
			b.add(inSocialCare, "CASELOAD", c.id, c.caseload(), func(p *person, i int) bool { return p.keyworker(c, i) })
		}
	}
	return slices.DeleteFunc(b.all, func(r Roster) bool { return r.System == "social-care" && len(r.LocalIDs) == 0 }) // not in its file
}

// rosterBook gathers rosters.
type rosterBook struct {
	people []*person
	all    []Roster
}

func (b *rosterBook) add(system holder, kind, id, name string, on func(*person, int) bool) {
	r := Roster{System: system.id(), Kind: kind, ID: id, Name: name}
	for i, p := range b.people {
		if p.in&system != 0 && on(p, i) {
			r.LocalIDs = append(r.LocalIDs, p.states[system].localID)
		}
	}
	slices.Sort(r.LocalIDs)
	b.all = append(b.all, r)
}

func isWard(location string) bool { return strings.HasPrefix(location, "ward-") }

// lies reports whether the person is in a bed of the ward.
func (p *person) lies(system holder, ward string) bool {
	return slices.ContainsFunc(p.history.stays, func(s stay) bool { return s.in&system != 0 && s.ward == ward && s.until.IsZero() })
}

// comes reports whether the clinic has them today.
func (p *person) comes(system holder, clinic string, today time.Time) bool {
	return slices.ContainsFunc(p.history.appointments, func(a appointment) bool {
		return a.in&system != 0 && a.clinic == clinic && a.status != "cancelled" && sameDay(a.at, today)
	})
}

// with reports whether the mental-health team looks after them: somebody of it does, or
// it holds an open referral.
func (p *person) with(team string) bool {
	return slices.ContainsFunc(p.history.team, func(m member) bool { return m.in&inMentalHealth != 0 && m.team == team && m.until.IsZero() }) ||
		slices.ContainsFunc(p.history.referrals, func(r referral) bool {
			return r.in&inMentalHealth != 0 && r.to == team && r.status == "active"
		})
}

// keyworker reports whether c works with them for the council.
func (p *person) keyworker(c clinician, index int) bool {
	r := roster{staff()}
	return slices.ContainsFunc(p.history.team, func(m member) bool {
		return m.in&inSocialCare != 0 && m.until.IsZero() && r.of(c.ods, m.by, index).id == c.id
	})
}

// caseload is what the council calls a worker's caseload.
func (c clinician) caseload() string { return c.given + " " + c.family + ", " + c.role }

// caseloads writes the rows that say whose caseload the person is on.
func (w *csvWriter) caseloads() {
	workers := roster{staff()}.all
	slices.SortStableFunc(workers, func(a, b clinician) int { return cmp.Compare(a.id, b.id) })
	for _, c := range workers {
		if c.ods == council().ods && w.p.keyworker(c, w.index) {
			w.add("caseloads.csv", "", "", row{"list_type": "Worker", "list_id": c.id, "list_name": c.caseload()})
		}
	}
}
