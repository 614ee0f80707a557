package xds

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/cda"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// The schemes of classifications and identifiers (ITI TF-3 §4.2.3.2), without urn:uuid:.
const (
	classScheme           = "41a5887f-8865-4c09-adf7-e362475b143a"
	typeScheme            = "f0306f51-975f-434e-a61c-c59651d33983"
	settingScheme         = "cccf5598-8b07-4b77-a05e-ae952c785ead"
	confidentialityScheme = "f4f85eac-e6cb-4883-b524-f2705394840f"
	authorScheme          = "93606bcf-9494-43ec-9b4e-a7748d1a838d"
	patientScheme         = "58a6f841-87b3-4a3e-92fd-a8ffeff98427"
	uniqueScheme          = "2e82c1f6-a085-4c72-9da3-8640a32e42ab"
)

// reference is where a document can be asked for: what record.Document.Reference holds,
// as JSON. Hash is of its content, where the registry holds one.
type reference struct {
	Repository string `json:"r"`
	Unique     string `json:"u"`
	Community  string `json:"c,omitempty"`
	Hash       string `json:"h,omitempty"`
}

// entry is one document entry of the registry.
type entry struct {
	document record.Document
	person   person
	keeps    reference
}

// entry reads an ExtrinsicObject; false if it does not say whom it is about, which
// document it is, or how confidential that is.
func (s *source) entry(o *xmltree.Node) (*entry, bool) {
	e := &entry{}
	d := &e.document
	slots := slotsOf(o)
	d.Subject = s.subject(externalID(o, patientScheme))
	e.keeps = reference{Repository: slots.first("repositoryUniqueId"), Unique: externalID(o, uniqueScheme), Community: o.Attr("home")}
	d.Title, d.Note = localized(o.Child("Name")), localized(o.Child("Description"))
	d.Status, d.ContentType = "current", o.Attr("mimeType")
	created := moment(slots.first("creationTime"), time.UTC)
	d.Date, d.Recorded = created, created
	s.classified(d, o)
	labelled := len(d.Labels) > 0
	d.Labels = cda.Confidentiality(d.Labels, s.Confidentiality)
	d.Provenance.LocalID = e.keeps.Unique
	if d.Author != nil {
		d.Provenance.Organisation = d.Author.Organisation
	}
	if d.Code.IsZero() {
		d.Code = d.Category
	}
	if d.Code.IsZero() {
		d.Code.Text = d.Title
	}
	if d.Title == "" {
		d.Title = d.Code.Label()
	}
	e.person = personOf(slots)
	s.availability(e, slots, o.Attr("objectType") == onDemand)
	return e, d.Subject != "" && e.keeps.Unique != "" && labelled && !d.Code.IsZero()
}

// availability says whether the document can be opened, and how it is asked for.
func (s *source) availability(e *entry, slots slots, made bool) {
	d := &e.document
	if !made { // what is made when it is asked for has neither size nor hash
		if n, err := strconv.Atoi(slots.first("size")); err == nil && n > 0 {
			d.Size = n
		}
		if h := strings.ToLower(slots.first("hash")); len(h) == 40 && strings.Trim(h, "0123456789abcdef") == "" {
			e.keeps.Hash = h
		}
	}
	switch {
	case strings.HasSuffix(slots.first("documentAvailability"), ":Offline"):
		d.Content.Reason = "Its archive does not have it at hand at the moment"
	case s.Repositories[e.keeps.Repository] == "":
		d.Content.Reason = "It is kept in a place that is not asked"
	default:
		text, _ := json.Marshal(e.keeps) // strings only
		d.Reference = string(text)
	}
}

// classified reads the codes.
func (s *source) classified(d *record.Document, o *xmltree.Node) {
	for _, c := range o.All("Classification") {
		scheme := strings.TrimPrefix(c.Attr("classificationScheme"), "urn:uuid:")
		switch scheme {
		case classScheme:
			d.Category = concept(c)
		case typeScheme:
			d.Code = concept(c)
		case settingScheme:
			d.Service = concept(c)
		case confidentialityScheme:
			d.Labels = append(d.Labels, concept(c).Codings...)
		case authorScheme:
			if a := author(slotsOf(c)); d.Author == nil && a != nil {
				d.Author = a
			}
		}
	}
}

// concept reads a classification: a code, its scheme and its words.
func concept(c *xmltree.Node) record.Concept {
	code := c.Attr("nodeRepresentation")
	if code == "" {
		return record.Concept{}
	}
	return record.Concept{Codings: []record.Coding{{System: cda.CodeSystem(slotsOf(c).first("codingScheme")), Code: code, Display: localized(c.Child("Name"))}}}
}

// slots are the values of an object by name.
type slots map[string][]string

func slotsOf(n *xmltree.Node) slots {
	all := slots{}
	for _, x := range n.All("Slot") {
		for _, v := range x.Child("ValueList").All("Value") {
			all[x.Attr("name")] = append(all[x.Attr("name")], strings.TrimSpace(v.Text))
		}
	}
	return all
}

func (s slots) first(name string) string {
	if len(s[name]) == 0 {
		return ""
	}
	return s[name][0]
}

func externalID(o *xmltree.Node, scheme string) string {
	found := ""
	for _, x := range o.All("ExternalIdentifier") {
		// Some write blanks into the scheme; two that differ are none.
		if strings.TrimPrefix(strings.ReplaceAll(x.Attr("identificationScheme"), " ", ""), "urn:uuid:") == scheme {
			if v := x.Attr("value"); found == "" || found == v {
				found = v
			} else {
				return ""
			}
		}
	}
	return found
}

// localized is a text in English if it is given in several languages, else the first.
func localized(n *xmltree.Node) string {
	all := n.All("LocalizedString")
	if i := slices.IndexFunc(all, func(x *xmltree.Node) bool {
		return strings.HasPrefix(strings.ToLower(x.AttrIn("http://www.w3.org/XML/1998/namespace", "lang")), "en")
	}); i > 0 {
		return all[i].Attr("value")
	}
	if len(all) == 0 {
		return ""
	}
	return all[0].Attr("value")
}
