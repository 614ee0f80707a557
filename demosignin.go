package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/patchworkcare/patchwork/auth/signin"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/demo/idp"
)

// demoSignIn is the organisations' own sign-in: real identity providers on this machine,
// and the configuration by which the server knows them.
type demoSignIn struct {
	logins []DemoLogin
	// stanzas is a part of patchwork.yaml; "" if no provider runs.
	stanzas string
	// notes say what is not offered, and why.
	notes []string
	stops []func()
}

// demoProvider is a provider that runs, and its stanza.
type demoProvider struct {
	login  DemoLogin
	stanza string
	stop   func()
}

// demoPlace is what a provider of the demo needs to know of the server: its folder, its
// address as browsers see it, and where the OpenID provider's script is.
type demoPlace struct{ dir, url, script string }

// at is where the server's addresses for a login stand (auth.Env.Base).
func (p demoPlace) at(login string) string { return p.url + "/auth/at/" + login }

// startSignIn starts the providers side by side. One that is not installed is left out,
// with a note; the demo runs without it.
func startSignIn(ctx context.Context, region *demo.Region, place demoPlace) (*demoSignIn, error) {
	starts := map[string]func(context.Context, *demoOrganisation, *demo.System, demoPlace) (demoProvider, error){
		"infirmary": startInfirmary, "mental-health": startMinds, "council": startCouncil,
	}
	organisations := demoOrganisations()
	providers, errs := make([]demoProvider, len(organisations)), make([]error, len(organisations))
	var all sync.WaitGroup
	for i := range organisations {
		o := &organisations[i]
		if s := region.System(o.system); s != nil {
			all.Go(func() { providers[i], errs[i] = starts[o.id](ctx, o, s, place) })
		}
	}
	all.Wait()
	d := &demoSignIn{}
	var failed []error
	for i, p := range providers {
		switch {
		case errors.Is(errs[i], idp.ErrAbsent):
			d.notes = append(d.notes, fmt.Sprintf("the own sign-in of %s is not offered: %v", region.System(organisations[i].system).Name, errs[i]))
		case errs[i] != nil:
			failed = append(failed, errs[i])
		case p.stop != nil:
			d.logins, d.stanzas, d.stops = append(d.logins, p.login), d.stanzas+p.stanza, append(d.stops, p.stop)
		}
	}
	if d.stanzas != "" {
		d.stanzas = fmt.Sprintf("public_url: %s\nlogins:\n%s", place.url, d.stanzas)
	}
	if err := errors.Join(failed...); err != nil {
		d.stop()
		return nil, err
	}
	return d, nil
}

func (d *demoSignIn) stop() {
	for _, stop := range d.stops {
		stop()
	}
}

// startInfirmary: the hospital has an OpenID provider.
func startInfirmary(ctx context.Context, o *demoOrganisation, s *demo.System, place demoPlace) (demoProvider, error) {
	base, secret := place.at(o.id), randomSecret()
	p, err := idp.StartOIDC(ctx, idp.OIDCOptions{
		Name: s.Name, Users: o.people(), Folder: place.script, RotateRefreshTokens: true,
		Clients: []idp.OIDCClient{{
			ID: "patchwork", Secret: secret, RedirectURIs: []string{base + "/return"}, PostLogoutURIs: []string{base + "/left"},
			BackchannelURI: base + "/logout", BackchannelSession: true,
		}},
	})
	if err != nil {
		return demoProvider{}, err
	}
	connect := fmt.Sprintf("issuer: %s\nclient_id: patchwork\nclient_secret: %s\nscopes: [openid, profile, email, groups]\n", p.Issuer, secret)
	return demoProvider{
		login:  DemoLogin{ID: o.id, Name: s.Name, Way: signin.WayRedirect, URL: p.Issuer, Control: p.Control, Users: o.users},
		stanza: o.stanza(s, "oidc", connect, "claims.name", `%q in claims.groups`), stop: p.Stop,
	}, nil
}

// startMinds: the mental-health trust has a SAML provider. Requests are signed, and
// assertions encrypted.
func startMinds(ctx context.Context, o *demoOrganisation, s *demo.System, place demoPlace) (demoProvider, error) {
	base := place.at(o.id)
	key, err := idp.MakeServiceKey("Patchwork")
	if err != nil {
		return demoProvider{}, err
	}
	keyFile, certFile := filepath.Join(place.dir, "saml.key"), filepath.Join(place.dir, "saml.crt")
	if err := errors.Join(os.WriteFile(keyFile, key.KeyPEM, 0o600), os.WriteFile(certFile, key.CertificatePEM, 0o600)); err != nil {
		return demoProvider{}, err
	}
	p, err := idp.StartSAML(ctx, idp.SAMLOptions{
		Name: s.Name, Users: o.people(),
		ServiceProviders: []idp.SAMLServiceProvider{{
			EntityID: base + "/metadata", ACS: base + "/return", SLO: base + "/logout", Left: base + "/left", Certificate: key.Certificate, Encrypt: true,
		}},
	})
	if err != nil {
		return demoProvider{}, err
	}
	connect := fmt.Sprintf("metadata_url: %s\nkey_file: %q\ncertificate_file: %q\nrequire_encrypted: true\n", p.EntityID, keyFile, certFile)
	return demoProvider{
		login:  DemoLogin{ID: o.id, Name: s.Name, Way: signin.WayRedirect, URL: p.EntityID, Control: p.Control, Users: o.users},
		stanza: o.stanza(s, "saml", connect, "claims.displayName[0]", `%q in claims.groups`), stop: p.Stop,
	}, nil
}

// startCouncil: the council has a directory, asked with StartTLS.
func startCouncil(ctx context.Context, o *demoOrganisation, s *demo.System, _ demoPlace) (demoProvider, error) {
	p, err := idp.StartLDAP(ctx, idp.LDAPOptions{Name: s.Name, Base: "dc=council,dc=example", Users: o.people()})
	if err != nil {
		return demoProvider{}, err
	}
	connect := fmt.Sprintf("url: %s\nstart_tls: true\nca_file: %q\nbind_dn: %q\nbind_password: %s\nbase_dn: %q\ngroups: {base_dn: %q}\ndisabled: (pwdAccountLockedTime=*)\n",
		p.URL, p.CAFile, p.ServiceDN, p.ServicePassword, p.People, p.Groups)
	return demoProvider{
		login:  DemoLogin{ID: o.id, Name: s.Name, Way: signin.WayPassword, URL: p.URL, Control: p.Control, Users: o.users},
		stanza: o.stanza(s, "ldap", connect, "claims.name", `%q in claims.groups`), stop: p.Stop,
	}, nil
}

func randomSecret() string { return strings.ToLower(rand.Text()) }
