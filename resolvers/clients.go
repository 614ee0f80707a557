package resolvers

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/auth/scope"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/smart"
)

// smartClients are all that are registered.
func (r *Resolver) smartClients(ctx context.Context) ([]*model.SmartClient, error) {
	all, err := r.Clients.List(ctx)
	if err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.looked("", "clients")
	show, err := r.clientShower(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]*model.SmartClient, len(all))
	for i, c := range all {
		out[i] = show.client(ctx, c)
	}
	return out, nil
}

func (r *Resolver) smartClient(ctx context.Context, id string) (*model.SmartClient, error) {
	c, err := r.Clients.Find(ctx, id)
	switch {
	case errors.Is(err, smart.ErrNoClient):
		return nil, nil
	case err != nil:
		return nil, err
	}
	requestFrom(ctx).trail.looked("", "client:"+c.ID)
	return r.showClient(ctx, c)
}

func (r *Resolver) showClient(ctx context.Context, c *smart.Client) (*model.SmartClient, error) {
	show, err := r.clientShower(ctx)
	if err != nil {
		return nil, err
	}
	return show.client(ctx, c), nil
}

// mostScopes is how many are explained at once: as many as a client may have.
const mostScopes = 100

func (r *Resolver) smartScopes(ctx context.Context, words []string) ([]*model.SmartScope, error) {
	if len(words) > mostScopes {
		return nil, refuse(ctx, CodeBadInput, "`scopes` has 100 scopes at most")
	}
	return scopesOf(words), nil
}

func scopesOf(words []string) []*model.SmartScope {
	out := make([]*model.SmartScope, len(words))
	for i, text := range words {
		out[i] = &model.SmartScope{Scope: strings.ToValidUTF8(text, "\uFFFD")}
		if s, err := scope.Parse(text); err == nil {
			out[i].Words = orNil(s.Words())
		}
	}
	return out
}

func (r *Resolver) proposeClient(ctx context.Context, in *model.SmartClientInput) (*model.SmartClientMade, error) {
	client := clientOf(in)
	if err := r.knownLogins(ctx, client.Launching); err != nil {
		return nil, err
	}
	if err := r.Clients.Known(ctx, client); err != nil {
		return nil, clientRefusal(ctx, err)
	}
	made, secret, err := r.Clients.Propose(ctx, *client)
	if err != nil {
		return nil, clientRefusal(ctx, err)
	}
	return r.madeClient(ctx, made.ID, secret)
}

func (r *Resolver) madeClient(ctx context.Context, id, secret string) (*model.SmartClientMade, error) {
	client, err := r.changedClient(ctx, id, nil)
	if err != nil {
		return nil, err
	}
	return &model.SmartClientMade{Client: client, Secret: orNil(secret)}, nil
}

// changedClient gives the client as it is after a change, or the refusal of the change.
func (r *Resolver) changedClient(ctx context.Context, id string, err error) (*model.SmartClient, error) {
	if err != nil {
		return nil, clientRefusal(ctx, err)
	}
	c, err := r.Clients.Find(ctx, id)
	if err != nil {
		return nil, clientRefusal(ctx, err)
	}
	return r.showClient(ctx, c)
}

func (r *Resolver) approveClient(ctx context.Context, id, edition string) (*model.SmartClient, error) {
	return r.changedClient(ctx, id, r.Clients.Countersign(ctx, id, edition))
}

func (r *Resolver) replaceClientSecret(ctx context.Context, id string) (*model.SmartClientMade, error) {
	secret, err := r.Clients.ReplaceSecret(ctx, id)
	if err != nil {
		return nil, clientRefusal(ctx, err)
	}
	return r.madeClient(ctx, id, secret)
}

func (r *Resolver) replaceClientKeys(ctx context.Context, id string, jwks, jwksURL *string) (*model.SmartClient, error) {
	return r.changedClient(ctx, id, r.Clients.ReplaceKeys(ctx, id, trimmed(jwks), trimmed(jwksURL)))
}

// knownLogins refuses an EPR that names users by a login that there is not.
func (r *Resolver) knownLogins(ctx context.Context, l *smart.Launching) error {
	if l == nil {
		return nil
	}
	all := r.allLogins()
	for _, id := range l.Logins {
		if !slices.ContainsFunc(all, func(l Login) bool { return l.ID == id }) {
			return refuseField(ctx, "logins", "One of the logins is not in the configuration")
		}
	}
	return nil
}

// mayBeSwitchedOff refuses a client that there is not, and Patchwork's own.
func (r *Resolver) mayBeSwitchedOff(ctx context.Context, id string) error {
	c, err := r.Clients.Find(ctx, id)
	switch {
	case err != nil:
		return clientRefusal(ctx, err)
	case c.BuiltIn():
		return clientRefusal(ctx, smart.ErrBuiltIn)
	}
	return nil
}

// nameClients puts names beside the clients of what is off.
func (r *Resolver) nameClients(ctx context.Context, off []*model.SwitchedOff) error {
	if !slices.ContainsFunc(off, func(o *model.SwitchedOff) bool { return kindOf(o.Kind) == accounts.Client }) {
		return nil
	}
	all, err := r.Clients.List(ctx)
	if err != nil {
		return err
	}
	for _, o := range off {
		for _, c := range all {
			if kindOf(o.Kind) == accounts.Client && c.ID == deref(o.What) {
				o.Name = orNil(c.Name)
			}
		}
	}
	return nil
}

// clientRefusal words an error of package smart.
func clientRefusal(ctx context.Context, err error) error {
	var bad *smart.InputError
	switch {
	case errors.As(err, &bad):
		return refuseField(ctx, bad.Field, bad.Error())
	case errors.Is(err, smart.ErrNoClient):
		return refuse(ctx, CodeBadInput, "There is no client of this id")
	case errors.Is(err, smart.ErrOwn), errors.Is(err, smart.ErrChanged), errors.Is(err, smart.ErrBuiltIn):
		return refuse(ctx, CodeBadInput, capital(err.Error()))
	}
	return unwritten(ctx, err)
}

// refuseField says in the extensions which of the inputs is meant.
func refuseField(ctx context.Context, field, text string) error {
	e := refuse(ctx, CodeBadInput, text)
	e.Extensions["field"] = field
	return e
}

func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return strings.ToUpper(string(first)) + text[size:]
}
