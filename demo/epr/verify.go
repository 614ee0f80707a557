package epr

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// parsed is a JWT taken apart; nothing of it is proved yet.
type parsed struct {
	header struct {
		Alg, Kid, Typ string
	}
	claims    map[string]any
	input     string
	signature []byte
}

func parse(token string) (*parsed, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, errors.New("it is no JWT of three parts")
	}
	p := &parsed{input: parts[0] + "." + parts[1]}
	for i, into := range []any{&p.header, &p.claims} {
		text, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil {
			return nil, errors.New("it is not base64url without padding")
		}
		if err := json.Unmarshal(text, into); err != nil {
			return nil, errors.New("it is not JSON inside")
		}
	}
	var err error
	if p.signature, err = base64.RawURLEncoding.DecodeString(parts[2]); err != nil {
		return nil, errors.New("its signature is not base64url without padding")
	}
	return p, nil
}

// verify checks the signature by the one key of the set with the token's kid. SMART App
// Launch §client-confidential-asymmetric allows RS384 and ES384 only.
func (p *parsed) verify(set json.RawMessage) error {
	var keys struct{ Keys []jwk }
	if err := json.Unmarshal(set, &keys); err != nil {
		return errors.New("the client's key set is no JSON")
	}
	var found []jwk
	for _, k := range keys.Keys {
		if k.Kid == p.header.Kid && k.Kid != "" {
			found = append(found, k)
		}
	}
	if len(found) != 1 {
		return fmt.Errorf("%d keys of the client's set have the kid %q", len(found), p.header.Kid)
	}
	switch k := found[0]; {
	case p.header.Alg == rs384 && k.Kty == "RSA":
		return p.verifyRSA(k)
	case p.header.Alg == es384 && k.Kty == "EC" && k.Crv == "P-384":
		return p.verifyEC(k)
	}
	return fmt.Errorf("the algorithm %q is not RS384 or ES384, or not for the key %q", p.header.Alg, p.header.Kid)
}

var errSignature = errors.New("the signature is wrong")

func (p *parsed) sum() []byte {
	digest := hashOf(p.header.Alg).New()
	digest.Write([]byte(p.input))
	return digest.Sum(nil)
}

func (p *parsed) verifyRSA(k jwk) error {
	n, errN := base64.RawURLEncoding.DecodeString(k.N)
	e, errE := base64.RawURLEncoding.DecodeString(k.E)
	if err := errors.Join(errN, errE); err != nil || len(e) > 4 {
		return fmt.Errorf("the key %q cannot be read", k.Kid)
	}
	public := &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
	if rsa.VerifyPKCS1v15(public, hashOf(rs384), p.sum(), p.signature) != nil {
		return errSignature
	}
	return nil
}

func (p *parsed) verifyEC(k jwk) error {
	x, errX := base64.RawURLEncoding.DecodeString(k.X)
	y, errY := base64.RawURLEncoding.DecodeString(k.Y)
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P384(), append(append([]byte{4}, x...), y...))
	if err := errors.Join(errX, errY, err); err != nil {
		return fmt.Errorf("the key %q cannot be read", k.Kid)
	}
	const size = 48
	if len(p.signature) != 2*size {
		return errSignature
	}
	r, s := new(big.Int).SetBytes(p.signature[:size]), new(big.Int).SetBytes(p.signature[size:])
	if !ecdsa.Verify(public, p.sum(), r, s) {
		return errSignature
	}
	return nil
}
