package sources

import (
	"testing"
	"time"
)

// Reads are counted for a day: what is older, and what never reached the source, is not.
func TestDay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 10, 30, 0, 0, time.UTC)
	h := newHealth(func() time.Time { return now })
	one := func(e *Error) {
		a := Answer{}
		if e != nil {
			a.Err = e
		}
		h.observe(a)
	}
	expect := func(asked, answered int) {
		t.Helper()
		if a, b := h.day.sum(now); a != asked || b != answered {
			t.Errorf("at %s: %d of %d, not %d of %d", now.Format("2 15:04"), b, a, answered, asked)
		}
	}
	expect(0, 0)
	one(nil)
	one(&Error{Kind: Timeout})
	one(&Error{Kind: Refused, Code: "consent"})
	one(&Error{Kind: Refused, Code: "http-403"})
	one(&Error{Kind: Unavailable, Code: "switched-off", unasked: true})
	expect(4, 2)
	now = now.Add(23 * time.Hour)
	one(nil)
	expect(5, 3)
	now = now.Add(time.Hour) // the same hour of the day, which begins anew
	expect(1, 1)
	one(&Error{Kind: Malformed})
	expect(2, 1)
	now = now.Add(48 * time.Hour)
	expect(0, 0)
}
