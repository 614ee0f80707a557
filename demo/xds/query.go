package xds

import (
	"net/http"
	"slices"
	"strings"
)

// The stored queries that are answered.
const (
	findDocuments   = "urn:uuid:14d4debf-8f97-4251-9a74-a9016b0af0d9"
	findByReference = "urn:uuid:12941a89-e02e-4be5-967c-ce4bfc8fe492"
)

const errorPrefix = "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:"

// query answers a stored query.
func (s *Server) query(w http.ResponseWriter, e envelope, fault string) {
	q := e.Body.Query
	patient := s.localPart(q.values("$XDSDocumentEntryPatientId"))
	if q.Adhoc.ID != findDocuments && q.Adhoc.ID != findByReference {
		s.answer(w, e, "Failure", registryError("XDSUnknownStoredQuery", "Error"), "")
		return
	}
	if !slices.Contains(s.people, patient) {
		s.answer(w, e, "Failure", registryError("XDSUnknownPatientId", "Error"), "")
		return
	}
	who := []string{patient}
	switch other := s.people[(slices.Index(s.people, patient)+1)%len(s.people)]; fault {
	case "wrong-patient":
		who = []string{other}
	case "mixed-patients":
		who = append(who, other)
	}
	var found []string
	for _, d := range s.documents {
		if slices.Contains(who, d.Patient) && d.fits(q) {
			found = append(found, d.entry(s.Authority))
			if fault == "duplicates" {
				found = append(found, d.entry(s.Authority))
			}
		}
	}
	switch {
	case s.Most > 0 && len(found) > s.Most:
		s.answer(w, e, "Failure", registryError("XDSTooManyResults", "Error"), "")
	case s.Partial:
		s.answer(w, e, "PartialSuccess", registryError("XDSUnavailableCommunity", "Error"), strings.Join(found, "\n"))
	default:
		s.answer(w, e, "Success", "", strings.Join(found, "\n"))
	}
}

// localPart is the id of a patient's number in this domain; "" if it is of another.
func (s *Server) localPart(values []string) string {
	if len(values) != 1 {
		return ""
	}
	id, ok := strings.CutSuffix(values[0], "^^^&"+s.Authority+"&ISO")
	if !ok {
		return ""
	}
	return id
}

// fits reports whether the document is what a query asks for.
func (d *Document) fits(q *storedQuery) bool {
	status := "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"
	if d.Deprecated {
		status = "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated"
	}
	kind := "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"
	if d.OnDemand {
		kind = "urn:uuid:34268e47-fdf5-41a6-ba33-82133c465248"
	}
	kinds := q.values("$XDSDocumentEntryType")
	if len(kinds) == 0 {
		kinds = []string{"urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"}
	}
	classes := q.values("$XDSDocumentEntryClassCode")
	if !slices.Contains(q.values("$XDSDocumentEntryStatus"), status) || !slices.Contains(kinds, kind) ||
		len(classes) > 0 && !slices.Contains(classes, d.Class.Code+"^^"+d.Class.Scheme) {
		return false
	}
	return q.Adhoc.ID == findDocuments || slices.ContainsFunc(q.values("$XDSDocumentEntryReferenceIdList"), func(id string) bool {
		return slices.Contains(d.References, id)
	})
}

func registryError(code, severity string) string {
	return `<rs:RegistryErrorList highestSeverity="` + errorPrefix + severity + `"><rs:RegistryError errorCode="` + code +
		`" codeContext="see the archive's log" severity="` + errorPrefix + severity + `"/></rs:RegistryErrorList>`
}

func responseStatus(s string) string {
	if s == "PartialSuccess" {
		return "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess"
	}
	return "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:" + s
}

func (s *Server) answer(w http.ResponseWriter, e envelope, status, errors, objects string) {
	body := wrap("urn:ihe:iti:2007:RegistryStoredQueryResponse", e,
		`<query:AdhocQueryResponse xmlns:query="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" xmlns:rs="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" status="`+
			responseStatus(status)+`">`+errors+`<rim:RegistryObjectList>`+objects+`</rim:RegistryObjectList></query:AdhocQueryResponse>`)
	w.Header().Set("Content-Type", `application/soap+xml; charset=UTF-8; action="urn:ihe:iti:2007:RegistryStoredQueryResponse"`)
	_, _ = w.Write(body)
}
