package gpconnect

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirversion"
)

// codeOf is the code of a list; "" if it has none.
func codeOf(l *fhirversion.Node) string {
	for _, c := range l.Object("code").Objects("coding") {
		if code := c.Text("code"); code != "" {
			return code
		}
	}
	return ""
}

// ended reports whether a list is that of ended allergies. Before its code was settled,
// suppliers sent it by its title.
func ended(l *fhirversion.Node) bool {
	title := strings.ToLower(l.Text("title"))
	return codeOf(l) == listEnded || codeOf(l) != listAllergies && (title == "resolved allergies" || title == "ended allergies")
}

// references are what a list lists.
func references(l *fhirversion.Node) (all []string) {
	for _, e := range l.Objects("entry") {
		if ref := e.Object("item").Text("reference"); ref != "" {
			all = append(all, ref)
		}
	}
	return all
}

// unpackLists takes out what lists contain, and makes sure that an ended allergy does not
// look like one that is active, whatever its own status says.
func (a *answer) unpackLists() {
	active := map[string]bool{}
	for _, l := range a.lists {
		if codeOf(l) == listAllergies {
			for _, ref := range references(l) {
				active[ref] = true
			}
		}
	}
	for _, l := range a.lists {
		if codeOf(l) == listUncategorised {
			for _, ref := range references(l) {
				a.uncategorised[ref] = true
			}
		}
		for _, in := range l.Objects("contained") {
			if in.Text("resourceType") == "AllergyIntolerance" && ended(l) {
				resolve(in)
			}
			id := in.Text("id")
			if had := a.by[in.Text("resourceType")+"/"+id]; had != nil {
				if bytes.Equal(had.Append(nil), in.Append(nil)) {
					continue // the list came twice
				}
				in.Set("id", "contained-"+id) // it is another one, of the same name outside
			}
			a.add(in, "")
		}
		if !ended(l) {
			continue
		}
		for _, ref := range references(l) {
			if i := a.by[ref]; i != nil && !active[ref] {
				resolve(i.Node)
			}
		}
	}
}

// resolve makes an allergy one that is over, and keeps why.
func resolve(allergy *fhirversion.Node) {
	for _, e := range allergy.Objects("extension") {
		for _, in := range e.Objects("extension") {
			if why := in.Text("valueString"); in.Text("url") == "reasonEnded" && why != "" && why != "No information available" {
				remember(allergy, "Reason ended: "+why)
			}
		}
	}
	for _, c := range allergy.Object("clinicalStatus").Objects("coding") {
		if s := c.Text("code"); s == "resolved" || s == "inactive" {
			return
		}
	}
	coding := (&fhirversion.Node{}).With("code", "resolved")
	allergy.Set("clinicalStatus", (&fhirversion.Node{}).With("coding", []any{coding}))
}

// remember puts a note before the others, once.
func remember(o *fhirversion.Node, text string) {
	notes := []any{(&fhirversion.Node{}).With("text", text)}
	for _, n := range o.Objects("note") {
		if n.Text("text") == text {
			return
		}
		notes = append(notes, n)
	}
	o.Set("note", notes)
}

// listsOf are the lists that speak for an area: one of each code, and those of what
// hangs on its entries.
func (a *answer) listsOf(x *area) (own, linked []*fhirversion.Node) {
	for _, l := range a.lists {
		code := codeOf(l)
		switch {
		case slices.Contains(x.lists, code), slices.Contains(x.lists, listEnded) && ended(l):
			own = append(own, l)
		case x.linked != "" && strings.HasPrefix(code, x.linked):
			linked = append(linked, l)
		}
	}
	return own, linked
}

// complete adds what the lists say about the section: what is missing, and that there is
// none.
func (a *answer) complete(x *area, r *sources.Result) {
	own, linked := a.listsOf(x)
	for _, code := range x.lists {
		if !slices.ContainsFunc(own, func(l *fhirversion.Node) bool { return codeOf(l) == code || code == listEnded && ended(l) }) {
			partial(r, "no-list", "It did not say what it holds of this section, or that it holds nothing")
		}
	}
	for _, l := range own {
		warn(r, l)
		a.empty(r, l)
		a.check(x, r, l)
	}
	for _, l := range linked {
		warn(r, l)
	}
	if x.section == record.Contacts || x.section == record.Observations {
		for _, kind := range slices.Sorted(maps.Keys(a.unread)) {
			partial(r, "not-understood", "It sent entries of a kind that is not read here ("+plainKind(kind)+")")
		}
	}
	if x.never != "" {
		partial(r, "not-all", x.never)
	}
}

func partial(r *sources.Result, code, reason string) {
	gap(r, sources.Gap{Status: record.Partial, Code: code, Reason: reason})
}

func gap(r *sources.Result, g sources.Gap) {
	if !slices.Contains(r.Gaps, g) {
		r.Gaps = append(r.Gaps, g)
	}
}

// check compares what a list lists with what was sent.
func (a *answer) check(x *area, r *sources.Result, l *fhirversion.Node) {
	contained := map[string]bool{}
	for _, in := range l.Objects("contained") {
		contained["#"+in.Text("id")] = true
	}
	for _, e := range l.Objects("entry") {
		ref := e.Object("item").Text("reference")
		kind, _, _ := strings.Cut(ref, "/")
		switch {
		case contained[ref]:
		case a.by[ref] == nil:
			partial(r, "listed-not-sent", "It lists entries that it did not send")
		case !slices.Contains(x.kinds, a.by[ref].kind):
			partial(r, "not-understood", "It sent entries of a kind that is not read here ("+plainKind(kind)+")")
		}
	}
}

// plainKind is a resource type if it looks like one: what is not may be anything.
func plainKind(kind string) string {
	for _, c := range kind {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return "another"
		}
	}
	if kind == "" || len(kind) > 40 {
		return "another"
	}
	return kind
}
