package fhirr4_test

import (
	"os"
	"testing"
)

// TestHAPI: HAPI FHIR's JPA server, which scripts/interop.sh starts.
func TestHAPI(t *testing.T) {
	url := os.Getenv("PATCHWORK_TEST_HAPI")
	if url == "" {
		t.Skip("skipped: PATCHWORK_TEST_HAPI is not set (make interop sets it)")
	}
	interop(t, witness{url: url, includes: true, pages: true})
}
