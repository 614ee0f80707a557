package resolvers

import (
	"cmp"
	"maps"
	"slices"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
)

// mostBuckets bounds an answer: an axis has no more room, and no reader more patience.
const mostBuckets = 800

// span is from the first day of the line to the last, whatever the window leaves out.
func (l *line) span() *model.TimelineSpan {
	var first, last day
	for i := range l.candidates {
		e := &l.candidates[i]
		if e.missed&^missTime != 0 || e.day == 0 {
			continue
		}
		if first == 0 || e.day < first {
			first = e.day
		}
		last = max(last, e.day)
	}
	if first == 0 {
		return nil
	}
	return &model.TimelineSpan{First: first.date(model.TimelineScaleDay), Last: last.date(model.TimelineScaleDay)}
}

// buckets counts the line, by a coarser scale than asked where there would be too many.
func (l *line) buckets(by model.TimelineScale) *model.TimelineBuckets {
	scales := []model.TimelineScale{model.TimelineScaleDay, model.TimelineScaleMonth, model.TimelineScaleYear}
	if by == model.TimelineScaleAuto {
		by = l.scale()
	}
	for _, scale := range scales[slices.Index(scales, by):] {
		counted := l.count(scale)
		if len(counted.List) <= mostBuckets || scale == model.TimelineScaleYear {
			return counted
		}
	}
	return nil // the scale is one of the three
}

// scale is the finest that still gives an axis of bars that one can tell apart.
func (l *line) scale() model.TimelineScale {
	first, last := l.from.first, l.to.last
	if n := len(l.shown); n > 0 {
		if first == 0 {
			first = l.shown[n-1].day
		}
		if last == 0 {
			last = l.shown[0].day
		}
	}
	months := int(last/10000-first/10000)*12 + int(last/100%100-first/100%100)
	switch {
	case months < 3:
		return model.TimelineScaleDay
	case months < 120:
		return model.TimelineScaleMonth
	}
	return model.TimelineScaleYear
}

func (l *line) count(scale model.TimelineScale) *model.TimelineBuckets {
	of := map[day]map[record.Section]int{}
	for i := range l.shown {
		if e := &l.shown[i]; e.day != 0 {
			d := e.day.floor(scale)
			if of[d] == nil {
				of[d] = map[record.Section]int{}
			}
			of[d][e.section]++
		}
	}
	counted := &model.TimelineBuckets{Scale: scale, List: make([]*model.TimelineBucket, 0, len(of))}
	for _, d := range slices.Backward(slices.Sorted(maps.Keys(of))) {
		bucket := &model.TimelineBucket{Date: d.date(scale), Sections: sectionCounts(of[d])}
		for _, s := range bucket.Sections {
			bucket.Count += s.Count
		}
		counted.List = append(counted.List, bucket)
	}
	return counted
}

func sectionCounts(of map[record.Section]int) []*model.SectionCount {
	list := []*model.SectionCount{}
	for _, h := range record.Headings() {
		if n := of[h.Section]; n > 0 {
			list = append(list, &model.SectionCount{Section: h.Name, Count: n})
		}
	}
	return list
}

// facets count what there would be with each choice of a filter, by the entries that no
// other filter leaves out.
func (l *line) facets() *model.TimelineFacets {
	sections, marks := map[record.Section]int{}, map[model.TimelineMark]int{}
	organisations, sources := map[record.Organisation]int{}, map[*record.Origin]int{}
	for i := range l.candidates {
		e := &l.candidates[i]
		within := func(m misses) bool { return e.missed&^m == 0 }
		if within(missSection) {
			sections[e.section]++
		}
		if e.mark != "" && within(missMark) {
			marks[e.mark]++
		}
		p := &e.entry.Common().Provenance
		if e.origin && p.Source != nil && within(missSource) {
			sources[p.Source]++
		}
		if e.origin && !p.Organisation.IsZero() && within(missOrganisation) {
			organisations[p.Organisation]++
		}
	}
	f := &model.TimelineFacets{
		Sections: sectionCounts(sections), Organisations: []*model.OrganisationCount{}, Sources: []*model.SourceCount{}, Marks: []*model.MarkCount{},
	}
	for o, n := range organisations {
		f.Organisations = append(f.Organisations, &model.OrganisationCount{Organisation: &o, Count: n})
	}
	slices.SortFunc(f.Organisations, func(a, b *model.OrganisationCount) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Organisation.Name, b.Organisation.Name), cmp.Compare(a.Organisation.ODS, b.Organisation.ODS))
	})
	for s, n := range sources {
		f.Sources = append(f.Sources, &model.SourceCount{Source: s, Count: n})
	}
	slices.SortFunc(f.Sources, func(a, b *model.SourceCount) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Source.ID, b.Source.ID))
	})
	for _, m := range model.AllTimelineMark {
		if n := marks[m]; n > 0 {
			f.Marks = append(f.Marks, &model.MarkCount{Mark: m, Count: n})
		}
	}
	return f
}
