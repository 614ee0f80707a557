package xds

import (
	"context"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/dochttp"
)

// source is one archive.
type source struct {
	Config
	env    sources.Env
	client *dochttp.Client
}

// finder is an archive whose people are found by their NHS numbers.
type finder struct{ *source }

var (
	_ sources.Connector      = (*Config)(nil)
	_ sources.DocumentOpener = (*source)(nil)
	_ sources.Finder         = (*finder)(nil)
	_ sources.DocumentOpener = (*finder)(nil)
)

// Open makes the source ready. It reads secrets and certificates, but calls nobody.
func (c *Config) Open(_ context.Context, env sources.Env) (sources.Source, error) {
	s := &source{Config: c.withDefaults(), env: env}
	var err error
	if s.client, err = dochttp.New(c.Auth, c.TLS, env.Now); err != nil {
		return nil, err
	}
	if c.LocalIDs == "nhs-number" {
		return &finder{s}, nil
	}
	return s, nil
}

// Offers implements sources.Source.
func (s *source) Offers() []record.Section {
	return append(s.SectionsFrom.CDA.Offers(), record.Documents)
}

// Close implements sources.Source.
func (s *source) Close() error {
	s.client.Close()
	return nil
}
