package epr_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo/epr"
)

// TestSMARTLaunch: an app that does everything right gets the patient and the user.
func TestSMARTLaunch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, alg, idTokenAlg string }{{"public", "", ""}, {"ES384", "ES384", "ES384"}, {"RS384", "RS384", "RS256"}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(o *epr.Options) { o.IDTokenAlg = c.idTokenAlg })
			clientID := confidential
			if c.alg == "" {
				clientID = public
			}
			discovered := get(t, e.FHIR+"/.well-known/smart-configuration").json
			if discovered["token_endpoint"] != e.URL+"/token" || discovered["issuer"] != e.Issuer || e.Issuer != e.FHIR {
				t.Fatalf("discovery says %v", discovered)
			}
			returned := returned(t, e, ask(t, e, clientID))
			if returned.Get("state") != "a-state" || returned.Get("iss") != e.Issuer {
				t.Errorf("the app is returned to with %v", returned)
			}
			form := codeForm(returned.Get("code"))
			form.Set("client_id", clientID)
			if c.alg != "" {
				form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
				form.Set("client_assertion", assertion(t, e, c.alg, nil, nil))
			}
			a := post(t, e.URL+"/token", form)
			if a.status != http.StatusOK || a.json["patient"] != bilal.ID || a.json["token_type"] != "Bearer" || a.header.Get("Cache-Control") != "no-store" {
				t.Fatalf("the code gives %d %s", a.status, a.text)
			}
			if a.json["scope"] != "openid fhirUser launch patient/Patient.r" {
				t.Errorf("the scope is %v", a.json["scope"])
			}
			openID := get(t, e.Issuer+"/.well-known/openid-configuration").json
			id := claims(t, []byte(get(t, openID["jwks_uri"].(string)).text), a.json["id_token"])
			want := map[string]any{"iss": e.Issuer, "sub": leila.ID, "aud": clientID, "nonce": "a-nonce", "fhirUser": e.FHIR + "/Practitioner/" + leila.ID, "name": leila.Name}
			for name, value := range want {
				if id[name] != value {
					t.Errorf("the claim %s is %v, not %v", name, id[name], value)
				}
			}
			if exp := time.Unix(int64(id["exp"].(float64)), 0); exp.Before(time.Now()) || !slices.Contains(id["groups"].([]any), any("Doctors")) {
				t.Errorf("the claims are %v", id)
			}
			readBoth(t, e, a.json["access_token"].(string))
		})
	}
}

func readBoth(t *testing.T, e *epr.EPR, token string) {
	t.Helper()
	bearer := []string{"Authorization", "Bearer " + token}
	p := get(t, e.FHIR+"/Patient/"+bilal.ID, bearer...)
	if p.status != http.StatusOK || p.json["birthDate"] != bilal.BirthDate || p.json["id"] != bilal.ID || !strings.Contains(p.text, `"https://fhir.nhs.uk/Id/nhs-number","value":"9000000017"`) {
		t.Errorf("the patient reads %d %s", p.status, p.text)
	}
	if d := get(t, e.FHIR+"/Practitioner/"+leila.ID, bearer...); d.status != http.StatusOK || !strings.Contains(d.text, leila.GMC) {
		t.Errorf("the practitioner reads %d %s", d.status, d.text)
	}
	for what, a := range map[string]answer{
		"another patient": get(t, e.FHIR+"/Patient/"+alice.ID, bearer...),
		"nobody":          get(t, e.FHIR+"/Patient/X", bearer...),
	} {
		if a.status != http.StatusForbidden {
			t.Errorf("%s reads %d", what, a.status)
		}
	}
	if a := get(t, e.FHIR+"/Patient/"+bilal.ID, "Authorization", "Bearer no"); a.status != http.StatusUnauthorized {
		t.Errorf("a wrong token reads %d", a.status)
	}
}

func TestStandaloneLaunchIsAboutTheFirst(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	form := ask(t, e, public)
	form.Del("launch")
	form.Set("scope", "launch/patient patient/*.rs user/*.read offline_access")
	codes := codeForm(returned(t, e, form).Get("code"))
	codes.Set("client_id", public)
	a := post(t, e.URL+"/token", codes)
	if a.json["patient"] != alice.ID || a.json["encounter"] != "E1" || a.json["id_token"] != nil || a.json["scope"] != "launch/patient patient/*.rs user/*.read" {
		t.Errorf("the token response is %s", a.text)
	}
}

// TestPatientInDetails: the patient is where EMIS-X has it, and another server's id of
// the same patient stands before it.
func TestPatientInDetails(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *epr.Options) { o.PatientInDetails = true })
	a := tokens(t, e)
	details, _ := a.json["authorization_details"].([]any)
	if len(details) != 2 || a.json["patient"] != nil {
		t.Fatalf("the token response is %s", a.text)
	}
	first, here := details[0].(map[string]any), details[1].(map[string]any)
	if first["patient"] == bilal.ID || here["patient"] != bilal.ID || here["type"] != "smart_on_fhir" || here["locations"].([]any)[0] != e.FHIR {
		t.Errorf("the details are %v", details)
	}
	form := ask(t, e, public)
	form.Set("authorization_details", `[{"type":"smart_on_fhir","locations":["`+e.FHIR+`"]}]`)
	if returned(t, e, form).Get("code") == "" {
		t.Error("the details of the FHIR base are refused")
	}
}

func TestSeparateIssuer(t *testing.T) {
	t.Parallel()
	e := start(t, func(o *epr.Options) { o.SeparateIssuer = true })
	if e.Issuer == e.FHIR || get(t, e.FHIR+"/.well-known/openid-configuration").status != http.StatusNotFound {
		t.Errorf("the issuer is %s", e.Issuer)
	}
	openID := get(t, e.Issuer+"/.well-known/openid-configuration").json
	if id := claims(t, []byte(get(t, openID["jwks_uri"].(string)).text), tokens(t, e).json["id_token"]); id["iss"] != e.Issuer || openID["issuer"] != e.Issuer {
		t.Errorf("the id_token is of %v, the configuration of %v", id["iss"], openID["issuer"])
	}
}

// TestAuthorizeRefuses: what is wrong goes back to the app by name, unless that cannot be.
func TestAuthorizeRefuses(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	for _, c := range []struct{ parameter, value, want string }{
		{"response_type", "token", "unsupported_response_type"},
		{"state", "", "invalid_request"},
		{"aud", "https://elsewhere.example/fhir", "invalid_request"},
		{"aud", "", "invalid_request"},
		{"code_challenge_method", "plain", "invalid_request"},
		{"code_challenge", "", "invalid_request"},
		{"launch", "guessed", "invalid_request"},
		{"launch", "", "invalid_request"},
		{"scope", "openid", "invalid_scope"},
		{"authorization_details", `[{"type":"smart_on_fhir","locations":["https://elsewhere.example"]}]`, "invalid_authorization_details"},
		{"authorization_details", "no JSON", "invalid_authorization_details"},
		{"client_id", "nobody", ""},
		{"redirect_uri", back + "/", ""},
		{"redirect_uri", back + "?more=1", ""},
		{"redirect_uri", "", ""},
	} {
		form := ask(t, e, public)
		form.Set(c.parameter, c.value)
		if c.want == "" {
			if a := get(t, e.URL+"/authorize?"+form.Encode()); a.status != http.StatusBadRequest || a.header.Get("Location") != "" {
				t.Errorf("%s=%q gives %d to %q", c.parameter, c.value, a.status, a.header.Get("Location"))
			}
			continue
		}
		if got := returned(t, e, form); got.Get("error") != c.want || got.Get("error_description") == "" || got.Get("code") != "" {
			t.Errorf("%s=%q gives %v", c.parameter, c.value, got)
		}
	}
	form := ask(t, e, public)
	form.Set("aud", e.FHIR+"/")
	if a := post(t, e.URL+"/authorize", form); !strings.Contains(a.header.Get("Location"), "code=") {
		t.Errorf("a form by POST gives %d to %q", a.status, a.header.Get("Location"))
	}
	if got := returned(t, e, form); got.Get("error") != "invalid_request" {
		t.Errorf("a launch used again gives %v", got)
	}
}

func TestTokenRefuses(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	refused := func(what, want string, change func(url.Values)) {
		t.Helper()
		form := codeForm(returned(t, e, ask(t, e, public)).Get("code"))
		form.Set("client_id", public)
		change(form)
		a := post(t, e.URL+"/token", form)
		if a.json["error"] != want || a.json["error_description"] == "" || a.json["access_token"] != nil {
			t.Errorf("%s gives %d %s", what, a.status, a.text)
		}
	}
	set := func(name, value string) func(url.Values) { return func(f url.Values) { f.Set(name, value) } }
	refused("another grant type", "unsupported_grant_type", set("grant_type", "client_credentials"))
	refused("a guessed code", "invalid_grant", set("code", "guessed"))
	refused("another redirect_uri", "invalid_grant", set("redirect_uri", back+"/"))
	refused("another verifier", "invalid_grant", set("code_verifier", verifier+"x"))
	refused("nobody", "invalid_client", set("client_id", "nobody"))
	refused("a client with keys but no assertion", "invalid_client", set("client_id", confidential))
	refused("a used code", "invalid_grant", func(f url.Values) { post(t, e.URL+"/token", f) })
	refused("another client's code", "invalid_grant", func(f url.Values) {
		f.Del("client_id")
		f.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
		f.Set("client_assertion", assertion(t, e, "ES384", nil, nil))
	})
}

// TestAssertionRefused: an app that proves badly who it is learns why.
func TestAssertionRefused(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	used := "a-jti-that-is-used-twice"
	far := time.Now().Add(time.Hour).Unix()
	for _, c := range []struct {
		what, says      string
		header, changes map[string]any
	}{
		{"another aud", "aud", nil, map[string]any{"aud": e.URL}},
		{"no exp", "exp", nil, map[string]any{"exp": nil}},
		{"past exp", "exp", nil, map[string]any{"exp": 1}},
		{"exp far ahead", "exp", nil, map[string]any{"exp": far}},
		{"no jti", "jti", nil, map[string]any{"jti": nil}},
		{"another iss", "iss", nil, map[string]any{"iss": "another"}},
		{"another sub", "sub", nil, map[string]any{"sub": "another"}},
		{"an unknown kid", "kid", map[string]any{"kid": "unknown"}, nil},
		{"the kid of another key", "algorithm", map[string]any{"kid": "app-RS384"}, nil},
		{"another typ", "typ", map[string]any{"typ": "other"}, nil},
		{"a first jti", "", nil, map[string]any{"jti": used}},
		{"a used jti", "jti", nil, map[string]any{"jti": used}},
		{"a list with the token URL", "", nil, map[string]any{"aud": []string{e.FHIR, e.URL + "/token"}}},
	} {
		form := codeForm(returned(t, e, ask(t, e, confidential)).Get("code"))
		form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
		form.Set("client_assertion", assertion(t, e, "ES384", c.header, c.changes))
		a := post(t, e.URL+"/token", form)
		why, _ := a.json["error_description"].(string)
		if c.says == "" && a.status != http.StatusOK || c.says != "" && (a.status != http.StatusUnauthorized || a.json["error"] != "invalid_client" || !strings.Contains(why, c.says)) {
			t.Errorf("%s gives %d %s", c.what, a.status, a.text)
		}
	}
	for what, text := range map[string]string{
		"no JWT": "no", "bad base64": "!.!.!", "no JSON": "bm8.bm8.bm8",
		"a changed signature": assertion(t, e, "RS384", nil, nil) + "AA",
		"none":                "eyJhbGciOiJub25lIn0." + strings.Split(assertion(t, e, "ES384", nil, nil), ".")[1] + ".",
	} {
		form := codeForm("any")
		form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
		form.Set("client_assertion", text)
		if a := post(t, e.URL+"/token", form); a.status != http.StatusUnauthorized || a.json["error"] != "invalid_client" {
			t.Errorf("%s gives %d %s", what, a.status, a.text)
		}
	}
}
