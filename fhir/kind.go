package fhir

import "strings"

// kind is a resource type that this server offers.
type kind struct {
	// name is the FHIR type; profile its UK Core profile, "" for none.
	name, profile string
	// parts are the sections that hold it.
	parts []part
	// date names the elements that the search parameter `date` looks at, in order; status the
	// element of `status`. "" offers no such search.
	date   []string
	status string

	// uncoded: there is no code and no category to search by.
	uncoded bool

	operation, query string
}

// part is one section as one resource type.
type part struct {
	// section is the field of Patient; fields its entry's own, in GraphQL.
	section, fields string
	// render makes the resource of an entry: its own elements only, the common ones are put
	// in afterwards. nil for none.
	render func(a *about, e node) object
}

// about is what a rendering needs beside the entry.
type about struct {
	// patient is the FHIR id of the person.
	patient string
}

// subject refers to the person.
func (a *about) subject() object { return object{"reference": "Patient/" + a.patient} }

// prepare writes the operation that reads all parts of one person.
func (k *kind) prepare() {
	if len(k.parts) == 0 {
		return
	}
	k.operation = "FHIR" + k.name
	k.query = withFragments("query " + k.operation + "($id: ID!, $wait: Int) { patient(id: $id, wait: $wait) { id" + k.selection() + " } }")
}

// selection is what is read of a person for this type.
func (k *kind) selection() string {
	var b strings.Builder
	for _, p := range k.parts {
		b.WriteString(" " + p.section + " { ...Completeness entries { ...Statement " + p.fields + " } }")
	}
	return b.String()
}

// used gives those fragments that an operation spreads, and those that they spread.
func used(query string) string {
	all := map[string]string{}
	for text := range strings.SplitSeq(fragments, "\nfragment ") {
		if name, _, ok := strings.Cut(text, " on "); ok {
			all[name] = "\nfragment " + strings.TrimSpace(text)
		}
	}
	var out strings.Builder
	for again := true; again; {
		again = false
		for name, text := range all {
			if strings.Contains(query+out.String(), "..."+name) && !strings.Contains(out.String(), "fragment "+name+" ") {
				out.WriteString(text)
				again = true
			}
		}
	}
	return out.String()
}
