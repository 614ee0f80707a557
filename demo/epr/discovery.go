package epr

import "net/http"

// jwksPath has the keys of id_tokens.
const jwksPath = "/oauth2/jwks"

// discovery serves what apps learn the EPR's SMART server from.
func (e *EPR) discovery(mux *http.ServeMux) {
	mux.HandleFunc("GET /fhir/.well-known/smart-configuration", e.smartConfiguration)
	at := e.Issuer[len(e.URL):]
	mux.HandleFunc("GET "+at+"/.well-known/openid-configuration", e.openIDConfiguration)
	mux.HandleFunc("GET "+jwksPath, e.jwks)
	mux.HandleFunc("GET /fhir/metadata", e.metadata)
}

// endpoints are where an app is sent: to another host, if that is the fault.
func (e *EPR) endpoints() (authorize, token, jwks string) {
	if e.gate.is(faultForeignEndpoints) {
		return e.Control + trapPath + "/authorize", e.Control + trapPath + "/token", e.Control + trapPath + "/jwks"
	}
	return e.URL + "/authorize", e.URL + "/token", e.URL + jwksPath
}

// smartConfiguration: SMART App Launch 2.2 §conformance.
func (e *EPR) smartConfiguration(w http.ResponseWriter, _ *http.Request) {
	authorize, token, jwks := e.endpoints()
	anyOrigin(w)
	sendJSON(w, http.StatusOK, map[string]any{
		"issuer": e.Issuer, "jwks_uri": jwks, "authorization_endpoint": authorize, "token_endpoint": token,
		"grant_types_supported":                            []string{"authorization_code"},
		"response_types_supported":                         []string{"code"},
		"code_challenge_methods_supported":                 []string{"S256"},
		"token_endpoint_auth_methods_supported":            []string{"private_key_jwt"},
		"token_endpoint_auth_signing_alg_values_supported": []string{rs384, es384},
		"scopes_supported":                                 []string{"openid", "fhirUser", "profile", "launch", "launch/patient", "patient/Patient.r", "user/Practitioner.r"},
		"capabilities": []string{
			"launch-ehr", "launch-standalone", "authorize-post", "client-public", "client-confidential-asymmetric", "sso-openid-connect",
			"context-banner", "context-ehr-patient", "context-standalone-patient", "permission-patient", "permission-user", "permission-v1", "permission-v2",
		},
	})
}

// openIDConfiguration: OpenID Connect Discovery 1.0 §3.
func (e *EPR) openIDConfiguration(w http.ResponseWriter, _ *http.Request) {
	authorize, token, jwks := e.endpoints()
	anyOrigin(w)
	sendJSON(w, http.StatusOK, map[string]any{
		"issuer": e.Issuer, "jwks_uri": jwks, "authorization_endpoint": authorize, "token_endpoint": token,
		"response_types_supported":                         []string{"code"},
		"subject_types_supported":                          []string{"public"},
		"id_token_signing_alg_values_supported":            []string{e.o.IDTokenAlg},
		"code_challenge_methods_supported":                 []string{"S256"},
		"token_endpoint_auth_methods_supported":            []string{"private_key_jwt"},
		"token_endpoint_auth_signing_alg_values_supported": []string{rs384, es384},
		"authorization_response_iss_parameter_supported":   true,
	})
}

func (e *EPR) jwks(w http.ResponseWriter, _ *http.Request) {
	anyOrigin(w)
	sendJSON(w, http.StatusOK, e.keys.issuerJWKS())
}

// anyOrigin lets the scripts of any origin read the answer, as SMART asks of discovery; of the
// rest, a bearer token or a code is needed anyway.
func anyOrigin(w http.ResponseWriter) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
}

// preflight answers a browser that asks before it asks.
func preflight(w http.ResponseWriter, _ *http.Request) {
	anyOrigin(w)
	w.Header().Set("Access-Control-Allow-Methods", "GET, POST")
	w.Header().Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept")
	w.WriteHeader(http.StatusNoContent)
}
