package match

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

func compareNumber(a, b *Traits) level {
	switch {
	case a.number != "" && a.number == b.number:
		if a.verified && b.verified {
			return numberVerified
		}
		return numberEqual
	case supersedes(a, b) || supersedes(b, a):
		return numberSuperseded
	case a.number == "" || b.number == "":
		return missing
	case digitSlip(a.number, b.number):
		return numberSlip
	}
	return numberDifferent
}

// supersedes reports whether b's number is a former one of a.
func supersedes(a, b *Traits) bool { return b.number != "" && slices.Contains(a.superseded, b.number) }

// compareIdentifiers compares the numbers that one and the same organisation gives.
func compareIdentifiers(a, b *Traits) level {
	best := missing
	for _, x := range a.identifiers {
		for _, y := range b.identifiers {
			if x.System != y.System {
				continue
			}
			l := identifierDifferent
			switch {
			case x.Value == y.Value:
				return identifierEqual
			case digitSlip(x.Value, y.Value):
				l = identifierSlip
			}
			if best == missing || l < best {
				best = l
			}
		}
	}
	return best
}

// telecoms reads telephone numbers and e-mail addresses.
func (t *Traits) telecoms(from []record.Telecom) {
	for i := range from {
		value := folded(strings.TrimSpace(from[i].Value))
		if at := strings.LastIndexByte(value, '@'); at > 0 {
			if len(t.emails) < maxValues {
				t.emails = append(t.emails, value)
			}
			continue
		}
		if from[i].System == "email" || from[i].System == "url" {
			continue
		}
		number := digitsOf(value)
		number = strings.TrimPrefix(strings.TrimPrefix(number, "0044"), "44")
		if number = strings.TrimPrefix(number, "0"); len(number) >= 7 && !placeholder(number) && len(t.phones) < maxValues {
			t.phones = append(t.phones, number)
		}
	}
}

// compareContact compares telephone numbers and e-mail addresses; the nearest counts.
func compareContact(a, b *Traits) level {
	best := missing
	nearer := func(l level) {
		if best == missing || l < best {
			best = l
		}
	}
	for _, x := range a.phones {
		for _, y := range b.phones {
			switch {
			case x == y:
				return contactSame
			case digitSlip(x, y):
				nearer(contactSimilar)
			default:
				nearer(contactDifferent)
			}
		}
	}
	for _, x := range a.emails {
		for _, y := range b.emails {
			switch {
			case x == y:
				return contactSame
			case slipped(x, y, 1) || slipped(x, y, 2):
				nearer(contactSimilar)
			default:
				nearer(contactDifferent)
			}
		}
	}
	return best
}
