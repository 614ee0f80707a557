package smart

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/auth/scope"
)

// capabilities are those that the server has, and no others. SMART App Launch 2.2,
// "Capability Sets".
var capabilities = []string{
	"launch-ehr", "launch-standalone", "authorize-post", "client-public", "client-confidential-symmetric", "client-confidential-asymmetric",
	"sso-openid-connect", "context-banner", "context-style", "context-ehr-patient", "context-ehr-encounter", "context-standalone-patient",
	"permission-online", "permission-offline", "permission-patient", "permission-user", "permission-v1", "permission-v2",
}

// graphCapability says that the associated endpoint is the region's graph.
const graphCapability = "https://patchwork.care/smart/capability/graphql"

var (
	grantTypes  = []string{"authorization_code", "client_credentials", "refresh_token"}
	authMethods = []string{"none", "client_secret_basic", "private_key_jwt"}
	assertions  = []string{"RS384", "ES384"}
)

// scopesSupported are the ones worth naming: any resource type that the FHIR API offers can
// stand for the star.
var scopesSupported = []string{
	scope.OpenID, scope.FHIRUser, scope.Profile, scope.Launch, scope.LaunchPatient, scope.OnlineAccess, scope.OfflineAccess,
	"patient/*.rs", "user/*.rs", "system/*.rs", "patient/*.read", "user/*.read", "system/*.read", scope.Graph, scope.OpenLaunch,
	scope.CastRead, scope.CastWrite,
}

// OAuthURIs are the addresses that a CapabilityStatement names (SMART v1, oauth-uris): the
// same as in the discovery document.
func (s *Server) OAuthURIs() map[string]string {
	return map[string]string{
		"authorize": s.Public + "/smart/authorize", "token": s.TokenURL(), "introspect": s.Public + "/smart/introspect",
		"revoke": s.Public + "/smart/revoke", "manage": s.Public + "/sessions",
	}
}

// smartConfiguration: SMART App Launch 2.2, "FHIR Authorization Endpoint and Capabilities
// Discovery". JSON whatever the caller accepts.
func (s *Server) smartConfiguration(w http.ResponseWriter, r *http.Request) {
	s.document(w, r, s.metadata(map[string]any{
		"capabilities": capabilities,
		"associated_endpoints": []map[string]any{
			{"url": s.Base(), "capabilities": []string{"smart-app-launch"}},
			{"url": s.Public + "/graphql", "capabilities": []string{graphCapability}},
		},
		"management_endpoint": s.Public + "/sessions",
		"launch_endpoint":     s.Public + "/smart/launch",
	}))
}

// openidConfiguration: OpenID Connect Discovery 1.0 §3.
func (s *Server) openidConfiguration(w http.ResponseWriter, r *http.Request) {
	s.document(w, r, s.metadata(map[string]any{
		"subject_types_supported": []string{"public"}, "id_token_signing_alg_values_supported": []string{"RS256"},
		"claims_supported":                []string{"iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "fhirUser", "profile", "name"},
		"request_parameter_supported":     false,
		"request_uri_parameter_supported": false,
	}))
}

func (s *Server) metadata(more map[string]any) map[string]any {
	uris := s.OAuthURIs()
	document := map[string]any{
		"issuer": s.Issuer(), "jwks_uri": s.Public + "/smart/jwks",
		"authorization_endpoint": uris["authorize"], "token_endpoint": uris["token"],
		"introspection_endpoint": uris["introspect"], "revocation_endpoint": uris["revoke"],
		"grant_types_supported": grantTypes, "response_types_supported": []string{"code"}, "response_modes_supported": []string{"query"},
		"scopes_supported": scopesSupported, "code_challenge_methods_supported": []string{"S256"},
		"token_endpoint_auth_methods_supported": authMethods, "token_endpoint_auth_signing_alg_values_supported": assertions,
		"introspection_endpoint_auth_methods_supported": authMethods[1:], "revocation_endpoint_auth_methods_supported": authMethods,
		"authorization_response_iss_parameter_supported": true,
	}
	for name, value := range more {
		document[name] = value
	}
	return document
}

func (s *Server) jwks(w http.ResponseWriter, r *http.Request) {
	keys, err := s.Keys.Public(r.Context())
	if err != nil {
		s.Log.Error("the signing keys cannot be read", "cause", err.Error())
		http.Error(w, "The keys cannot be read at the moment", http.StatusServiceUnavailable)
		return
	}
	s.document(w, r, keys)
}

// document answers a public document.
func (s *Server) document(w http.ResponseWriter, r *http.Request, v any) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	text, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "Something went wrong here", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "public, max-age=300")
	if r.Method == http.MethodGet {
		_, _ = w.Write(text)
	}
}

// sameBase reports whether an address is the FHIR base; a slash at its end is tolerated.
func (s *Server) sameBase(address string) bool {
	return strings.TrimSuffix(address, "/") == s.Base()
}

// originOf gives the origin of an address, as browsers send it; "" if it has none.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
