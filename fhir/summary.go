package fhir

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"
)

// International Patient Summary, http://hl7.org/fhir/uv/ips.
const ips = "http://hl7.org/fhir/uv/ips/StructureDefinition/"

// document is a patient summary: everything that its forms have.
type document struct {
	person   node
	patient  object
	chapters []chapter
	systems  []asked
	// missing names who did not answer about who the person is.
	missing []string
	made    time.Time
}

// summary answers Patient/ID/$summary: an International Patient Summary as a document of FHIR
// or as a page, of one reading of all systems. Nothing is merged. It never says "none"
// where a system did not answer.
func (s *Server) summary(w http.ResponseWriter, r *http.Request, id string) {
	if !goodID(id) || strings.Contains(id, ".") {
		s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such person that you may open")
		return
	}
	types := []string{"Patient"}
	for _, h := range headings() {
		for _, name := range h.types {
			if !slices.Contains(types, name) {
				types = append(types, name)
			}
		}
	}
	if !whole(r.Context(), types) {
		w.Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope"`)
		s.refuse(w, r, http.StatusForbidden, "forbidden", "A summary needs scopes that read every type it has, such as patient/*.rs: what a scope leaves out would read as not there")
		return
	}
	data, err := s.run(w, r, "FHIRSummary", s.everythingQuery("FHIRSummary", types), map[string]any{"id": id, "wait": readWait})
	if err != nil {
		return
	}
	person := data.one("patient")
	if person == nil {
		s.refuse(w, r, http.StatusNotFound, "not-found", "There is no such person that you may open")
		return
	}
	d := s.document(person)
	if formatOf(r) == htmlFormat {
		s.summaryPage(w, r, d)
		return
	}
	s.reply(w, r, http.StatusOK, d.bundle(s.Base(r)))
}

func (s *Server) document(person node) *document {
	d := &document{person: person, patient: s.kinds["Patient"].patient(person), made: s.Now()}
	read := []string{"demographics"}
	for _, h := range headings() {
		if c, ok := s.chapterOf(person, h); ok {
			d.chapters = append(d.chapters, c)
		}
		for _, name := range h.from {
			if !slices.Contains(read, name) {
				read = append(read, name)
			}
		}
	}
	var who chapter
	who.incomplete(person, "demographics")
	d.missing = who.missing
	d.systems = systems(person, read)
	return d
}

// bundle renders the document: the Composition first, then the person, who made it, and
// every resource that a section refers to (R4 §3.3).
func (d *document) bundle(base string) object {
	author := object{
		"resourceType": "Device", "id": uuid(), "manufacturer": "Patchwork",
		"deviceName": []object{{"name": "Shared care record", "type": "user-friendly-name"}},
	}
	d.identify()
	entries := []object{entryIn(base, d.patient), entryIn(base, author)}
	placed := map[string]bool{}
	var sections []object
	for i := range d.chapters {
		c := &d.chapters[i]
		var references []object
		for _, o := range c.resources {
			if o["id"] == nil {
				o["id"] = uuid() // policy holds its own back
			}
			e := entryIn(base, o)
			at, _ := e["fullUrl"].(string)
			references = append(references, object{"reference": at})
			if !placed[at] {
				placed[at] = true
				entries = append(entries, e)
			}
		}
		sections = append(sections, c.section(references))
	}
	composition := d.composition(entries[0]["fullUrl"], entries[1]["fullUrl"], sections)
	return object{
		"resourceType": "Bundle", "id": uuid(), "meta": object{"profile": []string{ips + "Bundle-uv-ips"}}, "type": "document",
		"identifier": unique(uuid()), "timestamp": d.made.UTC().Format(time.RFC3339),
		"entry": append([]object{entryIn(base, composition)}, entries...),
	}
}

// composition is the document's own resource: what it is, whose, when, by whom.
func (d *document) composition(patient, author any, sections []object) object {
	made, id := d.made.UTC().Format(time.RFC3339), uuid()
	var m markup
	m.tag("p", "", "International Patient Summary, put together by a shared care record on "+shownDate(made)+" from the systems that hold the person's record.")
	tellSystems(&m, d.systems)
	return object{
		"resourceType": "Composition", "id": id, "meta": object{"profile": []string{ips + "Composition-uv-ips"}}, "text": m.div("additional"),
		"identifier": unique(id), "status": "final", "title": "International Patient Summary", "date": made,
		"type":    object{"coding": []object{{"system": loinc, "code": "60591-5", "display": "Patient summary Document"}}},
		"subject": object{"reference": patient}, "author": []object{{"reference": author}},
		"event": []object{{
			"code":   []object{{"coding": []object{{"system": "http://terminology.hl7.org/CodeSystem/v3-ActClass", "code": "PCPR", "display": "care provision"}}}},
			"period": object{"end": made},
		}},
		"section": sections,
	}
}

// identify puts in what the International Patient Summary requires of the person, and the
// words for people.
func (d *document) identify() {
	if d.patient["name"] == nil {
		d.patient["name"] = []object{dataAbsent()}
	}
	if d.patient["birthDate"] == nil {
		d.patient["_birthDate"] = dataAbsent()
	}
	var m markup
	d.banner(&m)
	d.patient["text"] = m.div("generated")
}

// entryIn is an entry of a document. What is only in this document has a urn.
func entryIn(base string, o object) object {
	kind, _ := o["resourceType"].(string)
	id, _ := o["id"].(string)
	if kind == "Composition" || kind == "Device" {
		return object{"fullUrl": "urn:uuid:" + id, "resource": o}
	}
	return object{"fullUrl": base + "/" + kind + "/" + id, "resource": o}
}

func unique(id string) object {
	return object{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:" + id}
}

// uuid makes a random one (RFC 9562 §5.4).
func uuid() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}
