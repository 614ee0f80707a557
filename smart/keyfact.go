package smart

import (
	"crypto"
	"crypto/rsa"
	"encoding/base64"

	"github.com/go-jose/go-jose/v3"
)

// KeyFact is what may be shown of a registered key, to compare it by.
type KeyFact struct {
	// ID is the kid, Type the kty, Algorithm what it signs with here.
	ID, Type, Algorithm string
	// Thumbprint is the SHA-256 of RFC 7638, as base64url.
	Thumbprint string
}

// KeyFacts are those of the registered keys; none if they are fetched, or there are none.
func (c *Client) KeyFacts() []KeyFact {
	if c.keys == nil {
		return nil
	}
	out := make([]KeyFact, len(c.keys.Keys))
	for i, key := range c.keys.Keys {
		out[i] = KeyFact{ID: key.KeyID, Type: "EC", Algorithm: string(jose.ES384)}
		if _, ok := key.Key.(*rsa.PublicKey); ok {
			out[i].Type, out[i].Algorithm = "RSA", string(jose.RS384)
		}
		if sum, err := key.Thumbprint(crypto.SHA256); err == nil {
			out[i].Thumbprint = base64.RawURLEncoding.EncodeToString(sum)
		}
	}
	return out
}
