package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Names of the faults a system can be told to commit. What each does on each
// kind of system is told where it is committed: wire.go for everything that
// happens below the format, fhirfault.go, csvfault.go and pasgate.go for the
// rest.
const (
	faultRefused          = "refused"
	faultHang             = "hang"
	faultSlow             = "slow"
	faultDrip             = "drip"
	faultReset            = "reset"
	fault500              = "status-500"
	fault503              = "status-503"
	fault429              = "status-429"
	fault401              = "status-401"
	faultBadJSON          = "bad-json"
	faultHTML             = "html"
	faultWrongPatient     = "wrong-patient"
	faultMixedPatients    = "mixed-patients"
	faultEmpty            = "empty"
	faultHuge             = "huge"
	faultGzipBomb         = "gzip-bomb"
	faultEndlessPaging    = "endless-paging"
	faultNextLoop         = "next-loop"
	faultNextForeign      = "next-foreign"
	faultRedirectInternal = "redirect-internal"
	faultFlapping         = "flapping"
	faultOutcomeIn200     = "outcome-in-200"
	faultDuplicates       = "duplicates"
	faultStall            = "hang-mid-body"
	faultClockSkew        = "clock-skew"

	// Of systems behind TLS only.
	faultExpired   = "tls-expired"
	faultWrongHost = "tls-wrong-host"
	faultTLS10     = "tls-1.0"
)

// FaultNames lists every fault a system may be told to commit, in the order
// of the contract; those of TLS stand by themselves.
func FaultNames() []string {
	return []string{
		faultRefused, faultHang, faultSlow, faultDrip, faultReset, fault500, fault503, fault429, fault401,
		faultBadJSON, faultHTML, faultWrongPatient, faultMixedPatients, faultEmpty, faultHuge, faultGzipBomb,
		faultEndlessPaging, faultNextLoop, faultNextForeign, faultRedirectInternal, faultFlapping,
		faultOutcomeIn200, faultDuplicates, faultStall, faultClockSkew,
	}
}

// TLSFaultNames lists the faults of systems behind TLS (Options.TLS).
func TLSFaultNames() []string { return []string{faultExpired, faultWrongHost, faultTLS10} }

// Fault is how a system misbehaves.
type Fault struct {
	Name  string        // one of FaultNames or TLSFaultNames
	Delay time.Duration // slow: before the answer (3 s); drip: between bytes (1 s)
	Share float64       // fraction of the requests affected, in (0, 1]
	Paths []string      // the only paths affected; none means all
}

// faultJSON is a Fault as the control URL reads and writes it.
type faultJSON struct {
	Fault string   `json:"fault"`
	Delay string   `json:"delay,omitempty"`
	Share *float64 `json:"share,omitempty"`
	Paths []string `json:"paths,omitempty"`
}

// parseFault reads the body of a control request. Its errors name what is
// allowed, for they are the manual of whoever is typing.
func parseFault(body io.Reader) (Fault, error) {
	var in faultJSON
	dec := json.NewDecoder(body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return Fault{}, fmt.Errorf(`body is not {"fault", "delay", "share", "paths"}: %w`, err)
	}
	if in.Fault == "" && in.Delay != "" {
		in.Fault = faultSlow
	}
	f := Fault{Name: in.Fault, Share: 1, Paths: in.Paths}
	if all := slices.Concat(FaultNames(), TLSFaultNames()); !slices.Contains(all, f.Name) {
		return Fault{}, fmt.Errorf("no such fault %q; allowed: %s", f.Name, strings.Join(all, ", "))
	}
	if in.Share != nil {
		f.Share = *in.Share
	}
	if !(f.Share > 0 && f.Share <= 1) {
		return Fault{}, fmt.Errorf("share must be over 0 and at most 1")
	}
	for _, p := range f.Paths {
		if !strings.HasPrefix(p, "/") {
			return Fault{}, fmt.Errorf("path %q must begin with a slash, as /AllergyIntolerance or /people.csv", p)
		}
	}
	return f.withDelay(in.Delay)
}

// withDelay parses the delay. A delay given with another fault than slow and
// drip comes on top of it: first the wait, then the fault.
func (f Fault) withDelay(text string) (Fault, error) {
	switch {
	case text != "":
		d, err := time.ParseDuration(text)
		if err != nil || d < 0 || d > time.Hour {
			return Fault{}, fmt.Errorf("delay %q is not a duration such as 300ms or 10s, at most 1h", text)
		}
		f.Delay = d
	case f.Name == faultSlow:
		f.Delay = 3 * time.Second
	case f.Name == faultDrip:
		f.Delay = time.Second
	}
	return f, nil
}

func (f Fault) json() *faultJSON {
	if f.Name == "" {
		return nil
	}
	out := &faultJSON{Fault: f.Name, Share: &f.Share, Paths: f.Paths}
	if f.Delay > 0 {
		out.Delay = f.Delay.String()
	}
	return out
}
