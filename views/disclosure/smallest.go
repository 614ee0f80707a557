package disclosure

import "errors"

const (
	// MinK is the least number of people that may be told of together: below three, one
	// of two people who are counted would know the other.
	MinK = 3
	// DefaultK hides 1 to 7, as NHS England does in statistics of hospital care.
	DefaultK = 8
	// DefaultRound is what NHS England rounds such counts to.
	DefaultRound = 5
)

var errSmallK = errors.New("at least three people are told of together")
