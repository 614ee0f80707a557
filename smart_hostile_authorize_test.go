package main

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/smart"
)

// set gives a parameter these values, none takes it away.
func set(name string, values ...string) func(url.Values) {
	return func(q url.Values) {
		if len(values) == 0 {
			q.Del(name)
			return
		}
		q[name] = values
	}
}

// both changes two.
func both(first, second func(url.Values)) func(url.Values) {
	return func(q url.Values) { first(q); second(q) }
}

// spoilt are requests of an app that may be told so, at its registered address.
func (h *hostile) spoilt() map[string]struct {
	change func(url.Values)
	code   string
} {
	long := strings.Repeat("x", 1025)
	return map[string]struct {
		change func(url.Values)
		code   string
	}{
		"no response_type":                  {set("response_type"), "invalid_request"},
		"an empty response_type":            {set("response_type", ""), "invalid_request"},
		"response_type token":               {set("response_type", "token"), "unsupported_response_type"},
		"response_type id_token":            {set("response_type", "id_token"), "unsupported_response_type"},
		"response_type code id_token":       {set("response_type", "code id_token"), "unsupported_response_type"},
		"response_type code token":          {set("response_type", "code token"), "unsupported_response_type"},
		"response_type none":                {set("response_type", "none"), "unsupported_response_type"},
		"response_type CODE":                {set("response_type", "CODE"), "unsupported_response_type"},
		"response_mode fragment":            {set("response_mode", "fragment"), "invalid_request"},
		"response_mode form_post":           {set("response_mode", "form_post"), "invalid_request"},
		"response_mode web_message":         {set("response_mode", "web_message"), "invalid_request"},
		"a request object":                  {set("request", "eyJhbGciOiJub25lIn0.e30."), "request_not_supported"},
		"a request object elsewhere":        {set("request_uri", "https://evil.example/request"), "request_uri_not_supported"},
		"a registration":                    {set("registration", "{}"), "registration_not_supported"},
		"no state":                          {set("state"), "invalid_request"},
		"an empty state":                    {set("state", ""), "invalid_request"},
		"a short state":                     {set("state", "1234567"), "invalid_request"},
		"a long state":                      {set("state", long), "invalid_request"},
		"no aud":                            {set("aud"), "invalid_request"},
		"an empty aud":                      {set("aud", ""), "invalid_request"},
		"another server's aud":              {set("aud", "https://other.example/fhir"), "invalid_request"},
		"an aud with two slashes":           {set("aud", h.http.URL+"/fhir//"), "invalid_request"},
		"an aud in capitals":                {set("aud", strings.ToUpper(h.http.URL)+"/FHIR"), "invalid_request"},
		"an aud below the base":             {set("aud", h.http.URL+"/fhir/Patient"), "invalid_request"},
		"an aud that begins so":             {set("aud", h.http.URL+"/fhirx"), "invalid_request"},
		"an aud with a query":               {set("aud", h.http.URL+"/fhir?x"), "invalid_request"},
		"another server's resource":         {both(set("aud"), set("resource", "https://other.example/fhir")), "invalid_request"},
		"two that differ":                   {set("resource", "https://other.example/fhir"), "invalid_request"},
		"no code_challenge":                 {set("code_challenge"), "invalid_request"},
		"no PKCE at all":                    {both(set("code_challenge"), set("code_challenge_method")), "invalid_request"},
		"no code_challenge_method":          {set("code_challenge_method"), "invalid_request"},
		"code_challenge_method plain":       {set("code_challenge_method", "plain"), "invalid_request"},
		"code_challenge_method s256":        {set("code_challenge_method", "s256"), "invalid_request"},
		"a short code_challenge":            {set("code_challenge", challenge()[1:]), "invalid_request"},
		"a long code_challenge":             {set("code_challenge", challenge()+"A"), "invalid_request"},
		"a code_challenge with padding":     {set("code_challenge", challenge()[1:]+"="), "invalid_request"},
		"a code_challenge of other letters": {set("code_challenge", challenge()[1:]+"+"), "invalid_request"},
		"a short nonce":                     {set("nonce", "1234567"), "invalid_request"},
		"a long nonce":                      {set("nonce", long), "invalid_request"},
		"no scope":                          {set("scope"), "invalid_scope"},
		"an empty scope":                    {set("scope", " "), "invalid_scope"},
		"unknown scopes only":               {set("scope", "admin *.* patient/* patient/Observation.sr"), "invalid_scope"},
		"scopes of a service":               {set("scope", "system/*.rs system/Patient.read"), "invalid_scope"},
		"the scope of an EPR":               {set("scope", "patchwork/launch"), "invalid_scope"},
		"a scope that is not the app's":     {set("scope", "patchwork/graph offline_access"), "invalid_scope"},
		"writing":                           {set("scope", "patient/*.cud user/*.write"), "invalid_scope"},
		"the scope launch without a launch": {set("scope", "launch openid patient/*.rs"), "invalid_request"},
		"a launch without its scope":        {set("launch", auth.NewSecret()), "invalid_scope"},
		"two of response_type":              {set("response_type", "code", "code"), "invalid_request"},
		"two of scope":                      {set("scope", "openid", "patient/*.rs"), "invalid_request"},
		"two of state":                      {set("state", "state-12345678", "state-87654321"), "invalid_request"},
		"two of aud":                        {set("aud", h.http.URL+"/fhir", h.http.URL+"/fhir"), "invalid_request"},
		"two of resource":                   {set("resource", h.http.URL+"/fhir", h.http.URL+"/fhir"), "invalid_request"},
		"two of launch":                     {set("launch", "a", "b"), "invalid_request"},
		"two of code_challenge":             {set("code_challenge", challenge(), challenge()), "invalid_request"},
		"two of code_challenge_method":      {set("code_challenge_method", "S256", "plain"), "invalid_request"},
		"two of nonce":                      {set("nonce", "nonce-12345678", "nonce-87654321"), "invalid_request"},
		"two of prompt":                     {set("prompt", "none", "login"), "invalid_request"},
		"two of max_age":                    {set("max_age", "1", "2"), "invalid_request"},
		"two of response_mode":              {set("response_mode", "query", "query"), "invalid_request"},
	}
}

// authorizing asks the authorize endpoint for what it must refuse: by GET and by form POST,
// of somebody who has signed in and could be given a code at once.
func (h *hostile) authorizing() {
	c := chart()
	c.Trusted = true
	app, _ := h.app(c)
	b := h.browser().signIn(auth.RoleGP)
	user := set("scope", "openid user/*.rs") // so that nothing is to be asked
	for name, c := range h.spoilt() {
		q := h.authorize(app, both(user, c.change))
		w := want{http.StatusSeeOther, c.code, callback, false}
		h.refused(name+" by GET", h.send(b.Client, "GET", "/smart/authorize?"+q.Encode(), nil, ""), w)
		h.refused(name+" by POST", h.send(b.Client, "POST", "/smart/authorize", map[string]string{"Content-Type": formType}, q.Encode()), w)
	}
	state := "a state & its +%20 signs = as they were ✓"
	q := h.authorize(app, both(user, both(set("state", state), set("aud"))))
	a := h.send(b.Client, "GET", "/smart/authorize?"+q.Encode(), nil, "")
	h.refused("a state of signs", a, want{http.StatusSeeOther, "invalid_request", callback, false})
	if to := location(h.t, a.header); to.Query().Get("state") != state {
		h.t.Errorf("the state came back as %q", to.Query().Get("state"))
	}
	for _, method := range []string{"GET", "POST"} { // so that the requests were refused for what was spoilt
		for name, change := range map[string]func(url.Values){
			"in order": user, "with a slash": both(user, set("aud", h.http.URL+"/fhir/")),
			"by resource": both(user, both(set("aud"), set("resource", h.http.URL+"/fhir"))), "with response_mode query": both(user, set("response_mode", "query")),
			"with more than it may": set("scope", "openid user/*.cruds system/*.rs nonsense"),
		} {
			q := h.authorize(app, change)
			path, body := "/smart/authorize?"+q.Encode(), ""
			if method == "POST" {
				path, body = "/smart/authorize", q.Encode()
			}
			a := h.send(b.Client, method, path, map[string]string{"Content-Type": formType}, body)
			if to := location(h.t, a.header); a.status != http.StatusSeeOther || to.Query().Get("code") == "" || to.Query().Get("iss") != h.http.URL || to.Query().Get("state") != "state-12345678" {
				h.t.Errorf("%s by %s: %d %v %s", name, method, a.status, to, a.body)
			}
		}
	}
	h.unanswerable(app, b)
}

// unanswerable are requests of which no app can be told: their answer is a page.
func (h *hostile) unanswerable(app *smart.Client, b *browser) {
	proposed, _, err := h.server.clients.Propose(h.admin(), chart())
	if err != nil {
		h.t.Fatal(err)
	}
	off, _ := h.app(chart())
	h.switched(true, "CLIENT", off.ID)
	for name, c := range map[string]struct {
		change func(url.Values)
		code   string
	}{
		"no client":                   {set("client_id"), "invalid_request"},
		"an empty client":             {set("client_id", ""), "invalid_client"},
		"an unknown client":           {set("client_id", "nobody"), "invalid_client"},
		"a client in capitals":        {set("client_id", strings.ToUpper(app.ID)+"X"), "invalid_client"},
		"a client with NUL":           {set("client_id", app.ID+"\x00"), "invalid_client"},
		"a client with a line":        {set("client_id", app.ID+"\r\nSet-Cookie: a=b"), "invalid_client"},
		"a client of SQL":             {set("client_id", "' OR ''='"), "invalid_client"},
		"two clients":                 {set("client_id", app.ID, "other"), "invalid_request"},
		"the same client twice":       {set("client_id", app.ID, app.ID), "invalid_request"},
		"a client that was proposed":  {set("client_id", proposed.ID), "invalid_client"},
		"a client that is off":        {set("client_id", off.ID), "invalid_client"},
		"two redirect URIs":           {set("redirect_uri", callback, callback), "invalid_request"},
		"no redirect URI":             {set("redirect_uri"), "invalid_request"},
		"two redirect URIs, one evil": {set("redirect_uri", callback, "https://evil.example/"), "invalid_request"},
	} {
		q := h.authorize(app, c.change)
		w := want{status: http.StatusBadRequest, code: c.code}
		h.refused(name+" by GET", h.send(b.Client, "GET", "/smart/authorize?"+q.Encode(), nil, ""), w)
		h.refused(name+" by POST", h.send(b.Client, "POST", "/smart/authorize", map[string]string{"Content-Type": formType}, q.Encode()), w)
	}
	q := h.authorize(app, nil).Encode()
	posted := map[string]string{"Content-Type": formType}
	bad := want{status: http.StatusBadRequest, code: "invalid_request"}
	h.refused("a large query", h.send(b.Client, "GET", "/smart/authorize?"+q+"&x="+strings.Repeat("x", 33<<10), nil, ""), bad)
	h.refused("a large form", h.send(b.Client, "POST", "/smart/authorize", posted, q+"&x="+strings.Repeat("x", 33<<10)), bad)
	h.refused("a broken query", h.send(b.Client, "GET", "/smart/authorize?"+q+"&x=%zz", nil, ""), bad)
	h.refused("a semicolon", h.send(b.Client, "GET", "/smart/authorize?"+q+";x=1", nil, ""), bad)
	h.refused("a broken form", h.send(b.Client, "POST", "/smart/authorize", posted, q+"&x=%zz"), bad)
	h.refused("a form and a query", h.send(b.Client, "POST", "/smart/authorize?state=other-state", posted, q), bad)
	h.refused("a query by POST", h.send(b.Client, "POST", "/smart/authorize?"+q, posted, ""), bad)
	h.refused("JSON", h.send(b.Client, "POST", "/smart/authorize", map[string]string{"Content-Type": "application/json"}, `{"client_id":"`+app.ID+`"}`), bad)
	h.refused("a form of another type", h.send(b.Client, "POST", "/smart/authorize", map[string]string{"Content-Type": "multipart/form-data; boundary=x"}, q), bad)
	h.refused("a form of no type", h.send(b.Client, "POST", "/smart/authorize", nil, q), bad)
	for _, method := range []string{"PUT", "DELETE", "PATCH"} {
		h.refused(method, h.send(b.Client, method, "/smart/authorize?"+q, nil, ""), want{status: http.StatusMethodNotAllowed, code: "invalid_request"})
	}
}
