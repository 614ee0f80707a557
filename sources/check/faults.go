package check

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// fault is the rule that a failure comes under, whichever call met it. other is for
// those that say nothing about reaching or being allowed.
func (r *run) fault(e *sources.Error, other string) string {
	switch {
	case e.Kind == sources.Unavailable && r.calls.refused() != nil:
		return tlsFault(r.calls.refused())
	case strings.HasPrefix(e.About, "sections.") && absent[e.Code]:
		return "path-missing"
	case strings.HasPrefix(e.About, "people.") && absent[e.Code]:
		return "search-failed"
	case e.About != "" && absent[e.Code]:
		return "type-missing"
	case outOfTurn[e.Code]:
		return "out-of-turn"
	case e.Kind == sources.WrongPatient:
		return "wrong-subject"
	case e.Code == "http-429" || e.Code == "asked-to-wait" || e.RetryAfter > 0:
		return "asked-to-wait"
	case e.Code == "http-401" || e.Code == "unauthorized" || e.Code == "auth" || strings.HasPrefix(e.Code, "auth-") || strings.HasPrefix(e.Code, "token-"):
		return "auth-refused"
	case e.Code == "http-403" || e.Code == "permission-denied":
		return "auth-forbidden"
	case e.Kind == sources.Refused:
		return "auth-other"
	case e.Code == "tls" || strings.HasPrefix(e.Code, "tls-"):
		return tlsFault(e.Cause)
	case strings.HasPrefix(e.Code, "http-5"):
		return "server-fault"
	case short(e.Code):
		return "cut-off"
	case e.Kind == sources.Malformed:
		return "not-understood"
	case e.Kind == sources.Timeout:
		return "section-silent"
	case e.Code == "file-missing":
		return "file-missing"
	case unreachable[e.Code]:
		return "unreachable"
	}
	return other
}

// outOfTurn are the codes of calls that were never made, because the stanza did not let them.
var outOfTurn = map[string]bool{"paced": true, "busy": true, "outside-hours": true}

// absent are the codes by which a system says of one thing alone that it does not have it.
var absent = map[string]bool{"http-404": true, "http-405": true, "http-410": true, "http-501": true}

// unreachable are the codes of connectors for systems that are not there.
var unreachable = map[string]bool{"connection-refused": true, "connection-lost": true, "name-not-found": true, "unreachable": true,
	"not-reachable": true, "breaker-open": true}

// tlsFault tells by the cause what is wrong with a certificate.
func tlsFault(err error) string {
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var unknown x509.UnknownAuthorityError
	var verify *tls.CertificateVerificationError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "tls-expired"
	case errors.As(err, &name):
		return "tls-name"
	case errors.As(err, &unknown), errors.As(err, &verify):
		return "tls-authority"
	}
	return "tls-failed"
}

// gap is the rule that something missing from an answer comes under.
func gap(g sources.Gap) string {
	switch code := g.Code; {
	case g.Status == record.Withheld:
		return "held-back"
	case code == "bad-date":
		return "date-unreadable"
	case code == "bad-text":
		return "text-unreadable"
	case code == "stale-extract", code == "extract-time-unknown":
		return "stale"
	case short(code):
		return "cut-off"
	case warnings[code]:
		return "source-warning"
	}
	return "incomplete"
}

// warnings are codes of what a system says of its own record, which no stanza mends.
var warnings = map[string]bool{"data-in-transit": true, "data-awaiting-filing": true, "list-warning": true, "list-note": true, "source-warning": true, "not-all": true, "no-information": true}

// short reports whether a code says that not all was sent or read.
func short(code string) bool {
	return strings.HasPrefix(code, "page-") || strings.HasPrefix(code, "next-") || strings.HasSuffix(code, "-cap") || code == "fewer-than-total"
}
