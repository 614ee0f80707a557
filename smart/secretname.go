package smart

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
)

// SecretName tells one of the server's secrets from others, and nothing of it: 64 bits that
// follow from it, in hex. RFC 5869.
func SecretName(secret []byte) string {
	name, err := hkdf.Key(sha256.New, secret, nil, "patchwork which secret", 8)
	if err != nil {
		panic(err) // only if more is asked for than SHA-256 gives
	}
	return hex.EncodeToString(name)
}
