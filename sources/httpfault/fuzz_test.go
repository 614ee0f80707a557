package httpfault

import (
	"net/http"
	"testing"
	"time"
)

// FuzzRetryAfter: a system that asks to be left alone is left alone for a time that is not
// before now.
func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"", "0", "5", "-5", " 5 ", "99999999999999999999", "Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 9999 07:28:00 GMT", "Mon Jan _2 15:04:05 2006", "0x5", "1e3"} {
		f.Add(s)
	}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, header string) {
		if wait := RetryAfter(http.Header{"Retry-After": {header}}, now); wait < 0 {
			t.Fatalf("%q is %v", header, wait)
		}
	})
}
