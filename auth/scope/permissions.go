package scope

import "strings"

// Permissions are what a scope lets a client do with a type of resource; the zero
// Permissions are none. SMART App Launch 2.2, "Scopes for requesting FHIR Resources".
type Permissions uint8

// The permissions, in the order that a scope must name them.
const (
	Create Permissions = 1 << iota
	Read
	Update
	Delete
	Search
)

// What the words of SMART v1 mean (SMART App Launch 2.2, "Scopes and Launch Context",
// compatibility with SMART v1).
const (
	readV1  = Read | Search
	writeV1 = Create | Update | Delete
	allV1   = readV1 | writeV1
)

const letters = "cruds"

// String has the letters of v2, "" for none.
func (p Permissions) String() string {
	var b strings.Builder
	for i := range letters {
		if p&(1<<i) != 0 {
			b.WriteByte(letters[i])
		}
	}
	return b.String()
}

// V1 gives the word of v1 for exactly these permissions; false if v1 has none.
func (p Permissions) V1() (string, bool) {
	switch p {
	case readV1:
		return "read", true
	case writeV1:
		return "write", true
	case allV1:
		return "*", true
	}
	return "", false
}

// wholeV1 leaves what v1 has a word for: half of "read" is nothing.
func (p Permissions) wholeV1() (whole Permissions) {
	for _, group := range []Permissions{readV1, writeV1} {
		if p&group == group {
			whole |= group
		}
	}
	return whole
}

// parsePermissions reads a word of v1 or letters of v2; false if it is neither.
func parsePermissions(word string) (p Permissions, v1, ok bool) {
	switch word {
	case "read":
		return readV1, true, true
	case "write":
		return writeV1, true, true
	case "*":
		return allV1, true, true
	}
	next := 0
	for i := range len(word) { // in this order, each at most once
		at := strings.IndexByte(letters[next:], word[i])
		if at < 0 {
			return 0, false, false
		}
		p |= 1 << (next + at)
		next += at + 1
	}
	return p, false, p != 0
}
