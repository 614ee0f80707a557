package idp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// control takes, by HTTP, what an administrator of the organisation does, so that a
// browser's walk can do it too: GET / lists the users, POST /users/NAME/disable and
// /enable switch one. The OpenID provider has its own (demo/idp/oidc/control.mjs).
type control struct {
	url    string
	server *http.Server
}

// switcher switches an account on or off, and says who has one.
type switcher interface {
	Disable(ctx context.Context, username string) error
	Enable(ctx context.Context, username string) error
	list() []standing
}

// standing is one account in the control's list.
type standing struct {
	Username string `json:"username"`
	Name     string `json:"name"`
	Disabled bool   `json:"disabled"`
}

func serveControl(s switcher) (*control, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"users": s.list()})
	})
	mux.HandleFunc("POST /users/{name}/disable", switching(s.Disable))
	mux.HandleFunc("POST /users/{name}/enable", switching(s.Enable))
	c := &control{url: "http://" + l.Addr().String(), server: &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}}
	go func() { _ = c.server.Serve(l) }() // ends with Close
	return c, nil
}

func switching(do func(context.Context, string) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := do(r.Context(), r.PathValue("name")); err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

func (c *control) close() { _ = c.server.Close() }

// tell asks a control for something about a user.
func tell(ctx context.Context, base, username, what string) error {
	return post(ctx, fmt.Sprintf("%s/users/%s/%s", base, url.PathEscape(username), what), "")
}

var errNoUser = errors.New("there is no such user")

// setDisabled reports whether there was such a user.
func setDisabled(users []User, username string, disabled bool) bool {
	for i := range users {
		if users[i].Username == username {
			users[i].Disabled = disabled
			return true
		}
	}
	return false
}

func standings(users []User) []standing {
	all := make([]standing, len(users))
	for i, u := range users {
		all[i] = standing{Username: u.Username, Name: u.Name, Disabled: u.Disabled}
	}
	return all
}
