package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/smart"
)

type clientAddCommand struct {
	Config    string   `required:"" placeholder:"FILE" help:"The configuration, for its state and its logins."`
	Name      string   `required:"" help:"What people call it."`
	Method    string   `required:"" placeholder:"METHOD" help:"How it proves who it is: none (PKCE alone), client_secret_basic or private_key_jwt."`
	Redirect  []string `sep:"none" placeholder:"URI" help:"Where users are sent back to; give it again for each."`
	LaunchURL string   `name:"launch-url" placeholder:"URL" help:"Where a launch opens it."`
	Scope     []string `sep:"none" placeholder:"SCOPE" help:"What it may be granted at most; several with blanks between them, or given again. offline_access only if you name it."`
	JWKS      string   `name:"jwks" placeholder:"FILE" help:"Its key set (RFC 7517)."`
	JWKSURL   string   `name:"jwks-url" placeholder:"URL" help:"Or where to fetch it from."`
	Trusted   bool     `help:"Its users are not asked: you answer for it."`
	Position  string   `placeholder:"ROLE@ODS[/SETTING]" help:"What a service with system scopes acts as."`

	EPRApp          []string `name:"epr-app" placeholder:"ID" help:"An app that this electronic patient record may open; again for each."`
	EPROrganisation []string `name:"epr-organisation" placeholder:"ODS" help:"An organisation of whose staff it may speak."`
	EPRLogin        []string `name:"epr-login" placeholder:"ID" help:"A login by whose accounts it names users; local for Patchwork's own."`
	EPRTrust        bool     `name:"epr-trust" help:"What it signs of a user who has signed in here before is taken for a short sign-in, to that patient only."`
	EPRPrefill      bool     `name:"epr-prefill" help:"It may fill in the search with what nobody signed."`
	EPROrigin       []string `name:"epr-origin" sep:"none" placeholder:"ORIGIN" help:"An origin of the pages in whose frames it opens apps, such as https://epr.example."`

	Approve bool `help:"Let it begin at once."`
}

// Run registers it.
func (c *clientAddCommand) Run(t *terminal) error {
	config, err := configFrom(c.Config)
	if err != nil {
		return err
	}
	client, err := c.client(config)
	if err != nil {
		return err
	}
	return withClients(t, config, func(ctx context.Context, s clientStore) error {
		if err := s.clients.Known(ctx, client); err != nil {
			return clientUsage(err)
		}
		made, secret, err := s.clients.Propose(ctx, *client)
		if err != nil {
			return clientUsage(err)
		}
		// Whatever becomes of the approval, the secret is not lost.
		fmt.Fprintf(t.out, "client_id      %s\n", made.ID)
		if secret != "" {
			fmt.Fprintf(t.out, "client_secret  %s\n", secret)
		}
		state := "proposed: it gets nothing until an administrator approves it, or `patchwork client approve`"
		if c.Approve {
			if err := s.clients.Approve(ctx, made.ID); err != nil {
				return err
			}
			state = "approved"
		}
		fmt.Fprintf(t.out, "state          %s\n", state)
		return nil
	})
}

// client reads the flags; the registry judges what they say.
func (c *clientAddCommand) client(config *Config) (*smart.Client, error) {
	client := &smart.Client{
		Name: c.Name, Method: smart.Method(c.Method), RedirectURIs: c.Redirect, LaunchURL: c.LaunchURL,
		Scopes: strings.Fields(strings.Join(c.Scope, " ")), JWKSURL: c.JWKSURL, Trusted: c.Trusted,
	}
	if c.JWKS != "" {
		text, err := os.ReadFile(c.JWKS)
		if err != nil {
			return nil, usageError(fmt.Sprintf("--jwks: the file cannot be read: %v", err))
		}
		client.JWKS = strings.TrimSpace(string(text))
	}
	var err error
	if client.Position, err = positionOf(c.Position); err != nil {
		return nil, err
	}
	if len(c.EPRApp)+len(c.EPROrganisation)+len(c.EPRLogin)+len(c.EPROrigin) > 0 || c.EPRTrust || c.EPRPrefill {
		client.Launching = &smart.Launching{
			Apps: c.EPRApp, Organisations: c.EPROrganisation, Logins: c.EPRLogin, Trust: c.EPRTrust, Prefill: c.EPRPrefill, Origins: c.EPROrigin,
		}
	}
	for _, id := range c.EPRLogin {
		if id == accounts.LocalLogin {
			continue
		}
		if _, err := config.login(id); err != nil {
			return nil, usageError("--epr-login: " + err.Error())
		}
	}
	return client, nil
}

// positionOf reads ROLE@ODS or ROLE@ODS/SETTING; "" is none.
func positionOf(text string) (*auth.Position, error) {
	if text == "" {
		return nil, nil
	}
	role, place, ok := strings.Cut(text, "@")
	if !ok {
		return nil, usageError("--position: write ROLE@ODS, or ROLE@ODS/SETTING, such as analyst@RRV01")
	}
	if !auth.Role(role).Valid() {
		return nil, usageError(fmt.Sprintf("--position: there is no role %q; there are %s", role, roleList()))
	}
	ods, setting, _ := strings.Cut(place, "/")
	return &auth.Position{Role: auth.Role(role), Organisation: record.Organisation{ODS: ods}, CareSetting: setting}, nil
}

// clientFlags are the flags of what the registry calls otherwise.
var clientFlags = map[string]string{
	"name": "--name", "method": "--method", "redirectURIs": "--redirect", "launchURL": "--launch-url", "scopes": "--scope", "jwks": "--jwks",
	"jwksURL": "--jwks-url", "position": "--position", "launching": "--epr-app, --epr-organisation", "apps": "--epr-app",
	"organisations": "--epr-organisation", "logins": "--epr-login", "origins": "--epr-origin", "id": "ID",
}

// clientUsage makes a wrong input a wrong use that names its flag.
func clientUsage(err error) error {
	var bad *smart.InputError
	if errors.As(err, &bad) {
		return usageError(clientFlags[bad.Field] + ": " + bad.Error())
	}
	return err
}
