package main

import (
	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/auth/claims"
	"github.com/patchworkcare/patchwork/auth/smartlogin"
)

// LauncherConfig is the stanza of an EPR that opens the viewer by its own SMART server
// (docs/smart.md).
type LauncherConfig struct {
	// ID names the launcher in addresses and audit: lower-case letters, digits, hyphens; no
	// login may have the same. It must never change.
	ID string `yaml:"id"`
	// Type is smartlogin.Type.
	Type string `yaml:"type"`
	// Name is what people call the EPR.
	Name string `yaml:"name"`
	// Organisations are those whom the EPR may vouch for.
	Organisations []claims.Organisation `yaml:"organisations"`
	// Frames are the origins whose pages may hold the viewer in a frame: https://HOST.
	Frames []string `yaml:"frames"`
	// Connect is the connector's own part.
	Connect yaml.Node `yaml:"connect"`
	// Who says what the EPR's claims mean here.
	Who *claims.Rules `yaml:"who"`

	connector smartlogin.Config
	mapping   *claims.Mapping
}

// base is where this server's addresses for the launcher stand (auth.Env).
func (s *LauncherConfig) base(publicURL string) string { return publicURL + "/auth/epr/" + s.ID }

// codes are the ODS codes of its organisations.
func (s *LauncherConfig) codes() string { return codesOf(s.Organisations) }
