package fhirstu3_test

import (
	"testing"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/fhirstu3"
	"github.com/patchworkcare/patchwork/sources/fhirversion/versiontest"
)

func TestConformance(t *testing.T) {
	versiontest.Conform(t, func(url string) sources.Connector { return &fhirstu3.Config{Config: fhirr4.Config{URL: url}} }, of)
}
