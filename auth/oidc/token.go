package oidc

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

const tokenEndpoint = "the provider's token endpoint"

// grant is what the token endpoint gives (RFC 6749 §5.1, §5.2; OIDC Core §3.1.3.3).
type grant struct {
	Access  string `json:"access_token"`
	Type    string `json:"token_type"`
	ID      string `json:"id_token"`
	Refresh string `json:"refresh_token"`
	// Error is the code of a refusal. What else a provider says of it is not even read.
	Error string `json:"error"`
}

// refusedGrant is the token endpoint's own refusal, by its code.
type refusedGrant string

func (r refusedGrant) Error() string { return tokenEndpoint + " refused: " + tokenErrors[string(r)] }

// tokenErrors are the codes of RFC 6749 §5.2, in words; what is not among them is "".
var tokenErrors = map[string]string{
	"invalid_grant":          "the code or refresh token is not, or no longer, good (invalid_grant)",
	"invalid_client":         "it does not accept who we say we are (invalid_client): check client_id and the secret or key",
	"unauthorized_client":    "this client may not do that (unauthorized_client)",
	"invalid_request":        "it does not understand the request (invalid_request)",
	"invalid_scope":          "it does not know the scopes (invalid_scope)",
	"unsupported_grant_type": "it does not do that kind of request (unsupported_grant_type)",
	"":                       "for a reason of its own",
}

// exchange asks the token endpoint. The library golang.org/x/oauth2 is not used for it: it
// takes form-encoded answers and a name that stands twice, and cannot sign a refresh with a
// key. The error is a refusedGrant or an *auth.Refusal.
func (p *provider) exchange(ctx context.Context, m *metadata, form url.Values) (grant, error) {
	g, _, err := p.exchanged(ctx, m, form)
	return g, err
}

// exchanged is exchange, with the answer as it came.
func (p *provider) exchanged(ctx context.Context, m *metadata, form url.Values) (grant, []byte, error) {
	got, err := p.post(ctx, m, form)
	if err != nil {
		return grant{}, nil, err
	}
	g, err := granted(got)
	return g, got.body, err
}

func granted(got answer) (grant, error) {
	var g grant
	if got.status >= 500 || got.status == http.StatusTooManyRequests || got.status >= 300 && got.status < 400 {
		return grant{}, byStatus(got.status, tokenEndpoint)
	}
	understood := decode(got.body, &g)
	switch {
	case understood && g.Error != "":
		return grant{}, known(g.Error)
	case got.status != http.StatusOK:
		return grant{}, byStatus(got.status, tokenEndpoint)
	case !understood:
		return grant{}, invalid(tokenEndpoint + " gave no JSON of the kind that OAuth describes, or a name twice")
	case !strings.EqualFold(g.Type, "Bearer") || g.Access == "":
		return grant{}, invalid(tokenEndpoint + " gave no bearer token")
	}
	return g, nil
}

func known(code string) error {
	if _, ok := tokenErrors[code]; !ok {
		code = ""
	}
	return refusedGrant(code)
}

func (p *provider) post(ctx context.Context, m *metadata, form url.Values) (answer, error) {
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Accept": {"application/json"}}
	if err := p.us.sign(header, form, m); err != nil {
		return answer{}, invalid(err.Error())
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.Token, strings.NewReader(form.Encode()))
	if err != nil {
		return answer{}, invalid(tokenEndpoint + ": its address is no address")
	}
	req.Header = header
	return p.wire.do(req, tokenEndpoint)
}

// asRefusal makes a refusedGrant what a user's sign-in ends with.
func asRefusal(err error) error {
	var refused refusedGrant
	if errors.As(err, &refused) {
		return auth.Refuse(auth.RefusedInvalid, refused.Error())
	}
	return err
}
