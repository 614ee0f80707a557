package epr

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"maps"

	_ "crypto/sha256" // RS256
	_ "crypto/sha512" // RS384 and ES384
)

// Changes are put over what a correct EPR would say, for tests of what must be refused. A
// nil value leaves the claim out.
type Changes map[string]any

func (c Changes) over(claims map[string]any) map[string]any {
	all := maps.Clone(claims)
	for name, value := range c {
		if value == nil {
			delete(all, name)
		} else {
			all[name] = value
		}
	}
	return all
}

// Sign makes a JWT with a key of the EPR as a client. Of the header, "alg" (ES384, RS384
// or none) chooses the key; what the header leaves out is as it should be.
func (e *EPR) Sign(header, claims map[string]any) (string, error) {
	alg, _ := header["alg"].(string)
	if alg == "" {
		alg = es384
	}
	s := e.keys.client(alg)
	return s.sign(Changes(header).over(map[string]any{"alg": alg, "kid": s.kid, "typ": "JWT"}), claims)
}

// sign makes a JWT in compact form (RFC 7515 §7.1). The algorithm none has an empty
// signature.
func (s signer) sign(header, claims map[string]any) (string, error) {
	var parts [2]string
	for i, part := range []map[string]any{header, claims} {
		text, err := json.Marshal(part)
		if err != nil {
			return "", err
		}
		parts[i] = encode(text)
	}
	input := parts[0] + "." + parts[1]
	if header["alg"] == "none" {
		return input + ".", nil
	}
	signature, err := s.signature([]byte(input))
	if err != nil {
		return "", err
	}
	return input + "." + encode(signature), nil
}

func (s signer) signature(input []byte) ([]byte, error) {
	hash := hashOf(s.alg)
	if hash == 0 {
		return nil, fmt.Errorf("no key is for the algorithm %s", s.alg)
	}
	digest := hash.New()
	digest.Write(input)
	sum := digest.Sum(nil)
	switch key := s.key.(type) {
	case *rsa.PrivateKey:
		return rsa.SignPKCS1v15(rand.Reader, key, hash, sum)
	case *ecdsa.PrivateKey:
		return signEC(key, sum)
	}
	return nil, fmt.Errorf("no key is for the algorithm %s", s.alg)
}

// signEC writes r and s side by side (RFC 7518 §3.4), not as ASN.1.
func signEC(key *ecdsa.PrivateKey, sum []byte) ([]byte, error) {
	r, s, err := ecdsa.Sign(rand.Reader, key, sum)
	if err != nil {
		return nil, err
	}
	size := (key.Params().BitSize + 7) / 8
	return append(r.FillBytes(make([]byte, size)), s.FillBytes(make([]byte, size))...), nil
}

// hashOf is 0 for an algorithm that nothing here is signed with.
func hashOf(alg string) crypto.Hash {
	return map[string]crypto.Hash{rs256: crypto.SHA256, rs384: crypto.SHA384, es384: crypto.SHA384}[alg]
}
