package match

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// address is one address, normalised.
type address struct {
	postcode string
	// uk is whether the postcode has the form of the United Kingdom.
	uk bool
	// house is the house's number or name, streets the lines that may be the street.
	house   string
	streets []string
	// places are the lines after the street: locality, town, county.
	places []string
}

func (a *address) isZero() bool {
	return a.postcode == "" && a.house == "" && len(a.streets) == 0 && len(a.places) == 0
}

// nowhere are postcodes that mean no fixed abode or not known.
var nowhere = map[string]bool{"zz993vz": true, "zz993wz": true, "zz993cz": true, "zz993gz": true, "zz993hz": true, "zz993jz": true}

func addressOf(from *record.Address) address {
	a := address{postcode: joined(from.Postcode)}
	if nowhere[a.postcode] || a.postcode != "" && len(a.postcode) > 2 && placeholder(a.postcode) {
		return address{}
	}
	a.uk = ukPostcode(a.postcode)
	for _, line := range from.Lines {
		parts := words(line, false)
		if len(parts) == 0 || len(a.streets)+len(a.places) == maxValues {
			continue
		}
		number := houseIn(parts)
		if a.house == "" && number >= 0 && len(a.streets) < 2 {
			a.house = parts[number]
			parts = slices.Delete(parts, number, number+1)
		}
		switch text := strings.Join(parts, " "); {
		case text == "":
		case len(a.streets) == 0:
			a.streets = append(a.streets, text)
		case len(a.streets) == 1:
			// The second line may be the street, where the first is the house's name, or
			// a locality.
			a.streets = append(a.streets, text)
			a.places = append(a.places, text)
		default:
			a.places = append(a.places, text)
		}
	}
	return a
}

// houseIn is the place of the last word that begins with a digit: "Flat 2, 14 High
// Street" is number 14; -1 if there is none.
func houseIn(parts []string) int {
	for i := len(parts) - 1; i >= 0; i-- {
		if parts[i][0] >= '0' && parts[i][0] <= '9' {
			return i
		}
	}
	return -1
}

// ukPostcode reports whether a postcode ends with a digit and two letters, as those of
// the United Kingdom do.
func ukPostcode(s string) bool {
	n := len(s)
	return n >= 5 && n <= 7 && letter(s[0]) && digit(s[n-3]) && letter(s[n-2]) && letter(s[n-1])
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

// places compares all addresses of one with all of the other: the nearest counts, for
// each field by itself, since systems keep the parts of one address in different fields.
func (c *comparison) places(a, b []address) {
	for i := range a {
		for k := range b {
			x, y := &a[i], &b[k]
			l := comparePostcode(x, y)
			if c.nearer(postcode, l) && l == postcodeUnit {
				c.shared[postcode] = x.postcode
			}
			c.nearer(street, compareStreet(x, y))
			l, shared := comparePlace(x, y)
			if c.nearer(place, l) || l == placeSame && c.levels[place] == l && shared < c.shared[place] {
				c.shared[place] = shared
			}
		}
	}
}

// nearer takes a level if it is nearer than the one there is.
func (c *comparison) nearer(f field, l level) bool {
	if l == missing || c.levels[f] != missing && c.levels[f] <= l {
		return false
	}
	c.levels[f] = l
	return true
}

func comparePostcode(a, b *address) level {
	x, y := a.postcode, b.postcode
	switch {
	case x == "" || y == "":
		return missing
	case x == y:
		return postcodeUnit
	case digitSlip(x, y):
		if a.uk && b.uk && x[:len(x)-2] == y[:len(y)-2] {
			return postcodeSector // neighbours live there, whatever was typed
		}
		return postcodeSlip
	case a.uk && b.uk && x[:len(x)-2] == y[:len(y)-2]:
		return postcodeSector
	case a.uk && b.uk && x[:len(x)-3] == y[:len(y)-3]:
		return postcodeOutward
	}
	return postcodeDifferent
}

// sameStreet is how similar two streets are at least that are one.
const sameStreet = 0.92

func compareStreet(a, b *address) level {
	houses := a.house != "" && a.house == b.house
	if len(a.streets) == 0 || len(b.streets) == 0 {
		if houses && (a.postcode == b.postcode || a.postcode == "" || b.postcode == "") {
			return streetNumber
		}
		return missing
	}
	for _, x := range a.streets {
		for _, y := range b.streets {
			if similarFrom(x, y, sameStreet) == 0 {
				continue
			}
			if houses || a.house == "" && b.house == "" && len(a.streets) > 1 && slices.Equal(a.streets, b.streets) {
				return streetHouse
			}
			return streetOnly
		}
	}
	if houses {
		return streetNumber
	}
	return streetDifferent
}

// comparePlace compares the lines below the street. Of equal ones the first in order is
// shared; which one does not matter to a model without frequencies of places.
func comparePlace(a, b *address) (level, string) {
	if len(a.places) == 0 || len(b.places) == 0 {
		return missing, ""
	}
	best, shared := placeDifferent, ""
	for _, x := range a.places {
		for _, y := range b.places {
			switch {
			case x == y:
				if best != placeSame || len(x) > len(shared) || len(x) == len(shared) && x < shared {
					best, shared = placeSame, x
				}
			case best == placeDifferent && similarFrom(x, y, sameStreet) > 0:
				best = placeSimilar
			}
		}
	}
	return best, shared
}
