package cda

import (
	"slices"
	"strconv"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// mostEntries of one section are read; what is beyond is named as missing.
const mostEntries = 5000

// reader reads the entries of one heading.
type reader struct {
	values
	doc     *Document
	subject string
	within  *section
	plan    *record.CarePlan // of a section of plans
	seen    map[string]int   // ids given so far
	out     sources.Result
}

// section reads one section.
func (r *reader) section(s *section, read func(*reader, *xmltree.Node)) {
	if nullified(s.node) {
		return
	}
	if s.node.Attr("nullFlavor") != "" {
		r.gap("no-information", "The document says that it holds no information on this")
		return
	}
	r.within, r.plan = s, nil
	r.values = values{zone: r.doc.zone, words: narrative(s.node.Child("text"))}
	entries := s.node.All("entry")
	if len(entries) == 0 {
		r.gap("narrative-only", "The document tells of this in words only; they stand in the document itself")
		return
	}
	for _, e := range entries {
		for _, statement := range e.Children {
			switch statement.Name {
			case "act", "observation", "substanceAdministration", "supply", "procedure", "organizer", "encounter":
				read(r, statement)
			}
		}
		if len(r.out.Entries) > mostEntries {
			r.out.Entries = r.out.Entries[:mostEntries]
			r.gap("too-many", "The document holds more of this than is read")
			return
		}
	}
}

// narrative is the text of the elements that have an ID.
func narrative(text *xmltree.Node) map[string]string {
	words := map[string]string{}
	text.Walk(func(n *xmltree.Node) bool {
		if id := n.Attr("ID"); id != "" && len(words) < 10_000 {
			words[id] = n.Words()
		}
		return true
	})
	return words
}

// gap names something missing, once.
func (r *reader) gap(code, reason string) {
	for _, g := range r.out.Gaps {
		if g.Code == code {
			return
		}
	}
	r.out.Gaps = append(r.out.Gaps, sources.Gap{Status: record.Partial, Code: code, Reason: reason})
}

func (r *reader) unread() {
	r.gap("not-understood", "Some of this in the document could not be understood")
}

// denied names what is said not to be so of some one thing: neither an entry, nor a
// statement that there is nothing at all.
func (r *reader) denied() {
	r.gap("denied", "The document also says of some things that they are not so; these stand in the document itself")
}

// base is what every statement has. The document's author and time stand for those of a
// statement that has none of its own (CDA R2 §4.4: context conduction).
func (r *reader) base(n *xmltree.Node) record.Base {
	b := record.Base{Subject: r.subject, Author: r.within.author, Labels: r.labels(n, r.within.labels), Recorded: r.doc.Written}
	b.Provenance.Organisation = r.within.organisation
	if author := n.Child("author"); author != nil {
		if a := r.author(author); a != nil {
			b.Author = a
			if a.Organisation != (record.Organisation{}) {
				b.Provenance.Organisation = a.Organisation
			}
		}
		if t := r.date(author.Child("time")); t != "" {
			b.Recorded = t
		}
	}
	if b.Provenance.Organisation == (record.Organisation{}) && b.Author != nil {
		b.Provenance.Organisation = b.Author.Organisation
	}
	b.Provenance.LocalID = r.localID(n)
	b.Note = r.comment(n)
	return b
}

// localID is the statement's own id, or its place in the document; never the same twice.
func (r *reader) localID(n *xmltree.Node) string {
	id := ""
	for _, x := range n.All("id") {
		if id = identifier(x).String(); id != "" {
			break
		}
	}
	if id == "" {
		id = r.doc.ID.String() + "#" + r.within.code
	}
	if r.seen[id]++; r.seen[id] > 1 {
		id += "#" + strconv.Itoa(r.seen[id])
	}
	return id
}

// comment is the text of a comment beside a statement (LOINC 48767-8).
func (r *reader) comment(n *xmltree.Node) string {
	for _, x := range n.All("entryRelationship") {
		if a := x.Child("act"); a != nil && a.Child("code").Attr("code") == "48767-8" {
			return r.text(a.Child("text"))
		}
	}
	return ""
}

// within are the statements that stand within another, of one kind.
func within(n *xmltree.Node, name string) (all []*xmltree.Node) {
	for _, x := range n.All("entryRelationship") {
		if s := x.Child(name); s != nil {
			all = append(all, s)
		}
	}
	return all
}

// related are those of them that still hold.
func related(n *xmltree.Node, name string) []*xmltree.Node {
	return slices.DeleteFunc(within(n, name), nullified)
}

// nullified reports whether a statement was entered in error.
func nullified(n *xmltree.Node) bool {
	return n.Child("statusCode").Attr("code") == "nullified"
}

func negated(n *xmltree.Node) bool {
	return n.Attr("negationInd") == "true" || n.Attr("negationInd") == "1"
}

// whole are the sections that speak of all that there is under their heading. That there
// is nothing on a list of past illnesses, or of medicines at discharge, says nothing of
// the rest.
var whole = map[string]bool{"48765-2": true, "10155-0": true, "10160-0": true, "11450-4": true}

// assert takes a statement that there is none.
func (r *reader) assert(n *xmltree.Node, what string, c record.Concept) {
	if !whole[r.within.code] {
		r.denied()
		return
	}
	b := r.base(n)
	if what != "" {
		c = record.Text(what)
	}
	a := record.Assertion{Subject: r.subject, Code: c, Date: b.Recorded}
	if b.Author != nil {
		a.By = *b.Author
	}
	r.out.Asserted = append(r.out.Asserted, a)
}

func (r *reader) add(e record.Entry) { r.out.Entries = append(r.out.Entries, e) }

// generic are the codes that mean anything of a kind: to deny one of them is to say
// that there is none at all. To deny a narrower one, a drug allergy say, is not.
var generic = map[string]bool{
	"419199007": true, "420134006": true, "418038007": true, // allergy to substance, propensity to adverse reactions (to substance)
	"105590001": true,                                      // substance
	"55607006":  true, "64572001": true, "404684003": true, // problem, disease, clinical finding
	"410942007": true, // drug or medicament
}

// anything reports whether a concept says no more than that something of its kind is
// meant: no code at all, or a generic one.
func anything(c record.Concept) bool {
	if len(c.Codings) == 0 {
		return c.Text == "" // words alone name something
	}
	for _, k := range c.Codings {
		if k.System != snomed || !generic[k.Code] {
			return false
		}
	}
	return true
}

func has(c record.Concept, codes ...string) bool {
	for _, code := range codes {
		if c.Has(snomed, code) {
			return true
		}
	}
	return false
}
