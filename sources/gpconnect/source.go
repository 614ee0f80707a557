package gpconnect

import (
	"context"
	"net/http"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// source is one practice's system.
type source struct {
	Config
	env    sources.Env
	client *http.Client
	bulk   sources.Bulk
}

var (
	_ sources.Connector = (*Config)(nil)
	_ sources.Finder    = (*source)(nil)
	_ sources.Prober    = (*source)(nil)
)

// Open makes the source ready. It reads the files of TLS, but does not call the practice.
func (c *Config) Open(_ context.Context, env sources.Env) (sources.Source, error) {
	s := &source{Config: c.withDefaults(), env: env}
	var err error
	if s.client, err = newClient(s.TLS); err != nil {
		return nil, err
	}
	return s, nil
}

// Offers implements sources.Source.
func (s *source) Offers() []record.Section {
	var all []record.Section
	for i := range areas {
		if !s.Sections[areas[i].section.Name()].Off {
			all = append(all, areas[i].section)
		}
	}
	return all
}

// Close implements sources.Source.
func (s *source) Close() error {
	s.client.CloseIdleConnections()
	return nil
}

// Probe implements sources.Prober by the capability statement, which is about nobody.
func (s *source) Probe(ctx context.Context) error {
	return s.env.Call(ctx, func(ctx context.Context) error {
		got, err := s.exchange(ctx, request{method: http.MethodGet, path: "/metadata", interaction: readMetadata})
		if err != nil {
			return err
		}
		return got.failure()
	})
}

// reading is how the resources of an answer are read.
func (s *source) reading() fhirr4.Reading {
	return fhirr4.Reading{Zone: s.env.Zone, MaxEntries: s.MaxEntries, NHSNumberSystem: record.NHSNumberSystem, Unstated: record.NumberUnverified}
}
