package hl7v2

import (
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
)

// siu takes an appointment. HL7 v2.5.1 §10.3.
func (c *chart) siu(m *er7.Message, event string) *feed.Reason {
	sch := m.First("SCH")
	id := strings.TrimSpace(sch.Field(2).Component(1).Text())
	if id == "" {
		id = strings.TrimSpace(sch.Field(1).Component(1).Text())
	}
	if sch.Name == "" || id == "" {
		return errNothing
	}
	key := c.from.Sender + "/" + id
	if event == "S17" { // deleted: it was entered in error
		c.bookings.drop(key)
		return nil
	}
	a, _ := c.bookings.at(key)
	had := a.Base
	a.Base = c.base("SCH/" + key)
	a.Note, a.Code = had.Note, had.Code
	set(&a.Code, sch.Field(8), c.s.code)
	set(&a.Reason, sch.Field(7), c.s.code)
	ais, ail, aip := m.First("AIS"), m.First("AIL"), m.First("AIP")
	set(&a.Service, ais.Field(3), c.s.code)
	set(&a.Location, ail.Field(3), func(f er7.Field) string {
		return join(", ", f.Component(1).Text(), f.Component(2).Text(), f.Component(3).Text(), f.Component(4).Sub(1), f.Component(9).Text())
	})
	set(&a.Practitioner, aip.Field(3), func(f er7.Field) *record.Actor { return actor(f.First(), c.s.code(aip.Field(4)).Label()) })
	c.times(a, m)
	var notes []string
	for _, one := range m.Segments {
		if one.Name == "NTE" {
			notes = append(notes, noteOf(one))
		}
	}
	if len(notes) > 0 {
		a.Note = strings.Join(notes, "\n")
	}
	a.Status = bookingStatus(event, sch.Field(25).Component(1).Text(), a.Status)
	return nil
}

// bookingStatus is what an event makes of a booking, or what the filler says of it.
func bookingStatus(event, filler, had string) string {
	switch event {
	case "S15", "S16":
		return "cancelled"
	case "S26":
		return "noshow"
	}
	status := map[string]string{"BOOKED": "booked", "PENDING": "pending", "WAITLIST": "waitlist", "COMPLETE": "fulfilled", "CANCELLED": "cancelled", "CANCELED": "cancelled",
		"DELETED": "cancelled", "DC": "cancelled", "DISCONTINUED": "cancelled", "NOSHOW": "noshow", "NO SHOW": "noshow", "BLOCKED": "blocked", "STARTED": "arrived", "OVERBOOK": "booked"}[strings.ToUpper(filler)]
	switch {
	case status != "":
		return status
	case filler != "":
		return filler
	case had != "" && event != "S12" && event != "S13":
		return had
	}
	return "booked"
}

// times takes when it is: from the timing of SCH or TQ1, else of what is booked.
func (c *chart) times(a *record.Appointment, m *er7.Message) {
	sch := m.First("SCH")
	timing := sch.Field(11).First()
	start, end := c.d.of(timing.Component(4)), c.d.of(timing.Component(5))
	for _, one := range []struct {
		segment string
		field   int
	}{{"TQ1", 7}, {"AIS", 4}, {"AIG", 8}, {"AIL", 6}, {"AIP", 6}} {
		if start == "" {
			start = c.d.field(m.First(one.segment).Field(one.field))
		}
	}
	if end == "" {
		end = c.d.field(m.First("TQ1").Field(8))
	}
	if start == "" { // nothing new is said
		a.Date = or3(a.Start, a.Recorded)
		return
	}
	if end == "" {
		for _, length := range []struct {
			of          er7.Segment
			field, unit int
		}{{sch, 9, 10}, {m.First("AIS"), 7, 8}} {
			if end == "" {
				end = after(start, length.of.Field(length.field).Text(), length.of.Field(length.unit).Component(1).Text())
			}
		}
	}
	a.Start, a.End, a.Date = start, end, start
}

func or3(d, otherwise record.Date) record.Date {
	if d != "" {
		return d
	}
	return otherwise
}

// after is so long after a time; "" if that cannot be said.
func after(start record.Date, length, unit string) record.Date {
	n, err := strconv.Atoi(strings.TrimSpace(length))
	if err != nil || n <= 0 || n > 100_000 || len(start) <= len(time.DateOnly) {
		return ""
	}
	each, ok := map[string]time.Duration{"": time.Minute, "MIN": time.Minute, "MINUTES": time.Minute, "M": time.Minute, "H": time.Hour, "HR": time.Hour, "S": time.Second}[strings.ToUpper(unit)]
	t, err := time.Parse(time.RFC3339, string(start))
	if !ok || err != nil {
		return ""
	}
	return record.DateOf(t.Add(time.Duration(n) * each))
}

// appointments are those that are not over yet.
func (c *chart) appointments() (all []record.Entry) {
	today := record.DateOf(c.s.env.Now().In(c.s.env.Zone)).Day()
	for _, k := range c.bookings.order {
		a := *c.bookings.by[k]
		if a.Start != "" && a.Start.Day() < today {
			continue
		}
		if a.Code.IsZero() {
			a.Code = a.Reason
		}
		if a.Code.IsZero() {
			a.Code = a.Service
		}
		if a.Code.IsZero() {
			a.Code = record.Text("Appointment")
		}
		all = append(all, &a)
	}
	return all
}
