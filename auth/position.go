package auth

import (
	"unicode"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/record"
)

// Position is what somebody works as, and for whom: FHIR's PractitionerRole, the "role
// profile" of NHS CIS2. A person may have several and acts in one at a time.
type Position struct {
	Role         Role                `json:"role"`
	Organisation record.Organisation `json:"organisation"`
	// CareSetting is where they work, for example "gp" or "acute"; "" if not known.
	CareSetting string `json:"careSetting,omitempty"`
}

// Identity is somebody as a stanza's mapping understood their Proof.
type Identity struct {
	// Issuer and Subject are the proof's: together the user.
	Issuer, Subject string
	// Name is what to show and to audit.
	Name string
	// Identifiers are professional ones by kind: "gmc", "nmc", "gphc", "hcpc", "swe",
	// "sds" (the NHS national user id), "email" (to be shown; never to find anybody by).
	Identifiers map[string]string
	// Positions are those they may take, in the mapping's order; never empty.
	Positions []Position
}

// plainText reports whether s is valid UTF-8 of printable characters and spaces.
func plainText(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}
