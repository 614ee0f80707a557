package fhirr4

import (
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// date takes a date, dateTime or instant. One that cannot be read is left out and
// noted as a flaw: the statement itself must not be lost for it.
func (r *reader) date() record.Date {
	b := r.Text()
	if len(b) == 0 {
		return ""
	}
	if plainDate(b) {
		return record.Date(r.text.copy(b))
	}
	s := r.text.copy(b)
	if d, err := record.ParseDate(s); err == nil {
		return d
	}
	// R4 §2.24.0.1 wants an offset with every time; some servers leave it out.
	if t, err := time.ParseInLocation("2006-01-02T15:04:05", s, r.zone); err == nil && len(s) == 19 {
		return record.DateOf(t)
	}
	r.flaws |= badDate
	return ""
}

// plainDate reports whether b is surely a date that record.ParseDate accepts. It
// knows the usual forms only; the rest is left to ParseDate.
func plainDate(b []byte) bool {
	if len(b) < 10 || b[4] != '-' || b[7] != '-' {
		return false
	}
	year, month, day := two(b[0:])*100+two(b[2:]), two(b[5:]), two(b[8:])
	if year < 100 || month < 1 || month > 12 || day < 1 || day > 28 {
		return false // the last days of a month are left to ParseDate
	}
	if len(b) == 10 {
		return true
	}
	if len(b) < 20 || b[10] != 'T' || b[13] != ':' || b[16] != ':' ||
		!below(b[11:], 24) || !below(b[14:], 60) || !below(b[17:], 60) {
		return false
	}
	rest := b[19:]
	if rest[0] == '.' {
		n := 1
		for n < len(rest) && rest[n]-'0' <= 9 {
			n++
		}
		if n == 1 || n > 10 {
			return false
		}
		rest = rest[n:]
	}
	if len(rest) == 1 {
		return rest[0] == 'Z'
	}
	return len(rest) == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':' && below(rest[1:], 24) && below(rest[4:], 60)
}

// two reads two digits; far below zero if they are not there.
func two(b []byte) int {
	if b[0]-'0' > 9 || b[1]-'0' > 9 {
		return -1 << 20
	}
	return int(b[0]-'0')*10 + int(b[1]-'0')
}

func below(b []byte, limit int) bool { n := two(b); return n >= 0 && n < limit }
