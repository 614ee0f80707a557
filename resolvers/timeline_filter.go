package resolvers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
)

// lineArguments are the arguments of Patient.timeline.
type lineArguments struct {
	first                            int
	after                            *string
	skip                             *int
	sections, sources, organisations []string
	from, to, recordedSince          *record.Date
	text                             *string
	without                          []model.TimelineMark
	undated                          *bool
}

// lineFilter is what a reader wants to see of the line.
type lineFilter struct {
	first         int
	after         *place
	skip          int
	sections      []record.Section
	sources       []string
	organisations []string
	from, to      bound
	since         bound
	words         []string
	without       []model.TimelineMark
	undated       bool
	zone          *time.Location
	today         day
	wordings      *wordings
	page          []byte // of the entry that is looked at, for its words
}

// misses are the filters that leave an entry out.
type misses uint8

const (
	missSection misses = 1 << iota
	missSource
	missOrganisation
	missMark
	missTime
	// missOther is left out by something for which there is no facet.
	missOther
)

// oneAtMost reports whether some facet may want the entry.
func (m misses) oneAtMost() bool { return m&missOther == 0 && m&(m-1) == 0 }

// mostText bounds what is searched for, in characters.
const mostText = 100

// lineFilter reads the arguments.
func (r *Resolver) lineFilter(ctx context.Context, a lineArguments) (lineFilter, error) {
	f := lineFilter{
		first: a.first, sections: timelineSections(a.sections), sources: a.sources, organisations: a.organisations,
		without: a.without, undated: a.undated != nil && *a.undated, zone: time.UTC, wordings: &r.wordings,
	}
	if a.first < 1 || a.first > mostEdges {
		return f, refuse(ctx, CodeBadInput, fmt.Sprintf("`first` must be from 1 to %d", mostEdges))
	}
	for _, n := range a.sections {
		if _, ok := record.SectionNamed(n); !ok {
			return f, refuse(ctx, CodeBadInput, "`sections` holds a name that is not a section of Patient")
		}
	}
	if a.skip != nil {
		f.skip = max(*a.skip, 0)
	}
	if a.after != nil {
		p, ok := readCursor(*a.after)
		if !ok {
			return f, refuse(ctx, CodeBadInput, "`after` is not a cursor of this time line")
		}
		f.after = &p
	}
	if a.text != nil {
		if utf8.RuneCountInString(*a.text) > mostText {
			return f, refuse(ctx, CodeBadInput, fmt.Sprintf("`text` may have at most %d characters", mostText))
		}
		f.words = strings.Fields(strings.ToLower(*a.text))
	}
	if r.Zone != nil {
		f.zone = r.Zone
	}
	f.today = dayOf(r.Now().In(f.zone))
	f.from, f.to, f.since = f.boundOf(a.from), f.boundOf(a.to), f.boundOf(a.recordedSince)
	return f, nil
}

func (f *lineFilter) chosen(s record.Section) bool { return slices.Contains(f.sections, s) }

// judge notes an entry's mark and which filters leave it out. It looks only at what see
// lets it: what may not be seen is as if it were not there.
func (f *lineFilter) judge(e *placed, see func(string) bool) {
	b := e.entry.Common()
	e.mark = f.markOf(e, see("status"))
	miss := func(m misses, missed bool) {
		if missed {
			e.missed |= m
		}
	}
	miss(missSection, !f.chosen(e.section))
	miss(missMark, e.mark != "" && slices.Contains(f.without, e.mark))
	miss(missSource, len(f.sources) > 0 && !(e.origin && b.Provenance.Source != nil && slices.Contains(f.sources, b.Provenance.Source.ID)))
	miss(missOrganisation, len(f.organisations) > 0 && !(e.origin && f.recordedBy(b.Provenance.Organisation)))
	if e.day != 0 {
		at := time.Unix(e.at, 0)
		miss(missTime, f.from.before(e.day, at) || f.to.behind(e.day, at))
	}
	if !e.missed.oneAtMost() {
		return // no facet wants it: the rest need not be looked at
	}
	miss(missOther, !f.writtenSince(e, b, see("recorded")) || !f.reads(e, see))
}

func (f *lineFilter) recordedBy(o record.Organisation) bool {
	return slices.ContainsFunc(f.organisations, func(want string) bool {
		return want != "" && (strings.EqualFold(want, o.ODS) || strings.EqualFold(want, o.Name))
	})
}

// writtenSince compares the day of writing down, or where that is not known the entry's
// own. A day that holds the bound's moment counts: it may have been after it.
func (f *lineFilter) writtenSince(e *placed, b *record.Base, seen bool) bool {
	if f.since.first == 0 {
		return true
	}
	if t, ok := b.Recorded.Time(); ok && seen {
		if len(b.Recorded) > 10 {
			return !f.since.before(dayOf(t.In(f.zone)), t)
		}
		return f.boundOf(&b.Recorded).last >= f.since.first
	}
	return e.day >= f.since.first
}

// blind says by what a section's entries could not be filtered, because it is withheld:
// that something is not in the line then says nothing (hazard H-02).
func (f *lineFilter) blind(s record.Section, withheld []string) (gaps []*model.SectionGap) {
	held := func(fields ...string) bool {
		return slices.ContainsFunc(fields, func(field string) bool { return slices.Contains(withheld, field) })
	}
	say := func(code, why string) {
		gaps = append(gaps, &model.SectionGap{Section: s.Name(), Outcome: &record.Outcome{Status: record.Withheld, Code: code, Reason: why}})
	}
	if held("date", "id") {
		say("date", "Some of it cannot be placed in time for your role")
	}
	if (len(f.sources) > 0 || len(f.organisations) > 0) && held("provenance") || f.since.first != 0 && held("recorded") ||
		len(f.without) > 0 && held("status") || len(f.words) > 0 && held(f.wordings.fields(s)...) {
		say("filter", unfiltered(record.Outcome{Status: record.Answered}).Reason)
	}
	return gaps
}

// undone and ahead are the sources' status words (FHIR R4 value sets) of what did not take
// place or does not hold, and of what is to come.
var (
	undone = []string{"cancelled", "noshow", "no-show", "not-done", "entered-in-error", "revoked", "rejected", "declined", "abandoned", "aborted"}
	ahead  = []string{"booked", "pending", "proposed", "planned", "waitlist", "draft", "preparation", "requested", "registered"}
)

// markOf sets apart what was cancelled and what lies ahead. Without its status, only its
// day speaks.
func (f *lineFilter) markOf(e *placed, seen bool) model.TimelineMark {
	status := ""
	if seen {
		status = strings.ToLower(f.wordings.status(e.entry))
	}
	switch {
	case slices.Contains(undone, status):
		return model.TimelineMarkCancelled
	case e.day > f.today, e.day == f.today && slices.Contains(ahead, status):
		return model.TimelineMarkPlanned
	}
	return ""
}
