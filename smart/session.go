package smart

import (
	"encoding/json"

	"github.com/ory/fosite"
	"github.com/ory/fosite/handler/openid"

	"github.com/patchworkcare/patchwork/auth"
)

// Session is what a code or token stands for. It is kept as JSON, so that whatever is put
// into it must survive that.
type Session struct {
	openid.DefaultSession

	// Issuer vouches for the Subject; "" for a backend service.
	Issuer string `json:"issuer,omitempty"`
	// SignIn is the public id (auth.Session.ID) of the sign-in in which the user granted it.
	SignIn string `json:"sign_in,omitempty"`
	// Context is what the token response tells the app: patient, encounter, intent … SMART
	// App Launch 2.2, "Launch context arrives with your access_token". Nil for none.
	Context map[string]any `json:"context,omitempty"`
	// Pin binds the token to one patient; nil for a token that is not bound.
	Pin *auth.Launch `json:"pin,omitempty"`
	// Was is the user as they were, for offline access; Service what a backend service acts as.
	Was     *auth.Session  `json:"was,omitempty"`
	Service *auth.Position `json:"service,omitempty"`
	// Whole are the scopes that were granted: a refresh token has all of them, whatever part
	// an access token was asked for. RFC 6749 §6.
	Whole []string `json:"whole,omitempty"`
}

var _ openid.Session = (*Session)(nil)

// Clone shares nothing with s. fosite's refresh would otherwise write the new token's life
// into the old one's session.
func (s *Session) Clone() fosite.Session {
	if s == nil {
		return nil
	}
	var out Session
	text, err := json.Marshal(s)
	if err != nil || json.Unmarshal(text, &out) != nil {
		return &Session{} // nobody: grants nothing
	}
	return &out
}
