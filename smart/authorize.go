package smart

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
)

// asked is an authorize request that is in order: the client exists, it may be answered at
// the redirect URI, and what it wants is known.
type asked struct {
	client *Client
	// form is what fosite gets: its scopes are narrowed to those that the client may have.
	form   url.Values
	scopes []scope.Scope
	// launch is the one it was launched with; nil for a standalone launch.
	launch *LaunchContext
}

// parameters of an authorize request that this server reads. Each may stand there once.
// RFC 6749 §3.1; SMART App Launch 2.2, "Obtain authorization code".
var parameters = []string{
	"response_type", "client_id", "redirect_uri", "scope", "state", "aud", "resource", "launch", "code_challenge", "code_challenge_method",
	"nonce", "prompt", "max_age", "response_mode", "request", "request_uri", "registration",
}

// mostAuthorize is how large an authorize request may be, in bytes.
const mostAuthorize = 32 << 10

// authorize takes GET and form POST.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	form, ok := s.authorizeForm(w, r)
	if !ok {
		return
	}
	ctx := r.Context()
	client, err := s.askedBy(ctx, form)
	if err != nil {
		s.errorPage(w, r, err)
		return
	}
	a := &asked{client: client, form: form}
	if err := s.check(ctx, a); err != nil {
		s.back(w, r, a, err)
		return
	}
	s.begin(w, r, a)
}

// authorizeForm reads the parameters of the query, or of a posted form, and of nothing else.
func (s *Server) authorizeForm(w http.ResponseWriter, r *http.Request) (url.Values, bool) {
	switch r.Method {
	case http.MethodGet:
		if len(r.URL.RawQuery) > mostAuthorize {
			s.errorPage(w, r, refusal("invalid_request", "The request is too large"))
			return nil, false
		}
		form, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			s.errorPage(w, r, refusal("invalid_request", "The request's parameters cannot be read"))
			return nil, false
		}
		return form, true
	case http.MethodPost:
		r.Body = http.MaxBytesReader(w, r.Body, mostAuthorize)
		if err := r.ParseForm(); err != nil || r.URL.RawQuery != "" || !isForm(r) {
			s.errorPage(w, r, refusal("invalid_request", "Post the parameters as a form of at most 32 KB, and none in the address"))
			return nil, false
		}
		return r.PostForm, true
	}
	w.Header().Set("Allow", "GET, POST")
	s.errorPage(w, r, refusalWith(http.StatusMethodNotAllowed, "invalid_request", "Only GET and POST"))
	return nil, false
}

// isForm: a body of another type is none that ParseForm reads.
func isForm(r *http.Request) bool {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return strings.EqualFold(strings.TrimSpace(kind), "application/x-www-form-urlencoded")
}

// askedBy finds the client, and whether it may be answered where it says. As long as it may
// not, nothing is sent anywhere (RFC 6749 §4.1.2.1).
func (s *Server) askedBy(ctx context.Context, form url.Values) (*Client, error) {
	if len(form["client_id"]) != 1 || len(form["redirect_uri"]) > 1 {
		return nil, refusal("invalid_request", "The request must name one client_id and one redirect_uri")
	}
	found, err := s.Store.GetClient(ctx, form.Get("client_id"))
	switch {
	case errors.Is(err, fosite.ErrNotFound):
		return nil, refusal("invalid_client", "The app is not registered here, not approved yet, or switched off. An administrator of this region registers apps")
	case err != nil:
		return nil, err
	}
	client, ok := found.(*Client)
	if !ok || !client.Redirects(form.Get("redirect_uri")) {
		return nil, refusal("invalid_request", "The redirect_uri is not one that is registered for this app, byte for byte")
	}
	return client, nil
}

// check refuses what the standard demands and is not there, and narrows the scopes.
func (s *Server) check(ctx context.Context, a *asked) error {
	form := a.form
	for _, name := range parameters {
		if len(form[name]) > 1 {
			return refusal("invalid_request", "The parameter "+name+" stands there more than once")
		}
	}
	switch {
	case form.Get("request") != "":
		return refusal("request_not_supported", "Request objects are not taken")
	case form.Get("request_uri") != "":
		return refusal("request_uri_not_supported", "Request objects are not taken")
	case form.Get("registration") != "":
		return refusal("registration_not_supported", "Apps are registered by an administrator")
	case form.Get("response_type") == "":
		return refusal("invalid_request", "response_type is missing; it is code")
	case form.Get("response_type") != "code":
		return refusal("unsupported_response_type", "Only the response_type code is supported")
	case form.Get("response_mode") != "" && form.Get("response_mode") != "query":
		return refusal("invalid_request", "Only the response_mode query is supported")
	case len(form.Get("state")) < 8 || len(form.Get("state")) > 1024:
		return refusal("invalid_request", "state is missing, or has fewer than 8 or more than 1024 characters")
	case form.Get("code_challenge") == "":
		return refusal("invalid_request", "code_challenge is missing: PKCE is needed of every app")
	case form.Get("code_challenge_method") != "S256":
		return refusal("invalid_request", "The code_challenge_method is S256; plain is not supported")
	case !challengeForm(form.Get("code_challenge")):
		return refusal("invalid_request", "The code_challenge is the SHA-256 of the verifier in base64url: 43 characters")
	case form.Get("nonce") != "" && (len(form.Get("nonce")) < 8 || len(form.Get("nonce")) > 1024):
		return refusal("invalid_request", "The nonce has fewer than 8 or more than 1024 characters")
	}
	if err := s.checkAudience(form); err != nil {
		return err
	}
	if err := s.checkScopes(a); err != nil {
		return err
	}
	return s.checkLaunch(ctx, a)
}

// challengeForm: RFC 7636 §4.2, base64url of 32 bytes.
func challengeForm(c string) bool {
	return len(c) == 43 && !strings.ContainsFunc(c, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
	})
}

// checkAudience: `aud` is the FHIR base, so that a token is never given for a server that
// an app was led to believe in. RFC 8707's resource means the same.
func (s *Server) checkAudience(form url.Values) error {
	aud, resource := form.Get("aud"), form.Get("resource")
	if aud == "" && resource == "" {
		return refusal("invalid_request", "aud is missing: it is the FHIR base "+s.Base())
	}
	for _, address := range []string{aud, resource} {
		if address != "" && !s.sameBase(address) {
			return refusal("invalid_request", "aud is not this server's FHIR base "+s.Base())
		}
	}
	return nil
}

// checkScopes narrows what is asked to what the client may have: what is unknown or too
// much is left out, and the request goes on.
func (s *Server) checkScopes(a *asked) error {
	words := strings.Fields(a.form.Get("scope"))
	if len(words) == 0 {
		return refusal("invalid_scope", "scope is missing")
	}
	a.scopes = slices.DeleteFunc(scope.Narrow(scope.ParseAll(words), a.client.Allowed()), func(g scope.Scope) bool {
		return g.Context == scope.ForSystem || g.Plain == scope.OpenLaunch // those of services, without a user
	})
	if len(a.scopes) == 0 {
		return refusal("invalid_scope", "None of the scopes is one that this app may have")
	}
	a.form = cloned(a.form)
	a.form.Set("scope", strings.Join(scope.Strings(a.scopes), " "))
	return nil
}

func cloned(form url.Values) url.Values {
	out := url.Values{}
	for name, values := range form {
		out[name] = slices.Clone(values)
	}
	return out
}

// checkLaunch takes the launch: once, by the app that it is for, in time.
func (s *Server) checkLaunch(ctx context.Context, a *asked) error {
	id := a.form.Get("launch")
	wants := a.has(scope.Launch)
	switch {
	case id == "" && wants:
		return refusal("invalid_request", "The scope launch needs the parameter launch, which an EPR gives; a standalone launch asks for launch/patient")
	case id == "":
		return nil
	case !wants:
		return refusal("invalid_scope", "The parameter launch needs the scope launch")
	}
	launch, err := s.launches.take(ctx, id, a.client.ID)
	if err != nil {
		return err
	}
	if err := s.stillOpens(ctx, launch); err != nil {
		return err
	}
	a.launch = launch
	a.form.Del("launch") // it is used up, and is kept nowhere
	return nil
}

// stillOpens: an EPR that was switched off since then opens nothing any more.
func (s *Server) stillOpens(ctx context.Context, launch *LaunchContext) error {
	if launch == nil || strings.HasPrefix(launch.EPR, launcherPrefix) {
		return nil
	}
	_, err := s.Store.GetClient(ctx, launch.EPR)
	if errors.Is(err, fosite.ErrNotFound) {
		return refusal("access_denied", "The system that opened this app is no longer approved here")
	}
	return err
}

// has reports whether a scope that names no resources is among those asked for.
func (a *asked) has(plain string) bool {
	return slices.ContainsFunc(a.scopes, func(g scope.Scope) bool { return g.Plain == plain })
}

// forPatient reports whether any scope is of the one patient of the launch.
func (a *asked) forPatient() bool { return forPatient(a.scopes) }

func forPatient(scopes []scope.Scope) bool {
	return slices.ContainsFunc(scopes, func(g scope.Scope) bool { return g.Context == scope.ForPatient })
}

// needsPatient reports whether a patient must be chosen: the app wants one, and no EPR has
// one on its screen.
func (a *asked) needsPatient() bool {
	return a.launch == nil && (a.has(scope.LaunchPatient) || a.forPatient())
}

// begin goes on with a request that is in order: at once if nothing is to be asked.
func (s *Server) begin(w http.ResponseWriter, r *http.Request, a *asked) {
	ctx := r.Context()
	session, err := s.userOf(r, a)
	if err != nil {
		s.back(w, r, a, err)
		return
	}
	if session != nil && stale(a.form, session, s.Now().UTC()) {
		session = nil
	}
	prompt := strings.Fields(a.form.Get("prompt"))
	none := slices.Contains(prompt, "none")
	stands, err := s.standing(ctx, a, session)
	switch {
	case err != nil:
		s.back(w, r, a, err)
	case stands == ready && a.client.Trusted && !slices.Contains(prompt, "consent") && !slices.Contains(prompt, "login"):
		s.finish(w, r, a, session, decision{})
	case none: // OpenID Connect Core §3.1.2.6
		s.back(w, r, a, refusal(map[standing]string{signIn: "login_required"}[stands]+
			map[bool]string{true: "interaction_required"}[stands != signIn], "The user would have to be asked"))
	default:
		handle, err := s.waiting.keep(ctx, a)
		if err != nil {
			s.back(w, r, a, err)
			return
		}
		redirect(w, r, s.Public+"/approve?"+url.Values{"tx": {handle}}.Encode())
	}
}

// redirect answers 303 and nothing else, so that no address is repeated in a body.
func redirect(w http.ResponseWriter, _ *http.Request, address string) {
	w.Header().Set("Location", address)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(http.StatusSeeOther)
}

// back answers the app at its redirect URI: RFC 6749 §4.1.2.1, with the issuer (RFC 9207).
// A cause that is not the app's fault is only in the log.
func (s *Server) back(w http.ResponseWriter, r *http.Request, a *asked, err error) {
	redirect(w, r, s.backTo(r.Context(), a, err))
}

func (s *Server) backTo(ctx context.Context, a *asked, err error) string {
	said := s.refused(ctx, a.client.ID, err)
	answer := url.Values{"error": {said.Code}, "error_description": {said.Description}, "iss": {s.Issuer()}}
	if state := a.form["state"]; len(state) == 1 && state[0] != "" {
		answer.Set("state", state[0])
	}
	return at(a.form.Get("redirect_uri"), answer)
}

// refused notes that a request was not granted: one event, one line of the log.
func (s *Server) refused(ctx context.Context, client string, err error) *Refusal {
	var said *Refusal
	if !errors.As(err, &said) {
		s.Log.Error("a request of an app could not be answered", "cause", err.Error(), "requestId", auth.CallerFrom(ctx).RequestID)
		said = refusal("temporarily_unavailable", "This cannot be done at the moment")
	}
	s.Log.Warn("a request of an app was refused", "client", client, "code", said.Code, "cause", said.Description, "requestId", auth.CallerFrom(ctx).RequestID)
	e := auth.EventOf(ctx, audit.ActionDenied, audit.Deny)
	e.Reason, e.Target = said.Description, "client:"+client
	if err := s.Ledger.Record(context.WithoutCancel(ctx), e); err != nil {
		s.Log.Error("a refusal could not be audited", "requestId", auth.CallerFrom(ctx).RequestID)
	}
	return said
}
