package saml

import (
	"crypto/x509"
	"encoding/base64"
	"net/url"
	"strings"
	"time"
)

// redirected is a message that came in a query, with the bytes that its signature covers.
type redirected struct {
	message, relayState string
	covered             []byte
	method              x509.SignatureAlgorithm
	signature           []byte
}

// readQuery takes a query apart as it was sent: the signature covers the parameters in the
// sender's own spelling and in the standard's order (bindings §3.4.4.1).
func readQuery(raw string) (redirected, error) {
	found := map[string]string{}
	for part := range strings.SplitSeq(raw, "&") {
		key, value, _ := strings.Cut(part, "=")
		switch _, twice := found[key]; {
		case twice:
			return redirected{}, invalid("a parameter of the message stands there twice")
		case key != "SAMLRequest" && key != "RelayState" && key != "SigAlg" && key != "Signature":
			return redirected{}, invalid("the message came with a parameter that its signature does not cover")
		}
		found[key] = value
	}
	if found["Signature"] == "" || found["SigAlg"] == "" {
		return redirected{}, invalid("the request to sign out is not signed")
	}
	return unescape(found)
}

func unescape(found map[string]string) (r redirected, err error) {
	covered := "SAMLRequest=" + found["SAMLRequest"]
	if state, ok := found["RelayState"]; ok {
		covered += "&RelayState=" + state
	}
	r.covered = []byte(covered + "&SigAlg=" + found["SigAlg"])
	plain := map[string]string{}
	for key, value := range found {
		if plain[key], err = url.QueryUnescape(value); err != nil {
			return redirected{}, invalid("the message's parameters cannot be read")
		}
	}
	r.message, r.relayState = plain["SAMLRequest"], plain["RelayState"]
	method, ok := signatureMethods[plain["SigAlg"]]
	if !ok {
		return redirected{}, invalid("the signature's algorithm is not allowed: RSA or ECDSA with SHA-256 or more is needed")
	}
	value, err := base64.StdEncoding.DecodeString(plain["Signature"])
	if err != nil {
		return redirected{}, invalid("the signature's value cannot be read")
	}
	r.method, r.signature = method, plainValue(value, plain["SigAlg"])
	return r, nil
}

// verify holds the query's signature against the certificates that are valid now.
func (r redirected) verify(trusted []*x509.Certificate, now time.Time) error {
	for _, c := range trusted {
		if now.Before(c.NotBefore) || now.After(c.NotAfter) {
			continue
		}
		if c.CheckSignature(r.method, r.covered, r.signature) == nil {
			return nil
		}
	}
	return invalid("the signature is by none of the certificates of the provider's metadata that are valid now, or what it signs was changed")
}
