package mock

import (
	"strings"
	"time"
)

// Population is a group of people whose records look alike.
type Population int

// The populations.
const (
	// Whole have a whole record in every source: 131 resources each.
	Whole Population = iota
	// Listed have what a worklist shows: identity, allergies, an alert, a NEWS2 score.
	Listed
	// New are like Whole, and the server under test has not met them before.
	New
)

// Person is who an NHS number stands for. The same in every source.
type Person struct {
	// Number is the NHS number: ten digits, valid.
	Number string
	// Family is the family name; six letters.
	Family string
	// Birth is the date of birth: YYYY-MM-DD.
	Birth string
}

// sharing is how many people in a row share family name and date of birth, as twins
// and strangers do: the hits of one search.
const sharing = 5

// families are names of one length, so that a record can be written in place.
var families = strings.Fields("Harris Martin Walker Wright Hughes Butler Foster Barnes Fisher Palmer Murray Graham Dawson Carter Turner Parker Cooper Morris Rogers Bailey")

// firsts are the first nine digits of each population's first number.
var firsts = [...]int{Whole: 400_000_000, Listed: 600_000_000, New: 700_000_000}

// People are the first n people of a population, always the same.
func People(of Population, n int) []Person {
	people := make([]Person, 0, n)
	born := time.Date(1930+20*int(of), 1, 1, 0, 0, 0, 0, time.UTC)
	for nine := firsts[of]; len(people) < n; nine++ {
		number, ok := withCheckDigit(nine)
		if !ok {
			continue
		}
		group := len(people) / sharing
		people = append(people, Person{
			Number: number, Family: families[group%len(families)],
			Birth: born.AddDate(0, 0, group/len(families)).Format(time.DateOnly),
		})
	}
	return people
}

// withCheckDigit makes an NHS number of its first nine digits; not every nine have one.
// NHS Data Dictionary: NHS NUMBER (modulus 11).
func withCheckDigit(nine int) (string, bool) {
	digits := make([]byte, 10)
	sum := 0
	for i := 8; i >= 0; i-- {
		d := nine % 10
		nine /= 10
		digits[i] = byte('0' + d)
		sum += d * (10 - i)
	}
	check := (11 - sum%11) % 11
	digits[9] = byte('0' + check)
	return string(digits), check < 10
}

// populationOf tells the population by the number.
func populationOf(number string) (Population, bool) {
	if len(number) != 10 {
		return 0, false
	}
	for of, first := range firsts {
		if int(number[0]-'0') == first/100_000_000 {
			return Population(of), true
		}
	}
	return 0, false
}
