package epr

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"math/big"
)

// Keys are what the EPR signs with. As a client of the shared record it has one key of
// each algorithm, and as an OpenID provider others.
type Keys struct {
	// ClientES and ClientRS sign client assertions and launches.
	ClientES *ecdsa.PrivateKey
	ClientRS *rsa.PrivateKey
	// IssuerES and IssuerRS sign id_tokens.
	IssuerES *ecdsa.PrivateKey
	IssuerRS *rsa.PrivateKey
}

// MakeKeys makes new ones.
func MakeKeys() (*Keys, error) {
	k := &Keys{}
	for _, key := range []**ecdsa.PrivateKey{&k.ClientES, &k.IssuerES} {
		var err error
		if *key, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader); err != nil {
			return nil, err
		}
	}
	for _, key := range []**rsa.PrivateKey{&k.ClientRS, &k.IssuerRS} {
		var err error
		if *key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// Names of the keys in the key sets.
const (
	kidClientES = "epr-es384"
	kidClientRS = "epr-rs384"
	kidIssuerES = "issuer-es384"
	kidIssuerRS = "issuer-rs256"
)

// signer is a key, its name, and the algorithm that it is for.
type signer struct {
	kid, alg string
	key      crypto.Signer
}

// client gives what the EPR signs with as a client.
func (k *Keys) client(alg string) signer {
	if alg == es384 {
		return signer{kidClientES, alg, k.ClientES}
	}
	return signer{kidClientRS, alg, k.ClientRS}
}

// issuer gives what the EPR signs id_tokens with.
func (k *Keys) issuer(alg string) signer {
	if alg == es384 {
		return signer{kidIssuerES, alg, k.IssuerES}
	}
	return signer{kidIssuerRS, alg, k.IssuerRS}
}

// ClientJWKS is the public key set of the EPR as a client, as it serves it at /jwks.json.
// The keys have no "use", as many EPRs' have none.
func (k *Keys) ClientJWKS() json.RawMessage {
	return keySet(k.client(es384), k.client(rs384))
}

// issuerJWKS is the public key set of the EPR as an OpenID provider.
func (k *Keys) issuerJWKS() json.RawMessage {
	return keySet(k.issuer(es384), k.issuer(rs256))
}

// jwk is a public key (RFC 7518 §6).
type jwk struct {
	Kty string `json:"kty"`
	Kid string `json:"kid"`
	Alg string `json:"alg,omitempty"`
	Crv string `json:"crv,omitempty"`
	X   string `json:"x,omitempty"`
	Y   string `json:"y,omitempty"`
	N   string `json:"n,omitempty"`
	E   string `json:"e,omitempty"`
}

func keySet(signers ...signer) json.RawMessage {
	keys := make([]jwk, len(signers))
	for i, s := range signers {
		keys[i] = s.public()
	}
	text, err := json.Marshal(map[string]any{"keys": keys})
	if err != nil {
		panic(err) // strings only
	}
	return text
}

func (s signer) public() jwk {
	switch key := s.key.Public().(type) {
	case *ecdsa.PublicKey:
		point, err := key.Bytes() // 4, then x and y
		if err != nil {
			panic(err) // only of a curve that we never make
		}
		half := len(point) / 2
		return jwk{Kty: "EC", Kid: s.kid, Alg: s.alg, Crv: key.Params().Name, X: encode(point[1 : 1+half]), Y: encode(point[1+half:])}
	case *rsa.PublicKey:
		return jwk{Kty: "RSA", Kid: s.kid, Alg: s.alg, N: encode(key.N.Bytes()), E: encode(big.NewInt(int64(key.E)).Bytes())}
	}
	return jwk{}
}

func encode(bytes []byte) string { return base64.RawURLEncoding.EncodeToString(bytes) }
