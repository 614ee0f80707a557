package main

import (
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/csvfile"
	"github.com/patchworkcare/patchwork/sources/docfolder"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/fhirr5"
	"github.com/patchworkcare/patchwork/sources/fhirstu3"
	"github.com/patchworkcare/patchwork/sources/gpconnect"
	"github.com/patchworkcare/patchwork/sources/hl7v2"
	"github.com/patchworkcare/patchwork/sources/mhd"
	"github.com/patchworkcare/patchwork/sources/nrl"
	"github.com/patchworkcare/patchwork/sources/openehr"
	"github.com/patchworkcare/patchwork/sources/pds"
	"github.com/patchworkcare/patchwork/sources/rest"
	"github.com/patchworkcare/patchwork/sources/sqlview"
	"github.com/patchworkcare/patchwork/sources/xds"
)

// connectors is the one map from a connector type, as patchwork.yaml names it, to its
// empty stanza.
func connectors() map[string]func() sources.Connector {
	return map[string]func() sources.Connector{
		"csvfile":   func() sources.Connector { return new(csvfile.Config) },
		"docfolder": func() sources.Connector { return new(docfolder.Config) },
		"fhirr4":    func() sources.Connector { return new(fhirr4.Config) },
		"fhirr5":    func() sources.Connector { return new(fhirr5.Config) },
		"fhirstu3":  func() sources.Connector { return new(fhirstu3.Config) },
		"gpconnect": func() sources.Connector { return new(gpconnect.Config) },
		"hl7v2":     func() sources.Connector { return new(hl7v2.Config) },
		"mhd":       func() sources.Connector { return new(mhd.Config) },
		"nrl":       func() sources.Connector { return new(nrl.Config) },
		"openehr":   func() sources.Connector { return new(openehr.Config) },
		"pds":       func() sources.Connector { return new(pds.Config) },
		"rest":      func() sources.Connector { return new(rest.Config) },
		"sqlview":   func() sources.Connector { return new(sqlview.Config) },
		"xds":       func() sources.Connector { return new(xds.Config) },
	}
}

// samples are the commented stanzas of `patchwork source init TYPE`.
func samples() map[string]string {
	return map[string]string{
		"csvfile":   csvfile.Sample,
		"docfolder": docfolder.Sample,
		"fhirr4":    fhirr4.Sample,
		"fhirr5":    fhirr5.Sample,
		"fhirstu3":  fhirstu3.Sample,
		"gpconnect": gpconnect.Sample,
		"hl7v2":     hl7v2.Sample,
		"mhd":       mhd.Sample,
		"nrl":       nrl.Sample,
		"openehr":   openehr.Sample,
		"pds":       pds.Sample,
		"rest":      rest.Sample,
		"sqlview":   sqlview.Sample,
		"xds":       xds.Sample,
	}
}
