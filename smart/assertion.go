package smart

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-jose/go-jose/v3"
	"github.com/go-jose/go-jose/v3/json"
	"github.com/ory/fosite"
)

const (
	// assertionType is the one client_assertion_type. RFC 7523 §2.2.
	assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
	// mostAssertion is how long an assertion may be, in bytes.
	mostAssertion = 8 << 10
	// farthestExpiry is how far ahead an assertion may expire. SMART App Launch 2.2,
	// "Authentication JWT Claims".
	farthestExpiry = 5 * time.Minute
	// clockSkew is how far a client's clock may differ from ours, either way: it widens
	// every comparison of time. An assertion is remembered for a minute after it expired
	// (SetClientAssertionJWT), so that it cannot be taken twice within it.
	clockSkew = 30 * time.Second
	// lastMoment is the end of the year 9999: a time after it is none.
	lastMoment = 253402300799
)

// What may be wrong with an assertion, in the order in which it is looked at.
const (
	notAssertionType cause = "client_assertion_type is not urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
	longAssertion    cause = "The assertion is longer than 8 KiB"
	notCompact       cause = "The assertion is no signed JWT in the compact form"
	otherAlg         cause = "The assertion is signed with another algorithm than RS384 and ES384"
	notTypJWT        cause = "The assertion's header typ is not JWT"
	unknownCrit      cause = "The assertion needs an extension (header crit or b64) that is not known here"
	noKid            cause = "The assertion's header has no kid"
	badClaims        cause = "The assertion's claims are no JSON object, one is given twice, or one has the wrong type"
	issNotSub        cause = "The assertion's iss and sub are not both the client's id"
	foreignJKU       cause = "The assertion's header jku is not the address that is registered for the client's key set"
	wrongSignature   cause = "The assertion's signature is wrong"
	wrongAudience    cause = "The assertion's aud is not this endpoint's address"
	noExpiry         cause = "The assertion has no exp, or one that is no time"
	expired          cause = "The assertion has expired (exp)"
	farExpiry        cause = "The assertion expires more than 5 minutes ahead (exp)"
	futureIssue      cause = "The assertion was issued in the future (iat): the clocks differ"
	notYet           cause = "The assertion is not valid yet (nbf)"
	noJTI            cause = "The assertion has no jti"
	jtiTwice         cause = "The assertion's jti was used before"
)

// assertionClaims are those that are looked at. RFC 7523 §3.
type assertionClaims struct {
	Issuer    string   `json:"iss"`
	Subject   string   `json:"sub"`
	Audience  audience `json:"aud"`
	ID        string   `json:"jti"`
	Expires   *float64 `json:"exp"`
	IssuedAt  *float64 `json:"iat"`
	NotBefore *float64 `json:"nbf"`
}

// audience is one string or a list of strings. RFC 7519 §4.1.3.
type audience []string

// UnmarshalJSON reads either.
func (a *audience) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*a = audience{one}
		return nil
	}
	var many []string
	err := json.Unmarshal(text, &many)
	*a = many
	return err
}

// Verify takes a JWT that a client of private_key_jwt has signed for one of the audiences
// and gives the client and the claims, as JSON: the same rules as for an assertion, so that
// it is taken once. Its errors are as Authenticate's.
func (a *Authentication) Verify(ctx context.Context, signed string, audiences ...string) (*Client, []byte, error) {
	client, claims, err := a.verify(ctx, signed, "", audiences)
	if err != nil {
		return nil, nil, invalidClient(err)
	}
	return client, claims, nil
}

// verify takes an assertion; id is the client that the request names beside it, "" if none.
// The jti is used up last: an assertion that is wrong must not spend the right one.
func (a *Authentication) verify(ctx context.Context, raw, id string, audiences []string) (*Client, []byte, error) {
	parsed, header, err := parseAssertion(raw)
	if err != nil {
		return nil, nil, err
	}
	unverified := parsed.UnsafePayloadWithoutVerification()
	claims, err := readClaims(unverified)
	switch {
	case err != nil:
		return nil, nil, err
	case claims.Issuer == "" || claims.Issuer != claims.Subject:
		return nil, nil, issNotSub
	case id != "" && id != claims.Issuer:
		return nil, nil, otherID
	}
	client, err := a.registered(ctx, claims.Issuer, Key)
	if err != nil {
		return nil, nil, err
	}
	key, err := a.keyOf(ctx, client, header)
	if err != nil {
		return nil, nil, err
	}
	payload, err := parsed.Verify(key)
	if err != nil {
		return nil, nil, wrongSignature
	}
	expires, err := claims.check(a.Store.now(), audiences)
	if err != nil {
		return nil, nil, err
	}
	// No id has a space (Find), so that no two pairs read alike.
	switch err := a.Store.SetClientAssertionJWT(ctx, claims.Issuer+" "+claims.ID, expires); {
	case errors.Is(err, fosite.ErrJTIKnown):
		return nil, nil, jtiTwice
	case err != nil:
		return nil, nil, err
	}
	return client, payload, nil
}

// parseAssertion judges what stands before the signature is looked at. Keys that the
// assertion itself brings or points to (jwk, x5c, x5u) are never used.
func parseAssertion(raw string) (*jose.JSONWebSignature, jose.Header, error) {
	if len(raw) > mostAssertion {
		return nil, jose.Header{}, longAssertion
	}
	if strings.Count(raw, ".") != 2 || strings.Trim(raw, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") != "" {
		return nil, jose.Header{}, notCompact
	}
	parsed, err := jose.ParseSigned(raw)
	if err != nil || len(parsed.Signatures) != 1 {
		return nil, jose.Header{}, notCompact
	}
	header := parsed.Signatures[0].Protected
	_, critical := header.ExtraHeaders["crit"]
	_, detached := header.ExtraHeaders["b64"]
	typ, _ := header.ExtraHeaders[jose.HeaderType].(string)
	switch {
	case header.Algorithm != string(jose.RS384) && header.Algorithm != string(jose.ES384):
		return nil, jose.Header{}, otherAlg
	case critical || detached:
		return nil, jose.Header{}, unknownCrit
	case !strings.EqualFold(typ, "JWT"): // a media type: RFC 7519 §5.1
		return nil, jose.Header{}, notTypJWT
	case header.KeyID == "":
		return nil, jose.Header{}, noKid
	}
	return parsed, header, nil
}

// readClaims: names match to the letter and stand once, because two readers could take two
// different values.
func readClaims(payload []byte) (assertionClaims, error) {
	var claims assertionClaims
	if !utf8.Valid(payload) || !strings.HasPrefix(strings.TrimSpace(string(payload)), "{") || json.Unmarshal(payload, &claims) != nil {
		return assertionClaims{}, badClaims
	}
	return claims, nil
}

// check compares what a verified assertion says with the audiences and the clock, and gives
// when it expires.
func (c assertionClaims) check(now time.Time, audiences []string) (time.Time, error) {
	expires, ok := moment(c.Expires)
	issued, okIssued := moment(c.IssuedAt)
	from, okFrom := moment(c.NotBefore)
	switch {
	case !slices.ContainsFunc(c.Audience, func(a string) bool { return slices.Contains(audiences, a) }):
		return time.Time{}, wrongAudience
	case !ok:
		return time.Time{}, noExpiry
	case !now.Before(expires.Add(clockSkew)):
		return time.Time{}, expired
	case expires.After(now.Add(farthestExpiry + clockSkew)):
		return time.Time{}, farExpiry
	case c.IssuedAt != nil && (!okIssued || issued.After(now.Add(clockSkew))):
		return time.Time{}, futureIssue
	case c.NotBefore != nil && (!okFrom || from.After(now.Add(clockSkew))):
		return time.Time{}, notYet
	case strings.TrimSpace(c.ID) == "":
		return time.Time{}, noJTI
	}
	return expires, nil
}

// moment reads a NumericDate, which may have fractions of a second. RFC 7519 §2.
func moment(seconds *float64) (time.Time, bool) {
	if seconds == nil || !(*seconds > 0 && *seconds <= lastMoment) {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(*seconds * 1000)).UTC(), true
}
