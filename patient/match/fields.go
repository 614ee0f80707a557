package match

// level is how one field agrees: the first is missing, the others are named in the
// field's own list.
type level uint8

// missing: one of the two does not say; it counts for nothing either way.
const missing level = 0

// field is one thing that is compared.
type field int

const (
	family field = iota
	given
	birth
	sex
	postcode
	street
	place
	contact
	number
	identifier
	fieldCount
)

// maxLevels is the most levels that a field has, missing among them.
const maxLevels = 9

// The levels of each field, the nearest first, in the order of levelNames.
const (
	familyExact     level = iota + 1
	familyExchanged       // it is the other's given name, and the other way round
	familyFormer          // it is a former name of the other
	familyPart            // one part of a double-barrelled name
	familyClose           // one slip of the finger, or very similar
	familySimilar
	familyDifferent
)

const (
	givenExact     level = iota + 1
	givenExchanged       // see familyExchanged
	givenFirst           // the first is the same, the others contradict each other
	givenAny             // some given name is the same
	givenClose           // one slip of the finger, or very similar
	givenInitial         // one is an initial only, and it is the right one
	givenSimilar
	givenDifferent
)

const (
	birthEqual     level = iota + 1
	birthExchanged       // day and month exchanged
	birthDigit           // one digit wrong, or two neighbours exchanged
	birthPartly          // as far as both are known
	birthParts           // two of year, month and day
	birthYear            // the year only
	birthDifferent
)

const (
	sexEqual level = iota + 1
	sexDifferent
)

const (
	postcodeUnit    level = iota + 1
	postcodeSlip          // one character wrong, or two neighbours exchanged
	postcodeSector        // all but the last two letters
	postcodeOutward       // the first half
	postcodeDifferent
)

const (
	streetHouse  level = iota + 1 // the street and the house
	streetOnly                    // the street
	streetNumber                  // the house's number, in another street
	streetDifferent
)

const (
	placeSame level = iota + 1
	placeSimilar
	placeDifferent
)

const (
	contactSame level = iota + 1
	contactSimilar
	contactDifferent
)

const (
	numberVerified   level = iota + 1 // equal, both verified
	numberSuperseded                  // one lists the other's as its former one
	numberEqual                       // equal, not both verified
	numberSlip                        // one digit wrong, or two neighbours exchanged
	numberDifferent
)

const (
	identifierEqual level = iota + 1
	identifierSlip
	identifierDifferent
)

// fieldNames and levelNames are the words of fields and levels: keys of the
// configuration and what an Agreement says.
var fieldNames = [fieldCount]string{
	"family name", "given name", "birth date", "sex", "postcode", "address", "place", "contact", "NHS number", "identifier",
}

var levelNames = [fieldCount][]string{
	family:     {"", "exact", "exchanged", "former", "part", "close", "similar", "different"},
	given:      {"", "exact", "exchanged", "first", "any", "close", "initial", "similar", "different"},
	birth:      {"", "equal", "exchanged", "digit", "partly", "parts", "year", "different"},
	sex:        {"", "equal", "different"},
	postcode:   {"", "unit", "slip", "sector", "outward", "different"},
	street:     {"", "house", "street", "number", "different"},
	place:      {"", "same", "similar", "different"},
	contact:    {"", "same", "similar", "different"},
	number:     {"", "verified", "superseded", "equal", "slip", "different"},
	identifier: {"", "equal", "slip", "different"},
}

// comparison is how two people agree, field by field, and the values that they share
// where a model may know how frequent those are.
type comparison struct {
	levels [fieldCount]level
	shared [fieldCount]string
	// loosely: the names are exchanged, but not as they are written.
	loosely bool
}

func compare(a, b *Traits) (c comparison) {
	c.names(a, b)
	c.levels[birth] = compareBirth(&a.birth, &b.birth)
	if c.levels[birth] == birthEqual {
		c.shared[birth] = a.birth.text
	}
	c.levels[sex] = compareSex(a.sex, b.sex)
	c.places(a.addresses, b.addresses)
	c.levels[contact] = compareContact(a, b)
	c.levels[number] = compareNumber(a, b)
	c.levels[identifier] = compareIdentifiers(a, b)
	return c
}

func compareSex(a, b byte) level {
	switch {
	case a == 0 || b == 0:
		return missing
	case a == b:
		return sexEqual
	}
	return sexDifferent
}
