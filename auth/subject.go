package auth

import (
	"crypto/sha256"
	"encoding/hex"
)

// PublicSubject names a user to apps, as the `sub` of ID tokens and as a Practitioner of the
// FHIR API: opaque, the same every time, and another one for the same subject of another
// issuer.
func PublicSubject(issuer, subject string) string {
	sum := sha256.Sum256([]byte(issuer + "\n" + subject))
	return "u" + hex.EncodeToString(sum[:16])
}
