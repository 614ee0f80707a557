package jsonapi

import (
	"net/http"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// response is an answer as it came.
type response struct {
	status     int
	body       []byte
	json       bool
	link       string
	retryAfter time.Duration
}

// failure is the error of an answer that is no success with JSON; nil for one that is.
func (r *response) failure() *sources.Error {
	if e := r.statusError(); e != nil {
		return e
	}
	switch {
	case r.status == http.StatusNoContent || len(r.body) == 0:
		return httpfault.Empty()
	case r.status == http.StatusPartialContent:
		return httpfault.Malformed("partial", "It answered with a part only")
	case !r.json:
		return httpfault.Malformed("not-json", "Its answer is not JSON")
	}
	return nil
}

// statusError is the error of a status that is no success.
func (r *response) statusError() *sources.Error { return httpfault.ByStatus(r.status, r.retryAfter) }
