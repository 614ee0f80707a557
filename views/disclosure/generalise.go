package disclosure

import (
	"regexp"
	"strings"
)

// dateShape is the graph's dates, as exact as they are known.
var dateShape = regexp.MustCompile(`^(\d{4})(?:-(0[1-9]|1[0-2])(?:-\d{2}(?:T.*)?)?)?$`)

// districtShape is the first half of a postcode, its district; the second half follows a
// space, or nothing, and is a digit and two letters.
var districtShape = regexp.MustCompile(`^([A-Z]{1,2}[0-9][A-Z0-9]?)(?: *[0-9][A-Z]{2})?$`)

// Generalise gives what a secondary purpose may have of a field's value: a birth date's
// year, the month of a clinical date, a postcode's district, anything else that is shown as
// it is. It is false where nothing may be shown: the field is forbidden, or its value is
// not of a form that can be made coarser.
func Generalise(field, value string) (string, bool) {
	switch class := ClassOf(field); class {
	case YearOnly:
		found := dateShape.FindStringSubmatch(value)
		if found == nil {
			return "", false
		}
		return found[1], true
	case MonthOnly:
		found := dateShape.FindStringSubmatch(value)
		switch {
		case found == nil:
			return "", false
		case found[2] == "":
			return found[1], true // no month is known
		}
		return found[1] + "-" + found[2], true
	case DistrictOnly:
		found := districtShape.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(value)))
		if found == nil {
			return "", false
		}
		return found[1], true
	default:
		if !class.shown() {
			return "", false
		}
		return value, true
	}
}
