package pds

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/time/rate"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// source is the register.
type source struct {
	Config
	env    sources.Env
	base   *url.URL
	client *http.Client
	login  *login
	slots  chan struct{} // the cap on requests under way
	pace   *rate.Limiter
	bulk   sources.Bulk
}

var (
	_ sources.Connector = (*Config)(nil)
	_ sources.Finder    = (*source)(nil)
	_ sources.Prober    = (*source)(nil)
)

// Open makes the source ready. It reads secrets, but does not call the register.
func (c *Config) Open(_ context.Context, env sources.Env) (sources.Source, error) {
	s := &source{Config: c.withDefaults(), env: env, client: newClient()}
	base, err := url.Parse(s.URL)
	if err != nil {
		return nil, &sources.Error{Kind: sources.Unavailable, Code: "bad-url", Reason: "Its address is not valid"}
	}
	s.base = base
	s.slots = make(chan struct{}, s.Parallel)
	s.pace = rate.NewLimiter(rate.Limit(s.PerSecond), s.PerSecond)
	if s.login, err = newLogin(s); err != nil {
		return nil, err
	}
	return s, nil
}

// Offers implements sources.Source.
func (s *source) Offers() []record.Section {
	return []record.Section{record.Demographics, record.GPPractice}
}

// Close implements sources.Source.
func (s *source) Close() error {
	s.client.CloseIdleConnections()
	return nil
}

// Probe implements sources.Prober by the platform's own ping, which is about nobody and
// asks for no login.
func (s *source) Probe(ctx context.Context) error {
	q := request{method: http.MethodGet, url: strings.TrimSuffix(s.URL, "/FHIR/R4") + "/_ping", correlation: newUUID()}
	return s.env.Call(ctx, func(ctx context.Context) error {
		got, err := s.exchange(ctx, q)
		if err != nil {
			return err
		}
		return got.failure()
	})
}
