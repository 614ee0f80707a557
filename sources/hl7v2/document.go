package hl7v2

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
)

// document is a document that a message carries whole, or a report's attachment.
type document struct {
	record.Document
	// seq is the message that holds it, segment the OBX there; -1 means all of its text.
	seq     int64
	segment int
}

// mdm takes a document. HL7 v2.5.1 §9.6.
func (c *chart) mdm(m *er7.Message, event string) *feed.Reason {
	txa := m.First("TXA")
	if txa.Name == "" {
		return errNothing
	}
	id := strings.TrimSpace(txa.Field(12).Component(1).Text())
	if id == "" {
		id = "/" + c.from.Control
	}
	key := c.from.Sender + "/" + id
	if event == "T11" || txa.Field(19).Text() == "CA" { // cancelled: it was entered in error
		c.documents.drop(key)
		return nil
	}
	if parent := c.from.Sender + "/" + strings.TrimSpace(txa.Field(13).Component(1).Text()); (event == "T09" || event == "T10") && c.documents.has(parent) && parent != key {
		c.documents.by[parent].Status = "superseded"
	}
	d, _ := c.documents.at(key)
	had := *d
	d.Document = record.Document{Base: c.base("TXA/" + key), Status: documentStatus(txa)}
	d.Code = c.s.inTable(txa.Field(2), "0270", documentTypes)
	d.Title = or2(txa.Field(25).Text(), d.Code.Label())
	for _, n := range []int{4, 6, 8, 7} {
		if d.Date == "" {
			d.Date = c.d.field(txa.Field(n))
		}
	}
	for _, n := range []int{9, 5, 22} {
		if d.Author == nil {
			d.Author = actor(txa.Field(n).First(), "")
		}
	}
	switch level := txa.Field(18).Text(); level {
	case "R", "V":
		d.Labels = []record.Coding{{System: confidentiality, Code: level}}
	}
	d.seq, d.segment, d.ContentType, d.Size = c.from.Seq, -1, "", 0
	body, kind, segment, err := contentOf(m)
	switch {
	case errors.Is(err, errNoContent) && had.seq != 0: // a change of status alone
		d.seq, d.segment, d.ContentType, d.Size = had.seq, had.segment, had.ContentType, had.Size
	case errors.Is(err, errNoContent):
		d.Content.Reason = "The document itself was not sent"
	case err != nil:
		d.Content.Reason = "The document itself could not be understood"
	default:
		d.segment, d.ContentType, d.Size = segment, kind, len(body)
	}
	if txa.Field(19).Text() == "UN" {
		d.Content.Reason = "The document is not available now, says its system"
	}
	return nil
}

func documentStatus(txa er7.Segment) string {
	switch {
	case txa.Field(19).Text() == "OB":
		return "superseded"
	case slices.Contains([]string{"DI", "IP", "IN", "PA"}, txa.Field(17).Component(1).Text()):
		return "preliminary"
	}
	return "current"
}

// attached takes a document that stands among a report's results.
func (c *chart) attached(order string, obx er7.Segment, r *result, n int) {
	key := order + "/" + key(obx.Field(3)) + "/" + obx.Field(4).Text()
	d, _ := c.documents.at(key)
	d.Document = record.Document{Base: c.base("OBX/" + key), Status: "current"}
	d.Code = c.s.code(obx.Field(3))
	if d.Code.IsZero() {
		d.Code = r.Code
	}
	d.Title, d.Author = d.Code.Label(), r.Author
	d.Date = or3(c.d.field(obx.Field(14)), r.Date)
	body, kind, err := encapsulated(obx.Field(5).First())
	if err != nil {
		d.Content.Reason = "The document itself could not be understood"
	}
	d.seq, d.segment, d.ContentType, d.Size = c.from.Seq, n, kind, len(body)
}

// papers are the documents as entries.
func (c *chart) papers() (all []record.Entry) {
	for _, k := range c.documents.order {
		d := c.documents.by[k]
		x := d.Document
		if x.Content.Reason == "" {
			x.Reference = fmt.Sprintf("%d/%d", d.seq, d.segment)
		}
		if x.Code.IsZero() {
			x.Code = record.Text("Document")
		}
		if x.Title == "" {
			x.Title = x.Code.Label()
		}
		all = append(all, &x)
	}
	return all
}

var (
	errNoContent  = errors.New("the message has no content")
	errBadContent = errors.New("the content cannot be decoded")
)

// contentOf is what a message about a document has for it: an encapsulated file if there
// is one, else all of its text.
func contentOf(m *er7.Message) (body []byte, kind string, segment int, err error) {
	var text []string
	for n, one := range m.Segments {
		if one.Name != "OBX" || one.Field(5).Absent() || one.Field(5).Null() {
			continue
		}
		if one.Field(2).Text() == "ED" {
			body, kind, err = encapsulated(one.Field(5).First())
			return body, kind, n, err
		}
		for r := range one.Field(5).Repetitions() {
			text = append(text, r.Text())
		}
	}
	if len(text) == 0 {
		return nil, "", -1, errNoContent
	}
	return []byte(strings.Join(text, "\n")), "text/plain; charset=utf-8", -1, nil
}

// encapsulated takes ED: source, type, subtype, encoding, data. HL7 v2.5.1 §2.A.24.
func encapsulated(r er7.Repetition) (body []byte, kind string, err error) {
	kind = mediaType(r.Component(2).Text(), r.Component(3).Text())
	data := r.Component(5)
	switch strings.ToLower(r.Component(4).Text()) {
	case "base64":
		tight := strings.Map(func(c rune) rune {
			if c == ' ' || c == '\n' || c == '\r' || c == '\t' {
				return -1
			}
			return c
		}, data.Text())
		body, err = base64.StdEncoding.DecodeString(tight)
	case "hex":
		body, err = hex.DecodeString(data.Text())
	case "a", "":
		body = []byte(data.Text())
	default:
		err = errBadContent
	}
	if err != nil || len(body) == 0 {
		return nil, kind, errBadContent
	}
	return body, kind, nil
}

func mediaType(main, sub string) string {
	sub = strings.ToLower(sub)
	if strings.Contains(sub, "/") {
		return sub
	}
	if known := map[string]string{"pdf": "application/pdf", "rtf": "application/rtf", "html": "text/html", "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png",
		"gif": "image/gif", "tiff": "image/tiff", "tif": "image/tiff", "plain": "text/plain", "txt": "text/plain", "xml": "text/xml",
		"x-hl7-cda-level-one": "text/xml", "x-hl7-cda-level-two": "text/xml", "x-hl7-cda-level-three": "text/xml"}[sub]; known != "" {
		return known
	}
	if strings.EqualFold(main, "TEXT") && sub == "" {
		return "text/plain"
	}
	return ""
}

var documentTypes = map[string]string{"AR": "Autopsy report", "CD": "Cardiodiagnostics", "CN": "Consultation", "DI": "Diagnostic imaging", "DS": "Discharge summary",
	"ED": "Emergency department report", "HP": "History and physical examination", "OP": "Operative report", "PC": "Psychiatric consultation",
	"PH": "Psychiatric history and physical examination", "PN": "Procedure note", "PR": "Progress note", "SP": "Surgical pathology",
	"TS": "Transfer summary", "CL": "Clinic letter", "OL": "Outpatient letter"}
