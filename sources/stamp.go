package sources

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"

	"github.com/patchworkcare/patchwork/record"
)

// stamp writes on every statement where it came from, once, before anybody sees it:
// a connector has no way not to, and all readers share the stamped entries unchanged.
// It depends on the source and the moment only, never on who reads.
func (s *System) stamp(k Key, a *Answer) {
	origin := s.Origin()
	asOf := a.AsOf
	if asOf.IsZero() {
		asOf = a.Retrieved
	}
	for _, e := range a.Entries {
		b := e.Common()
		b.ID = entryID(origin.ID, k.Section, b.Provenance.LocalID)
		for _, m := range s.settings.Maps {
			m.explain(&b.Code)
		}
		safeguard(e)
		b.Provenance.Source = origin
		b.Provenance.Retrieved = a.Retrieved
		b.Provenance.AsOf = asOf
		if b.Provenance.Organisation.IsZero() {
			b.Provenance.Organisation = origin.Organisation
		}
		if d, ok := e.(*record.Document); ok {
			s.opens(d)
		}
	}
	for i := range a.Asserted {
		a.Asserted[i].Source = origin
	}
}

// safeguard labels an alert that is about safeguarding, whatever its source labels it:
// here, so that no connector can forget it and policy restricts it by default.
func safeguard(e record.Entry) {
	a, ok := e.(*record.Alert)
	if !ok || !record.IsSafeguarding(a.Category) && !record.IsSafeguarding(a.Code) {
		return
	}
	label := record.SafeguardingLabel()
	if !slices.ContainsFunc(a.Labels, func(l record.Coding) bool { return l.Code == label.Code }) {
		a.Labels = append(slices.Clone(a.Labels), label)
	}
}

// entryID is stable for the same statement of the same source and does not show the
// source's own id.
func entryID(source string, section record.Section, local string) string {
	if local == "" {
		return ""
	}
	h := make([]byte, 0, 96)
	h = append(append(append(append(append(h, source...), 0), section...), 0), local...)
	sum := sha256.Sum256(h)
	return base64.RawURLEncoding.EncodeToString(sum[:15])
}
