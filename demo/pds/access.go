package pds

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// access is how somebody may ask.
type access struct {
	// application: not for a user, so that a search gives one person only.
	application bool
}

// admit checks the access token.
func (s *Server) admit(r *http.Request) (access, *problem) {
	denied := func(why string) (access, *problem) {
		return access{}, &problem{http.StatusUnauthorized, "ACCESS_DENIED", "Access Denied - Unauthorised", why}
	}
	if s.Client == "" && s.UserToken == "" {
		return access{}, nil
	}
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case !ok:
		return denied("Missing Authorization header")
	case s.UserToken != "" && token == s.UserToken:
		if r.Header.Get("NHSD-Session-URID") == "" {
			return denied("Missing value - 'NHSD-Session-URID'")
		}
		return access{}, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if until, ok := s.tokens[token]; !ok || !s.Now().Before(until) {
		return denied("Invalid Access Token")
	}
	return access{application: true}, nil
}

// tokenLife is how long an access token holds.
const tokenLife = 599 * time.Second

// token gives an access token for a signed assertion: RFC 7523, RS512, five minutes at
// most, used once.
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	refuse := func(why string) {
		write(w, http.StatusBadRequest, "application/json", object{"error": "invalid_request", "error_description": why})
	}
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if r.ParseForm() != nil || r.PostForm.Get("grant_type") != "client_credentials" ||
		r.PostForm.Get("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" {
		refuse("grant_type must be client_credentials with a jwt-bearer assertion")
		return
	}
	if why := s.assertion(r.PostForm.Get("client_assertion"), r.Host); why != "" {
		refuse(why)
		return
	}
	token := rand.Text()
	s.mu.Lock()
	s.tokens[token] = s.Now().Add(tokenLife)
	s.mu.Unlock()
	write(w, http.StatusOK, "application/json", object{"access_token": token, "expires_in": "599", "token_type": "Bearer"})
}

// assertion says what is wrong with an assertion, "" if nothing is.
func (s *Server) assertion(jwt, host string) string {
	parts := strings.Split(jwt, ".")
	var head struct{ Alg, Kid string }
	var claims struct {
		Iss, Sub, Aud, Jti string
		Exp                int64
	}
	if len(parts) != 3 || !segment(parts[0], &head) || !segment(parts[1], &claims) {
		return "malformed JWT"
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	sum := sha512.Sum512([]byte(parts[0] + "." + parts[1]))
	now := s.Now()
	switch {
	case head.Alg != "RS512":
		return "the algorithm must be RS512"
	case head.Kid != s.KeyID || s.Key == nil:
		return "unknown kid"
	case claims.Iss != s.Client || claims.Sub != s.Client:
		return "iss and sub must be the API key"
	case !strings.HasSuffix(claims.Aud, "://"+host+"/oauth2/token"):
		return "aud must be this address"
	case claims.Exp <= now.Unix() || claims.Exp > now.Add(5*time.Minute).Unix():
		return "exp must be within five minutes"
	case err != nil || rsa.VerifyPKCS1v15(s.Key, crypto.SHA512, sum[:], signature) != nil:
		return "the signature does not fit"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if claims.Jti == "" || s.used[claims.Jti] {
		return "jti was used before"
	}
	s.used[claims.Jti] = true
	return ""
}

func segment(text string, into any) bool {
	plain, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil && json.Unmarshal(plain, into) == nil
}
