package saml

import (
	"slices"
	"time"

	"github.com/beevik/etree"

	"github.com/patchworkcare/patchwork/auth"
)

// proof checks a signed assertion and makes a Proof of it.
func (j *judge) proof(a *etree.Element) (auth.Proof, error) {
	for _, check := range []func(*etree.Element) error{j.envelope, j.conditions, j.confirmation} {
		if err := check(a); err != nil {
			return auth.Proof{}, err
		}
	}
	statement, at, err := j.authentication(a)
	if err != nil {
		return auth.Proof{}, err
	}
	name := nameOf(only(only(a, nsAssertion, "Subject"), nsAssertion, "NameID"))
	subject, err := j.subject(a, name)
	if err != nil {
		return auth.Proof{}, err
	}
	name.Session = attr(statement, "SessionIndex")
	kept, err := name.keep()
	if err != nil {
		return auth.Proof{}, err
	}
	return auth.Proof{
		Issuer: j.idp.entity, Subject: subject, Claims: claims(a, name, classOf(statement)),
		At: at, Session: name.Session, Kept: kept,
	}, nil
}

func (j *judge) envelope(a *etree.Element) error {
	switch {
	case attr(a, "Version") != "2.0":
		return invalid("the assertion is not of SAML 2.0")
	case trimmed(only(a, nsAssertion, "Issuer")) != j.idp.entity:
		return invalid("the assertion's issuer is another provider")
	}
	if at, ok := instant(attr(a, "IssueInstant")); !ok || at.After(j.now.Add(j.config.ClockSkew)) {
		return invalid("the assertion does not say when it was issued, or that lies in the future")
	}
	return nil
}

// conditions: for us and for now (core §2.5.1). A condition that is not known makes the
// assertion's validity unknown (§2.5.1.1), so it is refused.
func (j *judge) conditions(a *etree.Element) error {
	c := only(a, nsAssertion, "Conditions")
	if c == nil {
		return invalid("the assertion has no conditions, or more than one set")
	}
	if err := j.within(c, "the assertion"); err != nil {
		return err
	}
	for _, condition := range c.ChildElements() {
		switch {
		case is(condition, nsAssertion, "AudienceRestriction"), is(condition, nsAssertion, "OneTimeUse"), is(condition, nsAssertion, "ProxyRestriction"):
		default:
			return invalid("the assertion has a condition that is not known here")
		}
	}
	audiences := children(c, nsAssertion, "AudienceRestriction")
	if len(audiences) == 0 {
		return invalid("the assertion is not restricted to an audience")
	}
	for _, restriction := range audiences {
		if !slices.ContainsFunc(children(restriction, nsAssertion, "Audience"), func(el *etree.Element) bool { return trimmed(el) == j.config.EntityID }) {
			return invalid("the assertion's audience is another service")
		}
	}
	return nil
}

// within checks NotBefore, if it is there, and NotOnOrAfter, which must be.
func (j *judge) within(el *etree.Element, what string) error {
	if s := attr(el, "NotBefore"); s != "" {
		if from, ok := instant(s); !ok || j.now.Add(j.config.ClockSkew).Before(from) {
			return invalid(what + " is not valid yet; are both clocks right?")
		}
	}
	s := attr(el, "NotOnOrAfter")
	if s == "" {
		return invalid(what + " has no end of validity")
	}
	if until, ok := instant(s); !ok || !j.now.Add(-j.config.ClockSkew).Before(until) {
		return invalid(what + " is no longer valid; are both clocks right?")
	}
	return nil
}

// confirmation: one of the subject's confirmations must be of the bearer, for our address,
// our request and now (profiles §4.1.4.2, core §2.4.1.2).
func (j *judge) confirmation(a *etree.Element) error {
	all := children(only(a, nsAssertion, "Subject"), nsAssertion, "SubjectConfirmation")
	refusal := invalid("the assertion's subject has no bearer confirmation")
	for _, c := range slices.Backward(all) {
		if attr(c, "Method") != methodBearer {
			continue
		}
		if refusal = j.bearer(only(c, nsAssertion, "SubjectConfirmationData")); refusal == nil {
			return nil
		}
	}
	return refusal
}

func (j *judge) bearer(data *etree.Element) error {
	switch {
	case data == nil:
		return invalid("the subject's confirmation has no data")
	case attr(data, "Recipient") != j.acs():
		return invalid("the subject's confirmation is for another recipient")
	case !j.isRequest(attr(data, "InResponseTo")):
		return invalid("the subject's confirmation is not to our request of this sign-in")
	}
	return j.within(data, "the subject's confirmation")
}

// authentication gives the statement of how and when the user proved it (core §2.7.2).
func (j *judge) authentication(a *etree.Element) (*etree.Element, time.Time, error) {
	statement := only(a, nsAssertion, "AuthnStatement")
	if statement == nil {
		return nil, time.Time{}, invalid("the assertion does not say, in one statement, that the user proved who they are")
	}
	at, ok := instant(attr(statement, "AuthnInstant"))
	switch {
	case !ok:
		return nil, time.Time{}, invalid("the assertion does not say when the user proved who they are")
	case at.After(j.now.Add(j.config.ClockSkew)):
		return nil, time.Time{}, invalid("the user is said to have proved who they are in the future")
	case !j.attempt.Asked.IsZero() && at.Before(j.attempt.Asked.Add(-j.config.ClockSkew)):
		return nil, time.Time{}, invalid("the user was asked to prove again who they are, and the provider did not have them do so")
	}
	if s := attr(statement, "SessionNotOnOrAfter"); s != "" {
		if until, ok := instant(s); !ok || !j.now.Add(-j.config.ClockSkew).Before(until) {
			return nil, time.Time{}, invalid("the user's session at the provider has ended already")
		}
	}
	if len(attr(statement, "SessionIndex")) > mostIndex {
		return nil, time.Time{}, invalid("the provider's id of its session is too long")
	}
	if c := j.config.AuthnContext; c.Comparison == "exact" && len(c.Classes) > 0 && !slices.Contains(c.Classes, classOf(statement)) {
		return nil, time.Time{}, auth.Refuse(auth.RefusedRequirement, "the user proved who they are in another way than authn_context asks for")
	}
	return statement, at, nil
}

// mostIndex is how long a session's id may be, in bytes.
const mostIndex = 1024

// classOf is how the user proved it; "" if the provider does not say.
func classOf(statement *etree.Element) string {
	return trimmed(only(only(statement, nsAssertion, "AuthnContext"), nsAssertion, "AuthnContextClassRef"))
}
