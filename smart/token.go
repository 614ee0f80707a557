package smart

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/scope"
)

// mostToken is how large a request of the token endpoint may be, in bytes.
const mostToken = 32 << 10

// token is the token endpoint: SMART App Launch 2.2, "Obtain access token"; RFC 6749 §3.2.
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	if !s.posted(w, r) {
		return
	}
	switch kind := r.PostForm.Get("grant_type"); {
	case kind == "":
		s.tokenError(w, r, refusal("invalid_request", "grant_type is missing"))
		return
	case !slices.Contains(grantTypes, kind):
		s.tokenError(w, r, refusal("unsupported_grant_type", "The grant types are "+strings.Join(grantTypes, ", ")))
		return
	}
	ctx := r.Context()
	// What a service may have is judged here: fosite would refuse the whole for a part.
	words, service := strings.Fields(r.PostForm.Get("scope")), r.PostForm.Get("grant_type") == "client_credentials"
	if service {
		r.PostForm.Del("scope")
	}
	request, err := s.provider.NewAccessRequest(ctx, r, &Session{})
	switch {
	case err == nil:
		err = s.judge(ctx, words, request)
	case service && errors.Is(err, fosite.ErrInvalidGrant): // of a public client
		err = notService()
	}
	if err != nil {
		s.tokenError(w, r, s.tokenRefusal(err))
		return
	}
	response, err := s.provider.NewAccessResponse(ctx, request)
	if err == nil {
		err = s.issued(ctx, request)
	}
	if err != nil {
		s.raced(ctx, request, err)
		s.tokenError(w, r, s.tokenRefusal(err))
		return
	}
	body := response.ToMap()
	body["token_type"] = "Bearer" // RFC 6750; SMART writes it so
	body["scope"] = strings.Join(request.GetGrantedScopes(), " ")
	if session, ok := request.GetSession().(*Session); ok {
		for name, value := range session.Context {
			if _, there := body[name]; !there {
				body[name] = value
			}
		}
	}
	answerJSON(w, http.StatusOK, body)
}

// raced ends the whole grant if the code or the refresh token was used by somebody else while
// this request was under way: it came twice, as if one had been after the other. Whoever was
// first is through by now, so that exactly one was answered.
func (s *Server) raced(ctx context.Context, request fosite.Requester, lost error) {
	if !errors.Is(lost, fosite.ErrInvalidatedAuthorizeCode) && !errors.Is(lost, fosite.ErrInactiveToken) {
		return
	}
	if err := s.Store.revoke(ctx, request.GetID()); err != nil {
		s.Log.Error("a grant could not be ended whose code came twice", "cause", err.Error(), "requestId", auth.CallerFrom(ctx).RequestID)
	}
}

// posted reads a form; if there is none, it has answered. A parameter that stands there
// twice is refused (RFC 6749 §3.2), and nothing is read from the address.
func (s *Server) posted(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		s.tokenError(w, r, refusalWith(http.StatusMethodNotAllowed, "invalid_request", "Only POST"))
		return false
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostToken)
	if err := r.ParseForm(); err != nil || !isForm(r) || r.URL.RawQuery != "" {
		s.tokenError(w, r, refusal("invalid_request", "Send a form of at most 32 KB, and nothing in the address"))
		return false
	}
	for name, values := range r.PostForm {
		if len(values) > 1 && name != "resource" {
			s.tokenError(w, r, refusal("invalid_request", "A parameter stands there more than once"))
			return false
		}
	}
	return true
}

// judge is what fosite does not ask: whether the user is still there, which part of the
// scopes is wanted, and what a backend service may have.
func (s *Server) judge(ctx context.Context, words []string, request fosite.AccessRequester) error {
	session, ok := request.GetSession().(*Session)
	concrete, also := request.(*fosite.AccessRequest)
	if !ok || !also {
		return errors.New("smart: a token of another session")
	}
	if request.GetGrantTypes().ExactOne("client_credentials") {
		return s.judgeService(ctx, words, concrete, session)
	}
	if err := s.still(ctx, request, session); err != nil {
		return err
	}
	session.SetExpiresAt(fosite.RefreshToken, endOf(session.Whole, s.Now().UTC()))
	if request.GetGrantTypes().ExactOne("refresh_token") {
		return narrowRefresh(words, concrete)
	}
	return nil
}

// still refuses what was granted by somebody who has signed out since; with offline access
// the user is asked about again, and a session begins in their place.
func (s *Server) still(ctx context.Context, request fosite.Requester, session *Session) error {
	_, err := s.Sessions.ByID(ctx, session.SignIn)
	if err == nil || !errors.Is(err, auth.ErrNoSession) {
		return err
	}
	if session.Was != nil && slices.Contains(session.Whole, scope.OfflineAccess) {
		now, err := s.Users.Again(ctx, *session.Was)
		if err == nil {
			session.SignIn, err = s.headless(ctx, now)
		}
		if !errors.Is(err, auth.ErrNoSession) {
			return err
		}
	}
	if err := s.Store.revoke(ctx, request.GetID()); err != nil {
		return err
	}
	return refusal("invalid_grant", "The user has signed out, or is no longer welcome")
}

// headless begins a session that no browser has, and gives its public id.
func (s *Server) headless(ctx context.Context, session auth.Session) (id string, err error) {
	session.Expires = s.Now().Add(accessLasts + s.Sessions.Idle)
	secret, err := s.Sessions.Start(ctx, session)
	if err != nil {
		return "", err
	}
	started, err := s.Sessions.Find(ctx, secret)
	if err != nil {
		return "", err
	}
	return started.ID, nil
}

// narrowRefresh honours a smaller scope and refuses a larger one: RFC 6749 §6.
func narrowRefresh(words []string, request *fosite.AccessRequest) error {
	if len(words) == 0 {
		return nil
	}
	granted := request.GetGrantedScopes()
	for _, word := range words {
		if !scope.Permits(granted, word) {
			return refusal("invalid_scope", "The scope is more than was granted")
		}
	}
	request.GrantedScope = scope.Strings(scope.ParseAll(words))
	return nil
}

// judgeService: SMART Backend Services. No refresh token, five minutes, its own scopes.
func (s *Server) judgeService(ctx context.Context, words []string, request *fosite.AccessRequest, session *Session) error {
	client, ok := request.GetClient().(*Client)
	if !ok || !client.GetGrantTypes().Has("client_credentials") {
		return notService()
	}
	if len(words) == 0 {
		return refusal("invalid_scope", "scope is missing")
	}
	scopes := slices.DeleteFunc(scope.Narrow(scope.ParseAll(words), client.Allowed()), func(g scope.Scope) bool {
		return g.Context != scope.ForSystem && g.Plain != scope.OpenLaunch && !g.IsCast()
	})
	if len(scopes) == 0 {
		return refusal("invalid_scope", "None of the scopes is one that this service may have")
	}
	request.GrantedScope = scope.Strings(scopes)
	id, err := s.headless(ctx, s.serviceSession(client))
	if err != nil {
		return err
	}
	session.SignIn, session.Issuer = id, s.Issuer()
	session.Subject = client.ID
	session.SetExpiresAt(fosite.AccessToken, s.Now().UTC().Add(serviceLasts))
	return nil
}

func notService() *Refusal {
	return refusal("unauthorized_client", "This client may not use client_credentials: it is for a backend service with a key of its own")
}

// serviceSession is a backend service as policy and the ledger know it: in the role and for
// the organisation that an administrator has given it; without one it reads nothing.
func (s *Server) serviceSession(c *Client) auth.Session {
	session := auth.Session{Issuer: s.Issuer(), Subject: c.ID, Name: c.Name}
	if c.Position != nil {
		session.Positions = []auth.Position{*c.Position}
		session.Take(*c.Position)
	}
	return session
}

// issued is in the ledger before the tokens leave.
func (s *Server) issued(ctx context.Context, request fosite.AccessRequester) error {
	e := auth.EventOf(ctx, audit.ActionGrant, audit.Permit)
	e.Target = "client:" + request.GetClient().GetID()
	e.Reason = "token by " + strings.Join(request.GetGrantTypes(), " ")
	if session, ok := request.GetSession().(*Session); ok {
		if session.Was != nil {
			e.Actor = auth.ActorOf(session.Was)
		} else {
			e.Actor = audit.Actor{Issuer: session.Issuer, Subject: session.Subject}
		}
		if session.Pin != nil {
			e.Patient, e.Launch = session.Pin.Patient, session.Pin.Client
		}
	}
	return s.Ledger.Record(ctx, e)
}

// tokenRefusal words an error as the token endpoint does (RFC 6749 §5.2).
func (s *Server) tokenRefusal(err error) *Refusal {
	var said *Refusal
	if errors.As(err, &said) {
		return said
	}
	oauth := fosite.ErrorToRFC6749Error(err)
	out := refusal(oauth.ErrorField, plainSentence(oauth))
	switch {
	case errors.Is(err, fosite.ErrInactiveToken), errors.Is(err, fosite.ErrInvalidatedAuthorizeCode), errors.Is(err, fosite.ErrNotFound):
		out = refusal("invalid_grant", "The code or the refresh token was used already") // by a race that was lost
	case errors.Is(err, fosite.ErrTokenExpired):
		out = refusal("invalid_grant", "The code or the refresh token has expired")
	case errors.Is(err, fosite.ErrInvalidClient):
		out.Status = http.StatusUnauthorized
	case oauth.ErrorField == "request_unauthorized":
		out.Code, out.Status = "invalid_client", http.StatusUnauthorized
	case oauth.ErrorField == "scope_not_granted":
		out.Code = "invalid_grant"
	case oauth.CodeField >= http.StatusInternalServerError || oauth.ErrorField == "error":
		s.Log.Error("a token could not be made", "cause", oauth.DebugField, "error", err.Error())
		out = refusalWith(http.StatusServiceUnavailable, "temporarily_unavailable", "This cannot be done at the moment")
	}
	if cause := oauth.DebugField; cause != "" && out.Code == "invalid_client" {
		s.Log.Warn("a client could not prove who it is", "cause", cause)
	}
	return out
}

// tokenError answers, with one event.
func (s *Server) tokenError(w http.ResponseWriter, r *http.Request, said *Refusal) {
	client := r.PostForm.Get("client_id")
	if !printable(client) || len(client) > maxName {
		client = ""
	}
	_ = s.refused(r.Context(), client, said)
	if said.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Basic realm="patchwork"`)
	}
	answerError(w, said)
}
