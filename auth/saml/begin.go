package saml

import (
	"context"
	"encoding/json"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"

	"github.com/patchworkcare/patchwork/auth"
)

// attempt is what Finish must know of its Begin.
type attempt struct {
	// ID is the request's: the answer must be to it.
	ID string `json:"id"`
	// Asked is when, if the user must prove again who they are; else zero.
	Asked time.Time `json:"asked,omitzero"`
}

// Begin asks the provider to sign somebody in (core §3.4.1, profiles §4.1.4.1).
func (p *provider) Begin(ctx context.Context, ask auth.Ask) (auth.Departure, error) {
	found, err := p.source.get(ctx)
	if err != nil {
		return auth.Departure{}, err
	}
	begun := attempt{ID: newID()}
	if ask.Again {
		begun.Asked = p.env.Now().UTC()
	}
	key := p.key
	if !p.config.signsRequests() {
		key = nil
	}
	address, err := departure(found.signOn, "SAMLRequest", p.authnRequest(found, begun.ID, ask.Again), ask.State, key)
	if err != nil {
		return auth.Departure{}, err
	}
	kept, err := json.Marshal(begun)
	if err != nil {
		return auth.Departure{}, err
	}
	return auth.Departure{URL: address, Kept: kept}, nil
}

func (p *provider) authnRequest(to *idp, id string, again bool) *etree.Element {
	create := true
	request := saml.AuthnRequest{
		ID: id, Version: "2.0", IssueInstant: p.env.Now().UTC(), Destination: to.signOn,
		Issuer:                      p.issuer(),
		AssertionConsumerServiceURL: p.acs(), ProtocolBinding: saml.HTTPPostBinding,
		NameIDPolicy: &saml.NameIDPolicy{AllowCreate: &create},
	}
	if p.config.NameIDFormat != "" {
		request.NameIDPolicy.Format = &p.config.NameIDFormat
	}
	if again {
		request.ForceAuthn = &again
	}
	el := request.Element()
	if wanted := p.config.AuthnContext; len(wanted.Classes) > 0 {
		context := el.CreateElement("samlp:RequestedAuthnContext")
		context.CreateAttr("Comparison", wanted.Comparison)
		for _, class := range wanted.Classes {
			context.CreateElement("saml:AuthnContextClassRef").SetText(class)
		}
	}
	return el
}

func (p *provider) issuer() *saml.Issuer {
	return &saml.Issuer{Format: formatEntity, Value: p.config.EntityID}
}
