package fhirr4

import (
	"context"
	"net/http"
	"net/url"
	"sync/atomic"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// source is one FHIR R4 server.
type source struct {
	Config
	env     sources.Env
	base    *url.URL
	client  *http.Client
	login   *login
	numbers numbering
	buffers buffers
	bulk    sources.Bulk
	spaces  workspaces
	// plain are the resource types that the server refuses to search with _include.
	plain names
	// form is how the server wants people named.
	form form
	// listed are the resource types that the server said it has; nil if it did not say.
	listed atomic.Pointer[map[string]bool]
}

var (
	_ sources.Connector = (*Config)(nil)
	_ sources.Finder    = (*source)(nil)
	_ sources.Adviser   = (*source)(nil)
)

// Open makes the source ready. It reads secrets, but does not call the server.
func (c *Config) Open(_ context.Context, env sources.Env) (sources.Source, error) {
	s := &source{Config: c.withDefaults(), env: env, client: newClient()}
	base, err := url.Parse(s.URL)
	if err != nil {
		return nil, &sources.Error{Kind: sources.Unavailable, Code: "bad-url", Reason: "Its address is not valid"}
	}
	s.base = base
	s.numbers = numbering{system: s.NHSNumberSystem, unstated: record.NumberUnverified}
	if s.TrustNHSNumbers == "verified" {
		s.numbers.unstated = record.NumberVerified
	}
	if s.login, err = newLogin(s); err != nil {
		return nil, err
	}
	if s.Rosters.none() {
		return s, nil
	}
	return &rostering{source: s, kept: s.Rosters.kept()}, nil
}

// Offers implements sources.Source.
func (s *source) Offers() []record.Section { return s.offers() }

// Close implements sources.Source.
func (s *source) Close() error {
	s.client.CloseIdleConnections()
	return nil
}
