package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/smart"
)

type clientShowCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for its state."`
	ID     string `arg:"" help:"Its client_id."`
}

// Run shows it as whoever approves it should see it.
func (c *clientShowCommand) Run(t *terminal) error {
	return onClients(t, c.Config, func(ctx context.Context, s clientStore) error {
		client, err := s.find(ctx, c.ID)
		if err == nil {
			err = s.looked(ctx, "client:"+client.ID)
		}
		if err == nil {
			showClient(t.out, client)
		}
		return err
	})
}

// showClient writes one fact a line, and nothing of what is not there.
func showClient(out io.Writer, c *smart.Client) {
	say := func(label string, values ...string) {
		for _, v := range values {
			if v != "" {
				fmt.Fprintf(out, "%-14s %s\n", label, v)
				label = ""
			}
		}
	}
	say("client_id", c.ID)
	say("name", c.Name)
	say("state", string(c.State))
	say("method", string(c.Method))
	say("redirect", c.RedirectURIs...)
	say("launch URL", c.LaunchURL)
	for i, s := range c.Allowed() {
		say([]string{"scopes", ""}[min(i, 1)], fmt.Sprintf("%s: %s", s, s.Words()))
	}
	if c.Trusted {
		say("trusted", "its users are not asked")
	}
	if p := c.Position; p != nil {
		say("acts as", strings.TrimSuffix(fmt.Sprintf("%s@%s/%s", p.Role, p.Organisation.ODS, p.CareSetting), "/"))
	}
	say("key set", c.JWKSURL)
	for _, k := range c.KeyFacts() {
		say("key", fmt.Sprintf("%s %s (%s) SHA-256 %s", k.ID, k.Type, k.Algorithm, k.Thumbprint))
	}
	if l := c.Launching; l != nil {
		say("opens", l.Apps...)
		say("for staff of", l.Organisations...)
		say("named by", l.Logins...)
		say("in frames of", l.Origins...)
		if l.Trust {
			say("trust", "what it signs of a user is taken for a short sign-in")
		}
		if l.Prefill {
			say("prefill", "it may fill in the search with what nobody signed")
		}
	}
	say("proposed", whenBy(c.Proposed, c.ProposedBy))
	say("approved", whenBy(c.Approved, c.ApprovedBy))
}

// whenBy is a time in UTC and who; "" for never.
func whenBy(at time.Time, by string) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("2006-01-02 15:04:05 UTC") + " by " + by
}
