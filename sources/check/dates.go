package check

import (
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// placeholders are dates that systems write where they know none.
var placeholders = []string{"1899-12-30", "1899-12-31", "1900-01-01", "1753-01-01", "1800-01-01", "1601-01-01", "0001-01-01", "9999-12-31", "2999-12-31", "1111-11-11"}

func placeholder(d record.Date) bool {
	for _, p := range placeholders {
		if strings.HasPrefix(string(d), p) {
			return true
		}
	}
	return len(d) == 4 && (d == "1899" || d == "9999" || d == "0001") || strings.HasPrefix(string(d), "1970-01-01T00:00:00")
}

// past are fields that tell of what has happened, in sections which tell of nothing else;
// everywhere are those that do in any section.
var (
	past = map[string]bool{"Date": true, "Ended": true, "Onset": true, "Issued": true, "LastOccurrence": true, "Admitted": true,
		"Performed.Start": true, "BirthDate": true, "DeceasedDate": true}
	everywhere = map[string]bool{"Recorded": true, "LastIssued": true, "LastOccurrence": true}
	// open are sections that may tell of what is to come.
	open = map[record.Section]bool{record.FutureAppointments: true, record.CarePlans: true, record.EndOfLifeCare: true, record.Alerts: true,
		record.Consents: true, record.Medications: true, record.PersonalContacts: true, record.ProfessionalContacts: true, record.AboutThePerson: true, record.GPPractice: true}
	// living are sections that tell of what somebody alive has or does: letters and reports
	// may well come after a death.
	living = map[record.Section]bool{record.Contacts: true, record.Admissions: true, record.Vaccinations: true, record.Procedures: true,
		record.Observations: true, record.Problems: true, record.Allergies: true, record.Medications: true}
	// undated are sections whose entries need no date.
	undated = map[record.Section]bool{record.Demographics: true, record.GPPractice: true, record.PersonalContacts: true, record.ProfessionalContacts: true}
	// planned are words of a status that say that it has not happened yet.
	planned = []string{"planned", "booked", "pending", "proposed", "preparation", "not-started", "scheduled", "draft", "registered", "waitlist"}
)

// dates judges all dates of the entry.
func (j *judgement) dates() {
	any, future := false, j.ahead()
	for _, d := range j.parts.dates {
		if d.value == "" {
			continue
		}
		any = true
		j.tally.dates++
		rule := j.dateFault(d, future)
		if rule != "" {
			j.tally.badDates++
			j.once(rule)
		}
		if !placeholder(d.value) {
			j.noteDay(dateField{j.section, d.path}, d.value)
		}
		if rule == "date-future" || rule == "date-before-born" || rule == "date-after-death" {
			other := part[record.Date]{d.path, exchanged(d.value)}
			if other.value != "" && j.dateFault(other, future) == "" {
				j.once("day-month-exchanged")
			}
		}
	}
	for _, p := range j.parts.periods {
		j.ordered(p.value.Start, p.value.End)
	}
	j.pairs()
	if !any && !undated[j.section] {
		j.found("date-missing")
	}
}

// ahead reports whether the entry may tell of what is to come.
func (j *judgement) ahead() bool {
	if open[j.section] {
		return true
	}
	for _, t := range j.parts.texts {
		if t.path == "Status" {
			for _, word := range planned {
				if strings.EqualFold(t.value, word) {
					return true
				}
			}
		}
	}
	return false
}

func (j *judgement) dateFault(d part[record.Date], future bool) string {
	t, ok := d.value.Time()
	field := d.path
	if i := strings.LastIndexByte(field, '.'); i >= 0 && !past[field] {
		field = field[i+1:]
	}
	switch {
	case !ok:
		return "date-unreadable"
	case placeholder(d.value):
		return "date-placeholder"
	case t.After(j.now.Add(24*time.Hour)) && (everywhere[field] || past[field] && !future):
		return "date-future"
	case j.person != nil && j.section != record.Demographics && !undated[j.section] && !placeholder(j.person.BirthDate) && before(d.value, j.person.BirthDate):
		return "date-before-born"
	case j.person != nil && j.person.DeceasedDate != "" && living[j.section] && past[field] && field != "Ended" && after(d.value, j.person.DeceasedDate):
		return "date-after-death"
	}
	return ""
}

// ordered judges a beginning and an end.
func (j *judgement) ordered(start, end record.Date) {
	if start != "" && end != "" && !placeholder(start) && !placeholder(end) && before(end, start) {
		j.tally.badDates++
		j.once("date-swapped")
		if s, e := exchanged(start), exchanged(end); s != "" && e != "" && !before(e, s) {
			j.once("day-month-exchanged")
		}
	}
}

// pairs judges beginnings and ends that are no Period.
func (j *judgement) pairs() {
	switch e := j.entry.(type) {
	case *record.Allergy:
		j.ordered(e.Date, e.Ended)
	case *record.Problem:
		j.ordered(e.Date, e.Ended)
	case *record.Appointment:
		j.ordered(e.Start, e.End)
	case *record.Discharge:
		j.ordered(e.Admitted, e.Date)
	case *record.Person:
		j.ordered(e.BirthDate, e.DeceasedDate)
	}
}

// after reports whether a lies at least a day after b, as exactly as both are known.
func after(a, b record.Date) bool {
	n := min(len(a), len(b), len(time.DateOnly))
	return a[:n] > b[:n]
}

// before compares as exactly as both dates are known.
func before(a, b record.Date) bool {
	n := min(len(a), len(b))
	if n <= len(time.DateOnly) {
		return a[:n] < b[:n]
	}
	x, okX := a.Time()
	y, okY := b.Time()
	return okX && okY && x.Before(y)
}
