package main

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// tampered gives a claim or a header another value; nil takes it away.
type tampered map[string]any

func (c tampered) on(was map[string]any) map[string]any {
	out := maps.Clone(was)
	for name, v := range c {
		if out[name] = v; v == nil {
			delete(out, name)
		}
	}
	return out
}

// asserting proves a backend service wrongly: whatever is wrong, the answer is one, and the
// right assertion is taken afterwards.
func (h *hostile) asserting() {
	es, rs, foreign := newKey(h.t, "es"), newRSAKey("rs"), newKey(h.t, "es")
	client, _ := h.app(service(keySet(h.t, es, rs)))
	other, _ := h.app(service(keySet(h.t, foreign)))
	now := time.Now()
	in := func(d time.Duration) int64 { return now.Add(d).Unix() }
	for what, x := range map[string]struct {
		key            signingKey
		header, claims tampered
	}{
		"exp in six minutes":        {es, nil, tampered{"exp": in(6 * time.Minute)}},
		"exp in an hour":            {rs, nil, tampered{"exp": in(time.Hour)}},
		"exp in a day":              {es, nil, tampered{"exp": in(24 * time.Hour)}},
		"no exp":                    {es, nil, tampered{"exp": nil}},
		"exp of a minute ago":       {es, nil, tampered{"exp": in(-time.Minute)}},
		"exp 0":                     {es, nil, tampered{"exp": 0}},
		"exp as text":               {es, nil, tampered{"exp": "tomorrow"}},
		"exp below zero":            {es, nil, tampered{"exp": -1}},
		"exp beyond all time":       {es, nil, tampered{"exp": 1e300}},
		"iat in the future":         {es, nil, tampered{"iat": in(2 * time.Minute)}},
		"nbf in the future":         {es, nil, tampered{"nbf": in(2 * time.Minute)}},
		"no aud":                    {es, nil, tampered{"aud": nil}},
		"another server's aud":      {es, nil, tampered{"aud": "https://other.example/smart/token"}},
		"aud the issuer":            {es, nil, tampered{"aud": h.http.URL}},
		"aud the FHIR base":         {es, nil, tampered{"aud": h.http.URL + "/fhir"}},
		"aud with a slash":          {es, nil, tampered{"aud": h.http.URL + "/smart/token/"}},
		"aud of a launch":           {es, nil, tampered{"aud": h.http.URL + "/smart/open"}},
		"aud as a list of none":     {es, nil, tampered{"aud": []string{}}},
		"aud as a number":           {es, nil, tampered{"aud": 1}},
		"no jti":                    {es, nil, tampered{"jti": nil}},
		"an empty jti":              {es, nil, tampered{"jti": ""}},
		"a jti of spaces":           {es, nil, tampered{"jti": "  "}},
		"jti as a number":           {es, nil, tampered{"jti": 1}},
		"no iss":                    {es, nil, tampered{"iss": nil}},
		"no sub":                    {es, nil, tampered{"sub": nil}},
		"iss another client":        {es, nil, tampered{"iss": other.ID}},
		"sub another client":        {es, nil, tampered{"sub": other.ID}},
		"both another client":       {es, nil, tampered{"iss": other.ID, "sub": other.ID}},
		"an unknown client":         {es, nil, tampered{"iss": "nobody", "sub": "nobody"}},
		"alg none":                  {es, tampered{"alg": "none"}, nil},
		"alg None":                  {es, tampered{"alg": "None"}, nil},
		"alg HS256":                 {es, tampered{"alg": "HS256"}, nil},
		"alg RS256":                 {rs, tampered{"alg": "RS256"}, nil},
		"alg PS384":                 {rs, tampered{"alg": "PS384"}, nil},
		"alg RS384 with ES's kid":   {rs, tampered{"kid": "es"}, nil},
		"alg ES384 with RS's kid":   {es, tampered{"kid": "rs"}, nil},
		"no alg":                    {es, tampered{"alg": nil}, nil},
		"no kid":                    {es, tampered{"kid": nil}, nil},
		"an empty kid":              {es, tampered{"kid": ""}, nil},
		"an unknown kid":            {es, tampered{"kid": "unknown"}, nil},
		"a kid as path":             {es, tampered{"kid": "../../dev/null"}, nil},
		"kid as a list":             {es, tampered{"kid": []string{"es"}}, nil},
		"no typ":                    {es, tampered{"typ": nil}, nil},
		"another typ":               {es, tampered{"typ": "at+jwt"}, nil},
		"a foreign jku":             {es, tampered{"jku": "https://evil.example/jwks"}, nil},
		"a jku of this server":      {es, tampered{"jku": h.http.URL + "/smart/jwks"}, nil},
		"crit":                      {es, tampered{"crit": []string{"exp"}}, nil},
		"b64 false":                 {es, tampered{"b64": false, "crit": []string{"b64"}}, nil},
		"another client's key":      {foreign, nil, nil},
		"a key of its own":          {foreign, tampered{"jwk": foreign.public()}, nil},
		"a key of its own, renamed": {foreign, tampered{"kid": "own", "jwk": foreign.public()}, nil},
		"certificates of its own":   {foreign, tampered{"x5u": "https://evil.example/x5u"}, nil},
	} {
		claims := x.claims.on(h.claims(client.ID, "/smart/token"))
		h.assertedWrongly(what, asserted(x.key.sign(h.t, x.header.on(x.key.header()), claims)))
		if jti, ok := claims["jti"].(string); ok && len(jti) > 40 { // what was refused has used nothing up
			claims := tampered{"jti": jti}.on(h.claims(client.ID, "/smart/token"))
			if strings.HasPrefix(what, "alg") || strings.HasPrefix(what, "exp") {
				h.assertedRightly(what, asserted(rs.sign(h.t, rs.header(), claims)))
			}
		}
	}
	h.assertingText(client.ID, es)
	h.replaying(client.ID, other.ID, es, foreign)
	// RS384 and ES384 of one client, neither key with a `use`; the audience among others.
	for _, k := range []signingKey{es, rs} {
		h.assertedRightly(k.alg(), h.assertion(client.ID, k))
	}
	h.assertedRightly("aud among others", asserted(es.sign(h.t, es.header(), tampered{"aud": []string{"https://other.example", h.http.URL + "/smart/token"}}.on(h.claims(client.ID, "/smart/token")))))
}

// credentialsGrant asks for a service's token.
var credentialsGrant = url.Values{"grant_type": {"client_credentials"}, "scope": {"system/*.rs"}}

func (h *hostile) assertedWrongly(what string, proof url.Values) {
	h.t.Helper()
	h.refused(what, h.form("/smart/token", with(proof, credentialsGrant), nil), want{status: http.StatusUnauthorized, code: "invalid_client"})
}

func (h *hostile) assertedRightly(what string, proof url.Values) {
	h.t.Helper()
	if status, reply := h.post("/smart/token", with(proof, credentialsGrant), nil); status != http.StatusOK || reply.text("access_token") == "" {
		h.t.Errorf("%s, rightly: %d %v", what, status, reply)
	}
}

// assertingText sends assertions that no library would write.
func (h *hostile) assertingText(client string, k signingKey) {
	right := h.assertion(client, k)
	jwt := right.Get("client_assertion")
	parts := strings.Split(jwt, ".")
	claims := textOfJSON(h.t, h.claims(client, "/smart/token"))
	for what, jwt := range map[string]string{
		"nothing": "", "no JWT": "assertion", "two parts": parts[0] + "." + parts[1], "no signature": parts[0] + "." + parts[1] + ".", "four parts": jwt + ".x",
		"a signature of another": parts[0] + "." + parts[1] + "." + strings.Split(h.assertion(client, k).Get("client_assertion"), ".")[2],
		"spaces":                 " " + jwt, "padding": jwt + "=", "a list": k.signText(h.t, k.header(), "["+claims+"]"), "no JSON": k.signText(h.t, k.header(), "claims"),
		"a claim twice": k.signText(h.t, k.header(), `{"aud":"x",`+claims[1:]), "a claim in capitals": k.signText(h.t, k.header(), strings.Replace(claims, `"exp"`, `"EXP"`, 1)),
		"a long one": k.signText(h.t, k.header(), `{"x":"`+strings.Repeat("x", 9<<10)+`",`+claims[1:]),
	} {
		h.assertedWrongly(what, asserted(jwt))
	}
	for what, x := range map[string]url.Values{
		"no type":             {"client_assertion": {jwt}},
		"another type":        {"client_assertion": {jwt}, "client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:saml2-bearer"}},
		"another client's id": with(right, url.Values{"client_id": {"other"}}),
		"a secret too":        with(right, url.Values{"client_secret": {"secret"}}),
	} {
		h.assertedWrongly(what, x)
	}
	h.refused("two assertions", h.form("/smart/token", with(with(right, url.Values{"client_assertion": {jwt, jwt}}), credentialsGrant), nil), want{status: 400, code: "invalid_request"})
	h.refused("a secret in the header too", h.form("/smart/token", with(right, credentialsGrant), basic(client, "secret")), want{status: 401, code: "invalid_client"})
	h.assertedRightly("after all this", right)
}

// replaying: an assertion is taken once, by whomever, wherever, and of many at once.
func (h *hostile) replaying(client, other string, k, foreign signingKey) {
	proof := h.assertion(client, k)
	h.assertedRightly("an assertion", proof)
	h.assertedWrongly("an assertion again", proof)
	h.refused("an assertion at another endpoint", h.form("/smart/introspect", with(proof, url.Values{"token": {"x"}}), nil), want{status: 401, code: "invalid_client"})
	claims := h.claims(client, "/smart/token")
	h.assertedRightly("a jti", asserted(k.sign(h.t, k.header(), claims)))
	claims["iat"] = time.Now().Add(-time.Second).Unix()
	h.assertedWrongly("its jti in another assertion", asserted(k.sign(h.t, k.header(), claims)))
	claims["iss"], claims["sub"] = other, other // its own: the jti is the issuer's
	h.assertedRightly("its jti of another client", asserted(foreign.sign(h.t, foreign.header(), claims)))
	proof = h.assertion(client, k)
	var won atomic.Int64
	var all sync.WaitGroup
	answers := make([]answer, runners)
	for i := range answers {
		all.Go(func() { answers[i] = h.form("/smart/token", with(proof, credentialsGrant), nil) })
	}
	all.Wait()
	for _, a := range answers {
		if a.status == http.StatusOK {
			won.Add(1)
			continue
		}
		h.refused("an assertion at once", a, want{status: 401, code: "invalid_client"})
	}
	if won.Load() != 1 {
		h.t.Errorf("an assertion was taken %d times", won.Load())
	}
}

// publishing has clients publish key sets that must not be used.
func (h *hostile) publishing() {
	k, second := newKey(h.t, "k"), newKey(h.t, "k")
	var served atomic.Pointer[func(http.ResponseWriter)]
	asked := atomic.Int64{}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		(*served.Load())(w)
	}))
	defer site.Close()
	text := func(status int, body string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) { w.WriteHeader(status); _, _ = w.Write([]byte(body)) }
	}
	private, err := k.public().MarshalJSON()
	if err != nil {
		h.t.Fatal(err)
	}
	n := 0
	publish := func(answer func(http.ResponseWriter)) (id, address string) {
		n++
		served.Store(&answer)
		c := service("")
		c.JWKSURL = site.URL + "/jwks-" + strings.Repeat("x", n) // each its own, so that none is kept
		made, _ := h.app(c)
		return made.ID, c.JWKSURL
	}
	for what, answer := range map[string]func(http.ResponseWriter){
		"a kid twice":      text(200, keySet(h.t, k, second)),
		"the kid missing":  text(200, keySet(h.t, newKey(h.t, "other"))),
		"no key":           text(200, `{"keys":[]}`),
		"no key set":       text(200, `{}`),
		"no JSON":          text(200, `keys`),
		"a private key":    text(200, `{"keys":[`+strings.Replace(string(private), `{`, `{"d":"AA",`, 1)+`]}`),
		"a large key set":  text(200, `{"x":"`+strings.Repeat("x", 65<<10)+`",`+keySet(h.t, k)[1:]),
		"for encryption":   text(200, strings.Replace(keySet(h.t, k), `{"kty"`, `{"use":"enc","kty"`, 1)),
		"another alg":      text(200, strings.Replace(keySet(h.t, k), `{"kty"`, `{"alg":"ES256","kty"`, 1)),
		"an error":         text(500, keySet(h.t, k)),
		"not found":        text(404, keySet(h.t, k)),
		"a redirect":       func(w http.ResponseWriter) { w.Header().Set("Location", site.URL+"/other"); w.WriteHeader(302) },
		"a connection cut": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
	} {
		id, address := publish(answer)
		h.assertedWrongly(what, asserted(k.sign(h.t, tampered{"jku": address}.on(k.header()), h.claims(id, "/smart/token"))))
	}
	id, address := publish(text(200, keySet(h.t, k)))
	before := asked.Load()
	for what, jku := range map[string]string{"a foreign jku": "https://evil.example/jwks", "a jku beside it": address + "/", "a jku in capitals": strings.ToUpper(address), "an empty jku": ""} {
		h.assertedWrongly(what, asserted(k.sign(h.t, tampered{"jku": jku}.on(k.header()), h.claims(id, "/smart/token"))))
	}
	if n := asked.Load(); n != before {
		h.t.Errorf("%d connections because of a foreign jku", n-before)
	}
	h.assertedRightly("the registered jku", asserted(k.sign(h.t, tampered{"jku": address}.on(k.header()), h.claims(id, "/smart/token"))))
	h.assertedRightly("no jku", h.assertion(id, k))
}

// serving: who is no backend service gets no token as one, and who is gets no more than its.
func (h *hostile) serving() {
	k := newKey(h.t, "k")
	made, _ := h.app(service(keySet(h.t, k)))
	public, _ := h.app(chart())
	c := chart()
	c.Method = "client_secret_basic"
	secretive, secret := h.app(c)
	keyed := chart()
	keyed.Method, keyed.JWKS = "private_key_jwt", keySet(h.t, k)
	signing, _ := h.app(keyed)
	no := want{status: 400, code: "unauthorized_client"}
	h.refused("a public app", h.form("/smart/token", with(credentialsGrant, url.Values{"client_id": {public.ID}}), nil), no)
	h.refused("a public app, its own scope", h.form("/smart/token", url.Values{"grant_type": {"client_credentials"}, "scope": {"user/*.rs"}, "client_id": {public.ID}}, nil), no)
	h.refused("an app with a secret", h.form("/smart/token", credentialsGrant, basic(secretive.ID, secret)), no)
	h.refused("an app with a key", h.form("/smart/token", with(h.assertion(signing.ID, k), credentialsGrant), nil), no)
	h.refused("a service as a public client", h.form("/smart/token", with(credentialsGrant, url.Values{"client_id": {made.ID}}), nil), want{status: 401, code: "invalid_client"})
	h.refused("a service with a secret", h.form("/smart/token", credentialsGrant, basic(made.ID, "secret")), want{status: 401, code: "invalid_client"})
	for what, scopes := range map[string]string{
		"no scope": "", "a user's": "user/*.rs", "a patient's": "patient/*.rs", "writing": "system/*.cud", "nonsense": "nonsense", "the graph": "patchwork/graph", "launches": "patchwork/launch", "openid": "openid offline_access",
	} {
		h.refused(what, h.form("/smart/token", with(with(h.assertion(made.ID, k), credentialsGrant), url.Values{"scope": {scopes}}), nil), want{status: 400, code: "invalid_scope"})
	}
	h.refused("an old grant", h.form("/smart/token", with(h.assertion(made.ID, k), url.Values{"grant_type": {"authorization_code"}, "code": {"x.y"}, "code_verifier": {verifier}}), nil), want{status: 400, code: "unauthorized_client"})
	h.refused("a refresh", h.form("/smart/token", with(h.assertion(made.ID, k), url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"x.y"}}), nil), want{status: 400, code: "unauthorized_client"})
	status, reply := h.post("/smart/token", with(h.assertion(made.ID, k), url.Values{"grant_type": {"client_credentials"}, "scope": {"system/*.rs offline_access openid"}}), nil)
	if life, _ := reply["expires_in"].(float64); status != http.StatusOK || life <= 0 || life > 300 || reply["refresh_token"] != nil || reply["id_token"] != nil || reply.text("scope") != "system/*.rs" {
		h.t.Errorf("a service's token: %d %v", status, reply)
	}
	token := reply.text("access_token")
	h.refused("a service at the authorize endpoint", h.send(nil, "GET", "/smart/authorize?"+h.authorize(public, set("client_id", made.ID)).Encode(), nil, ""), want{status: 400, code: "invalid_request"})
	both := service(keySet(h.t, k)) // an app with users that is a service too
	both.RedirectURIs, both.Scopes = []string{callback}, append(both.Scopes, "openid", "user/*.rs", "patchwork/launch")
	mixed, _ := h.app(both)
	b := h.browser().signIn(auth.RoleGP)
	h.refused("a service's scopes for a user", h.send(b.Client, "GET", "/smart/authorize?"+h.authorize(mixed, set("scope", "system/*.rs patchwork/launch")).Encode(), nil, ""),
		want{http.StatusSeeOther, "invalid_scope", callback, false})
	h.switched(true, "CLIENT", made.ID)
	h.unwelcome("the token of a service that is off", token)
	h.assertedWrongly("a service that is off", h.assertion(made.ID, k))
	proposed, _, err := h.server.clients.Propose(h.admin(), service(keySet(h.t, k)))
	if err != nil {
		h.t.Fatal(err)
	}
	h.assertedWrongly("a service that was proposed", h.assertion(proposed.ID, k))
	launcher := service(keySet(h.t, k))
	launcher.Scopes, launcher.Position = []string{"patchwork/launch"}, nil
	plain, _ := h.app(launcher)
	token = h.serviceToken(plain.ID, k, "patchwork/launch")
	if status, person := h.get("/fhir/Patient/"+h.everything, token); status < 400 || person.text("id") == h.everything {
		h.t.Errorf("a service that may only launch reads: %d", status)
	}
}
