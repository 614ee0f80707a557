package idp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
)

// SAMLOptions say which SAML identity provider to start.
type SAMLOptions struct {
	// Name is the organisation's; "" is "Demo organisation".
	Name             string
	ServiceProviders []SAMLServiceProvider
	Users            []User
	// Port is where it listens on loopback; 0 picks a free one.
	Port int
	// Folder is where SimpleSAMLphp is installed; "" is Debian's /usr/share/simplesamlphp.
	Folder string
}

// SAMLServiceProvider is one service that the provider knows.
type SAMLServiceProvider struct {
	EntityID string
	// ACS takes the responses, by POST. SLO takes logout messages, by redirect; "" for a
	// service that is not told. Left takes the answers to its own logout requests; "" for
	// SLO (ResponseLocation, SAML metadata §2.2.2).
	ACS, SLO, Left string
	// Certificate is the service's, in DER: with it, requests must be signed. nil takes
	// unsigned ones.
	Certificate []byte
	// Encrypt has assertions encrypted to Certificate (an RSA one).
	Encrypt bool
	// UnsignedResponse and UnsignedAssertion leave out one of the two signatures.
	UnsignedResponse, UnsignedAssertion bool
}

// SAML is a running SAML identity provider.
type SAML struct {
	// EntityID is the provider's, and the address of its metadata.
	EntityID string
	// SSO and SLO are its addresses for requests to sign in and out, by redirect. A browser
	// at SLO?ReturnTo=URL signs out of everything from the provider's side.
	SSO, SLO string
	// Certificate is what it signs with, in PEM.
	Certificate []byte
	// Control takes POST /users/NAME/disable and /enable.
	Control string

	dir     string
	child   *child
	control *control

	mu    sync.Mutex
	users []User
}

// StartSAML starts SimpleSAMLphp on PHP's own web server and returns when its metadata can
// be read. It ends with Stop, or when this process does.
func StartSAML(ctx context.Context, o SAMLOptions) (*SAML, error) {
	php, err := program("php")
	if err != nil {
		return nil, err
	}
	if o.Folder == "" {
		o.Folder = "/usr/share/simplesamlphp"
	}
	if _, err := os.Stat(filepath.Join(o.Folder, "www", "module.php")); err != nil {
		return nil, absent("simplesamlphp is")
	}
	key, err := makeSigner(nameOr(o.Name))
	if err != nil {
		return nil, err
	}
	if o.Port != 0 {
		return startSAML(ctx, php, o, key, "127.0.0.1:"+strconv.Itoa(o.Port))
	}
	return onFreePort(1, func(at []string) (*SAML, error) { return startSAML(ctx, php, o, key, at[0]) })
}

func startSAML(ctx context.Context, php string, o SAMLOptions, key keyPair, address string) (_ *SAML, err error) {
	base := "http://" + address + "/simplesaml/"
	p := &SAML{
		EntityID: base + "saml2/idp/metadata.php", SSO: base + "saml2/idp/SSOService.php",
		SLO: base + "saml2/idp/SingleLogoutService.php", Certificate: key.certPEM, users: append([]User(nil), o.Users...),
	}
	if p.dir, err = folder("saml"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			p.Stop()
		}
	}()
	if err := errors.Join(writeSAML(p.dir, base, o, key), p.writeUsers()); err != nil {
		return nil, err
	}
	if p.child, err = startChild("SimpleSAMLphp", phpServer(context.WithoutCancel(ctx), php, p.dir, o.Folder, address)); err != nil {
		return nil, err
	}
	if err := p.child.ready(ctx, p.answers); err != nil {
		return nil, err
	}
	if p.control, err = serveControl(p); err != nil {
		return nil, err
	}
	p.Control = p.control.url
	return p, nil
}

// phpServer is PHP's web server with four workers. They are not its kernel-bound children,
// so that a shell beside them ends the group when standard input does.
func phpServer(ctx context.Context, php, dir, installed, address string) *exec.Cmd {
	const script = `exec 3<&0; (cat <&3 >/dev/null; kill -TERM 0) & exec 3<&-; exec "$0" "$@" </dev/null`
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", script, php, //nolint:gosec // our own script; the rest are its arguments
		"-d", "display_errors=stderr", "-d", "error_reporting=E_ALL & ~E_DEPRECATED", "-d", "session.save_path="+dir+"/sessions",
		"-S", address, filepath.Join(dir, "router.php"))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PHP_CLI_SERVER_WORKERS=4", "SIMPLESAMLPHP_CONFIG_DIR="+dir, "PATCHWORK_SIMPLESAMLPHP="+installed)
	return cmd
}

func (p *SAML) answers(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.EntityID, http.NoBody)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("its metadata answers %s", resp.Status)
	}
	return nil
}

// Stop ends the provider and removes its folder.
func (p *SAML) Stop() {
	if p.control != nil {
		p.control.close()
	}
	if p.child != nil {
		p.child.Stop()
	}
	_ = os.RemoveAll(p.dir)
}

// Disable switches an account off: it cannot sign in, and a session that it has at the
// provider signs in nowhere any more.
func (p *SAML) Disable(_ context.Context, username string) error { return p.set(username, true) }

// Enable takes Disable back.
func (p *SAML) Enable(_ context.Context, username string) error { return p.set(username, false) }

func (p *SAML) set(username string, disabled bool) error {
	p.mu.Lock()
	found := setDisabled(p.users, username, disabled)
	p.mu.Unlock()
	if !found {
		return errNoUser
	}
	return p.writeUsers()
}

// writeUsers writes the accounts whole: PHP reads them anew at every request.
func (p *SAML) writeUsers() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]samlUser, len(p.users))
	for i, u := range p.users {
		all[i] = samlUser{Username: u.Username, Password: u.Password, Disabled: u.Disabled, Attributes: attributesOf(u)}
	}
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	part := filepath.Join(p.dir, "users.part")
	if err := os.WriteFile(part, text, 0o600); err != nil {
		return err
	}
	return os.Rename(part, filepath.Join(p.dir, "users.json"))
}

func (p *SAML) list() []standing {
	p.mu.Lock()
	defer p.mu.Unlock()
	return standings(p.users)
}
