package views

import "time"

// Every is how often a view is run again.
type Every string

// The zero Every is never.
const (
	Hourly Every = "hourly"
	Daily  Every = "daily"
	Weekly Every = "weekly"
)

// When says at which times a view is run again, in the region's time.
type When struct {
	Every Every
	// Hour is 0 to 23, of Daily and Weekly; Day of Weekly.
	Hour int
	Day  time.Weekday
}

// check says what is wrong with it; nil if nothing is.
func (w When) check() error {
	switch {
	case w.Every != Hourly && w.Every != Daily && w.Every != Weekly:
		return wrong("A view is repeated hourly, daily or weekly.")
	case w.Every != Hourly && (w.Hour < 0 || w.Hour > 23):
		return wrong("The hour is a number from 0 to 23.")
	case w.Every == Weekly && (w.Day < time.Sunday || w.Day > time.Saturday):
		return wrong("There is no such day of the week.")
	}
	return nil
}

// After is the first such time after a moment, UTC. However long nobody looked, it is one: what
// was missed is not made up for.
func (w When) After(t time.Time, zone *time.Location) time.Time {
	if w.Every == Hourly {
		return t.UTC().Truncate(time.Hour).Add(time.Hour)
	}
	local := t.In(zone)
	for d := 0; ; d++ {
		year, month, day := local.Date()
		at := clock(year, month, day+d, w.Hour, zone)
		if at.After(t) && (w.Every == Daily || time.Date(year, month, day+d, 0, 0, 0, 0, time.UTC).Weekday() == w.Day) {
			return at.UTC()
		}
	}
}

// clock is when clocks show an hour on a day: the first time where they show it twice, and the
// first moment after it where they are put forward over it.
func clock(year int, month time.Month, day, hour int, zone *time.Location) time.Time {
	at := time.Date(year, month, day, hour, 0, 0, 0, zone)
	if earlier := at.Add(-time.Hour); earlier.In(zone).Hour() == at.In(zone).Hour() {
		at = earlier
	}
	for at.In(zone).Hour() < hour {
		at = at.Add(time.Hour)
	}
	return at
}
