package views

import "slices"

// person is somebody whose rows are compared with those of the run before.
type person struct {
	t      *tracker
	id     string
	before *standing // nil if they were not on the list
	now    *standing
	// statuses are what the sources of the rows' own sections answered, by source and section.
	statuses map[string]map[string]string
	// tells has the origins of rows whose sources tell all they hold.
	tells map[short]bool
	// sources have told all they hold of a section; complete: all have, and no field is held back.
	sources  map[string][]string
	complete map[string]bool
	// whole: so it is with the rows' own sections. held: policy holds fields of them back. empty:
	// there are no entries.
	whole, held, empty bool
	seen               map[short]int
	parts              map[string]string
}

// person begins with somebody of a page; nil of a run that is compared with none.
func (t *tracker) person(data map[string]any) (*person, error) {
	if t == nil {
		return nil, nil
	}
	if t.people++; t.people > mostRepeated {
		return nil, failed("The list has more than %d people, which is the most that a view is repeated over.", mostRepeated)
	}
	id, _ := data["_id"].(string)
	key := t.digester.of("person", id)
	p := &person{t: t, id: id, before: t.before[key], now: newStanding(), statuses: map[string]map[string]string{}, tells: map[short]bool{},
		sources: map[string][]string{}, complete: map[string]bool{}, whole: true, seen: map[short]int{}, parts: map[string]string{}}
	t.page[key] = p.now
	p.hear(data)
	if part, _ := data[t.plan.entry].(map[string]any); t.plan.entry != "" {
		entries, _ := part["entries"].([]any)
		p.empty = len(entries) == 0
	}
	return p, nil
}

// hear notes what the sources answered.
func (p *person) hear(data map[string]any) {
	plan, d, scope, all := p.t.plan, p.t.digester, p.t.plan.scope(), true
	for _, section := range plan.sections {
		outcomes, held := outcomesOf(data, section), len(plan.withheld(data, section)) > 0
		complete := outcomes != nil && !held
		for _, o := range outcomes {
			complete = complete && answered(o.Status)
			if tells(o.Status) {
				p.sources[section] = append(p.sources[section], o.Source.ID)
			}
			if slices.Contains(scope, section) {
				if p.statuses[o.Source.ID] == nil {
					p.statuses[o.Source.ID] = map[string]string{}
				}
				p.statuses[o.Source.ID][section] = o.Status
			}
		}
		slices.Sort(p.sources[section])
		p.sources[""] = append(append(p.sources[""], section), p.sources[section]...)
		p.complete[section], all = complete, all && complete
		if slices.Contains(scope, section) {
			p.whole, p.held = p.whole && complete, p.held || held
		}
	}
	p.complete[""] = all
	for source, of := range p.statuses {
		tellsAll := false
		for section, status := range of {
			key := d.of("told", source, section)
			if tells(status) {
				p.now.Told[key], tellsAll = true, true
			}
		}
		for section, status := range of {
			before := p.before != nil && p.before.Told[d.of("told", source, section)]
			tellsAll = tellsAll && (tells(status) || status == "NOT_OFFERED" && !before)
		}
		p.tells[d.origin(source)] = tellsAll
	}
	p.tells[short{}] = all
	if all {
		p.now.Told[short{}] = true
	}
}

// tells reports whether a source has told all it holds. One that does not offer a section may be
// one that is concealed now: what it told before is not gone.
func tells(status string) bool { return answered(status) && status != "NOT_OFFERED" }

// told reports whether a source had told all it held before, of what it tells now: only then is
// something new that was not there.
func (p *person) told(source string) bool {
	if source == "" {
		return p.before.Told[short{}]
	}
	any := false
	for section, status := range p.statuses[source] {
		key := p.t.digester.of("told", source, section)
		if status == "NOT_OFFERED" {
			continue
		}
		if !p.before.Told[key] {
			return false
		}
		any = true
	}
	return any
}

// origin is a row's source in digests; nothing for one that is not of one source.
func (d digester) origin(source string) short {
	if source == "" {
		return short{}
	}
	return d.of("origin", source)
}

// done ends with somebody: what was there and is not now is gone if its source tells all it
// holds, and stands as it was if not.
func (p *person) done() {
	switch {
	case p == nil:
		return
	case p.before == nil:
		if p.t.base != "" {
			p.t.count.Came++
		}
		return
	}
	for told := range p.before.Told {
		p.now.Told[told] = true
	}
	for of, was := range p.before.Parts {
		if _, ok := p.now.Parts[of]; !ok {
			p.now.Parts[of] = was
		}
	}
	none := p.t.digester.of("none", p.id)
	for key, was := range p.before.Rows {
		_, there := p.now.Rows[key]
		switch tells := p.tells[was.Origin] && !(p.held && p.t.plan.loose); {
		case there, key == none && !p.empty:
		case tells:
			p.t.count.Gone++
		default:
			p.now.Rows[key] = was
			p.t.count.Unknown++
		}
	}
}
