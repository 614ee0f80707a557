package oidc_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

const huge = 2 << 20

// webPage, big, slow and so on are answers of any endpoint.
func webPage(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	_, _ = w.Write([]byte("<html><script>alert('SECRET')</script></html>"))
}

func big(w http.ResponseWriter, _ *http.Request) {
	_, _ = w.Write([]byte(`{"keys":[],"access_token":"` + strings.Repeat("x", huge) + `"}`))
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

func at(path string, instead http.HandlerFunc) func(*evil) {
	return func(e *evil) { e.path[path] = instead }
}

func says(name string, value any) func(*evil) {
	return func(e *evil) { e.metadata = func(m map[string]any) { m[name] = value } }
}

func gives(name string, value any) func(*evil) {
	return func(e *evil) {
		e.token = func(_ http.ResponseWriter, body map[string]any) bool { body[name] = value; return false }
	}
}

func impatient(c *oidc.Config) { c.Timeout = 200 * time.Millisecond }

func TestAHostileBrowser(t *testing.T) {
	t.Parallel()
	set := func(name string, values ...string) func(url.Values) { return func(f url.Values) { f[name] = values } }
	failed := func(code string) func(url.Values) {
		return func(f url.Values) {
			f.Del("code")
			f.Set("error", code)
			f.Set("error_description", "SECRET <script>")
		}
	}
	promised := says("authorization_response_iss_parameter_supported", true)
	all := []hostile{
		{name: "no code", cause: "no code", form: func(f url.Values) { f.Del("code") }},
		{name: "an empty code", cause: "no code", form: set("code", "")},
		{name: "two codes", cause: "code twice", form: func(f url.Values) { f.Add("code", "another") }},
		{name: "two states", cause: "state twice", form: func(f url.Values) { f.Add("state", "another") }},
		{name: "a code that was never given", cause: "invalid_grant", form: set("code", "SECRET")},
		{name: "a code of 9 KiB", cause: "too long", form: set("code", strings.Repeat("x", 9<<10))},
		{name: "error and code", cause: "an error and a code", form: func(f url.Values) { f.Set("error", "access_denied") }},
		{name: "two errors", cause: "error twice", form: set("error", "access_denied", "login_required")},
		{name: "an error of its own", cause: "an error of its own", form: failed("SECRET <script>")},
		{name: "an empty error", cause: "an error of its own", form: failed("")},
		{name: "invalid_request", cause: "invalid_request", form: failed("invalid_request")},
		{name: "server_error", cause: "server_error", form: failed("server_error")},
		{name: "another issuer's answer", cause: "another issuer's", form: set("iss", "https://other.example")},
		{name: "an issuer with a slash more", cause: "another issuer's", form: func(f url.Values) { f.Set("iss", f.Get("iss")+"/") }},
		{name: "an empty issuer", cause: "another issuer's", form: set("iss", "")},
		{name: "two issuers", cause: "iss twice", form: func(f url.Values) { f.Add("iss", f.Get("iss")) }},
		{name: "no issuer, although promised", cause: "does not say whose", bend: promised, form: func(f url.Values) { f.Del("iss") }},
		{name: "an error of another issuer", cause: "another issuer's", bend: promised, form: func(f url.Values) { failed("access_denied")(f); f.Set("iss", "https://other.example") }},
	}
	for _, code := range []string{"access_denied", "login_required", "consent_required", "interaction_required", "account_selection_required"} {
		all = append(all, hostile{name: code, code: auth.RefusedDeclined, cause: code, form: failed(code)})
	}
	runHostile(t, all)
}

func TestAHostileTokenEndpoint(t *testing.T) {
	t.Parallel()
	runHostile(t, []hostile{
		{name: "500", code: auth.RefusedUnavailable, cause: "status 500", bend: at("/token", status(500, `{"error":"invalid_grant"}`))},
		{name: "429", code: auth.RefusedUnavailable, cause: "status 429", bend: at("/token", status(429, ""))},
		{name: "404", cause: "status 404", bend: at("/token", status(404, "SECRET"))},
		{name: "HTML", cause: "no JSON", bend: at("/token", webPage)},
		{name: "slow", code: auth.RefusedUnavailable, cause: "too long", bend: at("/token", slow), conf: impatient},
		{name: "2 MiB", cause: "larger than 1 MiB", bend: at("/token", big)},
		{name: "cut off", code: auth.RefusedUnavailable, cause: "token endpoint", bend: at("/token", cut)},
		{name: "redirect elsewhere", cause: "redirects", bend: at("/token", redirect(302, "http://127.0.0.1:9/SECRET"))},
		{name: "redirect that would send all again", cause: "redirects", bend: at("/token", redirect(307, "/elsewhere"))},
		{name: "form encoded", cause: "no JSON", bend: at("/token", status(200, "access_token=SECRET&token_type=Bearer&id_token=x"))},
		{name: "a list", cause: "no JSON", bend: at("/token", status(200, "[]"))},
		{name: "null", cause: "no bearer token", bend: at("/token", status(200, "null"))},
		{name: "an ID token twice", cause: "a name twice", bend: at("/token", status(200, `{"access_token":"a","token_type":"Bearer","id_token":"a","id_token":"b"}`))},
		{name: "two ID tokens in a list", cause: "no JSON", bend: gives("id_token", []string{"a", "b"})},
		{name: "more behind the JSON", cause: "no JSON", bend: at("/token", status(200, `{"access_token":"a","token_type":"Bearer"}{"id_token":"b"}`))},
		{name: "no ID token", cause: "no ID token", bend: gives("id_token", "")},
		{name: "another token type", cause: "no bearer token", bend: gives("token_type", "mac")},
		{name: "no token type", cause: "no bearer token", bend: gives("token_type", "")},
		{name: "no access token", cause: "no bearer token", bend: gives("access_token", "")},
		{name: "names in capitals", cause: "no bearer token", bend: at("/token", status(200, `{"Access_Token":"a","Token_Type":"Bearer","Id_Token":"b"}`))},
		{name: "invalid_grant", cause: "invalid_grant", bend: at("/token", status(400, `{"error":"invalid_grant","error_description":"SECRET"}`))},
		{name: "an error with status 200", cause: "invalid_scope", bend: gives("error", "invalid_scope")},
		{name: "an error of its own", cause: "a reason of its own", bend: at("/token", status(400, `{"error":"SECRET <script>"}`))},
		{name: "a secret that it does not know", cause: "invalid_client", conf: func(c *oidc.Config) { c.ClientSecret = "another" }},
	})
}

func TestAHostileDiscovery(t *testing.T) {
	t.Parallel()
	const document = "/.well-known/openid-configuration"
	runHostile(t, []hostile{
		{name: "another issuer", cause: "another issuer", bend: says("issuer", "https://other.example")},
		{name: "an issuer with a slash more", cause: "another issuer", bend: func(e *evil) { says("issuer", e.url+"/")(e) }},
		{name: "no issuer", cause: "another issuer", bend: says("issuer", "")},
		{name: "a token endpoint without TLS", cause: "token_endpoint is no address", bend: says("token_endpoint", "http://login.example/token")},
		{name: "an authorization endpoint that is a script", cause: "authorization_endpoint is no address", bend: says("authorization_endpoint", "javascript:alert(1)")},
		{name: "keys in a file", cause: "jwks_uri is no address", bend: says("jwks_uri", "file:///etc/passwd")},
		{name: "sign-out without TLS", cause: "end_session_endpoint is no address", bend: says("end_session_endpoint", "http://login.example/end")},
		{name: "an endpoint with a password", cause: "token_endpoint is no address", bend: says("token_endpoint", "https://a:b@login.example/token")},
		{name: "an endpoint with a fragment", cause: "token_endpoint is no address", bend: says("token_endpoint", "https://login.example/token#x")},
		{name: "no token endpoint", cause: "no token_endpoint", bend: says("token_endpoint", "")},
		{name: "no keys' address", cause: "no jwks_uri", bend: says("jwks_uri", nil)},
		{name: "no userinfo where it is needed", cause: "no userinfo_endpoint", bend: says("userinfo_endpoint", nil), conf: func(c *oidc.Config) { c.UserInfo = true }},
		{name: "HTML", cause: "no JSON", bend: at(document, webPage)},
		{name: "500", code: auth.RefusedUnavailable, cause: "status 500", bend: at(document, status(500, ""))},
		{name: "404", cause: "status 404", bend: at(document, status(404, ""))},
		{name: "2 MiB", cause: "larger than 1 MiB", bend: at(document, big)},
		{name: "slow", code: auth.RefusedUnavailable, cause: "too long", bend: at(document, slow), conf: impatient},
		{name: "redirect elsewhere", cause: "redirects", bend: at(document, redirect(302, "http://169.254.169.254/SECRET"))},
		{name: "redirect without end", cause: "redirects", bend: at(document, redirect(302, document))},
		{name: "an issuer twice", cause: "no JSON", bend: at(document, status(200, `{"issuer":"a","issuer":"b"}`))},
	})
}

func TestHostileKeys(t *testing.T) {
	t.Parallel()
	runHostile(t, []hostile{
		{name: "none", cause: "none that signs", bend: at("/jwks", status(200, `{"keys":[]}`))},
		{name: "no list", cause: "none that signs", bend: at("/jwks", status(200, `{}`))},
		{name: "keys that are no keys", cause: "none that signs", bend: at("/jwks", status(200, `{"keys":[null,1,"a",{},{"kty":"RSA"},{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"s1"}]}`))},
		{name: "only for encryption", cause: "none that signs", bend: func(e *evil) { e.published = []pair{private()} }},
		{name: "secrets", cause: "none that signs", bend: at("/jwks", status(200, `{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"s1"}]}`))},
		{name: "too many", cause: "too many", bend: at("/jwks", status(200, `{"keys":[`+strings.Repeat("{},", 64)+`{}]}`))},
		{name: "huge", cause: "larger than 1 MiB", bend: at("/jwks", big)},
		{name: "HTML", cause: "no JSON Web Key Set", bend: at("/jwks", webPage)},
		{name: "500", code: auth.RefusedUnavailable, cause: "status 500", bend: at("/jwks", status(500, ""))},
		{name: "redirect elsewhere", cause: "redirects", bend: at("/jwks", redirect(302, "http://127.0.0.1:9/"))},
		{name: "slow", code: auth.RefusedUnavailable, cause: "too long", bend: at("/jwks", slow), conf: impatient},
	})
}

func TestHostileUserInfo(t *testing.T) {
	t.Parallel()
	asked := func(c *oidc.Config) { c.UserInfo = true }
	answers := func(name string, value any) func(*evil) {
		return func(e *evil) {
			e.info = func(_ http.ResponseWriter, said map[string]any) bool { said[name] = value; return false }
		}
	}
	runHostile(t, []hostile{
		{name: "another user's", cause: "another user's", conf: asked, bend: answers("sub", "somebody-else")},
		{name: "nobody's", cause: "another user's", conf: asked, bend: answers("sub", nil)},
		{name: "a subject that is a list", cause: "another user's", conf: asked, bend: answers("sub", []string{subject})},
		{name: "401", cause: "status 401", conf: asked, bend: at("/userinfo", status(401, "SECRET"))},
		{name: "500", code: auth.RefusedUnavailable, cause: "status 500", conf: asked, bend: at("/userinfo", status(500, ""))},
		{name: "HTML", cause: "no JSON object", conf: asked, bend: at("/userinfo", webPage)},
		{name: "a subject twice", cause: "a claim twice", conf: asked, bend: at("/userinfo", status(200, `{"sub":"`+subject+`","sub":"x"}`))},
		{name: "2 MiB", cause: "larger than 1 MiB", conf: asked, bend: at("/userinfo", big)},
		{name: "redirect elsewhere", cause: "redirects", conf: asked, bend: at("/userinfo", redirect(302, "http://127.0.0.1:9/"))},
		{name: "slow", code: auth.RefusedUnavailable, cause: "too long", conf: func(c *oidc.Config) { asked(c); impatient(c) }, bend: at("/userinfo", slow)},
		{name: "signed", cause: "is signed", conf: asked, bend: at("/userinfo", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/jwt")
			_, _ = w.Write([]byte("a.b.c"))
		})},
	})
}

// TestKeptThatCannotBeRead: an attempt of another version, or of nobody.
func TestKeptThatCannotBeRead(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	p := e.open(t, e.config())
	for _, kept := range []string{"", "x", "{}", `{"nonce":"a"}`, `{"verifier":"a"}`, "null"} {
		_, err := p.Finish(t.Context(), auth.Return{Kept: []byte(kept), Form: url.Values{"code": {"a"}}})
		isRefusal(t, err, auth.RefusedExpired, "cannot be read")
	}
}

// TestACodeIsBoundToItsAttempt: the code of one attempt with the verifier of another.
func TestACodeIsBoundToItsAttempt(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	p := e.open(t, e.config())
	one, err := p.Begin(t.Context(), auth.Ask{State: "1"})
	if err != nil {
		t.Fatal(err)
	}
	two, err := p.Begin(t.Context(), auth.Ask{State: "2"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Finish(t.Context(), auth.Return{Kept: two.Kept, Form: e.authorize(t, one.URL)})
	isRefusal(t, err, "", "invalid_grant")
}
