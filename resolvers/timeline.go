package resolvers

import (
	"context"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// mostEdges is the largest page of a time line.
const mostEdges = 100

// timeless are the sections whose entries are about now or about a whole life, and do
// not stand in a line of time unless asked for.
var timeless = []record.Section{
	record.Demographics, record.GPPractice, record.PersonalContacts, record.ProfessionalContacts, record.Consents, record.AboutThePerson,
}

// timelineSections gives the sections by their names, or all that stand in time.
// Unknown names are left out here and refused in timeline.
func timelineSections(names []string) []record.Section {
	var sections []record.Section
	for _, h := range record.Headings() {
		if len(names) == 0 && !slices.Contains(timeless, h.Section) || slices.Contains(names, h.Name) {
			sections = append(sections, h.Section)
		}
	}
	return sections
}

// timelineReads are the sections that a line reads: those chosen, and where it is asked
// what there is to choose from, all others that stand in time.
func timelineReads(names []string, facets bool) []record.Section {
	if !facets || len(names) == 0 {
		return timelineSections(names)
	}
	chosen, standing := timelineSections(names), timelineSections(nil)
	var sections []record.Section
	for _, h := range record.Headings() {
		if slices.Contains(chosen, h.Section) || slices.Contains(standing, h.Section) {
			sections = append(sections, h.Section)
		}
	}
	return sections
}

// facetsWanted reports whether the selection of a line asks what there is to filter by.
func facetsWanted(oc *graphql.OperationContext, f graphql.CollectedField) bool {
	return slices.ContainsFunc(graphql.CollectFields(oc, f.Selections, []string{"Timeline"}), func(f graphql.CollectedField) bool {
		return f.Name == "facets"
	})
}

// place is where an entry stands: newest first, ties by id. It is what a cursor holds,
// so that a page goes on rightly although entries came or went meanwhile.
type place struct {
	at int64 // Unix seconds; 0 of what has no date
	id string
}

func (p place) compare(o place) int {
	if p.at != o.at {
		if p.at > o.at {
			return -1
		}
		return 1
	}
	return strings.Compare(p.id, o.id)
}

func (p place) cursor() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(p.at, 36) + "." + p.id))
}

func readCursor(s string) (place, bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return place{}, false
	}
	at, id, ok := strings.Cut(string(b), ".")
	n, err := strconv.ParseInt(at, 36, 64)
	return place{n, id}, ok && err == nil && id != ""
}

// placed is an entry with what the filters say of it.
type placed struct {
	place
	section record.Section
	entry   record.Entry
	day     day  // 0 of what has no date
	origin  bool // its provenance may be seen
	mark    model.TimelineMark
	missed  misses
}

// line is one person's line of time as a reader asked for it.
type line struct {
	lineFilter
	// candidates are the entries that no filter leaves out, or one alone: so that facets
	// can say what there would be without it.
	candidates []placed
	// shown are those that none leaves out, newest first.
	shown []placed
}

// timeline puts the entries of all sections into one line and cuts one page.
func (r *Resolver) timeline(ctx context.Context, p *patient.Patient, a lineArguments) (*model.Timeline, error) {
	filter, err := r.lineFilter(ctx, a)
	if err != nil {
		return nil, err
	}
	fc := graphql.GetFieldContext(ctx)
	t := &model.Timeline{Edges: []*model.TimelineEdge{}, PageInfo: &model.PageInfo{}, Missing: []*model.SectionGap{}}
	l := &line{lineFilter: filter}
	for _, s := range timelineReads(a.sections, facetsWanted(graphql.GetOperationContext(ctx), fc.Field)) {
		r.gather(ctx, p, s, l, t)
	}
	slices.SortFunc(l.shown, func(a, b placed) int { return a.compare(b.place) })
	t.TotalCount, t.Span, t.Count, t.Facet = len(l.shown), l.span(), l.buckets, l.facets
	l.cut(t)
	return t, nil
}

// cut puts the page into t.
func (l *line) cut(t *model.Timeline) {
	start := 0
	if l.after != nil {
		start, _ = slices.BinarySearchFunc(l.shown, *l.after, func(e placed, at place) int {
			if c := e.compare(at); c != 0 {
				return c
			}
			return -1 // go on behind the entry itself
		})
	}
	start = min(start+l.skip, len(l.shown))
	end := min(start+l.first, len(l.shown))
	for i := range l.shown[start:end] {
		e := &l.shown[start+i]
		edge := &model.TimelineEdge{Cursor: e.cursor(), Section: e.section.Name(), Node: e.entry}
		if e.mark != "" {
			edge.Mark = &e.mark
		}
		t.Edges = append(t.Edges, edge)
	}
	t.PageInfo.HasPreviousPage, t.PageInfo.HasNextPage = start > 0, end < len(l.shown)
	if n := len(t.Edges); n > 0 {
		t.PageInfo.StartCursor, t.PageInfo.EndCursor = &t.Edges[0].Cursor, &t.Edges[n-1].Cursor
	}
}

// gather adds one section: its entries as the filters see them, how many have no date,
// and what is missing.
func (r *Resolver) gather(ctx context.Context, p *patient.Patient, s record.Section, l *line, t *model.Timeline) {
	q := requestFrom(ctx)
	set := section[record.Entry](ctx, r, p, s, nil)
	if l.chosen(s) {
		for i := range set.Missing {
			t.Missing = append(t.Missing, &model.SectionGap{Section: s.Name(), Outcome: &set.Missing[i]})
		}
		t.Missing = append(t.Missing, l.blind(s, set.WithheldFields)...)
	}
	class := sectionClass(s)
	for _, e := range set.Entries {
		b := e.Common()
		see := func(field string) bool {
			return q.policy.Has(class, policy.Fields(set.Fields), field) && !slices.Contains(b.Withheld, field)
		}
		if !see("id") || !see("date") {
			continue // a cursor, and where something stands in time, would say them
		}
		at, ok := b.Date.Time()
		if !ok && see("recorded") {
			at, ok = b.Recorded.Time()
		}
		e := placed{place: place{id: b.ID}, section: s, entry: e, origin: see("provenance")}
		if ok {
			e.at, e.day = at.Unix(), l.dayAt(b, at)
		}
		l.judge(&e, see)
		if !ok && e.missed == 0 {
			t.Undated++
		}
		if ok == l.undated || !e.missed.oneAtMost() {
			continue
		}
		l.candidates = append(l.candidates, e)
		if e.missed == 0 {
			l.shown = append(l.shown, e)
		}
	}
}
