package smart

import (
	"context"
	"crypto/ecdsa"
	"crypto/rsa"
	"errors"

	"github.com/go-jose/go-jose/v3"
	"github.com/go-jose/go-jose/v3/json"
)

// mostRSA keeps checking a signature short, in bits.
const mostRSA = 8192

// What may be wrong with the client's keys.
const (
	noSuchKey    cause = "The client's key set has no key of this kid and of the kind that the algorithm needs"
	keyTwice     cause = "The client's key set has more than one key of this kid"
	otherUse     cause = "The client's key of this kid is not for signatures with this algorithm (use, alg)"
	weakKey      cause = "The client's key of this kid is neither RSA of 2048 to 8192 bits nor of the curve P-384"
	notKeySet    cause = "The client's key set cannot be fetched: what stands there is no JSON Web Key Set of 1 to 20 keys"
	notPublicKey cause = "The client's key set cannot be used: it publishes a key that is private"
)

// keyOf gives the key that must have signed: one of the registered, or of those published at
// the registered address, and asked for again if it is not there, because the client may
// have rotated them.
func (a *Authentication) keyOf(ctx context.Context, client *Client, header jose.Header) (any, error) {
	if jku, given := header.ExtraHeaders["jku"]; given && (client.JWKSURL == "" || jku != client.JWKSURL) {
		return nil, foreignJKU
	}
	if client.JWKSURL == "" {
		return pickKey(client.keys.Keys, header)
	}
	keys, err := a.Fetcher.held(ctx, client.JWKSURL)
	if err != nil {
		return nil, err
	}
	key, err := pickKey(keys, header)
	if !errors.Is(err, noSuchKey) {
		return key, err
	}
	keys, err = a.Fetcher.renewed(ctx, client.JWKSURL)
	if err != nil {
		return nil, err
	}
	return pickKey(keys, header)
}

// pickKey gives the one key of the kid and of the kind that the algorithm needs; more than
// one is none. SMART App Launch 2.2, "Signature Verification".
func pickKey(keys []jose.JSONWebKey, header jose.Header) (any, error) {
	var found []jose.JSONWebKey
	for _, key := range keys {
		if key.KeyID == header.KeyID && kindFits(key.Key, header.Algorithm) {
			found = append(found, key)
		}
	}
	if len(found) == 0 {
		return nil, noSuchKey
	}
	key := found[0]
	switch {
	case len(found) > 1:
		return nil, keyTwice
	case key.Use != "" && key.Use != "sig", key.Algorithm != "" && key.Algorithm != header.Algorithm:
		return nil, otherUse
	case !strong(key.Key) || tooLong(key.Key):
		return nil, weakKey
	}
	return key.Key, nil
}

// kindFits reports whether the key is of the algorithm's kty.
func kindFits(key any, alg string) bool {
	switch key.(type) {
	case *rsa.PublicKey:
		return alg == string(jose.RS384)
	case *ecdsa.PublicKey:
		return alg == string(jose.ES384)
	}
	return false
}

func tooLong(key any) bool {
	k, ok := key.(*rsa.PublicKey)
	return ok && k.N.BitLen() > mostRSA
}

// readKeySet reads a published key set. Where registration refuses a key that is of no use,
// here it is only left out, as RFC 7517 §5 has it: nobody is there to be told, and a client
// may publish keys for others too. A private key among them spoils all.
func readKeySet(text []byte) ([]jose.JSONWebKey, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if json.Unmarshal(text, &set) != nil || len(set.Keys) == 0 || len(set.Keys) > maxKeys {
		return nil, notKeySet
	}
	var keys []jose.JSONWebKey
	for _, text := range set.Keys {
		var secret struct {
			D json.RawMessage `json:"d"`
			K json.RawMessage `json:"k"`
		}
		if json.Unmarshal(text, &secret) != nil {
			return nil, notKeySet
		}
		if secret.D != nil || secret.K != nil {
			return nil, notPublicKey
		}
		var key jose.JSONWebKey
		if key.UnmarshalJSON(text) == nil && key.Valid() && key.IsPublic() {
			keys = append(keys, key)
		}
	}
	return keys, nil
}
