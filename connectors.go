package main

import (
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/csvfile"
	"github.com/patchworkcare/patchwork/sources/docfolder"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/mhd"
	"github.com/patchworkcare/patchwork/sources/nrl"
	"github.com/patchworkcare/patchwork/sources/pds"
	"github.com/patchworkcare/patchwork/sources/sqlview"
	"github.com/patchworkcare/patchwork/sources/xds"
)

// connectors is the one map from a connector type, as patchwork.yaml names it, to its
// empty stanza.
func connectors() map[string]func() sources.Connector {
	return map[string]func() sources.Connector{
		"fhirr4":    func() sources.Connector { return new(fhirr4.Config) },
		"sqlview":   func() sources.Connector { return new(sqlview.Config) },
		"csvfile":   func() sources.Connector { return new(csvfile.Config) },
		"pds":       func() sources.Connector { return new(pds.Config) },
		"xds":       func() sources.Connector { return new(xds.Config) },
		"docfolder": func() sources.Connector { return new(docfolder.Config) },
		"mhd":       func() sources.Connector { return new(mhd.Config) },
		"nrl":       func() sources.Connector { return new(nrl.Config) },
	}
}

// samples are the commented stanzas of `patchwork source init TYPE`.
func samples() map[string]string {
	return map[string]string{"fhirr4": fhirr4.Sample, "sqlview": sqlview.Sample, "csvfile": csvfile.Sample, "pds": pds.Sample,
		"xds": xds.Sample, "docfolder": docfolder.Sample, "mhd": mhd.Sample, "nrl": nrl.Sample}
}
