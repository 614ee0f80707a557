package fhirr4

import (
	"bytes"
	"context"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirversion"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// Version is another version of FHIR that a server speaks: what differs from R4 in the
// answers and in the questions. The connectors fhirstu3 and fhirr5 are this one with a
// Version each.
type Version struct {
	// Table brings the answers into the shape of R4.
	Table *fhirversion.Table
	// Types are what R4's resource types are called there, where that differs.
	Types map[string]string
	// Includes are what is sent along by default, for the types where that differs.
	Includes map[string][]string
}

// OpenVersion is Open for a server of another version.
func (c *Config) OpenVersion(ctx context.Context, env sources.Env, v *Version) (sources.Source, error) {
	spoken := *c
	spoken.version = v
	return spoken.Open(ctx, env)
}

// spoken is what the server calls a resource type.
func (c *Config) spoken(kind string) string {
	if c.version == nil {
		return kind
	}
	if name, ok := c.version.Types[kind]; ok {
		return name
	}
	return kind
}

// inR4 brings an answer into the shape of R4. It costs nothing where it is R4.
func (c *Config) inR4(body []byte) ([]byte, error) {
	if c.version == nil {
		return body, nil
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return body, nil // the reader words it
	}
	out, err := c.version.Table.Bundle(body)
	if err != nil {
		return nil, notRead(err)
	}
	return out, nil
}

// notRead words why an answer could not be brought into the shape of R4.
func notRead(err error) *sources.Error {
	if err == fhirversion.ErrTooMany { //nolint:errorlint // it is never wrapped
		return httpfault.TooLarge()
	}
	return httpfault.NotJSON(err)
}
