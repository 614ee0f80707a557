package smart

import (
	"net/http"
	"slices"
	"strings"

	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/auth/scope"
)

// introspect: SMART App Launch 2.2, "Token Introspection"; RFC 7662. Whoever asks proves who
// it is as at the token endpoint, or by a token of its own. A client learns of its own
// tokens; a backend service, which an administrator has approved for the whole region, of
// every one, as resource servers need.
func (s *Server) introspect(w http.ResponseWriter, r *http.Request) {
	asks, ok := s.asking(w, r)
	if !ok {
		return
	}
	inactive := map[string]any{"active": false}
	token := r.PostForm.Get("token")
	if token == "" {
		s.tokenError(w, r, refusal("invalid_request", "token is missing"))
		return
	}
	ctx := r.Context()
	use, request, err := s.provider.IntrospectToken(ctx, token, fosite.TokenUse(r.PostForm.Get("token_type_hint")), &Session{})
	if err != nil {
		answerJSON(w, http.StatusOK, inactive)
		return
	}
	session, ok := request.GetSession().(*Session)
	if !ok || s.gone(r, use, session) {
		answerJSON(w, http.StatusOK, inactive)
		return
	}
	if request.GetClient().GetID() != asks.GetID() && !asks.GetGrantTypes().Has("client_credentials") {
		answerJSON(w, http.StatusOK, inactive)
		return
	}
	answerJSON(w, http.StatusOK, s.introspected(use, request, session))
}

// gone reports whether the sign-in of a token is over, and with it the token: a refresh token
// with offline access goes on without.
func (s *Server) gone(r *http.Request, use fosite.TokenUse, session *Session) bool {
	if session.SignIn == "" || use == fosite.RefreshToken && slices.Contains(session.Whole, scope.OfflineAccess) {
		return false
	}
	_, err := s.Sessions.ByID(r.Context(), session.SignIn)
	return err != nil
}

func (s *Server) introspected(use fosite.TokenType, request fosite.Requester, session *Session) map[string]any {
	granted := request.GetGrantedScopes()
	body := map[string]any{
		"active": true, "scope": strings.Join(granted, " "), "client_id": request.GetClient().GetID(),
		"exp": session.GetExpiresAt(use).Unix(), "iat": request.GetRequestedAt().Unix(), "aud": s.Base(),
	}
	if use == fosite.AccessToken {
		body["token_type"] = "Bearer"
	}
	for name, value := range session.Context {
		body[name] = value
	}
	if granted.Has("openid") && session.Claims != nil {
		body["iss"], body["sub"] = s.Issuer(), session.Claims.Subject
		if who, ok := session.Claims.Extra["fhirUser"]; ok {
			body["fhirUser"] = who
		}
	}
	return body
}

// asking gives the client that asks about a token; if none has proved itself, it has
// answered. A public client has nothing to prove it with but a token.
func (s *Server) asking(w http.ResponseWriter, r *http.Request) (fosite.Client, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		client, ok := s.proven(w, r)
		if ok && client.IsPublic() {
			s.tokenError(w, r, refusalWith(http.StatusUnauthorized, "invalid_client", "A public client asks about tokens with one of its own"))
			return nil, false
		}
		return client, ok
	}
	if !s.posted(w, r) {
		return nil, false
	}
	session, err := s.session(r.Context(), strings.TrimSpace(token), true)
	var client fosite.Client
	if err == nil {
		client, err = s.Store.GetClient(r.Context(), session.App)
	}
	if err != nil {
		s.tokenError(w, r, refusalWith(http.StatusUnauthorized, "invalid_token", "The access token is not valid or has expired"))
		return nil, false
	}
	return client, true
}

func (s *Server) proven(w http.ResponseWriter, r *http.Request) (fosite.Client, bool) {
	if !s.posted(w, r) {
		return nil, false
	}
	client, err := s.Clients.Authenticate(r.Context(), r, r.PostForm)
	if err != nil {
		s.tokenError(w, r, s.tokenRefusal(err))
		return nil, false
	}
	return client, true
}

// revoke: RFC 7009. A token that is not known is no error; another client's stays.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	if !s.posted(w, r) {
		return
	}
	if r.PostForm.Get("token") == "" {
		s.tokenError(w, r, refusal("invalid_request", "token is missing"))
		return
	}
	err := s.provider.NewRevocationRequest(r.Context(), r)
	if err != nil {
		said := s.tokenRefusal(err)
		if said.Code == "invalid_client" || said.Status >= http.StatusInternalServerError {
			s.tokenError(w, r, said)
			return
		}
		if said.Code == "unauthorized_client" {
			s.tokenError(w, r, said)
			return
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Pragma", "no-cache")
	w.WriteHeader(http.StatusOK)
}
