package openehr

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// query is what an AQL text says.
type query struct {
	names, paths      []string
	ehr, compo, entry string // variables; "" for none
	archetype         string
	where             []condition
	order             []order
	limit, offset     int // limit -1 is none
}

// condition is path = $parameter or path matches {$parameter}.
type condition struct{ path, parameter string }

type order struct {
	path string
	down bool
}

var (
	shape = regexp.MustCompile(`(?is)^\s*select\s+(.+?)\s+from\s+ehr\s+(\w+)(?:\s+contains\s+composition\s+(\w+)(?:\[[^\]]*\])?)?` +
		`(?:\s+contains\s+(?:evaluation|observation|instruction|action|admin_entry)\s+(\w+)\s*\[\s*([\w.-]+)\s*\])?` +
		`(?:\s+where\s+(.+?))?(?:\s+order\s+by\s+(.+?))?(?:\s+limit\s+(\d+)(?:\s+offset\s+(\d+))?)?\s*$`)
	column = regexp.MustCompile(`(?i)^(\S+)\s+as\s+(\w+)$`)
	match  = regexp.MustCompile(`(?i)^(\S+)\s+matches\s+\{\s*\$(\w+)\s*\}$`)
	equal  = regexp.MustCompile(`^(\S+)\s*=\s*\$(\w+)$`)
	and    = regexp.MustCompile(`(?i)\s+and\s+`)
)

// parse reads AQL; false for what is not known here.
func parse(text string) (q query, ok bool) {
	m := shape.FindStringSubmatch(text)
	if m == nil {
		return q, false
	}
	q.ehr, q.compo, q.entry, q.archetype, q.limit = m[2], m[3], m[4], m[5], -1
	for part := range strings.SplitSeq(m[1], ",") {
		c := column.FindStringSubmatch(strings.TrimSpace(part))
		if c == nil {
			return q, false
		}
		q.paths, q.names = append(q.paths, c[1]), append(q.names, c[2])
	}
	if m[6] != "" {
		for _, part := range and.Split(m[6], -1) {
			c := match.FindStringSubmatch(strings.TrimSpace(part))
			if c == nil {
				c = equal.FindStringSubmatch(strings.TrimSpace(part))
			}
			if c == nil {
				return q, false
			}
			q.where = append(q.where, condition{c[1], c[2]})
		}
	}
	if m[7] != "" {
		for part := range strings.SplitSeq(m[7], ",") {
			words := strings.Fields(part)
			if len(words) == 0 || len(words) > 2 {
				return q, false
			}
			q.order = append(q.order, order{words[0], len(words) == 2 && strings.EqualFold(words[1], "desc")})
		}
	}
	if m[8] != "" {
		q.limit, _ = strconv.Atoi(m[8])
		q.offset, _ = strconv.Atoi(m[9])
	}
	return q, true
}

// found is one match: an EHR, and an entry of it unless the query has none.
type found struct {
	ehr   *EHR
	entry *Entry
}

// value is what stands at a path, nil if nothing does.
func (q *query) value(f found, path string) (any, bool) {
	variable, rest, _ := strings.Cut(path, "/")
	switch variable {
	case q.ehr:
		if below, ok := strings.CutPrefix(rest, "ehr_status/other_details/"); ok {
			return at(f.ehr.Details, below), true
		}
		return walk(f.ehr.object(), rest), true
	case q.compo:
		return walk(f.entry.composition(), rest), true
	case q.entry:
		return at(f.entry.Values, rest), true
	}
	return nil, false
}

// at is what stands at a path of values, or within one of them.
func at(values map[string]any, path string) any {
	best := ""
	for place := range values {
		if (path == place || strings.HasPrefix(path, place+"/")) && len(place) > len(best) {
			best = place
		}
	}
	if best == "" {
		return nil
	}
	return walk(values[best], strings.TrimPrefix(strings.TrimPrefix(path, best), "/"))
}

func walk(v any, path string) any {
	if path == "" {
		return v
	}
	for name := range strings.SplitSeq(path, "/") {
		o, ok := v.(object)
		if !ok {
			return nil
		}
		v = o[name]
	}
	return v
}

// run answers a query over records; false if it names something that is not there.
func (q *query) run(all []*EHR, parameters map[string]any) (rows [][]any, ok bool) {
	var matches []found
	for _, e := range all {
		if q.entry == "" {
			matches = append(matches, found{ehr: e})
			continue
		}
		for i := range e.Entries {
			if e.Entries[i].Archetype == q.archetype {
				matches = append(matches, found{e, &e.Entries[i]})
			}
		}
	}
	if q.entry == "" && q.compo != "" {
		return nil, false
	}
	for _, c := range q.where {
		allowed, given := parameters[c.parameter]
		if !given {
			return nil, false
		}
		list, many := allowed.([]any)
		if !many {
			list = []any{allowed}
		}
		matches = slices.DeleteFunc(matches, func(f found) bool {
			v, _ := q.value(f, c.path)
			return !slices.ContainsFunc(list, func(a any) bool { return a != nil && fmt.Sprint(a) == fmt.Sprint(v) })
		})
	}
	q.sort(matches)
	rows = [][]any{}
	for _, f := range matches {
		var row []any
		for _, path := range q.paths {
			v, known := q.value(f, path)
			if !known {
				return nil, false
			}
			row = append(row, v)
		}
		rows = append(rows, row)
	}
	return rows, true
}

func (q *query) sort(matches []found) {
	text := func(f found, path string) string {
		v, _ := q.value(f, path)
		if s, ok := v.(string); ok {
			return s
		}
		b, _ := json.Marshal(v)
		return string(b)
	}
	sort.SliceStable(matches, func(i, j int) bool {
		for _, o := range q.order {
			a, b := text(matches[i], o.path), text(matches[j], o.path)
			if a != b {
				return a < b != o.down
			}
		}
		return false
	})
}
