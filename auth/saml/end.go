package saml

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"

	"github.com/patchworkcare/patchwork/auth"
)

// Bounds of the provider's requests to sign out. mostAge is how old one may be, whatever
// it says of itself: it comes straight through a browser.
const (
	mostAge        = 10 * time.Minute
	mostSessions   = 64
	mostRelayState = 1024
)

// End judges a provider's LogoutRequest (core §3.7.1), by redirect with a signature over
// the query or by POST with one inside. Where users are known by an attribute (subject),
// its NameID says nothing here: it must name sessions.
func (p *provider) End(ctx context.Context, form url.Values, rawQuery string) (auth.Ended, error) {
	found, err := p.source.get(ctx)
	if err != nil {
		return auth.Ended{}, err
	}
	now := p.env.Now().UTC()
	request, relayState, err := p.logoutRequest(found, form, rawQuery, now)
	if err != nil {
		return auth.Ended{}, err
	}
	expires, err := p.current(request, found, now)
	if err != nil {
		return auth.Ended{}, err
	}
	ended := auth.Ended{Issuer: found.entity, Token: attr(request, "ID"), TokenExpires: expires}
	if err := p.whose(request, found, &ended); err != nil {
		return auth.Ended{}, err
	}
	ended.ReplyURL, err = p.reply(found, ended.Token, relayState, now)
	return ended, err
}

// logoutRequest gives the message as it was signed.
func (p *provider) logoutRequest(from *idp, form url.Values, rawQuery string, now time.Time) (*etree.Element, string, error) {
	if strings.Contains(rawQuery, "SAMLRequest=") {
		return redirectedRequest(from, rawQuery, now)
	}
	if len(form["SAMLRequest"]) != 1 {
		return nil, "", invalid("there is not exactly one request to sign out")
	}
	b, err := decode(form.Get("SAMLRequest"))
	if err != nil {
		return nil, "", err
	}
	root, err := logoutTree(b)
	if err != nil {
		return nil, "", err
	}
	content, err := signed(root, from.trusted, now)
	if err == nil && content == nil {
		err = invalid("the request to sign out is not signed")
	}
	return content, form.Get("RelayState"), err
}

// redirectedRequest verifies before it unpacks: nobody but the provider gets that far.
func redirectedRequest(from *idp, rawQuery string, now time.Time) (*etree.Element, string, error) {
	sent, err := readQuery(rawQuery)
	if err != nil {
		return nil, "", err
	}
	if err := sent.verify(from.trusted, now); err != nil {
		return nil, "", err
	}
	packed, err := decode(sent.message)
	if err != nil {
		return nil, "", err
	}
	b, err := inflate(packed)
	if err != nil {
		return nil, "", err
	}
	root, err := logoutTree(b)
	if err == nil && len(children(root, nsSignature, "Signature")) > 0 {
		err = invalid("a message by redirect has its signature in the query, not inside") // bindings §3.4.4.1
	}
	return root, sent.relayState, err
}

func logoutTree(b []byte) (*etree.Element, error) {
	root, err := newGate().read(b)
	if err != nil {
		return nil, err
	}
	if !is(root, nsProtocol, "LogoutRequest") {
		return nil, invalid("the message is not a SAML 2.0 request to sign out")
	}
	return root, soleShape(root)
}

// current: by this provider, to us, now. It gives when the request is void.
func (p *provider) current(r *etree.Element, from *idp, now time.Time) (time.Time, error) {
	issued, ok := instant(attr(r, "IssueInstant"))
	expires := issued.Add(mostAge)
	switch {
	case attr(r, "Version") != "2.0":
		return time.Time{}, invalid("the request to sign out is not of SAML 2.0")
	case !messageID.MatchString(attr(r, "ID")):
		return time.Time{}, invalid("the request to sign out has no usable id")
	case trimmed(only(r, nsAssertion, "Issuer")) != from.entity:
		return time.Time{}, invalid("the request to sign out is by another provider")
	case attr(r, "Destination") != p.slo():
		return time.Time{}, invalid("the request to sign out has another destination than our address")
	case !ok || issued.After(now.Add(p.config.ClockSkew)):
		return time.Time{}, invalid("the request to sign out does not say when it was issued, or that lies in the future")
	}
	if s := attr(r, "NotOnOrAfter"); s != "" {
		until, ok := instant(s)
		if !ok {
			return time.Time{}, invalid("the request to sign out has a time that cannot be read")
		}
		if until.Before(expires) {
			expires = until
		}
	}
	expires = expires.Add(p.config.ClockSkew)
	if !now.Before(expires) {
		return time.Time{}, invalid("the request to sign out is no longer valid; are both clocks right?")
	}
	return expires, nil
}

// whose fills in the user and the sessions.
func (p *provider) whose(r *etree.Element, from *idp, ended *auth.Ended) error {
	sessions := children(r, nsProtocol, "SessionIndex")
	if len(sessions) > mostSessions {
		return invalid("the request to sign out names too many sessions")
	}
	for _, s := range sessions {
		if index := text(s); index != "" && len(index) <= mostIndex {
			ended.Sessions = append(ended.Sessions, index)
		}
	}
	if len(ended.Sessions) != len(sessions) {
		return invalid("the request to sign out names a session by nothing")
	}
	if p.config.Subject != subjectNameID {
		if len(sessions) == 0 {
			return invalid("the request to sign out names no session, and users are known by an attribute here")
		}
		return nil
	}
	id := only(r, nsAssertion, "NameID")
	if id == nil {
		return invalid("the request to sign out has not exactly one NameID that is not encrypted")
	}
	n := nameOf(id)
	if err := p.namedBy(n, from.entity); err != nil {
		return err
	}
	if !auth.GoodSubject(n.Value) {
		return invalid("the user's id is empty, too long or has characters that cannot be seen")
	}
	ended.Subject = n.Value
	return nil
}

// reply is where to send the browser with our LogoutResponse; "" if the provider takes none
// by redirect.
func (p *provider) reply(to *idp, id, relayState string, now time.Time) (string, error) {
	if to.answer == "" {
		return "", nil
	}
	if len(relayState) > mostRelayState {
		relayState = ""
	}
	response := saml.LogoutResponse{
		ID: newID(), InResponseTo: id, Version: "2.0", IssueInstant: now, Destination: to.answer, Issuer: p.issuer(),
		Status: saml.Status{StatusCode: saml.StatusCode{Value: statusSuccess}},
	}
	return departure(to.answer, "SAMLResponse", response.Element(), relayState, p.key)
}
