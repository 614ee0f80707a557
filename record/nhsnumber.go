package record

import (
	"errors"
	"fmt"
	"io"
	"strconv"
)

// NHSNumberSystem is the identifier system of NHS numbers.
const NHSNumberSystem = "https://fhir.nhs.uk/Id/nhs-number"

// NHSNumber is ten digits with a valid modulus 11 check digit; "" is none.
// NHS Data Dictionary: NHS NUMBER.
type NHSNumber string

// The rules an NHS number can break. The texts never repeat what was typed.
var (
	ErrNHSNumberLength  = errors.New("an NHS number has 10 digits")
	ErrNHSNumberCheck   = errors.New("this is not an NHS number: its check digit (the last) does not fit the others (modulus 11)")
	ErrNHSNumberHolder  = errors.New("this number is a placeholder, not a person's NHS number")
	ErrNHSNumberInvalid = errors.New("an NHS number has digits, spaces and hyphens only")
)

// ParseNHSNumber reads an NHS number as people type it: spaces and hyphens are
// stripped. It refuses other characters, a wrong length, a wrong check digit and
// placeholders (all digits alike).
func ParseNHSNumber(s string) (NHSNumber, error) {
	digits := make([]byte, 0, 10)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if len(digits) == 10 {
				return "", ErrNHSNumberLength
			}
			digits = append(digits, c)
		case c == ' ' || c == '-' || c == '\t':
		default:
			return "", ErrNHSNumberInvalid
		}
	}
	if len(digits) != 10 {
		return "", ErrNHSNumberLength
	}
	sum, alike := 0, true
	for i, c := range digits[:9] {
		sum += int(c-'0') * (10 - i)
		alike = alike && c == digits[9]
	}
	if alike {
		return "", ErrNHSNumberHolder
	}
	check := 11 - sum%11
	if check == 11 {
		check = 0
	}
	if check == 10 || check != int(digits[9]-'0') {
		return "", ErrNHSNumberCheck
	}
	return NHSNumber(digits), nil
}

// Format shows the number 3-3-4 with single spaces; "" for none. NHS CUI: NHS number display.
func (n NHSNumber) Format() string {
	if len(n) != 10 {
		return string(n)
	}
	return string(n[:3] + " " + n[3:6] + " " + n[6:])
}

// MarshalGQL writes the ten digits.
func (n NHSNumber) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(n))) }

// UnmarshalGQL reads a number as typed; the error names the rule it breaks.
func (n *NHSNumber) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("an NHS number must be a string, not %T", v)
	}
	p, err := ParseNHSNumber(s)
	if err != nil {
		return err
	}
	*n = p
	return nil
}
