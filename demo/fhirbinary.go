package demo

import (
	"encoding/base64"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
)

// file is a document's content: what Binary/ID answers with. It is made when it is asked
// for, always the same.
type file struct {
	patient, mime string
	make          func() []byte
}

// document writes what there is to know of a document, with its formats. The hospital
// keeps some letters in two, the practices short texts within the entry itself.
func (w *fhirWriter) document(d document) {
	id := w.id("document", w.s.localID, d.title, stamp(d.at))
	paper, contents := w.paper(d), list{}
	attach := func(mime string, body func() []byte) {
		a := object{"contentType": mime, "title": d.title, "creation": stamp(d.at)}
		if w.system == inGP && mime == "text/plain" {
			a["data"] = base64.StdEncoding.EncodeToString(body())
		} else {
			name := id
			if len(contents) > 0 {
				name += "-" + string(rune('1'+len(contents)))
			}
			a["url"], a["size"] = "Binary/"+name, len(body())
			w.store.files[name] = file{w.s.localID, mime, body}
		}
		contents = append(contents, object{"attachment": a})
	}
	switch form := w.form(d, id); form {
	case "text/plain":
		attach(form, paper.text)
	case "text/html":
		attach(form, func() []byte { return paper.html("") })
	case "text/html; hostile":
		attach("text/html", func() []byte { return paper.html(hostileHTML) })
	case "text/xml":
		attach(form, paper.cda)
	case "image/png":
		attach(form, tracing)
	case "both":
		attach("text/xml", paper.cda)
		attach("application/pdf", paper.pdf)
	case "elsewhere":
		contents = list{object{"attachment": object{"contentType": "application/pdf", "title": d.title, "size": 48211, "creation": stamp(d.at),
			"url": "https://documents.westmarch.example/" + id}}}
	default:
		attach("application/pdf", paper.pdf)
	}
	w.put("DocumentReference", d.said, object{"status": "current", "docStatus": "final", "type": coded(d.kind), "subject": w.subject(),
		"date": stamp(d.at), "author": list{w.by(d.said)}, "custodian": w.provider(), "description": d.title,
		"category": list{object{"text": categoryOf(d)}},
		"content":  contents, "context": object{"period": object{"start": stamp(d.at)}}})
}

// form is in which format a document is kept here.
func (w *fhirWriter) form(d document, id string) string {
	turn := fnv.New32a()
	_, _ = turn.Write([]byte(id))
	switch {
	case strings.Contains(d.title, "<svg"):
		return "text/html; hostile"
	case d.mime != "application/pdf":
		return d.mime
	case w.system == inHospital && d.pas == "LETTER":
		return []string{"application/pdf", "text/html", "text/xml", "elsewhere"}[turn.Sum32()%4]
	case w.system == inHospital && d.pas == "DISCH":
		return "both"
	}
	return "application/pdf"
}

func categoryOf(d document) string {
	switch d.pas {
	case "LETTER":
		return "Letters"
	case "DISCH":
		return "Discharge summaries"
	case "RESPECT":
		return "Plans"
	}
	return "Reports"
}

// binary answers a read of a Binary: the practices' system as JSON, the hospital's as
// the bytes themselves (R4 §2.4.3).
func (s *fhirServer) binary(w http.ResponseWriter, id string, v visit) *fhirError {
	f, ok := s.store.files[id]
	if !ok {
		return failure(http.StatusNotFound, "not-found", "Binary is not known")
	}
	if v.fault.Name == faultWrongPatient {
		f.patient = s.store.other("Patient", f.patient)
	}
	if s.store.packs {
		body, err := renderJSON(object{"resourceType": "Binary", "id": id, "contentType": f.mime,
			"securityContext": object{"reference": "Patient/" + f.patient}, "data": base64.StdEncoding.EncodeToString(f.make())})
		if err != nil {
			return failure(http.StatusInternalServerError, "exception", "it cannot be written")
		}
		w.Header().Set("Content-Type", "application/fhir+json; charset=utf-8")
		_, _ = w.Write(body)
		return nil
	}
	w.Header().Set("Content-Type", f.mime)
	w.Header().Set("X-Security-Context", "Patient/"+f.patient)
	body := f.make()
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
	return nil
}
