package views

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// row gives the cells _change and _since of a row; nil of a run that is compared with none.
func (p *person) row(resource map[string]any, values, cells []any) []any {
	if p == nil {
		return nil
	}
	r := p.identify(resource, values, cells)
	was, known := mark{}, false
	if p.before != nil {
		was, known = p.before.Rows[r.key]
	}
	change := p.compare(r, was, known)
	for _, section := range p.t.plan.shares() {
		change = plainest(change, p.shared(section, cells))
	}
	switch {
	case p.t.base == "":
		change = ""
	case p.before == nil:
		change = rowNew
	}
	since := was.Since
	switch change {
	case rowNew:
		p.t.count.New, since = p.t.count.New+1, p.t.at
	case rowChanged:
		p.t.count.Changed, since = p.t.count.Changed+1, p.t.at
	case rowUnknown:
		if !r.none || known || len(p.before.Rows) == 0 { // else it stands for rows that are counted
			p.t.count.Unknown++
		}
	}
	p.remember(r, was, known, since)
	return []any{orNone(change), orNone(instant(since))}
}

// remember keeps a row for the next run; of what cannot be told, what was known stands.
func (p *person) remember(r rowKey, was mark, known bool, since int64) {
	m := mark{r.origin, r.content, since}
	switch {
	case p.held && p.t.plan.loose, r.none && !p.whole && !known:
		return
	case p.held && known:
		m.Content = was.Content
	case p.held:
		m.Content = short{}
	}
	p.now.Rows[r.key] = m
}

// rowKey is which row it is, which source holds it and what it says.
type rowKey struct {
	key, origin, content short
	source               string // "" if it is not of one source
	none                 bool   // it stands for no entries
}

func (p *person) identify(resource map[string]any, values, cells []any) rowKey {
	plan, d := p.t.plan, p.t.digester
	id, source := "", ""
	switch {
	case plan.entry != "":
		id, _ = values[plan.entryID].(string)
		source, _ = values[plan.entrySource].(string)
		if id == "" && p.empty {
			return rowKey{key: d.of("none", p.id), none: true}
		}
	case plan.ofPerson():
		return rowKey{key: d.of("person", p.id)}
	case plan.resource != personType:
		id, _ = resource["id"].(string)
		meta, _ := resource["meta"].(map[string]any)
		uri, _ := meta["source"].(string)
		source, _, _ = strings.Cut(strings.TrimPrefix(uri, "urn:patchwork:source:"), "#")
	}
	r := rowKey{source: source, origin: d.origin(source)}
	if plan.loose || id == "" { // by what it says: another is another row
		r.key = d.of("loose", p.id, id, plan.texts(plan.own(), cells))
	} else {
		r.key, r.content = d.of("entry", p.id, id), d.of("says", p.id, id, plan.texts(plan.own(), cells))
	}
	n := p.seen[r.key]
	if p.seen[r.key]++; n > 0 {
		r.key = d.of("again", string(r.key[:]), strconv.Itoa(n))
	}
	return r
}

// compare says what a row's own entry is.
func (p *person) compare(r rowKey, was mark, known bool) string {
	switch {
	case p.before == nil:
		return rowNew
	case r.none && !p.whole:
		return rowUnknown
	case r.none && known:
		return rowSame
	case r.none && len(p.before.Rows) > 0:
		return rowChanged // what there was is gone
	case r.none:
		return rowUnknown
	case known && (p.held || was.Content == short{} && r.content != short{}):
		return rowUnknown
	case known && was.Content == r.content:
		return rowSame
	case known:
		return rowChanged
	case p.t.plan.loose && (p.held || !p.tells[r.origin]), !p.told(r.source):
		return rowUnknown
	}
	return rowNew
}

// shared says what a row's columns are that are not of its entry: those of one section, or of a
// whole definition ("").
func (p *person) shared(section string, cells []any) string {
	if said, ok := p.parts[section]; ok {
		return said
	}
	d, plan := p.t.digester, p.t.plan
	said := rowSame
	switch whole := p.complete[section]; {
	case section == Patient:
		for i, h := range plan.headings {
			if strings.HasPrefix(h.Source, Patient+".") && cells[i] != nil { // nothing may be held back, or not be known: it tells nothing
				said = plainest(said, p.part(d.of("column", h.Name), part{Content: d.of("says", p.id, text(cells[i]))}))
			}
		}
	case !whole:
		said = rowUnknown
	default:
		said = p.part(d.of("section", section), part{d.of("says", p.id, plan.texts(section, cells)), d.of(p.sources[section]...)})
	}
	p.parts[section] = said
	return said
}

// part compares a part with what it was when other sources than now had told of it, or the same.
func (p *person) part(of short, now part) string {
	p.now.Parts[of] = now
	if p.before == nil {
		return rowSame
	}
	was, known := p.before.Parts[of]
	switch {
	case !known || was.Sources != now.Sources:
		return rowUnknown
	case was.Content != now.Content:
		return rowChanged
	}
	return rowSame
}

// plainest is what two parts of a row make it.
func plainest(a, b string) string {
	order := []string{rowSame, rowUnknown, rowChanged, rowNew}
	return order[max(slices.Index(order, a), slices.Index(order, b))]
}

func instant(micro int64) string {
	if micro == 0 {
		return ""
	}
	return at(micro).Format("2006-01-02T15:04:05Z")
}

func orNone(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// text is a cell as digests have it: several values in one cell in no order.
func text(cell any) string {
	if s, ok := cell.(string); ok && strings.Contains(s, "; ") {
		parts := strings.Split(s, "; ")
		slices.Sort(parts)
		cell = parts
	}
	b, err := json.Marshal(cell)
	if err != nil {
		return fmt.Sprint(cell)
	}
	return string(b)
}
