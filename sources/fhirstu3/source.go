package fhirstu3

import (
	"context"
	_ "embed"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/fhirversion"
)

// Sample is a commented stanza for patchwork.yaml.
//
//go:embed sample.yaml
var Sample string

// Config is the stanza of one FHIR STU3 server: that of fhirr4.
type Config struct {
	fhirr4.Config `yaml:",inline"`
}

var _ sources.Connector = (*Config)(nil)

// version is STU3: Immunization names who gave it "practitioner".
var version = &fhirr4.Version{
	Table:    fhirversion.STU3,
	Includes: map[string][]string{"Immunization": {"Immunization:practitioner"}},
}

// Open makes the source ready. It reads secrets, but does not call the server.
func (c *Config) Open(ctx context.Context, env sources.Env) (sources.Source, error) {
	return c.OpenVersion(ctx, env, version)
}
