package resolvers

import (
	"strings"

	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// coded reports whether c carries the code, given as "code" or "system|code".
func coded(c record.Concept, code string) bool {
	system, bare, both := strings.Cut(code, "|")
	if both {
		return c.Has(system, bare)
	}
	for _, k := range c.Codings {
		if k.Code == code {
			return true
		}
	}
	return false
}

// resultsWith keeps reports with the code, and of other reports those measurements
// that have it. The shared entry is not changed: a narrowed report is a copy.
func resultsWith(code *string) func(*record.Result) (*record.Result, bool) {
	return func(r *record.Result) (*record.Result, bool) {
		if code == nil || coded(r.Code, *code) {
			return r, true
		}
		var kept []record.Measurement
		for _, m := range r.Measurements {
			if coded(m.Code, *code) {
				kept = append(kept, m)
			}
		}
		if kept == nil {
			return nil, false
		}
		narrow := *r
		narrow.Measurements = kept
		return &narrow, true
	}
}

// observationsWith keeps observations that have the code, themselves or in a part.
func observationsWith(code *string) func(*record.Observation) (*record.Observation, bool) {
	return func(o *record.Observation) (*record.Observation, bool) {
		if code == nil || coded(o.Code, *code) {
			return o, true
		}
		for _, m := range o.Components {
			if coded(m.Code, *code) {
				return o, true
			}
		}
		return nil, false
	}
}

func pointers(registrations []patient.Registration) []*patient.Registration {
	out := make([]*patient.Registration, len(registrations))
	for i := range registrations {
		out[i] = &registrations[i]
	}
	return out
}

// origin names a system to readers; one that is configured no more is only its id.
func (r *Resolver) origin(id string) *record.Origin {
	if s := r.system(id); s != nil {
		return s.Origin()
	}
	return &record.Origin{ID: id}
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
