package views

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// row is one of a run as it is kept: whom it is of, and its cells by the run's headings.
type row struct {
	Person string `json:"p"`
	Cohort string `json:"k,omitempty"`
	Cells  []any  `json:"c"`
}

// made are the rows of a page on the way.
type made struct {
	store   *Store
	job     *job
	view    *View
	plan    *plan
	rows    []row
	keys    []string // of whom it is about
	people  int64
	leftOut int64
	waiting int64
	since   *tracker // nil if the run is compared with none
}

// add makes the rows of one person; of whoever was read before it makes none.
func (m *made) add(ctx context.Context, person map[string]any) error {
	key := m.store.keyOf(m.job, person)
	if m.job.seen[key] {
		return nil
	}
	m.job.seen[key] = true
	m.keys = append(m.keys, key)
	id, _ := person["_id"].(string)
	who, cohort := id, ""
	if Secondary(m.view.Purpose) {
		out, err := m.store.Governance.OptedOut(ctx, id)
		if err != nil {
			return failed("Who has opted out of other uses than care cannot be told at the moment: nothing is given out.")
		}
		if out {
			m.leftOut++
			return nil
		}
		if who, err = m.store.Governance.Pseudonym(m.view.ID, id); err != nil {
			return err
		}
		cohort = m.store.Governance.Cohort(id)
	}
	m.people++
	resources := []map[string]any{person}
	if m.plan.resource == personType {
		person["resourceType"] = personType
	} else {
		var err error
		if resources, err = m.store.Renderer.Resources(person, m.plan.resource); err != nil {
			return fmt.Errorf("rendering resources: %w", err)
		}
	}
	coverage := m.plan.coverage(person)
	compared, err := m.since.person(person)
	if err != nil {
		return err
	}
	for _, resource := range resources {
		for values, err := range m.plan.view.Rows(resource) {
			if err != nil {
				return failed("The view cannot be run: %s.", strings.TrimSuffix(err.Error(), "."))
			}
			cells := make([]any, 0, len(m.plan.headings))
			for i, at := range m.plan.order {
				cells = append(cells, m.cell(m.plan.headings[i], values[at], who))
			}
			cells = append(cells, coverage...)
			m.rows = append(m.rows, row{who, cohort, append(cells, compared.row(resource, values, cells)...)})
		}
	}
	compared.done()
	return nil
}

// cell is a value as one cell has it: several values become one text, each told once. For
// other purposes than care each is made coarser first, or taken out.
func (m *made) cell(h Heading, value any, who string) any {
	list, many := value.([]any)
	if Secondary(m.view.Purpose) && h.Coordinate != "" {
		if h.Coordinate == pseudonymised {
			return who
		}
		if !many {
			list = []any{value}
		}
		coarser := []any{}
		for _, v := range list {
			if v == nil {
				continue
			}
			text, ok := m.store.Governance.Generalise(h.Coordinate, fmt.Sprint(v))
			switch {
			case ok && !many && text == fmt.Sprint(v):
				return v // as it is, with its type
			case ok:
				coarser = append(coarser, text)
			}
		}
		list, many = coarser, true
	}
	if !many {
		return value
	}
	var texts []string
	for _, v := range list {
		if v == nil {
			continue
		}
		if text := fmt.Sprint(v); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	if texts == nil {
		return nil
	}
	return strings.Join(texts, "; ")
}

// answered reports whether a source has told all it holds of a section.
func answered(status string) bool {
	switch status {
	case "ANSWERED", "EMPTY", "ASSERTED_NONE", "NOT_REGISTERED", "NOT_OFFERED":
		return true
	}
	return false
}

// coverage are the cells that say which sources answered (hazard H-02: an empty cell is "none
// recorded" only where all did).
func (p *plan) coverage(person map[string]any) []any {
	complete := true
	var cells []any
	for _, section := range p.sections {
		var said []string
		outcomes := outcomesOf(person, section)
		for _, o := range outcomes {
			if o.Status != "NOT_OFFERED" && o.Status != "NOT_REGISTERED" {
				said = append(said, o.Source.ID+"="+o.Status)
			}
			complete = complete && answered(o.Status)
		}
		if outcomes == nil {
			complete = false
		}
		if fields := p.withheld(person, section); len(fields) > 0 {
			complete = false
			said = append(said, "withheld="+strings.Join(fields, "+"))
		}
		cells = append(cells, strings.Join(said, " "))
	}
	cells = append(cells, complete)
	for _, section := range p.sections {
		cells = append(cells, verdictOf(person, section))
	}
	return cells
}

// verdictOf is what may be concluded from a section; nil if nothing was said of it.
func verdictOf(person map[string]any, section string) any {
	part, _ := person["_coverage_"+section].(map[string]any)
	return part["verdict"]
}

// outcomesOf are what the sources answered for a section; nil if nothing was said of it.
func outcomesOf(person map[string]any, section string) []outcome {
	part, _ := person["_coverage_"+section].(map[string]any)
	if part == nil {
		return nil
	}
	list := []outcome{}
	entries, _ := part["outcomes"].([]any)
	for _, e := range entries {
		var o outcome
		if m, ok := e.(map[string]any); ok {
			o.Status, _ = m["status"].(string)
			if source, ok := m["source"].(map[string]any); ok {
				o.Source.ID, _ = source["id"].(string)
			}
		}
		list = append(list, o)
	}
	return list
}

// withheld are the fields that policy holds back in every entry, of those that are shown.
func (p *plan) withheld(person map[string]any, section string) []string {
	part, _ := person["_coverage_"+section].(map[string]any)
	list, _ := part["withheldFields"].([]any)
	var names []string
	for _, v := range list {
		name, ok := v.(string)
		if _, picked := p.tree[section][name]; ok && (picked || p.tree == nil) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func readRows(text []byte) ([]row, error) {
	var rows []row
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	if err := decoder.Decode(&rows); err != nil {
		return nil, fmt.Errorf("reading rows: %w", err)
	}
	return rows, nil
}
