package fhirr4

import (
	"encoding/json"
	"testing"
)

// FuzzCapabilities: no CapabilityStatement, however broken, may end the server, and what is
// no JSON lists nothing.
func FuzzCapabilities(f *testing.F) {
	for _, seed := range []string{
		`{"resourceType":"CapabilityStatement","rest":[{"mode":"server","resource":[{"type":"Flag","interaction":[{"code":"read"}]},{"type":"Patient"}]}]}`,
		`{"resourceType":"CapabilityStatement","rest":[{"resource":[{"type":"Flag"}],"mode":"client"},7,null,{"resource":{"type":"Flag"}}]}`,
		`{"rest":[[[{"type":1}]]],"resourceType":"CapabilityStatement"}`, `{"resourceType":"CapabilityStatement","rest":[{"resource":[{"type":"Flag"}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for kind := range listedTypes(data) {
			if kind == "" || !json.Valid(data) {
				t.Fatalf("%q is listed by what is no CapabilityStatement", kind)
			}
		}
	})
}
