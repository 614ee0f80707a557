package review

import (
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/audit"
)

// night gives the night in which somebody opened a patient in a role that does not
// work nights: the date of its evening. The wall clock decides, so a night in which the
// clocks change is an hour shorter or longer, and still one (hazard H-14).
func (q *Queue) night(e *audit.Event) (evening string, ok bool) {
	if !slices.Contains(q.DayRoles, e.Actor.Role) {
		return "", false
	}
	local := e.Time.In(q.Zone)
	switch hour := local.Hour(); {
	case q.NightFrom <= q.NightUntil: // a night that begins after midnight
		return local.Format(time.DateOnly), q.NightFrom <= hour && hour < q.NightUntil
	case hour >= q.NightFrom:
		return local.Format(time.DateOnly), true
	case hour < q.NightUntil:
		y, m, d := local.Date()
		return time.Date(y, m, d-1, 12, 0, 0, 0, time.UTC).Format(time.DateOnly), true
	}
	return "", false
}
