package disclosure

// numberOf reads an NHS number: digits with spaces and hyphens between them, ten in all,
// a valid check digit (modulus 11), no placeholder of equal digits.
func numberOf[T ~string | ~[]byte](text T) (number uint64, ok bool) {
	var digits, sum, last int
	alike := true
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == ' ' || c == '-' || c == '\t' {
			continue
		}
		if c < '0' || c > '9' || digits == 10 {
			return 0, false
		}
		digit := int(c - '0')
		alike = alike && (digits == 0 || digit == last)
		last = digit
		if digits < 9 {
			sum += digit * (10 - digits)
		}
		number = number*10 + uint64(digit)
		digits++
	}
	// A remainder that asks for the check digit 10 fits no digit.
	return number, digits == 10 && !alike && (11-sum%11)%11 == last
}
