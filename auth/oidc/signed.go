package oidc

import (
	"context"
	"crypto"
	"errors"
	"slices"
	"strings"

	coreos "github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
)

// mostToken is how long a token may be, in bytes.
const mostToken = 64 << 10

// signed reads a token that the provider has signed, of one of the types given (header typ,
// in lower case; "" is none). `what` names the token in the refusal. Nothing is checked
// but the signature: that is the caller's.
func (p *provider) signed(ctx context.Context, raw, what string, types ...string) (claims, *coreos.IDToken, error) {
	header, err := p.header(raw, what, types)
	if err != nil {
		return claims{}, nil, err
	}
	payload, token, err := p.verify(ctx, raw, what, header)
	if err != nil {
		return claims{}, nil, err
	}
	all, ok := decodeObject(payload)
	if !ok {
		return claims{}, nil, invalid(what + " is no JSON object, or has a claim twice")
	}
	return claims{all: all, what: what}, token, nil
}

// header judges what stands before the signature is looked at. Keys that the token itself
// brings or points to (jwk, x5c, jku, x5u) are never used.
func (p *provider) header(raw, what string, types []string) (jose.Header, error) {
	if len(raw) > mostToken {
		return jose.Header{}, invalid(what + " is longer than 64 KiB")
	}
	if strings.Count(raw, ".") != 2 || strings.Trim(raw, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") != "" {
		return jose.Header{}, invalid(what + " is no signed JWT in the compact form")
	}
	algs := make([]jose.SignatureAlgorithm, len(p.SigningAlgs))
	for i, alg := range p.SigningAlgs {
		algs[i] = jose.SignatureAlgorithm(alg)
	}
	parsed, err := jose.ParseSignedCompact(raw, algs)
	var unexpected *jose.ErrUnexpectedSignatureAlgorithm
	switch {
	case errors.As(err, &unexpected):
		return jose.Header{}, invalid(what + " is signed with an algorithm that is not allowed")
	case err != nil || len(parsed.Signatures) != 1:
		return jose.Header{}, invalid(what + " is no signed JWT in the compact form")
	}
	header := parsed.Signatures[0].Protected
	return header, plainHeader(header, what, types)
}

// plainHeader refuses extensions (RFC 7515 §4.1.11) and tokens made for something else (RFC
// 8725 §3.11).
func plainHeader(header jose.Header, what string, types []string) error {
	if _, critical := header.ExtraHeaders["crit"]; critical {
		return invalid(what + " needs an extension that is not known here")
	}
	typ, _ := header.ExtraHeaders[jose.HeaderType].(string)
	typ = strings.TrimPrefix(strings.ToLower(typ), "application/")
	if _, given := header.ExtraHeaders[jose.HeaderType]; given && typ == "" || !slices.Contains(types, typ) {
		return invalid(what + " is a token of another type")
	}
	return nil
}

// verify checks the signature by the provider's keys, and once more by those published now:
// it may have rotated them (OIDC Core §10.1.1).
func (p *provider) verify(ctx context.Context, raw, what string, header jose.Header) ([]byte, *coreos.IDToken, error) {
	known := false
	for _, ask := range []func(context.Context) (keySet, error){p.keys.get, p.keys.renew} {
		published, err := ask(ctx)
		if err != nil {
			return nil, nil, err
		}
		keys := published.of(header.KeyID, header.Algorithm)
		known = known || len(keys) > 0
		if payload, err := (&coreos.StaticKeySet{PublicKeys: keys}).VerifySignature(ctx, raw); err == nil {
			token, err := p.token(ctx, raw, keys)
			if err != nil {
				return nil, nil, invalid(what + " has a claim of the wrong type")
			}
			return payload, token, nil
		}
	}
	if !known {
		return nil, nil, invalid(what + " is signed with a key that the provider does not publish for that")
	}
	return nil, nil, invalid(what + "'s signature is wrong")
}

// token reads a token whose signature is right. The library's own checks of issuer, audience
// and time are left to claims.go: its errors quote the token, it knows no clock skew, and
// takes Google's issuer in two spellings.
func (p *provider) token(ctx context.Context, raw string, keys []crypto.PublicKey) (*coreos.IDToken, error) {
	return coreos.NewVerifier(p.Issuer, &coreos.StaticKeySet{PublicKeys: keys}, &coreos.Config{
		SupportedSigningAlgs: p.SigningAlgs, SkipClientIDCheck: true, SkipIssuerCheck: true, SkipExpiryCheck: true,
	}).Verify(ctx, raw)
}
