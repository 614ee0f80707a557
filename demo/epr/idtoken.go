package epr

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"maps"
	"slices"
	"time"
)

// idToken says who the clinician is (OpenID Connect Core §2; SMART App Launch
// §sso-openid-connect), or what the fault wants said.
func (e *EPR) idToken(g grant) (string, error) {
	now := e.o.Now()
	claims := map[string]any{
		"iss": e.Issuer, "sub": g.clinician.ID, "aud": g.client, "iat": now.Unix(), "exp": now.Add(tokenLife).Unix(), "auth_time": now.Add(-time.Hour).Unix(),
	}
	if g.nonce != "" {
		claims["nonce"] = g.nonce
	}
	if slices.Contains(g.scopes, "fhirUser") || slices.Contains(g.scopes, "profile") {
		claims["fhirUser"], claims["name"] = e.FHIR+"/Practitioner/"+g.clinician.ID, g.clinician.Name
	}
	maps.Copy(claims, g.clinician.Claims)
	s := e.keys.issuer(e.o.IDTokenAlg)
	header := map[string]any{"alg": s.alg, "kid": s.kid, "typ": "JWT"}
	s, err := e.spoil(s, header, claims)
	if err != nil {
		return "", err
	}
	return s.sign(header, claims)
}

// spoil commits the faults of id_tokens.
func (e *EPR) spoil(s signer, header, claims map[string]any) (signer, error) {
	switch {
	case e.gate.is(faultIDNone):
		header["alg"] = "none"
		delete(header, "kid")
	case e.gate.is(faultIDForeign): // signed with a key that nobody published, under a name that is
		key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
		if err != nil {
			return s, err
		}
		s = signer{kidIssuerES, es384, key}
		header["alg"], header["kid"] = s.alg, s.kid
	case e.gate.is(faultIDWrongAud):
		claims["aud"] = "another-client"
	case e.gate.is(faultIDAZP):
		claims["aud"], claims["azp"] = []any{claims["aud"], "another-client"}, "another-client"
	case e.gate.is(faultIDWrongISS):
		claims["iss"] = "https://another-issuer.example"
	case e.gate.is(faultIDNonce):
		claims["nonce"] = "another-nonce"
	case e.gate.is(faultExpired):
		claims["exp"] = e.o.Now().Add(-time.Hour).Unix()
		claims["iat"] = e.o.Now().Add(-2 * time.Hour).Unix()
	}
	return s, nil
}
