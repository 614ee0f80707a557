package smart

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"

	"github.com/ory/fosite"
)

// Hasher compares secrets that this server made. They have 256 random bits, so that a fast
// hash without salt is enough; fosite's bcrypt would let a wrong secret cost a third of a
// second.
type Hasher struct{}

var _ fosite.Hasher = Hasher{}

var errSecret = errors.New("smart: the secret is not the client's")

// Compare is nil if data is the secret of the hash. A client without a secret has none
// that is right.
func (Hasher) Compare(_ context.Context, hash, data []byte) error {
	if h := sha256.Sum256(data); len(hash) != len(h) || subtle.ConstantTimeCompare(hash, h[:]) != 1 {
		return errSecret
	}
	return nil
}

// Hash is the SHA-256.
func (Hasher) Hash(_ context.Context, data []byte) ([]byte, error) {
	h := sha256.Sum256(data)
	return h[:], nil
}

// random gives 8·n random bits as URL-safe base64.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand
	return base64.RawURLEncoding.EncodeToString(b)
}
