package oidc

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/patchworkcare/patchwork/auth"
)

// attempt is what Finish must know of Begin.
type attempt struct {
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"` // RFC 7636 §4.1
	// Asked is when, in Unix seconds; Again that the user must prove it anew.
	Asked int64 `json:"asked"`
	Again bool  `json:"again,omitempty"`
}

// Begin sends the browser to the provider (OIDC Core §3.1.2.1); see auth.Redirector.
func (p *provider) Begin(ctx context.Context, ask auth.Ask) (auth.Departure, error) {
	m, err := p.metadata.get(ctx)
	if err != nil {
		return auth.Departure{}, err
	}
	a := attempt{Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Asked: p.env.Now().Unix(), Again: ask.Again}
	kept, err := json.Marshal(a)
	if err != nil {
		return auth.Departure{}, err
	}
	return auth.Departure{URL: p.authorizeURL(m, ask, a), Kept: kept}, nil
}

func (p *provider) authorizeURL(m *metadata, ask auth.Ask, a attempt) string {
	config := oauth2.Config{ClientID: p.ClientID, Endpoint: oauth2.Endpoint{AuthURL: m.Authorize},
		RedirectURL: p.returnAddress(), Scopes: p.Scopes}
	options := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(a.Verifier), oauth2.SetAuthURLParam("nonce", a.Nonce)}
	set := func(name, value string) {
		if value != "" {
			options = append(options, oauth2.SetAuthURLParam(name, value))
		}
	}
	for name, value := range p.Parameters {
		set(name, value)
	}
	set("acr_values", strings.Join(p.ACRValues, " "))
	set("login_hint", ask.Hint)
	if ask.Again {
		set("prompt", "login")
		set("max_age", "0")
	} else {
		set("prompt", p.Prompt)
	}
	return config.AuthCodeURL(ask.State, options...)
}

func (p *provider) returnAddress() string { return p.env.Base + "/return" }

func (a attempt) asked() time.Time { return time.Unix(a.Asked, 0) }
