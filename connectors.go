package main

import (
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/csvfile"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/openehr"
	"github.com/patchworkcare/patchwork/sources/pds"
	"github.com/patchworkcare/patchwork/sources/rest"
	"github.com/patchworkcare/patchwork/sources/sqlview"
)

// connectors is the one map from a connector type, as patchwork.yaml names it, to its
// empty stanza.
func connectors() map[string]func() sources.Connector {
	return map[string]func() sources.Connector{
		"fhirr4":  func() sources.Connector { return new(fhirr4.Config) },
		"sqlview": func() sources.Connector { return new(sqlview.Config) },
		"csvfile": func() sources.Connector { return new(csvfile.Config) },
		"pds":     func() sources.Connector { return new(pds.Config) },
		"openehr": func() sources.Connector { return new(openehr.Config) },
		"rest":    func() sources.Connector { return new(rest.Config) },
	}
}

// samples are the commented stanzas of `patchwork source init TYPE`.
func samples() map[string]string {
	return map[string]string{"fhirr4": fhirr4.Sample, "sqlview": sqlview.Sample, "csvfile": csvfile.Sample, "pds": pds.Sample, "rest": rest.Sample, "openehr": openehr.Sample}
}
