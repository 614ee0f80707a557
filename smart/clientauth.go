package smart

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/ory/fosite"

	"github.com/patchworkcare/patchwork/auth"
)

// Limiter holds up who guesses secrets.
type Limiter interface {
	// Enter asks whether a secret may be looked at; who is a client at an address, so that
	// nobody can lock a client out from elsewhere. An *auth.LockedError is no. After nil,
	// settle must be told how it ended: nil, or auth.ErrRefused for a wrong secret.
	Enter(ctx context.Context, who string) (settle func(ctx context.Context, outcome error) error, err error)
}

// Authentication says which client asks. It takes what SMART App Launch 2.2 ("Client
// Authentication") knows, of each client only the one method that it is registered for.
// Safe for concurrent use.
type Authentication struct {
	Store   *Store
	Fetcher *Fetcher
	// Audiences are the addresses that an assertion may be made for, byte for byte: the token
	// endpoint's, and those of others that ask for a client.
	Audiences []string
	// Limiter may be nil: then secrets are looked at without end.
	Limiter Limiter
}

// cause is why a client is not taken for who it says it is: a sentence for whoever has set
// the client up, and for the operator's log. It repeats nothing of what was sent.
type cause string

func (c cause) Error() string { return string(c) }

// The causes before any proof is looked at.
const (
	noProof       cause = "The request does not say which client it is from"
	twoProofs     cause = "The request proves the client in more than one way"
	proofTwice    cause = "A parameter that proves the client is given twice"
	proofInURL    cause = "What proves the client stands in the address, where logs keep it"
	notBasic      cause = "The Authorization header is not of the Basic scheme, or cannot be read"
	postedSecret  cause = "The secret stands in the form: client_secret_post is not taken, send it as client_secret_basic"
	otherID       cause = "client_id is another client's than the one that the proof is for"
	unknownClient cause = "There is no client of this id"
	notApproved   cause = "The client is not approved yet"
	switchedOff   cause = "The client is switched off"
	otherMethod   cause = "The client is registered for another method of authentication"
	wrongSecret   cause = "The secret is not the client's"
	tooManyWrong  cause = "Too many wrong secrets from this address: try again in some minutes"
)

// Authenticate is fosite's ClientAuthenticationStrategy. Whatever is wrong with the proof is
// fosite.ErrInvalidClient, status 401, also what RFC 6749 §5.2 would call a bad request:
// SMART App Launch 2.2 wants one answer. The cause is its hint and its debug text.
func (a *Authentication) Authenticate(ctx context.Context, r *http.Request, form url.Values) (fosite.Client, error) {
	if plainTwice(form) {
		return nil, fosite.ErrInvalidRequest.WithHint("A parameter is given twice")
	}
	given, err := proofOf(r, form)
	if err != nil {
		return nil, invalidClient(err)
	}
	client, err := a.prove(ctx, given)
	if err != nil {
		return nil, invalidClient(err)
	}
	return client, nil
}

// invalidClient is an error as fosite answers it. What is our own fault is not the client's.
func invalidClient(err error) error {
	var c cause
	if errors.As(err, &c) {
		return fosite.ErrInvalidClient.WithHint(string(c)).WithDebug(string(c))
	}
	return fosite.ErrServerError.WithWrap(err).WithDebug(err.Error())
}

// proof is what a request has to say of who asks.
type proof struct {
	method                Method
	id, secret, assertion string
}

// credentials are the parameters that prove a client.
var credentials = []string{"client_id", "client_secret", "client_assertion", "client_assertion_type"}

// plainTwice reports whether another parameter is given twice (RFC 6749 §3.2); those that
// may be are of RFC 8707 and RFC 8693.
func plainTwice(form url.Values) bool {
	for name, values := range form {
		if len(values) > 1 && name != "resource" && name != "audience" && !slices.Contains(credentials, name) {
			return true
		}
	}
	return false
}

// proofOf reads the one proof of a request; a parameter without a value is none (RFC 6749
// §3.2). Nothing is compared yet.
func proofOf(r *http.Request, form url.Values) (proof, error) {
	query := r.URL.Query()
	for _, name := range credentials {
		if len(form[name]) > 1 {
			return proof{}, proofTwice
		}
		if query.Has(name) && name != "client_id" {
			return proof{}, proofInURL
		}
	}
	id, kind, assertion := form.Get("client_id"), form.Get("client_assertion_type"), form.Get("client_assertion")
	header, posted, signed := r.Header["Authorization"], form.Get("client_secret") != "", kind != "" || assertion != ""
	switch {
	case len(header) > 1, len(header) == 1 && (posted || signed), posted && signed:
		return proof{}, twoProofs
	case posted:
		return proof{}, postedSecret
	case signed && kind != assertionType:
		return proof{}, notAssertionType
	case signed:
		return proof{method: Key, id: id, assertion: assertion}, nil
	case len(header) == 1:
		return basicProof(r, id)
	case id == "":
		return proof{}, noProof
	}
	return proof{method: Public, id: id}, nil
}

// basicProof: both halves are encoded as in a form. RFC 6749 §2.3.1.
func basicProof(r *http.Request, posted string) (proof, error) {
	user, password, ok := r.BasicAuth()
	if !ok {
		return proof{}, notBasic
	}
	id, errID := url.QueryUnescape(user)
	secret, errSecret := url.QueryUnescape(password)
	switch {
	case errID != nil || errSecret != nil:
		return proof{}, notBasic
	case posted != "" && posted != id:
		return proof{}, otherID
	}
	return proof{method: Secret, id: id, secret: secret}, nil
}

func (a *Authentication) prove(ctx context.Context, p proof) (*Client, error) {
	if p.method == Key {
		client, _, err := a.verify(ctx, p.assertion, p.id, a.Audiences)
		return client, err
	}
	client, err := a.registered(ctx, p.id, p.method)
	if err != nil || p.method == Public {
		return client, err
	}
	if err := a.compare(ctx, client, p.secret); err != nil {
		return nil, err
	}
	return client, nil
}

// registered gives a client that may begin and proves itself by this method.
func (a *Authentication) registered(ctx context.Context, id string, method Method) (*Client, error) {
	client, err := a.Store.Find(ctx, id)
	switch {
	case errors.Is(err, ErrNoClient):
		return nil, unknownClient
	case err != nil:
		return nil, err
	case client.State == Off:
		return nil, switchedOff
	case client.State != Approved:
		return nil, notApproved
	case client.Method != method:
		return nil, otherMethod
	}
	return client, nil
}

// compare asks the limiter before it looks at the secret.
func (a *Authentication) compare(ctx context.Context, client *Client, secret string) error {
	settle := func(_ context.Context, outcome error) error { return outcome }
	if a.Limiter != nil {
		var locked *auth.LockedError
		var err error
		settle, err = a.Limiter.Enter(ctx, "client:"+client.ID+"@"+auth.CallerFrom(ctx).Address)
		switch {
		case errors.As(err, &locked):
			return tooManyWrong
		case err != nil:
			return err
		}
	}
	var outcome error
	if (Hasher{}).Compare(ctx, client.GetHashedSecret(), []byte(secret)) != nil {
		outcome = auth.ErrRefused
	}
	err := settle(ctx, outcome)
	if errors.Is(err, auth.ErrRefused) {
		return wrongSecret
	}
	return err
}
