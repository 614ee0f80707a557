package disclosure

// A rounding publishes counts that are nobody or at least `least` people.
type rounding struct{ to, least int }

// of is the nearest multiple, upwards from the middle. Somebody is never rounded to
// nobody.
func (r rounding) of(count int) int {
	if count == 0 {
		return 0
	}
	return max(r.to, (count+r.to/2)/r.to*r.to)
}

// bounds are the least and the greatest count that is published like this one.
func (r rounding) bounds(count int) (low, high int) {
	if count == 0 {
		return 0, 0
	}
	published := r.of(count)
	low = published - r.to/2
	if published == r.to {
		low = r.least
	}
	return max(r.least, low), published - r.to/2 + r.to - 1
}
