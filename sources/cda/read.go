package cda

import (
	"errors"
	"io"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// limits bound a document: the largest of the published examples has 4,000 elements.
var limits = xmltree.Limits{Bytes: 8 << 20, Elements: 100_000, Depth: 100, Tag: 64 << 10}

// ID is an instance identifier: an OID, and an id under it.
type ID struct{ Root, Extension string }

// Document is a document that was read.
type Document struct {
	ID    ID
	Title string
	Code  record.Concept
	// Written is when it says that it was made.
	Written record.Date
	// Patients are the ids under which it names the one person whom it is about.
	Patients  []ID
	Author    *record.Actor
	Custodian record.Organisation
	// Labels are its confidentiality.
	Labels []record.Coding

	zone     *time.Location
	sections []section
}

// Read reads a document. Times without an offset are meant in zone. Every error that is
// not from's own is an *sources.Error of kind Malformed.
func Read(from io.Reader, zone *time.Location) (*Document, error) {
	root, err := xmltree.Read(from, limits)
	if err != nil {
		return nil, explain(err)
	}
	if root.Name != "ClinicalDocument" {
		return nil, malformed("not-cda", "It is XML of another kind than a clinical document")
	}
	d := &Document{zone: zone}
	if err := d.header(root); err != nil {
		return nil, err
	}
	d.collect(root.Child("component", "structuredBody"), context{author: d.Author, labels: d.Labels, organisation: d.Custodian})
	return d, nil
}

// header reads what stands before the body. A document must be about one person: the
// second recordTarget of a group would have their entries shown as the first one's.
func (d *Document) header(root *xmltree.Node) error {
	d.ID = identifier(root.Child("id"))
	d.Title = root.Child("title").Words()
	v := values{zone: d.zone}
	d.Code = v.concept(root.Child("code"))
	d.Written = v.date(root.Child("effectiveTime"))
	targets := root.All("recordTarget")
	if len(targets) != 1 {
		return malformed("record-target", "The document does not say that it is about one person")
	}
	roles := targets[0].All("patientRole")
	if len(roles) != 1 {
		return malformed("record-target", "The document does not say that it is about one person")
	}
	for _, id := range roles[0].All("id") {
		if i := identifier(id); i.Root != "" && i.Extension != "" && id.Attr("nullFlavor") == "" {
			d.Patients = append(d.Patients, i)
		}
	}
	d.Author = v.author(root.Child("author"))
	d.Custodian = organisation(root.Child("custodian", "assignedCustodian", "representedCustodianOrganization"))
	d.Labels = v.labels(root, nil)
	return nil
}

// Subject is the id of the person under an authority's OID, which must be one: "" if the
// document names none, or several that differ.
func (d *Document) Subject(authority string) string {
	found := ""
	for _, p := range d.Patients {
		if p.Root != authority {
			continue
		}
		if found != "" && found != p.Extension {
			return ""
		}
		found = p.Extension
	}
	return found
}

func identifier(n *xmltree.Node) ID { return ID{n.Attr("root"), n.Attr("extension")} }

// String is the id as one text; "" for none.
func (i ID) String() string {
	if i.Extension == "" {
		return i.Root
	}
	return i.Root + "^" + i.Extension
}

func malformed(code, reason string) *sources.Error {
	return &sources.Error{Kind: sources.Malformed, Code: code, Reason: reason}
}

// explain words what kept a document from being read.
func explain(err error) error {
	switch {
	case errors.Is(err, xmltree.ErrDoctype):
		return malformed("doctype", "The document declares a document type, which no clinical document needs")
	case errors.Is(err, xmltree.ErrTooLarge), errors.Is(err, xmltree.ErrTooDeep), errors.Is(err, xmltree.ErrLongTag):
		return malformed("too-large", "The document is larger or deeper than is read")
	case errors.Is(err, xmltree.ErrEncoding):
		return malformed("encoding", "The document is written in a character set that is not read")
	case errors.Is(err, xmltree.ErrNotXML):
		return malformed("not-xml", "The document is not well-formed XML")
	}
	return err
}
