package tabular

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A ValueError says which value is none of its column. It never quotes the value, because
// errors are logged.
type ValueError struct {
	Row    int    // from 1
	Column string // "" is the whole row
	Reason string
}

func (e *ValueError) Error() string {
	if e.Column == "" {
		return fmt.Sprintf("tabular: row %d: %s", e.Row, e.Reason)
	}
	return fmt.Sprintf("tabular: row %d, column %s: %s", e.Row, e.Column, e.Reason)
}

// value is a value as its kind has it, or the reason why it is none.
func (k Kind) value(v any) (value any, reason string) {
	if v == nil {
		return nil, ""
	}
	switch k {
	case Boolean:
		if b, ok := v.(bool); ok {
			return b, ""
		}
		return nil, "not a boolean"
	case Integer:
		switch n := v.(type) {
		case int64:
			return n, ""
		case json.Number:
			if whole, err := n.Int64(); err == nil && isNumber(string(n)) {
				return whole, ""
			}
		}
		return nil, "not an integer of 64 bits"
	case Decimal:
		return decimal(v)
	}
	return text(v)
}

func decimal(v any) (value any, reason string) {
	switch n := v.(type) {
	case int64:
		return json.Number(strconv.FormatInt(n, 10)), ""
	case float64:
		if math.IsNaN(n) || math.IsInf(n, 0) {
			return nil, "not a finite number"
		}
		return json.Number(strconv.FormatFloat(n, 'g', -1, 64)), ""
	case json.Number:
		if !isNumber(string(n)) {
			return nil, "not a number"
		}
		if _, err := n.Float64(); err != nil {
			return nil, "a number beyond all that a float of 64 bits holds"
		}
		return n, ""
	}
	return nil, "not a number"
}

// text takes every primitive: a column whose type nobody knows holds text.
func text(v any) (value any, reason string) {
	switch s := v.(type) {
	case string:
		return strings.ToValidUTF8(s, "\uFFFD"), ""
	case bool:
		return strconv.FormatBool(s), ""
	case int64:
		return strconv.FormatInt(s, 10), ""
	case json.Number:
		return strings.ToValidUTF8(string(s), "\uFFFD"), ""
	case float64:
		return strconv.FormatFloat(s, 'g', -1, 64), ""
	}
	return nil, "not a primitive"
}

// isNumber says whether text is a number by the grammar of JSON (RFC 8259 §6), which no
// formula is.
func isNumber(text string) bool {
	rest := strings.TrimPrefix(text, "-")
	whole := digits(rest)
	if whole == 0 || whole > 1 && rest[0] == '0' {
		return false
	}
	rest = rest[whole:]
	if strings.HasPrefix(rest, ".") {
		behind := digits(rest[1:])
		if behind == 0 {
			return false
		}
		rest = rest[1+behind:]
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'e' && rest[0] != 'E' {
		return false
	}
	rest = rest[1:]
	if rest != "" && (rest[0] == '+' || rest[0] == '-') {
		rest = rest[1:]
	}
	return rest != "" && digits(rest) == len(rest)
}

func digits(text string) int {
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n
}
