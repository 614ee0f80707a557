package idp

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// OIDCOptions say which OpenID provider to start.
type OIDCOptions struct {
	// Name is on its pages; "" is "Demo organisation".
	Name string
	// Port is where it listens on loopback; 0 picks a free one.
	Port    int
	Clients []OIDCClient
	Users   []User
	// ACRValues are those that clients may ask for.
	ACRValues []string
	// RotateRefreshTokens gives a new refresh token at each use, and takes back
	// everything if an old one is used again.
	RotateRefreshTokens bool
	// Folder is that of provider.mjs and its node_modules; "" finds demo/idp/oidc in this
	// source tree.
	Folder string
}

// OIDCClient is one client's registration (OpenID Connect Dynamic Registration §2). The
// zero value of what is left out is the standard's.
type OIDCClient struct {
	ID string `json:"client_id"`
	// Secret is for client_secret_basic and the like; "" with JWKS.
	Secret string `json:"client_secret,omitempty"`
	// JWKS has the public keys of private_key_jwt, as {"keys": […]}.
	JWKS                  json.RawMessage `json:"jwks,omitempty"`
	AuthMethod            string          `json:"token_endpoint_auth_method,omitempty"`
	RedirectURIs          []string        `json:"redirect_uris"`
	PostLogoutURIs        []string        `json:"post_logout_redirect_uris,omitempty"`
	BackchannelURI        string          `json:"backchannel_logout_uri,omitempty"`
	BackchannelSession    bool            `json:"backchannel_logout_session_required"`
	SigningAlg            string          `json:"id_token_signed_response_alg,omitempty"` // RS256, the zero value's, or ES256
	NoRefresh             bool            `json:"-"`                                      // grants no refresh tokens
	GrantTypes            []string        `json:"grant_types"`                            // filled in
	RequireAuthTime       bool            `json:"require_auth_time"`                      // filled in
	AuthenticationSigning string          `json:"token_endpoint_auth_signing_alg,omitempty"`
}

// OIDC is a running OpenID provider.
type OIDC struct {
	// Issuer is its identifier, under which its configuration is found.
	Issuer string
	// Control is the base of its control, which takes POST /users/NAME/end and the like
	// (demo/idp/oidc/control.mjs).
	Control string

	child *child
}

// StartOIDC starts oidc-provider and returns when it answers. It ends with Stop, or when
// this process does.
func StartOIDC(ctx context.Context, o OIDCOptions) (*OIDC, error) {
	node, err := program("node")
	if err != nil {
		return nil, err
	}
	dir, err := oidcFolder(o.Folder)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), node, "provider.mjs") //nolint:gosec // the demo's own script
	cmd.Dir = dir
	said, says, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer said.Close()
	cmd.Stdout = says
	c, err := startChild("the OpenID provider", cmd)
	_ = says.Close()
	if err != nil {
		return nil, err
	}
	p := &OIDC{child: c}
	if err := p.configure(ctx, o, said); err != nil {
		c.Stop()
		return nil, err
	}
	return p, nil
}

// Stop ends the provider.
func (p *OIDC) Stop() { p.child.Stop() }

// configure hands the provider its configuration and waits for where it listens.
func (p *OIDC) configure(ctx context.Context, o OIDCOptions, said io.Reader) error {
	config, err := json.Marshal(map[string]any{
		"name": nameOr(o.Name), "port": o.Port, "clients": complete(o.Clients), "users": o.Users,
		"acrValues": o.ACRValues, "rotateRefreshTokens": o.RotateRefreshTokens,
	})
	if err != nil {
		return err
	}
	if _, err := p.child.stdin.Write(append(config, '\n')); err != nil {
		return fmt.Errorf("the OpenID provider takes no configuration: %w", err)
	}
	lines := make(chan []byte, 1)
	go func() {
		if line, err := bufio.NewReader(said).ReadBytes('\n'); err == nil {
			lines <- line
		}
	}()
	return p.child.ready(ctx, func(context.Context) error {
		select {
		case line := <-lines:
			return json.Unmarshal(line, &struct{ Issuer, Control *string }{&p.Issuer, &p.Control})
		default:
			return errors.New("it has not said where it listens")
		}
	})
}

func complete(clients []OIDCClient) []OIDCClient {
	all := make([]OIDCClient, len(clients))
	for i, c := range clients {
		c.RequireAuthTime = true
		c.GrantTypes = []string{"authorization_code"}
		if !c.NoRefresh {
			c.GrantTypes = append(c.GrantTypes, "refresh_token")
		}
		all[i] = c
	}
	return all
}

// End ends every session of a user and what was granted in them; clients are told by
// back-channel logout before it returns.
func (p *OIDC) End(ctx context.Context, username string) error {
	return tell(ctx, p.Control, username, "end")
}

// Disable switches an account off: no sign-in, and refreshing gives invalid_grant.
func (p *OIDC) Disable(ctx context.Context, username string) error {
	return tell(ctx, p.Control, username, "disable")
}

// Enable takes Disable back.
func (p *OIDC) Enable(ctx context.Context, username string) error {
	return tell(ctx, p.Control, username, "enable")
}

// AddClient registers one more client, or changes one.
func (p *OIDC) AddClient(ctx context.Context, client OIDCClient) error {
	text, err := json.Marshal(complete([]OIDCClient{client})[0])
	if err != nil {
		return err
	}
	return post(ctx, p.Control+"/clients", string(text))
}

// oidcFolder finds the script, and that npm has installed what it needs.
func oidcFolder(named string) (string, error) {
	dir := named
	if dir == "" {
		root, err := sourceTree()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(root, "demo", "idp", "oidc")
	}
	if _, err := os.Stat(filepath.Join(dir, "provider.mjs")); err != nil {
		return "", absent("the demo's OpenID provider is")
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "oidc-provider")); err != nil {
		return "", absent("oidc-provider (npm ci in demo/idp/oidc) is")
	}
	return dir, nil
}

// sourceTree is the folder of go.mod above the working directory, where tests run.
func sourceTree() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", absent("the source tree with demo/idp/oidc is")
		}
	}
}

func nameOr(name string) string {
	if name == "" {
		return "Demo organisation"
	}
	return name
}

// post sends JSON to a control address.
func post(ctx context.Context, url, body string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusBadRequest {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
		return fmt.Errorf("the control answers %s: %s", resp.Status, text)
	}
	return nil
}
