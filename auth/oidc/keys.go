package oidc

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"strings"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/json"
)

const (
	publishedKeys = "the provider's keys"
	mostKeys      = 64
	// Of RSA, in bits: the least is RFC 7518 §3.3, the most keeps checking short.
	leastRSA = 2048
	mostRSA  = 8192
)

// keySet is what the provider signs with.
type keySet []jose.JSONWebKey

// fetchKeys reads jwks_uri. Keys that cannot have signed a token for us are left out, as RFC
// 7517 §5 has it.
func (p *provider) fetchKeys(ctx context.Context) (keySet, error) {
	m, err := p.metadata.get(ctx)
	if err != nil {
		return nil, err
	}
	return p.readKeys(ctx, m)
}

func (p *provider) readKeys(ctx context.Context, m *metadata) (keySet, error) {
	body, err := p.wire.get(ctx, m.Keys, publishedKeys)
	if err != nil {
		return nil, err
	}
	return keysIn(body)
}

// keysIn are the keys of a set that may have signed a token.
func keysIn(body []byte) (keySet, error) {
	var published struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if !decode(body, &published) {
		return nil, invalid(publishedKeys + " are no JSON Web Key Set")
	}
	if len(published.Keys) > mostKeys {
		return nil, invalid(publishedKeys + " are too many")
	}
	var usable keySet
	for _, text := range published.Keys {
		var key jose.JSONWebKey
		if key.UnmarshalJSON(text) == nil && signs(key) {
			usable = append(usable, key)
		}
	}
	if len(usable) == 0 {
		return nil, invalid(publishedKeys + " hold none that signs")
	}
	return usable, nil
}

// signs reports whether a key may sign tokens: public, strong enough, and not meant for
// encryption.
func signs(key jose.JSONWebKey) bool {
	if !key.Valid() || !key.IsPublic() || key.Use != "" && key.Use != "sig" {
		return false
	}
	switch k := key.Key.(type) {
	case *rsa.PublicKey:
		return k.N.BitLen() >= leastRSA && k.N.BitLen() <= mostRSA
	case *ecdsa.PublicKey, ed25519.PublicKey:
		return true
	}
	return false
}

// of are the keys that may have made a signature. Without a kid there must be one key only
// that it can be (OIDC Core §10.1).
func (s keySet) of(kid, alg string) []crypto.PublicKey {
	var found []crypto.PublicKey
	for _, key := range s {
		if (kid == "" || key.KeyID == kid) && (key.Algorithm == "" || key.Algorithm == alg) && fits(key.Key, alg) {
			found = append(found, key.Key)
		}
	}
	if kid == "" && len(found) > 1 {
		return nil
	}
	return found
}

// fits reports whether alg is one of the key's kind (RFC 7518 §3.1, RFC 8037 §3.1).
func fits(key any, alg string) bool {
	switch k := key.(type) {
	case *rsa.PublicKey:
		return strings.HasPrefix(alg, "RS") || strings.HasPrefix(alg, "PS")
	case *ecdsa.PublicKey:
		return alg == curveAlg(k.Curve)
	case ed25519.PublicKey:
		return alg == "EdDSA"
	}
	return false
}

func curveAlg(curve elliptic.Curve) string {
	switch curve {
	case elliptic.P256():
		return "ES256"
	case elliptic.P384():
		return "ES384"
	case elliptic.P521():
		return "ES512"
	}
	return ""
}
