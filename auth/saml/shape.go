package saml

import (
	"github.com/beevik/etree"
)

// responseShape holds a Response to the one form that the Web Browser SSO profile needs
// (profiles §4.1.4.2): one assertion, a direct child, and signatures that are direct
// children of what they sign. It goes by local names anywhere in the tree, so that nothing
// can hide in another namespace, an extension or a signature's object.
func responseShape(root *etree.Element) error {
	if !is(root, nsProtocol, "Response") {
		return invalid("the message is not a SAML 2.0 response")
	}
	for _, c := range root.ChildElements() {
		switch {
		case is(c, nsProtocol, "Status"), is(c, nsProtocol, "Extensions"), is(c, nsAssertion, "Issuer"), is(c, nsSignature, "Signature"),
			is(c, nsAssertion, "Assertion"), is(c, nsAssertion, "EncryptedAssertion"):
		default:
			return invalid("the response has an element where none is allowed")
		}
	}
	return places(root, func(el *etree.Element) bool {
		parent := el.Parent()
		switch el.Tag {
		case "Assertion", "EncryptedAssertion":
			return parent == root
		case "Signature":
			return parent == root || (parent != nil && parent.Parent() == root && is(parent, nsAssertion, "Assertion"))
		default: // a response within a response
			return false
		}
	})
}

// soleShape is for a message that holds no other: an assertion that was decrypted, a
// LogoutRequest.
func soleShape(root *etree.Element) error {
	return places(root, func(el *etree.Element) bool { return el.Tag == "Signature" && el.Parent() == root })
}

// places asks of every Assertion, EncryptedAssertion, Response and Signature below the
// root whether it may stand there, and sees that none stands twice.
func places(root *etree.Element, allowed func(*etree.Element) bool) error {
	assertions := 0
	signed := map[*etree.Element]bool{}
	var walk func(el *etree.Element) error
	walk = func(el *etree.Element) error {
		for _, c := range el.ChildElements() {
			switch c.Tag {
			case "Assertion", "EncryptedAssertion":
				if assertions++; assertions > 1 {
					return invalid("the response has more than one assertion")
				}
				if !allowed(c) {
					return invalid("an assertion stands where none is allowed")
				}
			case "Response":
				return invalid("a response stands where none is allowed")
			case "Signature":
				if !allowed(c) || !is(c, nsSignature, "Signature") {
					return invalid("a signature stands where none is allowed")
				}
				if signed[el] {
					return invalid("an element has two signatures")
				}
				signed[el] = true
			}
			if err := walk(c); err != nil {
				return err
			}
		}
		return nil
	}
	return walk(root)
}
