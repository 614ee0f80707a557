package disclosure

import "math/bits"

// Elimination is exact modulo a prime; this one is large enough that nothing vanishes by
// chance, and 2^61 is 1 modulo it.
const prime = 1<<61 - 1

func multiply(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	sum := low&prime + (high<<3 | low>>61)
	if sum >= prime {
		sum -= prime
	}
	return sum
}

func subtract(a, b uint64) uint64 {
	if a < b {
		a += prime
	}
	return a - b
}

// inverse of a number that is not zero, by Fermat's little theorem.
func inverse(a uint64) uint64 {
	result := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			result = multiply(result, a)
		}
		a = multiply(a, a)
	}
	return result
}
