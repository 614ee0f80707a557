package idp

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Keycloak is a realm of its own on a running Keycloak, which scripts/interop-keycloak.sh
// starts: this package only tells it who and what there is, by its admin API.
type Keycloak struct {
	// Issuer is the realm's address: the OpenID issuer, and SAML's entity id.
	Issuer string

	server, realm, password string
	client                  *http.Client
}

// NewKeycloak makes a realm on the Keycloak at server (http://127.0.0.1:PORT), whose user
// admin has the password. It stands until Remove.
func NewKeycloak(ctx context.Context, server, password string) (*Keycloak, error) {
	realm := "r" + strings.ToLower(rand.Text()[:10])
	k := &Keycloak{Issuer: server + "/realms/" + realm, server: server, realm: realm, password: password, client: &http.Client{Timeout: time.Minute}}
	return k, k.do(ctx, http.MethodPost, "", map[string]any{"realm": realm, "enabled": true}, nil)
}

// Remove takes the realm away, with all that is in it.
func (k *Keycloak) Remove(ctx context.Context) error {
	return k.do(ctx, http.MethodDelete, "/"+k.realm, nil, nil)
}

// AddUser makes a user and the groups that are not there yet. Name is first names and a
// last one; Claims are not taken.
func (k *Keycloak) AddUser(ctx context.Context, u User) error {
	var paths []string
	for _, group := range u.Groups {
		if err := k.add(ctx, "/groups", map[string]any{"name": group}); err != nil && !errors.Is(err, errThere) {
			return err
		}
		paths = append(paths, "/"+group)
	}
	first, last := u.Name, u.Name
	if at := strings.LastIndex(u.Name, " "); at >= 0 {
		first, last = u.Name[:at], u.Name[at+1:]
	}
	return k.add(ctx, "/users", map[string]any{
		"username": u.Username, "enabled": true, "firstName": first, "lastName": last, "email": u.Email, "emailVerified": true, "groups": paths,
		"credentials": []any{map[string]any{"type": "password", "value": u.Password}},
	})
}

// Disable switches an account off.
func (k *Keycloak) Disable(ctx context.Context, username string) error {
	id, err := k.userID(ctx, username)
	if err != nil {
		return err
	}
	return k.do(ctx, http.MethodPut, "/"+k.realm+"/users/"+id, map[string]any{"enabled": false}, nil)
}

// End ends all sessions of a user, as an administrator does.
func (k *Keycloak) End(ctx context.Context, username string) error {
	id, err := k.userID(ctx, username)
	if err != nil {
		return err
	}
	return k.do(ctx, http.MethodPost, "/"+k.realm+"/users/"+id+"/logout", map[string]any{}, nil)
}

func (k *Keycloak) userID(ctx context.Context, username string) (string, error) {
	var found []struct {
		ID string `json:"id"`
	}
	err := k.do(ctx, http.MethodGet, "/"+k.realm+"/users?"+url.Values{"username": {username}, "exact": {"true"}}.Encode(), nil, &found)
	if err == nil && len(found) != 1 {
		err = errors.New("there is not exactly one such user")
	}
	if err != nil {
		return "", err
	}
	return found[0].ID, nil
}

// errThere: what was to be made is there already.
var errThere = errors.New("is there already")

func (k *Keycloak) add(ctx context.Context, path string, body any) error {
	return k.do(ctx, http.MethodPost, "/"+k.realm+path, body, nil)
}

// do asks the admin API: a body is sent as JSON unless it is []byte, and into takes the
// answer's JSON.
func (k *Keycloak) do(ctx context.Context, method, path string, body, into any) error {
	token, err := k.token(ctx)
	if err != nil {
		return err
	}
	sent, plain := body.([]byte)
	if !plain {
		if sent, err = json.Marshal(body); err != nil {
			return err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, k.server+"/admin/realms"+path, bytes.NewReader(sent))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	if !plain {
		req.Header.Set("Content-Type", "application/json")
	}
	return k.answer(req, into)
}

// token is an administrator's for the next minute; it is asked for each time.
func (k *Keycloak) token(ctx context.Context) (string, error) {
	form := url.Values{"grant_type": {"password"}, "client_id": {"admin-cli"}, "username": {"admin"}, "password": {k.password}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, k.server+"/realms/master/protocol/openid-connect/token", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var given struct {
		Token string `json:"access_token"`
	}
	err = k.answer(req, &given)
	return given.Token, err
}

func (k *Keycloak) answer(req *http.Request, into any) error {
	resp, err := k.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	switch {
	case err != nil:
		return err
	case resp.StatusCode == http.StatusConflict:
		return errThere
	case resp.StatusCode >= 300:
		return fmt.Errorf("the Keycloak answered %s to %s %s: %s", resp.Status, req.Method, req.URL.Path, text)
	case into == nil:
		return nil
	}
	return json.Unmarshal(text, into)
}
