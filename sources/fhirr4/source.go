package fhirr4

import (
	"bytes"
	"context"
	"net/http"
	"net/url"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
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
	spaces  workspaces
	// plain are the resource types that the server refuses to search with _include.
	plain names
	// form is how the server wants people named.
	form form
}

var (
	_ sources.Connector = (*Config)(nil)
	_ sources.Finder    = (*source)(nil)
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

// Probe implements sources.Prober by reading the CapabilityStatement.
func (s *source) Probe(ctx context.Context) error {
	return s.call(ctx, request{method: http.MethodGet, url: s.URL + "/metadata"}, func(body []byte) error {
		if !bytes.Contains(body, []byte("CapabilityStatement")) {
			return httpfault.Malformed("not-fhir", "Its answer is not FHIR")
		}
		return nil
	})
}
