package saml

import (
	"strings"
	"time"

	"github.com/beevik/etree"

	"github.com/patchworkcare/patchwork/auth"
)

// changed is a response that the provider signed as it is.
func changed(name, cause string, before func(r *etree.Element)) hostile {
	return hostile{name: name, cause: cause, before: before, sign: signAssertion}
}

// wholly is changed with the response signed, not the assertion.
func wholly(name, cause string, before func(r *etree.Element)) hostile {
	return hostile{name: name, cause: cause, before: before, sign: signResponse}
}

func to(tag, attribute, value string) func(*etree.Element) {
	return func(r *etree.Element) { set(part(r, tag), attribute, value) }
}

func without(tag string) func(*etree.Element) {
	return func(r *etree.Element) { el := part(r, tag); el.Parent().RemoveChild(el) }
}

func noAttr(tag, attribute string) func(*etree.Element) {
	return func(r *etree.Element) { part(r, tag).RemoveAttr(attribute) }
}

func root(attribute, value string) func(*etree.Element) {
	return func(r *etree.Element) { set(r, attribute, value) }
}

func code(c auth.RefusalCode, h hostile) hostile {
	h.code = c
	return h
}

func state(values ...string) func(*etree.Element) {
	return func(r *etree.Element) {
		el := part(r, "StatusCode")
		set(el, "Value", statusPrefix+values[0])
		for _, v := range values[1:] {
			el = el.CreateElement("samlp:StatusCode")
			set(el, "Value", statusPrefix+v)
		}
	}
}

// forOthers are meant for another service, another request, or are no answer.
func forOthers() []hostile {
	return []hostile{
		wholly("another destination", "destination is not our address", root("Destination", "https://evil.example/return")),
		wholly("a destination that begins like ours", "destination is not our address", root("Destination", base+"/return/../x")),
		changed("no destination", "destination is not our address", func(r *etree.Element) { r.RemoveAttr("Destination") }),
		wholly("to another request", "not to our request", root("InResponseTo", "_other")),
		wholly("to no request", "not to our request", func(r *etree.Element) { r.RemoveAttr("InResponseTo") }),
		changed("the assertion to another request", "confirmation is not to our request", to("SubjectConfirmationData", "InResponseTo", "_other")),
		changed("the assertion to no request", "confirmation is not to our request", noAttr("SubjectConfirmationData", "InResponseTo")),
		wholly("the response by another provider", "response's issuer is another provider", func(r *etree.Element) { r.SelectElement("Issuer").SetText("https://evil.example") }),
		wholly("two issuers", "response's issuer is another provider", func(r *etree.Element) { r.InsertChildAt(1, r.SelectElement("Issuer").Copy()) }),
		changed("the assertion by another provider", "assertion's issuer is another provider", func(r *etree.Element) { part(part(r, "Assertion"), "Issuer").SetText("https://evil.example") }),
		changed("the assertion by nobody", "assertion's issuer is another provider", func(r *etree.Element) {
			part(r, "Assertion").RemoveChild(part(part(r, "Assertion"), "Issuer"))
		}),
		changed("another audience", "audience is another service", func(r *etree.Element) {
			for _, a := range r.FindElements(".//Audience") {
				a.SetText("https://evil.example")
			}
		}),
		changed("an audience that holds ours", "audience is another service", func(r *etree.Element) {
			r.FindElements(".//Audience")[1].SetText(base + "/metadata/evil")
		}),
		changed("a second restriction to another audience", "audience is another service", func(r *etree.Element) {
			other := part(r, "AudienceRestriction").Copy()
			other.RemoveChild(other.ChildElements()[1])
			part(r, "Conditions").AddChild(other)
		}),
		changed("no audience", "not restricted to an audience", without("AudienceRestriction")),
		changed("an empty audience restriction", "audience is another service", func(r *etree.Element) {
			for _, a := range part(r, "AudienceRestriction").ChildElements() {
				part(r, "AudienceRestriction").RemoveChild(a)
			}
		}),
		changed("no conditions", "no conditions", without("Conditions")),
		changed("two sets of conditions", "no conditions, or more", func(r *etree.Element) { part(r, "Assertion").AddChild(part(r, "Conditions").Copy()) }),
		changed("an unknown condition", "condition that is not known", func(r *etree.Element) { part(r, "Conditions").CreateElement("saml:Condition") }),
		changed("another recipient", "another recipient", to("SubjectConfirmationData", "Recipient", "https://evil.example/return")),
		changed("no recipient", "another recipient", noAttr("SubjectConfirmationData", "Recipient")),
		changed("no confirmation", "no bearer confirmation", without("SubjectConfirmation")),
		changed("no confirmation data", "confirmation has no data", without("SubjectConfirmationData")),
		changed("sender-vouches", "no bearer confirmation", to("SubjectConfirmation", "Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches")),
		changed("holder-of-key", "no bearer confirmation", to("SubjectConfirmation", "Method", "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key")),
		changed("no subject", "no bearer confirmation", without("Subject")),
		changed("no AuthnStatement", "in one statement", without("AuthnStatement")),
		changed("two AuthnStatements", "in one statement", func(r *etree.Element) { part(r, "Assertion").AddChild(part(r, "AuthnStatement").Copy()) }),
		changed("SAML 2.1 response", "response is not of SAML 2.0", root("Version", "2.1")),
		changed("SAML 1.1 assertion", "assertion is not of SAML 2.0", to("Assertion", "Version", "1.1")),
		changed("no assertion", "no assertion", nil).with(nil, func(r *etree.Element) { without("Assertion")(r) }),
		wholly("failed, with an assertion inside", "(Responder)", state("Responder")),
		wholly("partial success", "status is not success", state("Success:but")),
		wholly("no status", "status is not success", without("Status")),
		wholly("two statuses", "status is not success", func(r *etree.Element) { r.AddChild(part(r, "Status").Copy()) }),
		code(auth.RefusedDeclined, wholly("AuthnFailed", "(AuthnFailed)", state("Responder", "AuthnFailed"))),
		code(auth.RefusedDeclined, wholly("NoPassive", "(NoPassive)", state("Responder", "NoPassive"))),
		code(auth.RefusedDeclined, wholly("RequestDenied", "(RequestDenied)", state("Requester", "RequestDenied"))),
		code(auth.RefusedRequirement, wholly("NoAuthnContext", "(NoAuthnContext)", state("Responder", "NoAuthnContext"))),
		code(auth.RefusedDeclined, hostile{name: "AuthnFailed, not signed and without an assertion", cause: "(AuthnFailed)", before: func(r *etree.Element) {
			state("Responder", "AuthnFailed")(r)
			without("Assertion")(r)
		}}),
		code(auth.RefusedRequirement, changed("another class than was asked for", "in another way", nil)).
			with(func(c *Config) { c.AuthnContext.Classes = []string{"urn:oasis:names:tc:SAML:2.0:ac:classes:X509"} }, nil),
		changed("not encrypted", "not encrypted", nil).with(func(c *Config) { c.RequireEncrypted = true }, nil),
	}
}

// with adds a stanza's change and a change after signing.
func (h hostile) with(config func(*Config), after func(*etree.Element)) hostile {
	h.config, h.after = config, after
	return h
}

// times are out of bounds by more than the clock's skew, 60 s.
func times() []hostile {
	late, early := stamp(now.Add(-61*time.Second)), stamp(now.Add(61*time.Second))
	return []hostile{
		changed("conditions over", "assertion is no longer valid", to("Conditions", "NotOnOrAfter", late)),
		changed("conditions over this very moment", "assertion is no longer valid", to("Conditions", "NotOnOrAfter", stamp(now.Add(-time.Minute)))),
		changed("conditions not yet", "assertion is not valid yet", to("Conditions", "NotBefore", early)),
		changed("conditions without an end", "assertion has no end", noAttr("Conditions", "NotOnOrAfter")),
		changed("conditions with a time that is none", "assertion is no longer valid", to("Conditions", "NotOnOrAfter", "tomorrow")),
		changed("conditions with a beginning that is none", "assertion is not valid yet", to("Conditions", "NotBefore", "0")),
		changed("confirmation over", "confirmation is no longer valid", to("SubjectConfirmationData", "NotOnOrAfter", late)),
		changed("confirmation not yet", "confirmation is not valid yet", to("SubjectConfirmationData", "NotBefore", early)),
		changed("confirmation without an end", "confirmation has no end", noAttr("SubjectConfirmationData", "NotOnOrAfter")),
		changed("session over", "session at the provider has ended", to("AuthnStatement", "SessionNotOnOrAfter", late)),
		changed("proved in the future", "in the future", to("AuthnStatement", "AuthnInstant", early)),
		changed("proved at no time", "when the user proved", noAttr("AuthnStatement", "AuthnInstant")),
		changed("assertion of the future", "lies in the future", to("Assertion", "IssueInstant", early)),
		wholly("response of the future", "lies in the future", root("IssueInstant", early)),
		wholly("response of no time", "lies in the future", func(r *etree.Element) { r.RemoveAttr("IssueInstant") }),
		{name: "asked to prove it again, and did not", cause: "prove again", again: true, sign: signAssertion, before: to("AuthnStatement", "AuthnInstant", late)},
		changed("an end in another namespace", "assertion has no end", func(r *etree.Element) {
			noAttr("Conditions", "NotOnOrAfter")(r)
			set(part(r, "Conditions"), "xmlns:p", "urn:x")
			set(part(r, "Conditions"), "p:NotOnOrAfter", early)
		}),
		changed("over by the end of another zone", "assertion is no longer valid", to("Conditions", "NotOnOrAfter", now.Add(-2*time.Hour).In(time.FixedZone("", 3*3600)).Format(time.RFC3339))),
	}
}

// subjects are no identities.
func subjects() []hostile {
	named := func(s string) func(*etree.Element) { return func(r *etree.Element) { part(r, "NameID").SetText(s) } }
	byAttribute := func(c *Config) { c.Subject = "uid" }
	valued := func(values ...string) func(*etree.Element) {
		return func(r *etree.Element) {
			a := part(r, "AttributeStatement").CreateElement("saml:Attribute")
			set(a, "Name", "uid")
			for _, v := range values {
				a.CreateElement("saml:AttributeValue").SetText(v)
			}
		}
	}
	return []hostile{
		changed("empty NameID", "user's id is empty", named("")),
		changed("blank NameID", "user's id is empty", named("  ")),
		changed("NameID with spaces around", "user's id is empty", named(" "+someone)),
		changed("NameID of 256 bytes", "user's id is empty, too long", named(strings.Repeat("x", 256))),
		changed("NameID with a zero-width space", "cannot be seen", named("nurse\u200b-4711")),
		changed("NameID with a right-to-left override", "cannot be seen", named("nurse\u202e1174")),
		changed("NameID with a new line", "cannot be seen", named("nurse\n4711")),
		changed("NameID with a soft hyphen", "cannot be seen", named("nur\u00adse")),
		changed("NameID with an element inside", "user's id is empty", func(r *etree.Element) { part(r, "NameID").CreateElement("saml:x") }),
		changed("no NameID", "not exactly one NameID", without("NameID")),
		changed("two NameIDs", "not exactly one NameID", func(r *etree.Element) { part(r, "Subject").AddChild(part(r, "NameID").Copy()) }),
		changed("two subjects", "no bearer confirmation", func(r *etree.Element) { part(r, "Assertion").AddChild(part(r, "Subject").Copy()) }),
		changed("transient NameID", "transient", to("NameID", "Format", formatTransient)),
		changed("e-mail address", "another format", to("NameID", "Format", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")),
		changed("NameID of no format", "another format", noAttr("NameID", "Format")),
		changed("NameID for another service", "for others", to("NameID", "SPNameQualifier", "https://evil.example")),
		changed("NameID of another provider", "for others", to("NameID", "NameQualifier", "https://evil.example")),
		changed("encrypted NameID", "encrypted by itself", func(r *etree.Element) { part(r, "Subject").CreateElement("saml:EncryptedID") }),
		changed("NameID in another namespace", "not exactly one NameID", func(r *etree.Element) { set(part(r, "NameID"), "xmlns:saml", "urn:x") }),
		changed("no attribute with the id", "attribute that holds the user's id", nil).with(byAttribute, nil),
		changed("two values of the id", "attribute that holds the user's id", valued("a", "b")).with(byAttribute, nil),
		changed("an empty id", "user's id is empty", valued("")).with(byAttribute, nil),
		changed("a session of 2 KiB", "session is too long", to("AuthnStatement", "SessionIndex", strings.Repeat("x", 2048))),
	}
}
