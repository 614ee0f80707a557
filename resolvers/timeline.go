package resolvers

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

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

// place is where an entry stands: newest first, ties by id. It is what a cursor holds,
// so that a page goes on rightly although entries came or went meanwhile.
type place struct {
	at int64 // Unix seconds
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

type placed struct {
	place
	section record.Section
	entry   record.Entry
}

type window struct {
	first    int
	after    *place
	from, to time.Time
}

// timeline puts the dated entries of all sections into one line and cuts one page.
func (r *Resolver) timeline(ctx context.Context, p *patient.Patient, first int, after *string, names []string, from, to *record.Date) (*model.Timeline, error) {
	w, err := windowOf(ctx, first, after, names, from, to)
	if err != nil {
		return nil, err
	}
	t := &model.Timeline{Edges: []*model.TimelineEdge{}, PageInfo: &model.PageInfo{}, Missing: []*model.SectionGap{}}
	line := r.line(ctx, p, timelineSections(names), w, t)
	slices.SortFunc(line, func(a, b placed) int { return a.compare(b.place) })
	t.TotalCount = len(line)
	start := 0
	if w.after != nil {
		start, _ = slices.BinarySearchFunc(line, *w.after, func(e placed, at place) int {
			if c := e.compare(at); c != 0 {
				return c
			}
			return -1 // go on behind the entry itself
		})
	}
	end := min(start+w.first, len(line))
	for _, e := range line[start:end] {
		t.Edges = append(t.Edges, &model.TimelineEdge{Cursor: e.cursor(), Section: e.section.Name(), Node: e.entry})
	}
	t.PageInfo.HasPreviousPage, t.PageInfo.HasNextPage = start > 0, end < len(line)
	if n := len(t.Edges); n > 0 {
		t.PageInfo.StartCursor, t.PageInfo.EndCursor = &t.Edges[0].Cursor, &t.Edges[n-1].Cursor
	}
	return t, nil
}

// line collects the entries within the window; what has no date is counted, and what
// is missing is named.
func (r *Resolver) line(ctx context.Context, p *patient.Patient, sections []record.Section, w window, t *model.Timeline) []placed {
	q := requestFrom(ctx)
	var line []placed
	for _, s := range sections {
		set := section[record.Entry](ctx, r, p, s, nil)
		for i := range set.Missing {
			t.Missing = append(t.Missing, &model.SectionGap{Section: s.Name(), Outcome: &set.Missing[i]})
		}
		if slices.Contains(set.WithheldFields, "date") || slices.Contains(set.WithheldFields, "id") {
			t.Missing = append(t.Missing, &model.SectionGap{Section: s.Name(), Outcome: &record.Outcome{
				Status: record.Withheld, Code: "date", Reason: "Some of it cannot be placed in time for your role",
			}})
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
			switch {
			case !ok:
				t.Undated++
			case !w.from.IsZero() && at.Before(w.from), !w.to.IsZero() && !at.Before(w.to):
			default:
				line = append(line, placed{place{at.Unix(), b.ID}, s, e})
			}
		}
	}
	return line
}

func windowOf(ctx context.Context, first int, after *string, names []string, from, to *record.Date) (window, error) {
	w := window{first: first}
	if first < 1 || first > mostEdges {
		return w, refuse(ctx, CodeBadInput, fmt.Sprintf("`first` must be from 1 to %d", mostEdges))
	}
	for _, n := range names {
		if _, ok := record.SectionNamed(n); !ok {
			return w, refuse(ctx, CodeBadInput, "`sections` holds a name that is not a section of Patient")
		}
	}
	if after != nil {
		p, ok := readCursor(*after)
		if !ok {
			return w, refuse(ctx, CodeBadInput, "`after` is not a cursor of this time line")
		}
		w.after = &p
	}
	if from != nil {
		w.from, _ = from.Time()
	}
	if to != nil {
		w.to = endOf(*to)
	}
	return w, nil
}

// endOf is the first moment after the day, month or year that d names.
func endOf(d record.Date) time.Time {
	t, ok := d.Time()
	if !ok {
		return time.Time{}
	}
	switch len(d) {
	case 4:
		return t.AddDate(1, 0, 0)
	case 7:
		return t.AddDate(0, 1, 0)
	case 10:
		return t.AddDate(0, 0, 1)
	}
	return t.Add(time.Second)
}
