package main

import (
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
)

// discovering reads what everybody may know: every field that the standards demand, and the
// same values wherever they stand.
func (h *hostile) discovering() {
	const smartPath, openidPath = "/fhir/.well-known/smart-configuration", "/.well-known/openid-configuration"
	documents := map[string]object{}
	for _, path := range []string{smartPath, openidPath, "/smart/jwks"} {
		for _, accept := range []string{"application/json", "text/html", "application/fhir+xml", "image/png", ""} {
			a := h.send(nil, "GET", path, map[string]string{"Accept": accept, "Origin": "https://anywhere.example"}, "")
			if a.status != http.StatusOK || a.header.Get("Content-Type") != "application/json" || a.header.Get("Access-Control-Allow-Origin") != "*" || a.header.Get("Access-Control-Allow-Credentials") != "" {
				h.t.Errorf("%s as %s: %d %v", path, accept, a.status, a.header)
			}
			documents[path] = a.json()
		}
		for _, method := range []string{"POST", "PUT", "DELETE", "PATCH"} {
			h.count.refused.Add(1)
			a := h.send(nil, method, path, nil, "")
			if a.status != http.StatusMethodNotAllowed || len(h.events(a.id)) > 0 {
				h.t.Errorf("%s %s: %d", method, path, a.status)
			}
		}
		if a := h.send(nil, "HEAD", path, nil, ""); a.status != http.StatusOK || a.body != "" {
			h.t.Errorf("HEAD %s: %d", path, a.status)
		}
		if a := h.send(nil, "OPTIONS", path, map[string]string{"Origin": "https://anywhere.example", "Access-Control-Request-Method": "GET"}, ""); a.status != http.StatusNoContent {
			h.t.Errorf("a preflight of %s: %d", path, a.status)
		}
	}
	smart, openid := documents[smartPath], documents[openidPath]
	public := h.http.URL
	for name, value := range map[string]any{
		"issuer": public, "jwks_uri": public + "/smart/jwks", "authorization_endpoint": public + "/smart/authorize", "token_endpoint": public + "/smart/token",
		"introspection_endpoint": public + "/smart/introspect", "revocation_endpoint": public + "/smart/revoke",
		"grant_types_supported": []any{"authorization_code", "client_credentials", "refresh_token"}, "response_types_supported": []any{"code"},
		"code_challenge_methods_supported": []any{"S256"}, "token_endpoint_auth_methods_supported": []any{"none", "client_secret_basic", "private_key_jwt"},
		"token_endpoint_auth_signing_alg_values_supported": []any{"RS384", "ES384"}, "authorization_response_iss_parameter_supported": true,
	} {
		if !reflect.DeepEqual(smart[name], value) || !reflect.DeepEqual(openid[name], value) {
			h.t.Errorf("%s: %v and %v, not %v", name, smart[name], openid[name], value)
		}
	}
	for name, value := range smart { // no two answers to one question
		if other, there := openid[name]; there && !reflect.DeepEqual(value, other) {
			h.t.Errorf("%s: %v and %v", name, value, other)
		}
	}
	for _, capability := range []string{
		"launch-ehr", "launch-standalone", "authorize-post", "client-public", "client-confidential-symmetric", "client-confidential-asymmetric", "sso-openid-connect",
		"context-banner", "context-style", "context-ehr-patient", "context-ehr-encounter", "context-standalone-patient",
		"permission-online", "permission-offline", "permission-patient", "permission-user", "permission-v1", "permission-v2",
	} {
		if all, _ := smart["capabilities"].([]any); !slices.Contains(all, any(capability)) {
			h.t.Errorf("no capability %s", capability)
		}
	}
	if smart.at("scopes_supported") == nil || smart.text("management_endpoint") == "" || smart.text("associated_endpoints.1.url") != public+"/graphql" {
		h.t.Errorf("%v", smart)
	}
	for _, name := range []string{"subject_types_supported", "id_token_signing_alg_values_supported", "claims_supported", "scopes_supported"} {
		if list, _ := openid[name].([]any); len(list) == 0 {
			h.t.Errorf("the OpenID document has no %s", name)
		}
	}
	scopes, _ := smart["scopes_supported"].([]any)
	for _, text := range scopes {
		if known, err := scope.Parse(text.(string)); err != nil || known.Words() == "" {
			h.t.Errorf("the scope %v is not supported", text)
		}
	}
	for _, endpoint := range smart.list("associated_endpoints") {
		for _, capability := range endpoint["capabilities"].([]any) {
			if capability != "smart-app-launch" && !strings.HasPrefix(capability.(string), "https://") {
				h.t.Errorf("a capability of our own is no address: %v", capability)
			}
		}
	}
	h.styled()
	for _, key := range documents["/smart/jwks"].list("keys") {
		if key.text("kid") == "" || key.text("kty") != "RSA" || key["d"] != nil || key["p"] != nil {
			h.t.Errorf("a key: %v %v", key.text("kid"), key.text("kty"))
		}
	}
	h.statement(smart)
}

// styled: the style's address, which tokens name, is read by any page and never changes.
func (h *hostile) styled() {
	h.t.Helper()
	app, _ := h.app(chart())
	address := h.tokensFor(h.browser().signIn(auth.RoleGP), app, set("scope", "openid user/*.rs")).text("smart_style_url")
	a := h.send(nil, "GET", address, map[string]string{"Origin": "https://anywhere.example"}, "")
	if !strings.HasPrefix(address, h.http.URL) || a.status != http.StatusOK || a.header.Get("Access-Control-Allow-Origin") != "*" || a.json() == nil {
		h.t.Errorf("the style at %q: %d %v", address, a.status, a.header)
	}
}

// statement compares the CapabilityStatement's addresses (SMART v1, oauth-uris).
func (h *hostile) statement(smart object) {
	a := h.send(nil, "GET", "/fhir/metadata", map[string]string{"Origin": "https://anywhere.example"}, "")
	if a.status != http.StatusOK || a.header.Get("Access-Control-Allow-Origin") != "*" {
		h.t.Errorf("metadata: %d %v", a.status, a.header)
	}
	fields := map[string]string{
		"authorize": "authorization_endpoint", "token": "token_endpoint", "introspect": "introspection_endpoint", "revoke": "revocation_endpoint", "manage": "management_endpoint",
	}
	for name, field := range fields {
		if at := h.server.smart.OAuthURIs()[name]; at != smart.text(field) || !strings.HasPrefix(at, h.http.URL) {
			h.t.Errorf("%s: %s, and %s", name, at, smart.text(field))
		}
	}
	said := 0
	for _, extension := range a.json().list("rest.0.security.extension") {
		if extension.text("url") != "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris" {
			continue
		}
		for _, e := range extension.list("extension") {
			said++
			if field := fields[e.text("url")]; field == "" || e.text("valueUri") != smart.text(field) {
				h.t.Errorf("the statement's %s is %s", e.text("url"), e.text("valueUri"))
			}
		}
	}
	if said != len(fields) || a.json().text("rest.0.security.service.0.coding.0.code") != "SMART-on-FHIR" {
		h.t.Errorf("the statement names %d addresses: %v", said, a.json().at("rest.0.security"))
	}
}
