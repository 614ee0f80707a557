package smart

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// lifeUnsaid is how long a key set is believed that says nothing of it.
const lifeUnsaid = 5 * time.Minute

// lifeOf is how long an answer may be kept, from when it was asked for: never longer than
// it says, less the age that it has already, and at most an hour. What cannot be read is
// nothing. RFC 9111 §4.2, §5.2.2.
func lifeOf(h http.Header, now time.Time) time.Duration {
	life, said := lifeUnsaid, false
	for directive := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "no-store", "no-cache":
			return 0
		case "max-age":
			if age := seconds(strings.Trim(strings.TrimSpace(value), `"`)); !said || age < life {
				life, said = age, true
			}
		}
	}
	if expires := h.Get("Expires"); !said && expires != "" {
		until, err := http.ParseTime(expires)
		if err != nil {
			return 0
		}
		life = until.Sub(now)
	}
	if age := h.Get("Age"); age != "" {
		life -= seconds(age)
	}
	return max(0, min(life, longestLife))
}

// seconds reads a number of them: 0 for what is none, the most that fits for what does not.
func seconds(text string) time.Duration {
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return 0
	}
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		n = math.MaxInt32
	}
	return time.Duration(n) * time.Second
}
