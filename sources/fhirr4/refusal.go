package fhirr4

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
)

// ofType names the resource type of a search that the server does not take, so that
// whoever reads of it knows what to mend. Other faults are not of a type: they stay as
// they are.
func ofType(kind string, err error) error {
	e := sources.AsError(err)
	if !ofQuestion(e) {
		return err
	}
	return refusedTypes(e, kind)
}

// refusedTypes is a refusal that names types.
func refusedTypes(e *sources.Error, kinds string) *sources.Error {
	named := *e
	named.About = kinds
	switch status(e.Code) {
	case http.StatusForbidden:
		named.Reason = "It does not allow us to read " + kinds
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusNotImplemented:
		named.Reason = "It does not have " + kinds
	default:
		named.Reason = "It does not answer the question for " + kinds
	}
	return &named
}

// ofQuestion reports whether a server's refusal is about what was asked for, and not about
// who asks, how often, or its own state.
func ofQuestion(e *sources.Error) bool {
	if e == nil {
		return false
	}
	switch n := status(e.Code); n {
	case http.StatusUnauthorized, http.StatusRequestTimeout, http.StatusTooManyRequests:
		return false
	default:
		return n >= 400 && n < 500 || n == http.StatusNotImplemented
	}
}

// status is the HTTP status that an error's code tells; 0 if it tells none.
func status(code string) int {
	text, ok := strings.CutPrefix(code, "http-")
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
