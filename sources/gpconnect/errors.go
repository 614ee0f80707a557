package gpconnect

import (
	"net/http"

	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// failure is the error for a status that is no success; nil for a success with JSON.
func (r *response) failure() error {
	if e := httpfault.ByStatus(r.status, r.retryAfter); e != nil {
		return e
	}
	switch {
	case r.status == http.StatusNoContent || len(r.body) == 0:
		return httpfault.Empty()
	case !r.json:
		return httpfault.Malformed("not-fhir", "Its answer is not FHIR")
	}
	return nil
}
