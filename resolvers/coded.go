package resolvers

import (
	"strings"

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

// kept is what a reader's own filter says of an entry.
type kept uint8

const (
	drop kept = iota
	keep
	// untold: the filter looks at what the reader may not see, so that both keeping and
	// dropping would tell it.
	untold
)

// chooser is a reader's own filter. see says whether a field of the entry may be seen.
type chooser[T record.Entry] func(e T, see func(field string) bool) (T, kept)

// unfiltered is the outcome of a source some of whose entries could not be filtered.
func unfiltered(o record.Outcome) record.Outcome {
	if o.Status.Complete() {
		o.Status, o.Code, o.Reason = record.Withheld, "filter", "It cannot be searched by what you may not see"
	}
	return o
}

// resultsWith keeps reports with the code, and of other reports those measurements
// that have it. The shared entry is not changed: a narrowed report is a copy.
func resultsWith(code *string) chooser[*record.Result] {
	return func(r *record.Result, see func(string) bool) (*record.Result, kept) {
		switch {
		case code == nil:
			return r, keep
		case !see("code") || !see("measurements"):
			return nil, untold
		case coded(r.Code, *code):
			return r, keep
		}
		var found []record.Measurement
		for _, m := range r.Measurements {
			if coded(m.Code, *code) {
				found = append(found, m)
			}
		}
		if found == nil {
			return nil, drop
		}
		narrow := *r
		narrow.Measurements = found
		return &narrow, keep
	}
}

// observationsWith keeps observations that have the code, themselves or in a part.
func observationsWith(code *string) chooser[*record.Observation] {
	return func(o *record.Observation, see func(string) bool) (*record.Observation, kept) {
		switch {
		case code == nil:
			return o, keep
		case !see("code") || !see("components"):
			return nil, untold
		case coded(o.Code, *code):
			return o, keep
		}
		for _, m := range o.Components {
			if coded(m.Code, *code) {
				return o, keep
			}
		}
		return nil, drop
	}
}

// origin names a system to readers; one that is configured no more is only its id.
func (r *Resolver) origin(id string) *record.Origin {
	if s := r.system(id); s != nil {
		return s.Origin()
	}
	return &record.Origin{ID: id}
}

func deref[T any](v *T) (value T) {
	if v == nil {
		return value
	}
	return *v
}
