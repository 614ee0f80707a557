package fhirr5

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

// Config is the stanza of one FHIR R5 server: that of fhirr4.
type Config struct {
	fhirr4.Config `yaml:",inline"`
}

var _ sources.Connector = (*Config)(nil)

// version is R5: a device is used by another name, and who wrote a statement down or
// asserted it are participants.
var version = &fhirr4.Version{
	Table: fhirversion.R5,
	Types: map[string]string{"DeviceUseStatement": "DeviceUsage"},
	Includes: map[string][]string{
		"AllergyIntolerance": {"AllergyIntolerance:participant"},
		"Condition":          {"Condition:participant-actor"},
		"DeviceUseStatement": {"DeviceUsage:device"},
		"Consent":            {"Consent:manager"},
		"CarePlan":           {"CarePlan:goal", "CarePlan:condition", "CarePlan:care-team"},
	},
}

// Open makes the source ready. It reads secrets, but does not call the server.
func (c *Config) Open(ctx context.Context, env sources.Env) (sources.Source, error) {
	return c.OpenVersion(ctx, env, version)
}
