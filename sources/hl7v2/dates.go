package hl7v2

import (
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
)

// dates reads times as they stand in messages, and remembers whether one could not be read.
type dates struct {
	zone *time.Location
	bad  bool
}

// of reads YYYY[MM[DD[HH[MM[SS[.S…]]]]]][±ZZZZ], as exact as it is; a time without offset
// is meant in the zone (hazard H-14). What cannot be read is "".
func (d *dates) of(c er7.Component) record.Date {
	text := strings.TrimSpace(c.Text())
	if text == "" {
		return ""
	}
	at, ok := parseTime(text, d.zone)
	if !ok {
		d.bad = true
	}
	return at
}

// field is of for a whole field.
func (d *dates) field(f er7.Field) record.Date { return d.of(f.Component(1)) }

func parseTime(text string, zone *time.Location) (record.Date, bool) {
	offset := ""
	if i := strings.IndexAny(text, "+-"); i >= 0 {
		text, offset = text[:i], text[i:]
	}
	digits, fraction, _ := strings.Cut(text, ".")
	for _, c := range digits + fraction {
		if c < '0' || c > '9' {
			return "", false
		}
	}
	switch len(digits) {
	case 4:
		return checked(digits)
	case 6:
		return checked(digits[:4] + "-" + digits[4:])
	case 8:
		return checked(digits[:4] + "-" + digits[4:6] + "-" + digits[6:])
	case 10, 12:
		digits += strings.Repeat("0", 14-len(digits))
	case 14:
	default:
		return "", false
	}
	layout, value := "20060102150405", digits
	var t time.Time
	var err error
	if offset != "" {
		t, err = time.Parse(layout+"-0700", value+offset)
	} else {
		t, err = time.ParseInLocation(layout, value, zone)
	}
	if err != nil {
		return "", false
	}
	return record.DateOf(t), true
}

func checked(s string) (record.Date, bool) {
	if s[:4] == "0000" {
		return "", false
	}
	d, err := record.ParseDate(s)
	return d, err == nil
}
