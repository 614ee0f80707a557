package saml

import (
	"encoding/json"
	"strings"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"

	"github.com/patchworkcare/patchwork/auth"
)

// name is a NameID with its session: what a request to sign out must say again.
type name struct {
	Value       string `json:"value"`
	Format      string `json:"format,omitempty"`
	Qualifier   string `json:"qualifier,omitempty"`
	SPQualifier string `json:"spQualifier,omitempty"`
	Session     string `json:"session,omitempty"`
}

// nameOf reads a NameID; the zero name if there is none.
func nameOf(el *etree.Element) name {
	if el == nil {
		return name{}
	}
	n := name{Value: text(el), Format: attr(el, "Format"), Qualifier: attr(el, "NameQualifier"), SPQualifier: attr(el, "SPNameQualifier")}
	if n.Format == "" {
		n.Format = formatUnspecified // core §2.2.2
	}
	return n
}

func (n name) keep() ([]byte, error) {
	if n.Value == "" {
		return nil, nil
	}
	return json.Marshal(n)
}

func (n name) element() *saml.NameID {
	return &saml.NameID{Value: n.Value, Format: n.Format, NameQualifier: n.Qualifier, SPNameQualifier: n.SPQualifier}
}

// subject is the user's id, from where the stanza says.
func (j *judge) subject(a *etree.Element, n name) (string, error) {
	id := n.Value
	if j.config.Subject == subjectNameID {
		if err := j.named(a, n); err != nil {
			return "", err
		}
	} else {
		values := valuesOf(a, j.config.Subject)
		if len(values) != 1 {
			return "", invalid("the attribute that holds the user's id (subject) is missing or has not exactly one value")
		}
		id = values[0]
	}
	if !auth.GoodSubject(id) || strings.TrimSpace(id) != id {
		return "", invalid("the user's id is empty, too long or has characters that cannot be seen")
	}
	return id, nil
}

// namedBy holds a NameID to the format asked for. A persistent one is the user's within its
// qualifiers (core §8.3.7), which must be the provider and us.
func (p *provider) namedBy(n name, entity string) error {
	switch {
	case n.Format == formatTransient:
		return invalid("the user's NameID is transient, which is no identity")
	case n.Format != p.config.NameIDFormat:
		return invalid("the user's NameID is of another format than name_id_format asks for")
	case n.Format == formatPersistent && ((n.Qualifier != "" && n.Qualifier != entity) || (n.SPQualifier != "" && n.SPQualifier != p.config.EntityID)):
		return invalid("the user's persistent NameID is for others than this provider and us")
	}
	return nil
}

func (j *judge) named(a *etree.Element, n name) error {
	subject := only(a, nsAssertion, "Subject")
	switch {
	case len(children(subject, nsAssertion, "EncryptedID")) > 0:
		return invalid("the user's NameID is encrypted by itself; have the whole assertion encrypted")
	case only(subject, nsAssertion, "NameID") == nil:
		return invalid("the assertion's subject has not exactly one NameID")
	}
	return j.namedBy(n, j.idp.entity)
}
