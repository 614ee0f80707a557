package sources

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Window is a time of the week in which a source may be asked, by the clock on the wall in
// Env.Zone: also where the clocks change, "from 02:00" is when they show it.
type Window struct {
	// Days are those on which it begins; none is every day.
	Days []time.Weekday
	// From and To are minutes after midnight, From below a day's and To at most. To not
	// after From is on the day after.
	From, To int
}

// minutesOfDay are so many.
const minutesOfDay = 24 * 60

// ParseWindow reads the words of a configuration: days as "mon", times as "22:00", where
// the end may be "24:00". The problems are all there are; their paths are days, from, to.
func ParseWindow(days []string, from, to string) (w Window, problems []Problem) {
	for _, word := range days {
		day := slices.Index(weekdays, word)
		if day < 0 {
			problems = append(problems, Problem{"days", fmt.Sprintf("there is no day %q; there are %s", word, strings.Join(weekdays, ", "))})
			continue
		}
		w.Days = append(w.Days, time.Weekday(day))
	}
	var known [2]bool
	if w.From, known[0] = minuteOf(from); !known[0] || w.From == minutesOfDay {
		problems = append(problems, Problem{"from", "must be a time of day such as 22:00"})
	}
	if w.To, known[1] = minuteOf(to); !known[1] {
		problems = append(problems, Problem{"to", "must be a time of day such as 06:00; 24:00 is the end of the day"})
	}
	if known[0] && known[1] && w.From == w.To {
		problems = append(problems, Problem{"to", "must differ from `from`; the whole day is from 00:00 to 24:00"})
	}
	return w, problems
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func minuteOf(word string) (minute int, ok bool) {
	if word == "24:00" {
		return minutesOfDay, true
	}
	t, err := time.Parse("15:04", word)
	return t.Hour()*60 + t.Minute(), err == nil && len(word) == len("15:04")
}

// holds reports whether the window is open when the clock on the wall shows t.
func (w Window) holds(t time.Time) bool {
	minute, today := t.Hour()*60+t.Minute(), t.Weekday()
	if w.From < w.To {
		return w.on(today) && w.From <= minute && minute < w.To
	}
	return w.on(today) && w.From <= minute || w.on((today+6)%7) && minute < w.To
}

func (w Window) on(day time.Weekday) bool { return len(w.Days) == 0 || slices.Contains(w.Days, day) }

// hours are when a source may be asked: always, if there are no windows.
type hours struct {
	windows []Window
	zone    *time.Location
	now     func() time.Time

	mu          sync.Mutex
	from, opens time.Time // between these it is known to be closed
}

// shut is why the source may not be asked at this time; nil if it may.
func (h *hours) shut() *Error {
	if len(h.windows) == 0 {
		return nil
	}
	now := h.now().In(h.zone)
	if h.open(now) {
		return nil
	}
	e := &Error{Kind: Unavailable, Code: "outside-hours", Reason: "It may not be asked at this time of the week", unasked: true}
	if opens := h.next(now); !opens.IsZero() {
		e.Reason = "It may not be asked at this time; it may again from " + opens.Format("Monday 2 January, 15:04")
		e.RetryAfter = opens.Sub(now)
	}
	return e
}

func (h *hours) open(t time.Time) bool {
	return slices.ContainsFunc(h.windows, func(w Window) bool { return w.holds(t) })
}

// furthest is how far a next opening is looked for: over a week in which the clocks leave
// out the only hour there is.
const furthest = 15 * 24 * time.Hour

// next is when it may be asked again; zero if that cannot be said. It goes minute by
// minute, which is right where clocks change, and once for each time that it is closed.
func (h *hours) next(now time.Time) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.from.IsZero() && !now.Before(h.from) && now.Before(h.opens) {
		return h.opens
	}
	for t := now.Truncate(time.Minute).Add(time.Minute); t.Sub(now) < furthest; t = t.Add(time.Minute) {
		if h.open(t) {
			h.from, h.opens = now, t
			return t
		}
	}
	return time.Time{}
}
