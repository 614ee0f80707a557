package epr

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

// authenticate says which client asks (SMART App Launch §client-confidential-asymmetric).
// Its refusals name the cause, for the engineer of the app.
func (e *EPR) authenticate(r *http.Request) (Client, *Step) {
	refuse := func(why string) (Client, *Step) {
		return Client{}, &Step{Status: http.StatusUnauthorized, Code: "invalid_client", Description: why}
	}
	assertion := r.PostForm.Get("client_assertion")
	if assertion == "" {
		client, ok := e.issued.client(r.PostForm.Get("client_id"))
		switch {
		case !ok:
			return refuse("the client_id is not registered at this EPR")
		case !client.public():
			return refuse("the client has keys and must authenticate by private_key_jwt")
		}
		return client, nil
	}
	if r.PostForm.Get("client_assertion_type") != assertionType {
		return refuse("client_assertion_type is not " + assertionType)
	}
	token, err := parse(assertion)
	if err != nil {
		return refuse("the client_assertion: " + err.Error())
	}
	id, _ := token.claims["sub"].(string)
	client, ok := e.issued.client(id)
	switch named := r.PostForm.Get("client_id"); {
	case !ok || client.public():
		return refuse("no client with keys is registered under the sub of the client_assertion")
	case named != "" && named != id:
		return refuse("the client_id is not the sub of the client_assertion")
	}
	if err := e.trust(r.Context(), client, token); err != nil {
		return refuse("the client_assertion: " + err.Error())
	}
	return client, nil
}

// trust checks an assertion whole: first the signature, then what is said.
func (e *EPR) trust(ctx context.Context, client Client, token *parsed) error {
	keys, err := e.keysOf(ctx, client)
	if err != nil {
		return err
	}
	if token.header.Typ != "JWT" {
		return errors.New("its typ is not JWT")
	}
	if err := token.verify(keys); err != nil {
		return err
	}
	now := e.o.Now()
	exp, hasExp := token.claims["exp"].(float64)
	jti, _ := token.claims["jti"].(string)
	until := time.Unix(int64(exp), 0)
	switch {
	case token.claims["iss"] != client.ID:
		return errors.New("iss is not the client_id")
	case !e.meant(token.claims["aud"]):
		return errors.New("aud is not the token URL")
	case !hasExp || until.Before(now):
		return errors.New("exp is missing or past")
	case until.After(now.Add(5*time.Minute + 5*time.Second)):
		return errors.New("exp is more than five minutes ahead")
	case jti == "":
		return errors.New("there is no jti")
	case !e.issued.once(client.ID, jti, until):
		return errors.New("its jti was used before")
	}
	return nil
}

// meant reports whether aud, a string or a list of them, is the token endpoint.
func (e *EPR) meant(aud any) bool {
	if all, ok := aud.([]any); ok {
		return slices.Contains(all, any(e.URL+"/token"))
	}
	return aud == e.URL+"/token"
}

// keysOf are a client's keys. They are fetched each time: a client may change them.
func (e *EPR) keysOf(ctx context.Context, client Client) (json.RawMessage, error) {
	if client.JWKSURL == "" {
		return client.JWKS, nil
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, client.JWKSURL, nil)
	if err != nil {
		return nil, errors.New("the client's key set has no address")
	}
	resp, err := e.http.Do(req)
	if err != nil {
		return nil, errors.New("the client's key set cannot be fetched")
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the client's key set answers %d", resp.StatusCode)
	}
	return io.ReadAll(io.LimitReader(resp.Body, 1<<16))
}
