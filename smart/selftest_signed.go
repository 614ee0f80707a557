package smart

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v3"
	"github.com/ory/fosite"
)

// trySigned judges a launch JWT, or the assertion of a token request, claim by claim, and
// uses nothing up.
func (s *Server) trySigned(ctx context.Context, c *checks, epr *Client, way Way, raw string) error {
	header, payload, ok := tryCompact(c, raw)
	if !ok {
		return nil
	}
	s.tryHeader(c, epr, header)
	s.trySignature(ctx, c, epr, raw)
	claims, err := readClaims(payload)
	if !c.note("Its claims can be read", err == nil, string(badClaims), "The claims are one JSON object: iss, sub, aud and jti are text, exp and iat numbers of seconds since 1970, each once") {
		return nil
	}
	if err := s.tryClaims(ctx, c, epr, claims, s.audiencesOf(way)); err != nil {
		return err
	}
	if way != WaySigned {
		return nil
	}
	var signed struct {
		Launch json.RawMessage `json:"launch"`
	}
	err = json.Unmarshal(payload, &signed)
	if c.note("It carries a launch (claim launch)", err == nil && len(signed.Launch) > 0, "The claim is not there", "Put the object with client_id, patient, user and organization into the claim launch") {
		s.tryLaunch(c, epr, signed.Launch)
	}
	return nil
}

// audiencesOf are those that what is signed may be for; the first is the one to use.
func (s *Server) audiencesOf(way Way) []string {
	if way == WaySigned {
		return []string{s.Public + "/smart/open"}
	}
	return s.Clients.Audiences
}

// tryCompact takes it apart without believing any of it.
func tryCompact(c *checks, raw string) (header map[string]any, payload []byte, ok bool) {
	const mend = "Send the three parts with full stops between them, base64url without = and without line breaks"
	if !c.note("It is not longer than 8 KiB", len(raw) <= mostAssertion, string(longAssertion), "Leave out what is not asked for, such as certificates (x5c)") {
		return nil, nil, false
	}
	parts := strings.Split(raw, ".")
	if len(parts) == 3 {
		first, err := base64.RawURLEncoding.DecodeString(parts[0])
		second, err2 := base64.RawURLEncoding.DecodeString(parts[1])
		_, err3 := base64.RawURLEncoding.DecodeString(parts[2])
		if errors.Join(err, err2, err3) == nil && json.Unmarshal(first, &header) == nil && header != nil {
			payload, ok = second, true
		}
	}
	return header, payload, c.note("It is a signed JWT in the compact form", ok, "It is not", mend)
}

func (s *Server) tryHeader(c *checks, epr *Client, header map[string]any) {
	alg, _ := header["alg"].(string)
	typ, _ := header["typ"].(string)
	kid, _ := header["kid"].(string)
	jku, hasJKU := header["jku"]
	_, crit := header["crit"]
	_, b64 := header["b64"]
	c.note("Header alg is RS384 or ES384", alg == string(jose.RS384) || alg == string(jose.ES384), "It is another one, or missing", "Sign with RS384 (RSA) or ES384 (curve P-384)")
	c.note("Header typ is JWT", strings.EqualFold(typ, "JWT"), "It is another one, or missing", `Set "typ": "JWT"`)
	c.note("Header kid is there", kid != "", "It is missing", "Name in it the kid of the key that signs, as the key set has it")
	if hasJKU {
		c.note("Header jku is the registered address", epr.JWKSURL != "" && jku == epr.JWKSURL, "It is another one", "Leave jku out, or set it to the address that is registered for the key set")
	}
	c.note("Header needs no extension (crit, b64)", !crit && !b64, "It asks for one", "Leave crit and b64 out")
}

// trySignature finds the key and checks with it, if the header lets it.
func (s *Server) trySignature(ctx context.Context, c *checks, epr *Client, raw string) {
	const name = "The signature is that of a registered key"
	parsed, header, err := parseAssertion(raw)
	if err != nil || epr.Method != Key {
		return // said already
	}
	key, err := s.Clients.keyOf(ctx, epr, header)
	if err != nil {
		c.note(name, false, causeText(err), "Compare the kid with those of the registration page, and see that alg and key are of one kind")
		return
	}
	_, err = parsed.Verify(key)
	c.note(name, err == nil, string(wrongSignature), "Sign with the private half of the key that has this kid; after a rotation, publish the new public key first")
}

func (s *Server) tryClaims(ctx context.Context, c *checks, epr *Client, claims assertionClaims, audiences []string) error {
	now := s.Store.now()
	c.note("iss is its client id", claims.Issuer == epr.ID, "It is another one, or missing", "Set iss to "+epr.ID)
	c.note("sub is its client id", claims.Subject == epr.ID, "It is another one, or missing", "Set sub to "+epr.ID)
	c.note("aud is this endpoint", slices.ContainsFunc(claims.Audience, func(a string) bool { return slices.Contains(audiences, a) }), "It is another one, or missing", "Set aud to exactly "+audiences[0])
	expires, ok := moment(claims.Expires)
	switch {
	case !ok:
		c.note("exp is a time ahead", false, string(noExpiry), "Set exp to seconds since 1970 (not milliseconds), at most 5 minutes ahead")
	case !now.Before(expires.Add(clockSkew)):
		c.note("exp is a time ahead", false, "It expired at "+clockTime(expires)+"; this server's clock says "+clockTime(now), "Sign it just before it is sent, and set the clocks by NTP")
	default:
		c.note("exp is at most 5 minutes ahead", !expires.After(now.Add(farthestExpiry+clockSkew)), "It is later; this server's clock says "+clockTime(now), "Set exp to at most 5 minutes ahead")
	}
	if claims.IssuedAt != nil {
		issued, ok := moment(claims.IssuedAt)
		c.note("iat is not in the future", ok && !issued.After(now.Add(clockSkew)), "It is in the future, or no time; this server's clock says "+clockTime(now), "Set the EPR's clock by NTP")
	}
	if claims.NotBefore != nil {
		from, ok := moment(claims.NotBefore)
		c.note("nbf has passed", ok && !from.After(now.Add(clockSkew)), "It is in the future, or no time; this server's clock says "+clockTime(now), "Leave nbf out, or set the EPR's clock by NTP")
	}
	if !c.note("jti is there", strings.TrimSpace(claims.ID) != "", "It is missing", "Set jti to a new random text for each") {
		return nil
	}
	err := s.Store.ClientAssertionJWTValid(ctx, claims.Issuer+" "+claims.ID)
	if err != nil && !errors.Is(err, fosite.ErrJTIKnown) {
		return err
	}
	c.note("jti was not used before", err == nil, "It was used: each is taken once", "Set jti to a new random text for each, and sign anew for each try")
	return nil
}
