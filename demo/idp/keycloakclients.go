package idp

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
)

// AddOIDC registers an OpenID client, with groups in its ID token. By JWKS it proves itself
// with AuthenticationSigning. PKCE must be by S256.
func (k *Keycloak) AddOIDC(ctx context.Context, c OIDCClient) error {
	attributes := map[string]string{"pkce.code.challenge.method": "S256", "backchannel.logout.url": c.BackchannelURI}
	if c.BackchannelSession {
		attributes["backchannel.logout.session.required"] = "true"
	}
	if c.SigningAlg != "" {
		attributes["id.token.signed.response.alg"] = c.SigningAlg
	}
	if len(c.PostLogoutURIs) > 0 {
		attributes["post.logout.redirect.uris"] = c.PostLogoutURIs[0]
	}
	how := "client-secret"
	if c.JWKS != nil {
		how = "client-jwt"
		attributes["use.jwks.string"], attributes["jwks.string"] = "true", string(c.JWKS)
		attributes["token.endpoint.auth.signing.alg"] = c.AuthenticationSigning
	}
	return k.add(ctx, "/clients", map[string]any{
		"clientId": c.ID, "secret": c.Secret, "protocol": "openid-connect", "clientAuthenticatorType": how, "publicClient": false,
		"standardFlowEnabled": true, "redirectUris": c.RedirectURIs, "attributes": attributes,
		"protocolMappers": []any{mapper("groups", "openid-connect", "oidc-group-membership-mapper", map[string]string{
			"claim.name": "groups", "full.path": "false", "id.token.claim": "true", "userinfo.token.claim": "true",
		})},
	})
}

// AddSAML registers the service provider that the metadata describes, with groups, cn and
// mail as attributes. Changes are of the client's attributes, as Keycloak calls them.
// Single logout comes from its own server instead of the browser if direct.
func (k *Keycloak) AddSAML(ctx context.Context, metadata []byte, direct bool, changes map[string]string) error {
	var client map[string]json.RawMessage
	if err := k.do(ctx, http.MethodPost, "/"+k.realm+"/client-description-converter", metadata, &client); err != nil {
		return err
	}
	var attributes map[string]string
	if json.Unmarshal(client["attributes"], &attributes) != nil || attributes == nil {
		return errors.New("the Keycloak does not understand the metadata")
	}
	maps.Copy(attributes, changes)
	whole := map[string]any{}
	for key, value := range client {
		whole[key] = value
	}
	whole["attributes"], whole["frontchannelLogout"] = attributes, !direct
	whole["protocolMappers"] = []any{
		mapper("groups", "saml", "saml-group-membership-mapper", map[string]string{"attribute.name": "groups", "attribute.nameformat": "Basic", "single": "true", "full.path": "false"}),
		mapper("cn", "saml", "saml-user-property-mapper", map[string]string{"user.attribute": "lastName", "attribute.name": "urn:oid:2.5.4.3", "friendly.name": "cn", "attribute.nameformat": "URI Reference"}),
		mapper("mail", "saml", "saml-user-property-mapper", map[string]string{"user.attribute": "email", "attribute.name": "mail", "attribute.nameformat": "Basic"}),
	}
	return k.add(ctx, "/clients", whole)
}

func mapper(name, protocol, kind string, config map[string]string) map[string]any {
	return map[string]any{"name": name, "protocol": protocol, "protocolMapper": kind, "config": config}
}
