package resolvers

import (
	"reflect"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth/policy"
	"github.com/patchworkcare/patchwork/record"
)

// view is what a reader sees of one section: the fields that some source may show, and
// the names of those held back.
type view struct {
	class    string
	policy   *policy.Edition
	fields   policy.Fields
	withheld policy.Fields
}

// shownEntry is an entry that may be shown, with its visible fields.
type shownEntry struct {
	entry  record.Entry
	fields policy.Fields
}

func newView(q *request, s record.Section, asked []asked) *view {
	v := &view{class: sectionClass(s), policy: q.policy}
	for _, a := range asked {
		v.fields |= a.grant.Fields()
		v.withheld |= a.grant.Withheld(nil, a.grant.Fields())
	}
	return v
}

// visible gives the entries that the Grant shows, and the labels for which others were
// held back of which the reader may know. Of the concealed ones nothing remains. An entry that shows
// less than the section does is a copy: the shared answer is not written to.
func (v *view) visible(g policy.Grant, entries []record.Entry) (shown []shownEntry, held []string) {
	shown = make([]shownEntry, 0, len(entries))
	for _, e := range entries {
		labels := e.Common().Labels
		fields, seen := g.Entry(e)
		switch seen {
		case policy.Shown:
			if fields != g.Fields() {
				v.withheld |= g.Withheld(labels, fields)
			}
			if fields != v.fields {
				e = withhold(e, g.Names(v.fields&^fields))
			}
			shown = append(shown, shownEntry{e, fields})
		case policy.Held:
			for _, name := range g.Holding(labels) {
				if !slices.Contains(held, name) {
					held = append(held, name)
				}
			}
		}
	}
	slices.Sort(held)
	return shown, held
}

// withhold gives a copy of the entry that names the fields it holds back.
func withhold(e record.Entry, names []string) record.Entry {
	original := reflect.ValueOf(e)
	c := reflect.New(original.Type().Elem())
	c.Elem().Set(original.Elem())
	narrow, ok := c.Interface().(record.Entry)
	if !ok {
		panic("resolvers: the copy of an entry is none")
	}
	narrow.Common().Withheld = names
	return narrow
}

// limited words the outcome of a system of which the app's scopes reach only some entries:
// nothing may be concluded from what is not there, whether or not there is more
// (hazard H-02).
func limited(g policy.Grant, o record.Outcome) record.Outcome {
	if g.Partly() && o.Status.Complete() {
		o.Status, o.Code, o.Reason = record.Withheld, policy.ReasonScope.Code(), policy.PartlyWords
	}
	return o
}

// assertions gives the statements of none without what policy holds back of entries.
func (v *view) assertions(g policy.Grant, stated []record.Assertion) []record.Assertion {
	if g.Partly() { // of some of it nobody has said that there is none
		return nil
	}
	if len(stated) == 0 || g.Field("code") && g.Field("date") && g.Field("author") {
		return stated
	}
	narrow := slices.Clone(stated)
	for i := range narrow {
		a := &narrow[i]
		if !g.Field("code") {
			a.Code = record.Concept{}
		}
		if !g.Field("date") {
			a.Date = ""
		}
		if !g.Field("author") {
			a.By = record.Actor{}
		}
	}
	return narrow
}

// settled words an outcome by what is left of it to see: what was concealed must look
// as if it had never been there.
func settled(o record.Outcome) record.Outcome {
	if o.Status != record.Answered || o.Count > 0 {
		return o
	}
	o.Status = record.Empty
	if len(o.Asserted) > 0 {
		o.Status = record.AssertedNone
	}
	return o
}

// order sorts as record.NewestFirst does, but by nothing that the reader may not see:
// where something stands would tell it.
func order[T record.Entry](v *view, entries []T) {
	whole := v.has("date") && v.has("recorded") && v.has("provenance")
	for _, e := range entries {
		if held := e.Common().Withheld; held != nil && (slices.Contains(held, "date") || slices.Contains(held, "recorded") || slices.Contains(held, "provenance")) {
			whole = false
		}
	}
	if whole {
		record.NewestFirst(entries)
		return
	}
	slices.SortStableFunc(entries, func(a, b T) int { return strings.Compare(v.when(b.Common()), v.when(a.Common())) })
}

func (v *view) has(field string) bool { return v.policy.Has(v.class, v.fields, field) }

// when is the visible moment of an entry, to compare; "" if there is none.
func (v *view) when(b *record.Base) string {
	see := func(field string) bool { return v.has(field) && !slices.Contains(b.Withheld, field) }
	t, ok := b.Date.Time()
	if !ok || !see("date") {
		if t, ok = b.Recorded.Time(); !ok || !see("recorded") {
			return ""
		}
	}
	return t.UTC().Format("2006-01-02T15:04:05.000000000")
}

// namesOf lists fields of a class by name, sorted; never nil.
func (q *request) namesOf(class string, fields policy.Fields) []string {
	if names := q.policy.Names(class, fields); names != nil {
		return names
	}
	return []string{}
}
