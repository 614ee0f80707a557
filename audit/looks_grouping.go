package audit

import (
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

// doer is what the events of one look share.
type doer struct{ issuer, subject, role, organisation, purpose string }

// grouping makes looks of events that come newest first.
//
// Two events of the same doer belong together if everything of this person's between
// them, and they themselves, are within LookGap of the older one. While clocks run
// forward that says: no pause of LookGap. Said so it can be decided from the events
// nearby alone, whatever the clocks did (hazard H-14), and pages cannot disagree.
type grouping struct {
	f     LooksFilter
	limit int
	open  map[doer]*openLook
	looks []*openLook
	more  bool
}

type openLook struct {
	Look
	sections map[record.Section]bool
	withheld map[record.Section]bool
	// oldest and newest moment from the look's oldest event on down.
	low, high time.Time
	shown     bool // belongs to this page
}

func newGrouping(f LooksFilter) *grouping {
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultLooks
	}
	return &grouping{f: f, limit: min(limit, MaxLooks), open: map[doer]*openLook{}}
}

// add takes the next older event; done says that the page is whole.
func (g *grouping) add(e *Event) (done bool) {
	who := doer{e.Actor.Issuer, e.Actor.Subject, e.Actor.Role, e.Actor.Organisation, e.Purpose}
	growing := false // a look of this page may still grow
	for d, o := range g.open {
		if d == who && o.high.Sub(e.Time) < LookGap && e.Time.Sub(o.low) < LookGap {
			o.low, o.high = e.Time, e.Time
		} else {
			o.passed(e.Time)
			if d == who || o.high.Sub(o.low) >= 2*LookGap {
				delete(g.open, d)
				continue
			}
		}
		growing = growing || o.shown
	}
	o := g.open[who]
	if o == nil {
		o = g.begin(e, who)
	}
	o.take(e)
	return g.more && !growing
}

// begin opens a look at its newest event.
func (g *grouping) begin(e *Event, who doer) *openLook {
	o := &openLook{low: e.Time, high: e.Time, sections: map[record.Section]bool{}, withheld: map[record.Section]bool{}}
	o.Seq, o.Actor, o.Purpose, o.From, o.To = e.Seq, e.Actor, e.Purpose, e.Time, e.Time
	g.open[who] = o
	switch {
	case g.f.Before > 0 && e.Seq >= g.f.Before, g.f.Organisation != "" && g.f.Organisation != e.Actor.Organisation:
	case len(g.looks) == g.limit:
		g.more = true
	default:
		o.shown = true
		g.looks = append(g.looks, o)
	}
	return o
}

// passed notes somebody else's moment.
func (o *openLook) passed(t time.Time) {
	if t.Before(o.low) {
		o.low = t
	}
	if t.After(o.high) {
		o.high = t
	}
}

// take adds an older event to the look.
func (o *openLook) take(e *Event) {
	o.Seqs = append(o.Seqs, e.Seq)
	if e.Time.Before(o.From) {
		o.From = e.Time
	}
	if e.Time.After(o.To) {
		o.To = e.Time
	}
	o.Actions = again(o.Actions, e.Action)
	o.Relationships = again(o.Relationships, e.Relationship)
	o.Reasons = again(o.Reasons, e.Reason)
	for _, flag := range e.Flags {
		o.Flags = again(o.Flags, flag)
	}
	o.BreakGlass = o.BreakGlass || e.BreakGlass != "" || e.Action == ActionBreakGlass && e.Decision != Deny
	if e.Decision == Deny {
		o.Denied++
	}
	o.see(e)
}

// see notes the sections that an event returned and held back.
func (o *openLook) see(e *Event) {
	for _, s := range e.Sources {
		if section, ok := record.SectionNamed(s.Section); ok && s.Status != string(record.Withheld) {
			o.sections[section] = true
		}
	}
	for _, f := range e.Fields {
		name, ok := strings.CutPrefix(f, "Patient.")
		if !ok {
			continue
		}
		if section, ok := record.SectionNamed(name); ok {
			o.sections[section] = true
		} else if name == "person" {
			o.sections[record.Demographics] = true
		}
	}
	for _, w := range e.Withheld {
		parts := strings.Split(w, ":")
		if section, ok := record.SectionNamed(parts[min(1, len(parts)-1)]); ok {
			o.withheld[section] = true
		}
	}
}

// page finishes the looks: they were gathered from the newest event to the oldest.
func (g *grouping) page() []Look {
	out := make([]Look, len(g.looks))
	for i, o := range g.looks {
		for _, list := range [][]string{o.Actions, o.Relationships, o.Reasons, o.Flags} {
			slices.Reverse(list)
		}
		slices.Reverse(o.Seqs)
		for _, h := range record.Headings() {
			if o.sections[h.Section] {
				o.Sections = append(o.Sections, h.Section)
			}
			if o.withheld[h.Section] {
				o.Withheld = append(o.Withheld, h.Section)
			}
		}
		out[i] = o.Look
	}
	return out
}

// again puts the value at the end of the list, once: read backwards, the list is in
// the order of first mention.
func again(list []string, value string) []string {
	if value == "" {
		return list
	}
	if i := slices.Index(list, value); i >= 0 {
		list = slices.Delete(list, i, i+1)
	}
	return append(list, value)
}
