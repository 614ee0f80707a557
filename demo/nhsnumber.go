package demo

import "fmt"

// nhsNumber completes nine digits with the modulus 11 check digit. One number
// in eleven has none: ok is false.
func nhsNumber(nine int) (number string, ok bool) {
	digits := fmt.Sprintf("%09d", nine)
	sum := 0
	for i, digit := range digits {
		sum += int(digit-'0') * (10 - i)
	}
	check := (11 - sum%11) % 11
	if check == 10 {
		return "", false
	}
	return fmt.Sprintf("%s%d", digits, check), true
}

// numbers hands out unused NHS numbers of the range that begins with 9, which
// is never given to real people.
type numbers struct{ used map[string]bool }

// next is the first unused number at or after nine digits.
func (n *numbers) next(nine int) string {
	for ; ; nine++ {
		number, ok := nhsNumber(nine)
		if ok && !n.used[number] {
			n.used[number] = true
			return number
		}
	}
}
