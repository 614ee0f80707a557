package oidc

import (
	"context"
	"encoding/json"
	"maps"
	"net/url"
	"slices"

	"github.com/patchworkcare/patchwork/auth"
)

// mostCode is how long a provider's code may be, in bytes.
const mostCode = 8 << 10

// Finish takes the code that the browser brought to the provider and judges what it gives for
// it; see auth.Redirector.
func (p *provider) Finish(ctx context.Context, back auth.Return) (auth.Proof, error) {
	var a attempt
	if json.Unmarshal(back.Kept, &a) != nil || a.Nonce == "" || a.Verifier == "" {
		return auth.Proof{}, auth.Refuse(auth.RefusedExpired, "what was kept of the attempt cannot be read")
	}
	m, err := p.metadata.get(ctx)
	if err != nil {
		return auth.Proof{}, err
	}
	code, err := p.codeOf(back.Form, m)
	if err != nil {
		return auth.Proof{}, err
	}
	given, err := p.exchange(ctx, m, url.Values{"grant_type": {"authorization_code"}, "code": {code},
		"redirect_uri": {p.returnAddress()}, "code_verifier": {a.Verifier}})
	if err != nil {
		return auth.Proof{}, asRefusal(err)
	}
	return p.prove(ctx, m, given, a)
}

// codeOf reads the authorization response (RFC 6749 §4.1.2; each parameter once: §3.1).
func (p *provider) codeOf(form url.Values, m *metadata) (string, error) {
	for _, name := range []string{"code", "state", "iss", "error"} {
		if len(form[name]) > 1 {
			return "", invalid("the browser brought the parameter " + name + " twice")
		}
	}
	// RFC 9207 §2.4, before anything else: the answer may be another provider's.
	if form.Has("iss") && form.Get("iss") != p.Issuer {
		return "", invalid("the answer is another issuer's (iss)")
	}
	if m.IssuerOnReply && !form.Has("iss") {
		return "", invalid("the answer does not say whose it is (iss), as the provider promises")
	}
	switch code := form.Get("code"); {
	case form.Has("error") && form.Has("code"):
		return "", invalid("the answer is an error and a code at once")
	case form.Has("error"):
		return "", declined(form.Get("error"))
	case code == "":
		return "", invalid("the answer has no code")
	case len(code) > mostCode:
		return "", invalid("the answer's code is too long")
	default:
		return code, nil
	}
}

// prove judges the ID token (OIDC Core §3.1.3.7) and makes the proof.
func (p *provider) prove(ctx context.Context, m *metadata, given grant, a attempt) (auth.Proof, error) {
	c, err := p.idToken(ctx, given)
	if err != nil {
		return auth.Proof{}, err
	}
	if !c.is("nonce", a.Nonce) {
		return auth.Proof{}, invalid("the ID token is not for this attempt (nonce)")
	}
	proof := auth.Proof{Issuer: p.Issuer, Claims: c.all}
	if proof.Subject, _, err = c.subject(); err != nil {
		return auth.Proof{}, err
	}
	if proof.At, err = p.provedAt(c, a); err != nil {
		return auth.Proof{}, err
	}
	if proof.Session, err = c.session(); err != nil {
		return auth.Proof{}, err
	}
	if p.UserInfo {
		said, err := p.userInfo(ctx, m, given.Access, proof.Subject)
		if err != nil {
			return auth.Proof{}, err
		}
		proof.Claims = maps.Clone(said)
		maps.Copy(proof.Claims, c.all)
	}
	proof.Kept, err = keep(kept{ID: given.ID, Refresh: given.Refresh, Nonce: a.Nonce})
	return proof, err
}

// declines are the errors by which the user or the provider stops a sign-in (RFC 6749
// §4.1.2.1, OIDC Core §3.1.2.6).
var declines = []string{"access_denied", "login_required", "consent_required", "interaction_required", "account_selection_required"}

// faults are the other errors that a provider may answer, OpenID Connect's too.
var faults = []string{
	"invalid_request", "server_error", "temporarily_unavailable", "unauthorized_client", "unsupported_response_type", "invalid_scope", "invalid_request_uri", "invalid_request_object",
	"request_not_supported", "request_uri_not_supported", "registration_not_supported", "unmet_authentication_requirements", "invalid_target",
}

// declined is the provider's refusal. Only codes that are known are named: anybody can
// send a browser here with any text.
func declined(code string) error {
	switch {
	case slices.Contains(declines, code):
		return auth.Refuse(auth.RefusedDeclined, "the provider answered "+code)
	case slices.Contains(faults, code):
		return invalid("the provider answered " + code)
	}
	return invalid("the provider answered an error of its own")
}
