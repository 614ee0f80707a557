package fhir

import "encoding/json"

// documentReference: FHIR R4 DocumentReference, of the section documents: metadata, and a
// link to the original where there is one. The document stays where it is.
//
// It has no search by date: FHIR's is by an instant, and a document dated to the day has
// none. It would be left out of every such search (hazard H-02).
func documentReference() *kind {
	return &kind{
		name: "DocumentReference", profile: ukCore + "DocumentReference", status: "status",
		parts: []part{{
			section: "documents",
			fields: `status title category { ...Coded } contentType size custodian { ods name } service { ...Coded }
				provenance { link }`,
			render: renderDocument,
		}},
	}
}

func renderDocument(a *about, e node) object {
	o := object{"subject": a.subject(), "content": []object{{"attachment": attachment(e)}}}
	// http://hl7.org/fhir/ValueSet/document-reference-status, required, has no unknown.
	if status := known(e.text("status"), "current", "superseded", "entered-in-error"); status != "" {
		o["status"] = status
	} else {
		o["_status"] = dataAbsent()
	}
	return o.set("identifier", localIdentifier(e)).set("type", concept(e.one("code"))).set("category", concepts([]node{e.one("category")})).
		set("date", instant(e.text("recorded"))).set("date", instant(e.text("date"))).
		set("author", each([]node{e.one("author")}, actor)).set("custodian", organisation(e.one("custodian"))).
		set("description", e.text("note")).
		set("context", object{}.set("practiceSetting", concept(e.one("service"))))
}

// attachment renders what is known of the document itself; of one without any of it, that it
// is not known.
func attachment(e node) object {
	o := object{}.set("contentType", e.text("contentType")).set("title", e.text("title")).
		set("creation", e.text("date")).set("url", e.text("provenance.link"))
	if size := e.text("size"); size != "" && size != "0" { // 0 is not stated
		o["size"] = json.Number(size)
	}
	if len(o) == 0 {
		return dataAbsent()
	}
	return o
}
