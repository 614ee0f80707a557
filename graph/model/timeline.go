package model

// Timeline is a page of a person's line of time. What counts the whole line is made only
// where it is asked for.
type Timeline struct {
	Edges      []*TimelineEdge
	PageInfo   *PageInfo
	TotalCount int
	Undated    int
	Missing    []*SectionGap
	Span       *TimelineSpan
	// Count counts the line by a scale; Facet counts what there is to filter by.
	Count func(TimelineScale) *TimelineBuckets
	Facet func() *TimelineFacets
}

// Buckets counts the line by years, months or days.
func (t *Timeline) Buckets(by *TimelineScale) *TimelineBuckets {
	if by == nil {
		return t.Count(TimelineScaleAuto)
	}
	return t.Count(*by)
}

// Facets are what there is to filter by.
func (t *Timeline) Facets() *TimelineFacets { return t.Facet() }
