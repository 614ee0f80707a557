package xds

import (
	"crypto/sha1" //nolint:gosec // the profile's own hash of a document's content
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// Code is one coded value of the metadata.
type Code struct{ Code, Scheme, Name string }

// Document is one document with its metadata.
type Document struct {
	// Patient is the id of the person in the affinity domain, without its authority.
	Patient string
	// Unique is the document's own id, an OID; Repository the OID of where it is kept.
	Unique, Repository       string
	Title, Comments, Mime    string
	Class, Type, Format      Code
	Setting, Confidentiality Code
	Author, Role             string
	Institution, ODS         string
	Created                  time.Time
	// Family, Given, Born (yyyymmdd) and Sex (M, F) are what its source said of the person.
	Family, Given, Born, Sex string
	// Deprecated has been replaced by another; Offline is not at hand; OnDemand is made
	// when it is asked for.
	Deprecated, Offline, OnDemand bool
	// References are the reference ids (CXi) under which it can be found.
	References []string
	Body       func() []byte
}

// HL7 is the scheme of confidentiality codes.
const HL7 = "2.16.840.1.113883.5.25"

// entry is the document as an ExtrinsicObject (ITI TF-3 §4.2.3.2).
func (d *Document) entry(authority string) string {
	id := d.id()
	status, kind := "Approved", "7edca82f-054d-47f2-a032-9b2a5b5186c1"
	if d.Deprecated {
		status = "Deprecated"
	}
	if d.OnDemand {
		kind = "34268e47-fdf5-41a6-ba33-82133c465248"
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<rim:ExtrinsicObject id=%q lid=%q mimeType=%q objectType="urn:uuid:%s" status="urn:oasis:names:tc:ebxml-regrep:StatusType:%s">`,
		id, id, esc(d.Mime), kind, status)
	patient := d.Patient + "^^^&" + authority + "&ISO"
	b.WriteString(slot("creationTime", d.Created.UTC().Format("20060102150405")) + slot("languageCode", "en-GB") +
		slot("sourcePatientId", patient) + slot("repositoryUniqueId", d.Repository))
	if !d.OnDemand {
		body := d.Body()
		sum := sha1.Sum(body) //nolint:gosec // IHE ITI TF-3 §4.2: a document's hash is SHA-1, against damage and not against malice
		b.WriteString(slot("size", fmt.Sprint(len(body))) + slot("hash", hex.EncodeToString(sum[:])))
	}
	if d.Family != "" {
		b.WriteString(slot("sourcePatientInfo", "PID-3|"+patient, "PID-5|"+d.Family+"^"+d.Given, "PID-7|"+d.Born, "PID-8|"+d.Sex))
	}
	if d.Offline {
		b.WriteString(slot("documentAvailability", "urn:ihe:iti:2010:DocumentAvailability:Offline"))
	}
	if len(d.References) > 0 {
		b.WriteString(slot("urn:ihe:iti:xds:2013:referenceIdList", d.References...))
	}
	b.WriteString(named("Name", d.Title) + named("Description", d.Comments))
	if d.Author != "" || d.Institution != "" {
		fmt.Fprintf(&b, `<rim:Classification id="%s-author" classificationScheme="urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d" classifiedObject=%q nodeRepresentation="">`, id, id)
		b.WriteString(slot("authorPerson", xcn(d.Author)) + slot("authorInstitution", d.Institution+"^^^^^&1.2.826.0.1285.0.1.10&ISO^^^^"+d.ODS) +
			slot("authorRole", d.Role) + `</rim:Classification>`)
	}
	for scheme, c := range map[string]Code{"41a5887f-8865-4c09-adf7-e362475b143a": d.Class, "f0306f51-975f-434e-a61c-c59651d33983": d.Type,
		"a09d5840-386c-46f2-b5ad-9c3699a4309d": d.Format, "cccf5598-8b07-4b77-a05e-ae952c785ead": d.Setting,
		"f4f85eac-e6cb-4883-b524-f2705394840f": d.Confidentiality} {
		if c.Code != "" {
			fmt.Fprintf(&b, `<rim:Classification id="%s-%s" classificationScheme="urn:uuid:%s" classifiedObject=%q nodeRepresentation=%q>%s%s</rim:Classification>`,
				id, scheme[:8], scheme, id, esc(c.Code), slot("codingScheme", c.Scheme), named("Name", c.Name))
		}
	}
	fmt.Fprintf(&b, `<rim:ExternalIdentifier id="%s-p" registryObject=%q identificationScheme="urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427" value=%q>%s</rim:ExternalIdentifier>`,
		id, id, esc(patient), named("Name", "XDSDocumentEntry.patientId"))
	fmt.Fprintf(&b, `<rim:ExternalIdentifier id="%s-u" registryObject=%q identificationScheme="urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab" value=%q>%s</rim:ExternalIdentifier>`,
		id, id, esc(d.Unique), named("Name", "XDSDocumentEntry.uniqueId"))
	b.WriteString("</rim:ExtrinsicObject>")
	return b.String()
}

// xcn writes "Mr Tobias Lenswick" as HL7 v2 does: family name, given name, prefix.
func xcn(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return name
	}
	prefix := ""
	if len(words) > 2 {
		prefix, words = words[0], words[1:]
	}
	return "^" + words[len(words)-1] + "^" + strings.Join(words[:len(words)-1], " ") + "^^^" + prefix
}

// id is the entry's own id, always the same for the same document.
func (d *Document) id() string {
	sum := sha1.Sum([]byte(d.Unique)) //nolint:gosec // an id, no secret
	h := hex.EncodeToString(sum[:16])
	return "urn:uuid:" + h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-8" + h[17:20] + "-" + h[20:32]
}

func slot(name string, values ...string) string {
	var b strings.Builder
	for _, v := range values {
		if v != "" {
			b.WriteString("<rim:Value>" + esc(v) + "</rim:Value>")
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return `<rim:Slot name="` + name + `"><rim:ValueList>` + b.String() + "</rim:ValueList></rim:Slot>"
}

func named(element, value string) string {
	if value == "" {
		return ""
	}
	return "<rim:" + element + `><rim:LocalizedString value="` + esc(value) + `"/></rim:` + element + ">"
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")

func esc(s string) string { return escaper.Replace(s) }
