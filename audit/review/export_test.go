package review

// InRoundsOf makes rounds so small that a short story takes several.
func (q *Queue) InRoundsOf(events int) { q.batch = events }
