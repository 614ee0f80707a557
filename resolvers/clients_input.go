package resolvers

import (
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/smart"
)

// clientOf reads what is proposed; package smart judges it.
func clientOf(in *model.SmartClientInput) *smart.Client {
	c := &smart.Client{
		Name: strings.TrimSpace(in.Name), Method: smart.Method(strings.ToLower(string(in.Method))), RedirectURIs: in.RedirectUris.Value(),
		LaunchURL: trimmed(in.LaunchURL.Value()), Scopes: in.Scopes, JWKS: trimmed(in.Jwks.Value()), JWKSURL: trimmed(in.JwksURL.Value()),
		Trusted: said(in.Trusted),
	}
	if p := in.Position.Value(); p != nil {
		c.Position = &auth.Position{
			Role: auth.Role(p.Role), Organisation: record.Organisation{ODS: p.Organisation}, CareSetting: trimmed(p.CareSetting.Value()),
		}
	}
	if l := in.Launching.Value(); l != nil {
		c.Launching = &smart.Launching{
			Apps: texts(l.Apps.Value()), Organisations: texts(l.Organisations.Value()), Logins: texts(l.Logins.Value()),
			Trust: said(l.Trust), Prefill: said(l.Prefill), Origins: texts(l.Origins.Value()),
		}
	}
	return c
}

// said is whether a choice was made; what is left out is not.
func said(choice graphql.Omittable[*bool]) bool {
	v := choice.Value()
	return v != nil && *v
}

// trimmed is what somebody pasted, without the blanks around it; "" for null.
func trimmed(text *string) string { return strings.TrimSpace(deref(text)) }
