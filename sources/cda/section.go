package cda

import (
	"fmt"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// context is what holds for everything in an element unless it says otherwise.
type context struct {
	author       *record.Actor
	labels       []record.Coding
	organisation record.Organisation
}

// section is a section of the body, with its subsections beside it.
type section struct {
	node  *xmltree.Node
	code  string // LOINC
	title string
	context
}

// collect takes the sections of a body, and those within sections.
func (d *Document) collect(body *xmltree.Node, around context) {
	v := values{zone: d.zone}
	for _, component := range body.All("component") {
		n := component.Child("section")
		if n == nil {
			continue
		}
		s := section{node: n, title: n.Child("title").Words(), context: around}
		if c := n.Child("code"); c.Attr("codeSystem") == "2.16.840.1.113883.6.1" || c.Attr("codeSystem") == "" {
			s.code = c.Attr("code")
		}
		if _, known := readers[s.code]; !known {
			s.code = byTemplate(n, s.code)
		}
		if a := v.author(n.Child("author")); a != nil {
			s.author = a
		}
		s.labels = v.labels(n, around.labels)
		d.sections = append(d.sections, s)
		d.collect(n, s.context)
	}
}

// readers say by LOINC code what the sections of a document are, and how their entries
// are read.
var readers = map[string]struct {
	section record.Section
	read    func(*reader, *xmltree.Node)
}{
	"48765-2": {record.Allergies, (*reader).allergy},
	"10155-0": {record.Allergies, (*reader).allergy},
	"10160-0": {record.Medications, (*reader).medication},
	"10183-2": {record.Medications, (*reader).medication}, // at discharge
	"75311-1": {record.Medications, (*reader).medication},
	"42346-7": {record.Medications, (*reader).medication}, // on admission
	"46264-8": {record.Medications, (*reader).device},
	"11450-4": {record.Problems, (*reader).problem},
	"11348-0": {record.Problems, (*reader).problem}, // past illness
	"46241-6": {record.Problems, (*reader).problem}, // admission diagnosis
	"42347-5": {record.Problems, (*reader).problem},
	"11535-2": {record.Problems, (*reader).problem}, // discharge diagnosis
	"30954-2": {record.Results, (*reader).result},
	"8716-3":  {record.Observations, (*reader).observation},
	"29762-2": {record.Observations, (*reader).observation}, // social history
	"47420-5": {record.Observations, (*reader).observation}, // functional status
	"10190-7": {record.Observations, (*reader).observation}, // mental status
	"11369-6": {record.Vaccinations, (*reader).vaccination},
	"47519-4": {record.Procedures, (*reader).procedure},
	"46240-8": {record.Contacts, (*reader).contact},
	"18776-5": {record.CarePlans, (*reader).activity},
	"61146-7": {record.CarePlans, (*reader).activity}, // goals
}

// templates are C-CDA's section templates below 2.16.840.1.113883.10.20.22.2, by the code
// that such a section has: some documents give a code of their own, and the template too.
var templates = map[string]string{"6": "48765-2", "6.1": "48765-2", "1": "10160-0", "1.1": "10160-0", "11": "10183-2", "11.1": "10183-2", "44": "42346-7", "23": "46264-8",
	"5": "11450-4", "5.1": "11450-4", "20": "11348-0", "43": "46241-6", "24": "11535-2", "3": "30954-2", "3.1": "30954-2", "4": "8716-3", "4.1": "8716-3", "17": "29762-2",
	"14": "47420-5", "56": "10190-7", "2": "11369-6", "2.1": "11369-6", "7": "47519-4", "7.1": "47519-4", "22": "46240-8", "22.1": "46240-8", "10": "18776-5", "60": "61146-7"}

// byTemplate is the code of a section by its template; otherwise the code that it has.
func byTemplate(n *xmltree.Node, code string) string {
	for _, t := range n.All("templateId") {
		if short, ok := strings.CutPrefix(t.Attr("root"), "2.16.840.1.113883.10.20.22.2."); ok && templates[short] != "" {
			return templates[short]
		}
	}
	return code
}

// Sections are those that documents can answer, in the order of headings.
func Sections() (all []record.Section) {
	known := map[record.Section]bool{}
	for _, r := range readers {
		known[r.section] = true
	}
	for _, h := range record.Headings() {
		if known[h.Section] {
			all = append(all, h.Section)
		}
	}
	return all
}

// Section is what the document says under one heading of the record, about the person
// whom the caller knows by subject.
func (d *Document) Section(want record.Section, subject string) sources.Result {
	r := &reader{doc: d, subject: subject, seen: map[string]int{}}
	found := false
	for i := range d.sections {
		s := &d.sections[i]
		if known, ok := readers[s.code]; ok && known.section == want {
			found = true
			r.section(s, known.read)
		}
	}
	if !found {
		r.gap("no-section", "The newest document that tells of this has no such part")
	}
	if t, ok := d.Written.Time(); ok {
		r.out.AsOf = t.UTC()
	}
	return r.out
}

// Unread are the codes and titles of the sections that become no entries.
func (d *Document) Unread() (all []string) {
	for _, s := range d.sections {
		if _, ok := readers[s.code]; !ok {
			all = append(all, fmt.Sprintf("%s %s", s.code, s.title))
		}
	}
	return all
}
