package smartlogin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth/smartlogin"
)

// hostile is one way in which an EPR, or who stands between, is wrong.
type hostile struct {
	name string
	// cause is part of what the page must say: refused for another reason is not shown.
	cause string
	// code is CodeAnswer unless given.
	code smartlogin.Code
	bend func(*evil)
	conf func(*smartlogin.Config)
	form func(url.Values)
}

// soon is how long a refusal may take, on a machine that is busy with other tests.
const soon = 8 * time.Second

func runHostile(t *testing.T, all []hostile) {
	t.Helper()
	for _, h := range all {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			e := newEvil(t)
			c := e.stanza()
			if h.bend != nil {
				h.bend(e)
			}
			if h.conf != nil {
				h.conf(c)
			}
			s := serve(t, e, c)
			began := time.Now()
			page := s.browser().walk(e, h.form)
			if took := time.Since(began); took > soon {
				t.Errorf("took %v", took)
			}
			if h.code == "" {
				h.code = smartlogin.CodeAnswer
			}
			s.refused(t, page, h.code, h.cause)
			if info := s.handler.Infos(); info[0].LastRefusal.IsZero() || info[0].Cause == "" {
				t.Errorf("%+v", info)
			}
		})
	}
}

func at(path string, instead http.HandlerFunc) func(*evil) {
	return func(e *evil) { e.path[path] = instead }
}

func status(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		_, _ = w.Write([]byte(body))
	}
}

func redirect(code int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, code) }
}

func webPage(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	_, _ = w.Write([]byte("<html><script>alert('SECRET')</script></html>"))
}

func big(w http.ResponseWriter, _ *http.Request) {
	_, _ = w.Write([]byte(`{"keys":[],"access_token":"` + strings.Repeat("SECRET", 400<<10) + `"}`))
}

// slow answers when the caller has gone, or it would be too late anyway.
func slow(_ http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm() // only then is it seen that the caller has gone
	select {
	case <-r.Context().Done():
	case <-time.After(soon):
	}
}

// cut promises more than it sends.
func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte(`{"access_token":"SECRET`))
}

func impatient(c *smartlogin.Config) { c.Timeout = 200 * time.Millisecond }

// bending of the token endpoint's answer, of the ID token, of the Patient and of the
// configuration.
func gives(name string, value any) func(*evil) {
	return func(e *evil) { e.token = func(m map[string]any) { set(m, name, value) } }
}

func with(name string, value any) func(*evil) {
	return func(e *evil) { e.claims = func(m map[string]any) { set(m, name, value) } }
}

func person(name string, value any) func(*evil) {
	return func(e *evil) { e.patient = func(m map[string]any) { set(m, name, value) } }
}

func says(name string, value any) func(*evil) {
	return func(e *evil) { e.config = func(m map[string]any) { set(m, name, value) } }
}

// absent leaves a member out.
type absent struct{}

func set(m map[string]any, name string, value any) {
	if value == (any)(absent{}) {
		delete(m, name)
		return
	}
	m[name] = value
}

func off(name string, seconds int64) func(*evil) {
	return func(e *evil) { e.claims = func(m map[string]any) { m[name] = e.clock.Unix() + seconds } }
}

func made(by func(e *evil, c map[string]any) string) func(*evil) {
	return func(e *evil) { e.sign = func(c map[string]any) string { return by(e, c) } }
}

func TestAHostileBrowser(t *testing.T) {
	t.Parallel()
	put := func(name string, values ...string) func(url.Values) { return func(f url.Values) { f[name] = values } }
	failed := func(code string) func(url.Values) {
		return func(f url.Values) {
			f.Del("code")
			f.Set("error", code)
			f.Set("error_description", "SECRET <script>")
		}
	}
	runHostile(t, []hostile{
		{name: "no code", cause: "no code", form: func(f url.Values) { f.Del("code") }},
		{name: "two codes", cause: "code twice", form: func(f url.Values) { f.Add("code", "another") }},
		{name: "two states", cause: "state twice", form: func(f url.Values) { f.Add("state", "another") }},
		{name: "a code that was never given", code: smartlogin.CodeGrant, cause: "invalid_grant", form: put("code", "SECRET")},
		{name: "a code of 9 KiB", cause: "too long", form: put("code", strings.Repeat("x", 9<<10))},
		{name: "error and code", cause: "an error and a code", form: put("error", "access_denied")},
		{name: "an error of its own", cause: "an error of its own", form: failed("SECRET <script>")},
		{name: "invalid_scope", cause: "invalid_scope", form: failed("invalid_scope")},
		{name: "access_denied", code: smartlogin.CodeDeclined, cause: "access_denied", form: failed("access_denied")},
		{name: "login_required", code: smartlogin.CodeDeclined, cause: "login_required", form: failed("login_required")},
		{name: "another issuer's answer", cause: "another issuer's", form: put("iss", "https://SECRET.example")},
		{name: "an issuer with a slash more", cause: "another issuer's", form: func(f url.Values) { f.Set("iss", f.Get("iss")+"/") }},
		{name: "two issuers", cause: "iss twice", form: func(f url.Values) { f.Add("iss", f.Get("iss")) }},
		{name: "no issuer, although promised", cause: "does not say whose", bend: says("authorization_response_iss_parameter_supported", true), form: func(f url.Values) { f.Del("iss") }},
		{name: "no state", code: smartlogin.CodeExpired, cause: "no launch is under way", form: func(f url.Values) { f.Del("state") }},
		{name: "another state", code: smartlogin.CodeExpired, cause: "no launch is under way", form: put("state", strings.Repeat("S", 43))},
		{name: "a huge state", code: smartlogin.CodeExpired, cause: "no launch is under way", form: put("state", strings.Repeat("SECRET", 5000))},
	})
}

func TestAHostileDiscovery(t *testing.T) {
	t.Parallel()
	d := smartlogin.CodeDiscovery
	runHostile(t, []hostile{
		{name: "another issuer", code: d, cause: "names another issuer", bend: says("issuer", "https://other.example")},
		{name: "an issuer with a slash more", code: d, cause: "names another issuer", bend: func(e *evil) { says("issuer", e.issuer+"/")(e) }},
		{name: "Epic's issuer, not configured", code: d, cause: "set `issuer` to it", bend: func(e *evil) { e.issuer = e.url + "/oauth2" }},
		{name: "a token endpoint elsewhere", code: d, cause: "token_endpoint stands on another origin", bend: says("token_endpoint", "https://SECRET.example/token")},
		{name: "an authorization endpoint elsewhere", code: d, cause: "authorization_endpoint stands on another origin", bend: says("authorization_endpoint", "https://SECRET.example/authorize")},
		{name: "keys elsewhere", code: d, cause: "jwks_uri stands on another origin", bend: says("jwks_uri", "https://SECRET.example/jwks")},
		{name: "keys on another port", code: d, cause: "jwks_uri stands on another origin", bend: says("jwks_uri", "http://127.0.0.1:1/jwks")},
		{name: "elsewhere, by a user that looks like us", code: d, cause: "token_endpoint is no address", bend: func(e *evil) { says("token_endpoint", e.url+"@SECRET.example/token")(e) }},
		{name: "no TLS", code: d, cause: "token_endpoint is no address", bend: says("token_endpoint", "http://SECRET.example/token")},
		{name: "a script", code: d, cause: "authorization_endpoint is no address", bend: says("authorization_endpoint", "javascript:alert(1)")},
		{name: "a file", code: d, cause: "jwks_uri is no address", bend: says("jwks_uri", "file:///etc/passwd")},
		{name: "a fragment", code: d, cause: "token_endpoint is no address", bend: func(e *evil) { says("token_endpoint", e.url+"/token#x")(e) }},
		{name: "a backslash", code: d, cause: "token_endpoint is no address", bend: func(e *evil) { says("token_endpoint", e.url+`\@SECRET.example/token`)(e) }},
		{name: "no token endpoint", code: d, cause: "has no token_endpoint", bend: says("token_endpoint", absent{})},
		{name: "no authorization endpoint", code: d, cause: "has no authorization_endpoint", bend: says("authorization_endpoint", nil)},
		{name: "keys nowhere", code: d, cause: "has no jwks_uri", bend: func(e *evil) {
			says("jwks_uri", absent{})(e)
			e.openid = func(m map[string]any) { delete(m, "jwks_uri") }
		}},
		{name: "OpenID configuration of another", code: d, cause: "openid-configuration names another issuer", bend: func(e *evil) {
			says("jwks_uri", absent{})(e)
			e.openid = func(m map[string]any) { m["issuer"] = "https://other.example" }
		}},
		{name: "no OpenID configuration", code: d, cause: "openid-configuration: the provider answered with status 404", bend: func(e *evil) {
			says("jwks_uri", absent{})(e)
			e.path[openIDConfig] = status(404, "SECRET")
		}},
		{name: "HTML", code: d, cause: "no JSON", bend: at(smartConfig, webPage)},
		{name: "404", code: d, cause: "smart-configuration: the provider answered with status 404", bend: at(smartConfig, status(404, "SECRET"))},
		{name: "500", code: smartlogin.CodeDown, cause: "status 500", bend: at(smartConfig, status(500, "SECRET"))},
		{name: "2 MiB", code: d, cause: "larger than 1 MiB", bend: at(smartConfig, big)},
		{name: "slow", code: smartlogin.CodeDown, cause: "too long", bend: at(smartConfig, slow), conf: impatient},
		{name: "cut off", code: smartlogin.CodeDown, cause: "smart-configuration", bend: at(smartConfig, cut)},
		{name: "redirect inside", code: d, cause: "redirects", bend: at(smartConfig, redirect(302, "http://169.254.169.254/SECRET"))},
		{name: "redirect to itself", code: d, cause: "redirects", bend: at(smartConfig, redirect(302, smartConfig+"2"))},
		{name: "a name twice", code: d, cause: "no JSON", bend: at(smartConfig, status(200, `{"token_endpoint":"a","token_endpoint":"b"}`))},
		{name: "an address inside", code: smartlogin.CodeDown, cause: "inside this network", conf: func(c *smartlogin.Config) { c.Private = false }},
		{name: "a name that leads inside", code: smartlogin.CodeDown, cause: "inside this network", conf: func(c *smartlogin.Config) {
			c.AuthorizationEndpoint, c.TokenEndpoint, c.Private = strings.Replace(c.Iss, "127.0.0.1", "localhost", 1), strings.Replace(c.Iss, "127.0.0.1", "localhost", 1), false
		}},
	})
}

func TestAHostileTokenEndpoint(t *testing.T) {
	t.Parallel()
	runHostile(t, []hostile{
		{name: "a secret that it does not know", code: smartlogin.CodeClient, cause: "invalid_client", conf: func(c *smartlogin.Config) { c.ClientSecret = "another SECRET" }},
		{name: "a client that may not", code: smartlogin.CodeClient, cause: "unauthorized_client", bend: at("/token", status(400, `{"error":"unauthorized_client"}`))},
		{name: "an error of its own", cause: "a reason of its own", bend: at("/token", status(400, `{"error":"SECRET <script>"}`))},
		{name: "500", code: smartlogin.CodeDown, cause: "status 500", bend: at("/token", status(500, "SECRET"))},
		{name: "404", cause: "status 404", bend: at("/token", status(404, "SECRET"))},
		{name: "HTML", cause: "no JSON", bend: at("/token", webPage)},
		{name: "2 MiB", cause: "larger than 1 MiB", bend: at("/token", big)},
		{name: "slow", code: smartlogin.CodeDown, cause: "too long", bend: at("/token", slow), conf: impatient},
		{name: "cut off", code: smartlogin.CodeDown, cause: "token endpoint", bend: at("/token", cut)},
		{name: "redirect that would send all again", cause: "redirects", bend: at("/token", redirect(307, "http://127.0.0.1:9/SECRET"))},
		{name: "form encoded", cause: "no JSON", bend: at("/token", status(200, "access_token=SECRET&token_type=Bearer"))},
		{name: "a patient twice", cause: "a name twice", bend: at("/token", status(200, `{"access_token":"a","token_type":"Bearer","patient":"a","patient":"b"}`))},
		{name: "nested too deep", cause: "too deep", bend: at("/token", status(200, `{"access_token":"a","token_type":"Bearer","x":`+strings.Repeat("[", 30)+strings.Repeat("]", 30)+`}`))},
		{name: "no access token", cause: "no bearer token", bend: gives("access_token", "")},
		{name: "an access token that breaks a header", cause: "cannot be sent", bend: gives("access_token", "SECRET\r\nX: y")},
		{name: "no ID token", cause: "no ID token", bend: gives("id_token", absent{})},
	})
}

func TestPatientsThatAreNone(t *testing.T) {
	t.Parallel()
	none, answer := smartlogin.CodeNoPatient, smartlogin.CodeAnswer
	var all []hostile
	for name, c := range map[string]struct {
		value any
		code  smartlogin.Code
		cause string
	}{
		"none": {absent{}, none, "has no patient"}, "null": {nil, none, "has no patient"}, "empty": {"", answer, "no FHIR id"},
		"a list of one": {[]string{patientID}, answer, "is no text"}, "a list of two": {[]string{patientID, "b"}, answer, "is no text"}, "an empty list": {[]string{}, answer, "is no text"},
		"an object": {map[string]any{"id": patientID}, answer, "is no text"}, "a number": {12345, answer, "is no text"}, "true": {true, answer, "is no text"},
		"an address": {"https://SECRET.example/Patient/1", answer, "no FHIR id"}, "a reference": {"Patient/" + patientID, answer, "no FHIR id"}, "up": {"../Practitioner/77", answer, "no FHIR id"},
		"dots": {"..", answer, "no FHIR id"}, "a query": {patientID + "?_format=x", answer, "no FHIR id"}, "encoded": {"SECRET%2f..", answer, "no FHIR id"}, "a line break": {"a\r\nX: y", answer, "no FHIR id"},
		"65 letters": {strings.Repeat("a", 65), answer, "no FHIR id"}, "two in one": {patientID + "," + patientID, answer, "no FHIR id"}, "markup": {"<script>", answer, "no FHIR id"},
		"a line break after": {patientID + "\n", answer, "no FHIR id"}, "somebody unknown": {"nobody", smartlogin.CodePatient, "status 404"},
	} {
		all = append(all, hostile{name: name, code: c.code, cause: c.cause, bend: gives("patient", c.value)})
	}
	details := func(name string, code smartlogin.Code, cause string, list ...any) hostile {
		return hostile{name: "authorization_details: " + name, code: code, cause: cause, bend: gives("authorization_details", list),
			conf: func(c *smartlogin.Config) { c.Patient = "authorization_details[type=smart_on_fhir].patient" }}
	}
	entry := func(patient any, locations ...string) any {
		m := map[string]any{"type": "smart_on_fhir", "patient": patient}
		if locations != nil {
			m["locations"] = locations
		}
		return m
	}
	all = append(all,
		details("none", none, "has no patient"), details("of another kind", none, "has no patient", map[string]any{"type": "x", "patient": patientID}), details("no objects", none, "has no patient", "a", 1, nil),
		details("two", answer, "several entries", entry(patientID), entry("b")), details("of another server", none, "has no patient", entry(patientID, "https://other.example/fhir")),
		details("of no server", none, "has no patient", entry(patientID, []string{}...), entry(patientID, "")), details("a list", answer, "is no text", entry([]string{patientID})),
		details("an address", answer, "no FHIR id", entry("https://SECRET.example/Patient/1")),
		hostile{name: "encounter a list", cause: "encounter is no FHIR id", bend: gives("encounter", []string{"a"})},
		hostile{name: "encounter an address", cause: "encounter is no FHIR id", bend: gives("encounter", "https://SECRET.example/Encounter/1")},
		hostile{name: "intent an object", cause: "intent", bend: gives("intent", map[string]any{"SECRET": 1})},
		hostile{name: "intent of lines", cause: "intent", bend: gives("intent", "a\nSECRET")},
		hostile{name: "intent too long", cause: "intent", bend: gives("intent", strings.Repeat("SECRET", 100))},
		hostile{name: "banner a text", cause: "need_patient_banner", bend: gives("need_patient_banner", "true")},
	)
	runHostile(t, all)
}

func TestPatientsThatCannotBeBelieved(t *testing.T) {
	t.Parallel()
	path := "/fhir/Patient/" + patientID
	ids := func(list ...any) func(*evil) { return person("identifier", list) }
	no, unread := smartlogin.CodeNoNumber, smartlogin.CodePatient
	all := []hostile{
		{name: "another's id", code: unread, cause: "somebody else", bend: person("id", "another")},
		{name: "no id", code: unread, cause: "somebody else", bend: person("id", absent{})},
		{name: "a Practitioner", code: unread, cause: "something else", bend: person("resourceType", "Practitioner")},
		{name: "a Bundle", code: unread, cause: "something else", bend: at(path, status(200, `{"resourceType":"Bundle","id":"SECRET-pat.1"}`))},
		{name: "merged", code: unread, cause: "merged", bend: person("link", []any{map[string]any{"type": "replaced-by"}})},
		{name: "401", code: unread, cause: "status 401", bend: at(path, status(401, "SECRET"))},
		{name: "403", code: unread, cause: "grant the scope", bend: at(path, status(403, "SECRET"))},
		{name: "404", code: unread, cause: "status 404", bend: at(path, status(404, "SECRET"))},
		{name: "304", code: unread, cause: "status 304", bend: at(path, status(304, ""))},
		{name: "500", code: smartlogin.CodeDown, cause: "status 500", bend: at(path, status(500, "SECRET"))},
		{name: "429", code: smartlogin.CodeDown, cause: "status 429", bend: at(path, status(429, "SECRET"))},
		{name: "a redirect", code: unread, cause: "status 302", bend: at(path, redirect(302, "http://169.254.169.254/SECRET"))},
		{name: "HTML", cause: "no JSON object", bend: at(path, webPage)},
		{name: "2 MiB", cause: "larger than 1 MiB", bend: at(path, big)},
		{name: "slow", code: smartlogin.CodeDown, cause: "too long", bend: at(path, slow), conf: impatient},
		{name: "an id twice", cause: "a name twice", bend: at(path, status(200, `{"resourceType":"Patient","id":"a","id":"SECRET-pat.1"}`))},
		{name: "no identifiers", code: no, cause: "no NHS number", bend: person("identifier", absent{})},
		{name: "identifiers that are no list", code: no, cause: "no NHS number", bend: person("identifier", number(nhsNumber, nil))},
		{name: "none of the NHS", code: no, cause: "no NHS number", bend: ids(map[string]any{"system": "https://other.example", "value": nhsNumber})},
		{name: "an old one only", code: no, cause: "no NHS number", bend: ids(number(nhsNumber, map[string]any{"use": "old"}))},
		{name: "one for a while", code: no, cause: "no NHS number", bend: ids(number(nhsNumber, map[string]any{"use": "temp"}))},
		{name: "one that has ended", code: no, cause: "no NHS number", bend: ids(number(nhsNumber, map[string]any{"period": map[string]any{"end": "2020-01-01"}}))},
		{name: "an end that is none", code: no, cause: "no NHS number", bend: ids(number(nhsNumber, map[string]any{"period": map[string]any{"end": "SECRET"}}))},
		{name: "two that differ", code: no, cause: "two NHS numbers", bend: ids(number(nhsNumber, nil), number("9434765870", nil))},
		{name: "a wrong check digit", code: no, cause: "check digit", bend: ids(number("9434765918", nil))},
		{name: "a placeholder", code: no, cause: "placeholder", bend: ids(number("9999999999", nil))},
		{name: "nine digits", code: no, cause: "10 digits", bend: ids(number("943476591", nil))},
		{name: "letters", code: no, cause: "digits, spaces", bend: ids(number("SECRET", nil))},
		{name: "a number that is a number", code: no, cause: "10 digits", bend: ids(map[string]any{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": 9434765919})},
		{name: "not verified", code: smartlogin.CodeUnverified, cause: "not verified", bend: ids(number(nhsNumber, map[string]any{"extension": []any{verification("02")}}))},
		{name: "a status without code", code: smartlogin.CodeUnverified, cause: "not verified", bend: ids(number(nhsNumber, map[string]any{"extension": []any{map[string]any{"url": "x/NHSNumberVerificationStatus"}}}))},
		{name: "twice, once not verified", code: smartlogin.CodeUnverified, cause: "not verified", bend: ids(number(nhsNumber, nil), number(nhsNumber, map[string]any{"extension": []any{verification("04")}}))},
	}
	for _, date := range []any{absent{}, nil, "", "1956", "1956-03", "1956-02-30", "12/03/1956", "1956-03-12T00:00:00Z", 19560312, []string{birthDate}} {
		all = append(all, hostile{name: fmt.Sprintf("born %v", date), code: smartlogin.CodeNoBirthDate, cause: "no birth date", bend: person("birthDate", date)})
	}
	runHostile(t, all)
}

func TestTokensThatCannotBeBelieved(t *testing.T) {
	t.Parallel()
	clock := smartlogin.CodeClock
	runHostile(t, []hostile{
		{name: "alg none", cause: "algorithm", bend: made(func(_ *evil, _ map[string]any) string { return "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0." })},
		{name: "HS256 by the secret", cause: "algorithm", bend: made(func(e *evil, c map[string]any) string {
			return sign(e.t, pair{kid: "e1", private: []byte(clientSecret)}, jose.HS256, c, nil)
		})},
		{name: "another key under a known kid", cause: "signature is wrong", bend: made(func(e *evil, c map[string]any) string {
			return sign(e.t, strange(), jose.RS256, c, map[string]any{"kid": "e1"})
		})},
		{name: "an unknown kid", cause: "does not publish", bend: made(func(e *evil, c map[string]any) string { return sign(e.t, strange(), jose.RS256, c, nil) })},
		{name: "its own key (jwk)", cause: "does not publish", bend: made(func(e *evil, c map[string]any) string {
			return sign(e.t, strange(), jose.RS256, c, map[string]any{"jwk": jose.JSONWebKey{Key: strange().public, KeyID: "x1"}})
		})},
		{name: "keys elsewhere (jku)", cause: "does not publish", bend: made(func(e *evil, c map[string]any) string {
			return sign(e.t, strange(), jose.RS256, c, map[string]any{"jku": e.url + "/SECRET"})
		})},
		{name: "an algorithm that the stanza does not allow", cause: "algorithm", conf: func(c *smartlogin.Config) { c.SigningAlgs = []string{"ES384"} }},
		{name: "no keys", cause: "none that signs", bend: at("/jwks", status(200, `{"keys":[]}`))},
		{name: "keys down", code: smartlogin.CodeDown, cause: "status 503", bend: at("/jwks", status(503, ""))},
		{name: "keys redirected", cause: "redirects", bend: at("/jwks", redirect(302, "/jwks2"))},
		{name: "another issuer", cause: "issuer is not the one", bend: with("iss", "https://SECRET.example")},
		{name: "the launch's iss, where the issuer is another", cause: "issuer is not the one", bend: func(e *evil) {
			with("iss", e.iss)(e)
			e.config = func(m map[string]any) { delete(m, "issuer") }
			e.issuer = e.url + "/oauth2"
		}, conf: func(c *smartlogin.Config) { c.Issuer = strings.TrimSuffix(c.Iss, "/fhir") + "/oauth2" }},
		{name: "another audience", cause: "audience is another", bend: with("aud", "SECRET")},
		{name: "no audience", cause: "audience is another", bend: with("aud", absent{})},
		{name: "several audiences, another azp", cause: "azp", bend: func(e *evil) {
			e.claims = func(m map[string]any) { m["aud"], m["azp"] = []string{clientID, "b"}, "b" }
		}},
		{name: "another azp", cause: "azp", bend: with("azp", "b")},
		{name: "expired", code: clock, cause: "has expired", bend: off("exp", -61)},
		{name: "never expires", cause: "never expires", bend: with("exp", absent{})},
		{name: "issued in the future", code: clock, cause: "compare the clocks", bend: off("iat", 120)},
		{name: "not valid yet", code: clock, cause: "compare the clocks", bend: off("nbf", 120)},
		{name: "issued nobody knows when", cause: "when it was issued", bend: with("iat", absent{})},
		{name: "no nonce", cause: "nonce", bend: with("nonce", absent{})},
		{name: "another nonce", cause: "nonce", bend: with("nonce", "SECRET")},
		{name: "no subject", cause: "no subject", bend: with("sub", absent{})},
		{name: "a subject of lines", cause: "not printable", bend: with("sub", "SECRET\nb")},
		{name: "no fhirUser", cause: "no fhirUser", bend: with("fhirUser", absent{})},
		{name: "fhirUser a list", cause: "fhirUser is no reference", bend: with("fhirUser", []string{"Practitioner/77"})},
		{name: "fhirUser elsewhere", cause: "fhirUser is no reference", bend: with("fhirUser", "https://SECRET.example/fhir/Practitioner/77")},
		{name: "fhirUser up", cause: "fhirUser is no reference", bend: with("fhirUser", "Practitioner/../Patient/1")},
		{name: "fhirUser a Device", cause: "fhirUser is no reference", bend: with("fhirUser", "Device/1")},
		{name: "the user is a patient", code: smartlogin.CodeDeclined, cause: "is a patient", bend: with("fhirUser", "Patient/"+patientID)},
		{name: "no role here", code: smartlogin.CodeNoRole, cause: "role rule 1", bend: with("groups", []string{"Porters"})},
		{name: "a role by a text", code: smartlogin.CodeNoRole, cause: "role rule 1", bend: with("groups", "Doctors")},
	})
}

func TestPractitionersThatCannotBeBelieved(t *testing.T) {
	t.Parallel()
	reads := func(c *smartlogin.Config) { c.Practitioner = true }
	says := func(name string, value any) func(*evil) {
		return func(e *evil) { e.practitioner = func(m map[string]any) { set(m, name, value) } }
	}
	runHostile(t, []hostile{
		{name: "another", code: smartlogin.CodePatient, cause: "Practitioner is somebody else", conf: reads, bend: says("id", "78")},
		{name: "a Patient", code: smartlogin.CodePatient, cause: "something else", conf: reads, bend: says("resourceType", "Patient")},
		{name: "403", code: smartlogin.CodePatient, cause: "Practitioner may not be read", conf: reads, bend: at("/fhir/Practitioner/77", status(403, "SECRET"))},
		{name: "a role", cause: "no Practitioner", conf: reads, bend: with("fhirUser", "PractitionerRole/77")},
		{name: "beyond all bounds", cause: "4 KiB", conf: reads, bend: says("birthDate", strings.Repeat("SECRET", 1000))},
	})
}

func TestLaunchesThatAreIncomplete(t *testing.T) {
	t.Parallel()
	for name, launch := range map[string][]string{"none": nil, "empty": {""}, "two": {"a", "b"}, "5 KiB": {strings.Repeat("x", 5<<10)}} {
		e := newEvil(t)
		s := serve(t, e, e.stanza())
		page := s.browser().get("/launch?" + url.Values{"iss": {e.iss}, "launch": launch}.Encode())
		s.refused(t, page, smartlogin.CodeLaunch, "exactly one launch parameter")
		if page.status != http.StatusBadRequest || e.connections() != 0 {
			t.Errorf("%s: %d, %d connections", name, page.status, e.connections())
		}
	}
}
