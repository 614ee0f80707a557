package saml

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"time"

	"github.com/beevik/etree"

	"github.com/patchworkcare/patchwork/auth"
)

// judge is one response being judged: by whom it must be, to what, and when it is now.
type judge struct {
	*provider
	idp     *idp
	attempt attempt
	now     time.Time
}

// Finish judges the provider's response (profiles §4.1.4.3). Whatever is wrong with it is
// a *auth.Refusal.
func (p *provider) Finish(ctx context.Context, back auth.Return) (auth.Proof, error) {
	begun := attempt{}
	if json.Unmarshal(back.Kept, &begun) != nil || begun.ID == "" {
		return auth.Proof{}, auth.Refuse(auth.RefusedExpired, "the response is to no request of ours")
	}
	if len(back.Form["SAMLResponse"]) != 1 {
		return auth.Proof{}, invalid("there is not exactly one SAML response")
	}
	b, err := decode(back.Form.Get("SAMLResponse"))
	if err != nil {
		return auth.Proof{}, err
	}
	g := newGate()
	root, err := g.read(b)
	if err != nil {
		return auth.Proof{}, err
	}
	found, err := p.source.get(ctx)
	if err != nil {
		return auth.Proof{}, err
	}
	j := &judge{provider: p, idp: found, attempt: begun, now: p.env.Now().UTC()}
	assertion, err := j.assertion(g, root)
	if err != nil {
		return auth.Proof{}, err
	}
	return j.proof(assertion)
}

// assertion gives the response's assertion as it was signed.
func (j *judge) assertion(g *gate, root *etree.Element) (*etree.Element, error) {
	if err := responseShape(root); err != nil {
		return nil, err
	}
	response, err := signed(root, j.idp.trusted, j.now)
	if err != nil {
		return nil, err
	}
	vouched := response != nil // what is in it needs no signature of its own
	if !vouched {
		response = root
	}
	if err := j.response(response); err != nil {
		return nil, err
	}
	assertion := only(response, nsAssertion, "Assertion")
	if assertion == nil {
		if assertion, err = j.decrypted(g, only(response, nsAssertion, "EncryptedAssertion")); err != nil {
			return nil, err
		}
	} else if j.config.RequireEncrypted {
		return nil, invalid("the assertion is not encrypted, and require_encrypted says that it must be")
	}
	content, err := signed(assertion, j.idp.trusted, j.now)
	switch {
	case err != nil:
		return nil, err
	case content != nil:
		return content, nil
	case vouched:
		return assertion, nil
	}
	return nil, invalid("neither the response nor its assertion is signed")
}

// decrypted gives the assertion within an encrypted one, through the same gate.
func (j *judge) decrypted(g *gate, encrypted *etree.Element) (*etree.Element, error) {
	if encrypted == nil {
		return nil, invalid("the response has no assertion")
	}
	b, err := decrypt(encrypted, j.key)
	if err != nil {
		return nil, err
	}
	assertion, err := g.read(b)
	if err != nil || !is(assertion, nsAssertion, "Assertion") || soleShape(assertion) != nil {
		return nil, invalid("what was encrypted is no assertion that can be accepted")
	}
	return assertion, nil
}

// response checks the envelope: is it the answer to our request?
func (j *judge) response(r *etree.Element) error {
	switch {
	case attr(r, "Version") != "2.0":
		return invalid("the response is not of SAML 2.0")
	case !j.isRequest(attr(r, "InResponseTo")):
		return invalid("the response is not to our request of this sign-in")
	case attr(r, "Destination") != j.acs():
		return invalid("the response's destination is not our address")
	case len(children(r, nsAssertion, "Issuer")) > 0 && trimmed(only(r, nsAssertion, "Issuer")) != j.idp.entity:
		return invalid("the response's issuer is another provider")
	}
	if at, ok := instant(attr(r, "IssueInstant")); !ok || at.After(j.now.Add(j.config.ClockSkew)) {
		return invalid("the response does not say when it was issued, or that lies in the future")
	}
	return status(only(r, nsProtocol, "Status"))
}

func (j *judge) isRequest(id string) bool {
	return subtle.ConstantTimeCompare([]byte(id), []byte(j.attempt.ID)) == 1
}

// status reads how it went at the provider (core §3.2.2.2).
func status(el *etree.Element) error {
	code := only(el, nsProtocol, "StatusCode")
	if attr(code, "Value") == statusSuccess {
		return nil
	}
	for _, c := range []*etree.Element{only(code, nsProtocol, "StatusCode"), code} {
		switch attr(c, "Value") {
		case statusPrefix + "AuthnFailed":
			return auth.Refuse(auth.RefusedDeclined, "the provider says that the user could not prove who they are (AuthnFailed)")
		case statusPrefix + "NoPassive":
			return auth.Refuse(auth.RefusedDeclined, "the provider would have had to ask the user (NoPassive)")
		case statusPrefix + "RequestDenied":
			return auth.Refuse(auth.RefusedDeclined, "the provider denied the request (RequestDenied)")
		case statusPrefix + "NoAuthnContext":
			return auth.Refuse(auth.RefusedRequirement, "the provider cannot have the user prove it as authn_context asks (NoAuthnContext)")
		case statusPrefix + "InvalidNameIDPolicy":
			return invalid("the provider does not give names of the format that name_id_format asks for (InvalidNameIDPolicy)")
		case statusPrefix + "Requester":
			return invalid("the provider says that our request was wrong (Requester)")
		case statusPrefix + "Responder":
			return invalid("the provider says that it failed (Responder)")
		}
	}
	return invalid("the response's status is not success")
}
