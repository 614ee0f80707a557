package smartlogin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

// asked is what Finish must know of Begin.
type asked struct {
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"` // RFC 7636 §4.1
}

// begin gives where to send the browser (SMART App Launch §2.0.9): `aud` is the configured
// iss, so that the EPR gives its token for nobody else's data.
func (e *EPR) begin(ctx context.Context, state, launch string) (string, asked, error) {
	at, err := e.client.Endpoints(ctx)
	if err != nil {
		return "", asked{}, err
	}
	a := asked{Nonce: rand.Text(), Verifier: auth.NewSecret()}
	return e.authorizeURL(at.Authorize, state, launch, a), a, nil
}

func (e *EPR) authorizeURL(endpoint, state, launch string, a asked) string {
	challenge := sha256.Sum256([]byte(a.Verifier))
	q := url.Values{
		"response_type": {"code"}, "client_id": {e.ClientID}, "redirect_uri": {e.returnAddress()}, "scope": {strings.Join(e.Scopes, " ")},
		"state": {state}, "nonce": {a.Nonce}, "aud": {e.Iss}, "launch": {launch},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(challenge[:])}, "code_challenge_method": {"S256"},
	}
	join := "?"
	if strings.Contains(endpoint, "?") {
		join = "&"
	}
	return endpoint + join + q.Encode()
}
