package xds_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	archive "github.com/patchworkcare/patchwork/demo/xds"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

const soap = "application/soap+xml; charset=UTF-8"

func enveloped(body string) string {
	return `<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body>` + body + `</env:Body></env:Envelope>`
}

func queryAnswer(status, inside string) string {
	return enveloped(`<q:AdhocQueryResponse xmlns:q="urn:q" xmlns:rim="urn:rim" xmlns:rs="urn:rs" status="urn:x:` + status + `">` + inside + `</q:AdhocQueryResponse>`)
}

// Whatever the registry or something in its place answers, it is an error of its kind,
// never "no documents" (hazard H-02), and no text of it holds the number (H-07).
func TestHostileQueries(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer handler
		kind   sources.Kind
		code   string
	}{
		{"a web page", answering("text/html", "<html>"), sources.Malformed, "not-soap"},
		{"nothing", answering(soap, ""), sources.Malformed, "not-xml"},
		{"204", func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(204); return true }, sources.Malformed, "empty-body"},
		{"no envelope", answering(soap, "<a/>"), sources.Malformed, "not-soap"},
		{"an empty envelope", answering(soap, enveloped("")), sources.Malformed, "not-xds"},
		{"another answer", answering(soap, enveloped("<RetrieveDocumentSetResponse/>")), sources.Malformed, "not-xds"},
		{"two answers", answering(soap, enveloped("<AdhocQueryResponse/><AdhocQueryResponse/>")), sources.Malformed, "not-xds"},
		{"no status", answering(soap, enveloped("<AdhocQueryResponse/>")), sources.Malformed, "no-status"},
		{"a status nobody knows", answering(soap, queryAnswer("Perhaps", "<rim:RegistryObjectList/>")), sources.Malformed, "no-status"},
		{"success without a list", answering(soap, queryAnswer("Success", "")), sources.Malformed, "not-xds"},
		{"failure without a reason", answering(soap, queryAnswer("Failure", "")), sources.Unavailable, "registry-error"},
		{"an unknown person among other errors", answering(soap, queryAnswer("Failure", `<rs:RegistryErrorList><rs:RegistryError errorCode="XDSUnknownPatientId"/><rs:RegistryError errorCode="XDSRegistryError"/></rs:RegistryErrorList>`)), sources.Unavailable, "registry-error"},
		{"a fault in 200", answering(soap, enveloped(`<env:Fault><env:Code><env:Value>env:Receiver</env:Value></env:Code></env:Fault>`)), sources.Unavailable, "soap-fault"},
		{"a fault in 500", status(500), sources.Unavailable, "soap-fault"},
		{"a fault about who we are", answering(soap, enveloped(`<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>wsse:FailedAuthentication</env:Value></env:Subcode></env:Code></env:Fault>`)), sources.Refused, "soap-refused"},
		{"500 that is no SOAP", func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(500); return true }, sources.Unavailable, "http-500"},
		{"403", status(403), sources.Refused, "http-403"},
		{"503", status(503, "Retry-After", "3"), sources.Unavailable, "http-503"},
		{"a redirect", func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
			return true
		}, sources.Malformed, "redirect"},
		{"packed", func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write([]byte{0x1f, 0x8b, 8, 0})
			return true
		}, sources.Malformed, "encoding"},
		{"a file by entity", answering(soap, `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>`+enveloped("&x;")), sources.Malformed, "doctype"},
		{"laughs", answering(soap, `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>`+enveloped("&b;")), sources.Malformed, "doctype"},
		{"too deep", answering(soap, strings.Repeat("<a>", 1000)), sources.Malformed, "too-large"},
		{"too large", answering(soap, enveloped(strings.Repeat("<!-- x -->", 2<<20))), sources.Malformed, "too-large"},
		{"a tag without end", answering(soap, `<a b="`+strings.Repeat("x", 1<<20)), sources.Malformed, "too-large"},
		{"parts without a boundary", answering("multipart/related", "x"), sources.Malformed, "not-soap"},
		{"parts without a part", answering(`multipart/related; boundary=b`, "--b--"), sources.Malformed, "mtom-cut"},
		{"the connection is cut", hangUp, sources.Unavailable, "connection-lost"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t, archive.Options{}, documents()...)
			s.behave(c.answer, "")
			source := open(t, s.config())
			for _, section := range []record.Section{record.Documents, record.Allergies} {
				quiet(t, fetchOne(t, source, section, philippa).Err, c.kind, c.code)
			}
			_, err := source.(sources.Finder).Find(t.Context(), []record.PersonQuery{{NHSNumber: philippa}})
			quiet(t, err, c.kind, c.code)
		})
	}
}

// quiet checks an error, and that nothing in it quotes the question.
func quiet(t *testing.T, err error, kind sources.Kind, code string) {
	t.Helper()
	e := sources.AsError(err)
	if e == nil || e.Kind != kind || e.Code != code {
		t.Errorf("%+v, want %v %s", e, kind, code)
		return
	}
	for cause := error(e); cause != nil; cause = errors.Unwrap(cause) {
		if said := fmt.Sprintf("%v %+v %#v", cause, cause, cause); strings.Contains(said, "999000") || strings.Contains(said, "127.0.0.1") {
			t.Errorf("the error quotes the question: %s", said)
		}
	}
}

// An id that would mean something else within a query is not asked with.
func TestHostileIDs(t *testing.T) {
	s := newServer(t, archive.Options{}, documents()...)
	source := open(t, s.config())
	for _, id := range []string{"1^^^&9&ISO", "1&2", "1'',''2", "1'", "1\n2", "<a>^", "a|b", `a\F\b`} {
		quiet(t, fetchOne(t, source, record.Documents, id).Err, sources.Refused, "bad-id")
	}
	if r := fetchOne(t, source, record.Documents, `<x a="1">&amp`); sources.AsError(r.Err) == nil {
		t.Error("asked")
	}
	if n := len(s.asked()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// Whatever a repository answers, it is a document that was asked for or an error.
func TestHostileDocuments(t *testing.T) {
	response := func(inside string) string {
		return enveloped(`<x:RetrieveDocumentSetResponse xmlns:x="urn:x" xmlns:xop="urn:xop"><RegistryResponse status="a:Success"/>` + inside + `</x:RetrieveDocumentSetResponse>`)
	}
	document := func(unique, content string) string {
		return response(`<DocumentResponse><RepositoryUniqueId>` + repository + `</RepositoryUniqueId><DocumentUniqueId>` + unique + `</DocumentUniqueId><mimeType>text/plain</mimeType><Document>` + content + `</Document></DocumentResponse>`)
	}
	mtom := func(root, rest string) string {
		return "--b\r\nContent-ID: <r>\r\nContent-Type: application/xop+xml\r\n\r\n" + root + "\r\n" + rest
	}
	const parts = `multipart/related; boundary=b; start="<r>"`
	include := `<xop:Include href="cid:d%40x"/>`
	for _, c := range []struct {
		name, kind, body, code string
		want                   string // what is handed out; "" for an error
	}{
		{"in place", soap, document("1.2", "aGVsbG8="), "", "hello"},
		{"in place, over lines", soap, document("1.2", " aGVs\r\n bG8= "), "", "hello"},
		{"as a part", parts, mtom(document("1.2", include), "--b\r\nContent-ID: <d@x>\r\nContent-Transfer-Encoding: binary\r\n\r\nhello\r\n--b--"), "", "hello"},
		{"as a part after another", parts, mtom(document("1.2", include), "--b\r\nContent-ID: <e@x>\r\n\r\nno\r\n--b\r\nContent-ID: <d@x>\r\n\r\nhello\r\n--b--"), "", "hello"},
		{"as a part in base64", parts, mtom(document("1.2", include), "--b\r\nContent-ID: <d@x>\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--b--"), "", "hello"},
		{"a web page", "text/html", "<html>", "not-soap", ""},
		{"no document", soap, response(""), "other-document", ""},
		{"another document", soap, document("9.9", "aGVsbG8="), "other-document", ""},
		{"two documents", soap, strings.Replace(document("1.2", "aGVsbG8="), "</DocumentResponse>", "</DocumentResponse><DocumentResponse/>", 1), "other-document", ""},
		{"no content", soap, document("1.2", ""), "empty", ""},
		{"no base64", soap, document("1.2", "?"), "not-base64", ""},
		{"a part that is not there", parts, mtom(document("1.2", include), "--b--"), "mtom-cut", ""},
		{"a part without parts", soap, document("1.2", include), "no-part", ""},
		{"an address in place of a part", parts, mtom(document("1.2", `<xop:Include href="http://127.0.0.1/"/>`), "--b--"), "no-part", ""},
		{"a part that is cut", parts, mtom(document("1.2", include), "--b\r\nContent-ID: <d@x>\r\n\r\nhel"), "mtom-cut", ""},
		{"a part without end of headers", parts, mtom(document("1.2", include), "--b\r\nContent-ID: <d@x>"), "mtom-cut", ""},
		{"a part in another encoding", parts, mtom(document("1.2", include), "--b\r\nContent-ID: <d@x>\r\nContent-Transfer-Encoding: x-zip\r\n\r\nhello\r\n--b--"), "encoding", ""},
		{"the document first", `multipart/related; boundary=b; start="<other>"`, mtom(document("1.2", include), "--b--"), "mtom-order", ""},
		{"gone", soap, enveloped(`<RetrieveDocumentSetResponse><RegistryResponse status="a:Failure"><RegistryErrorList><RegistryError errorCode="XDSDocumentUniqueIdError"/></RegistryErrorList></RegistryResponse></RetrieveDocumentSetResponse>`), "document-gone", ""},
		{"busy", soap, enveloped(`<RetrieveDocumentSetResponse><RegistryResponse status="a:Failure"><RegistryErrorList><RegistryError errorCode="XDSRepositoryBusy"/></RegistryErrorList></RegistryResponse></RetrieveDocumentSetResponse>`), "busy", ""},
		{"a fault", soap, enveloped(`<Fault/>`), "soap-fault", ""},
		{"no status", soap, enveloped(`<RetrieveDocumentSetResponse/>`), "no-status", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t, archive.Options{})
			s.behave(answering(c.kind, c.body), "")
			got, err := openDocument(t, open(t, s.config()), `{"r":"`+repository+`","u":"1.2"}`)
			if c.want != "" {
				if err != nil || got != c.want {
					t.Errorf("%q %v", got, err)
				}
			} else if e := sources.AsError(err); e == nil || e.Code != c.code || err == nil {
				t.Errorf("%q %v, want %s", got, err, c.code)
			}
		})
	}
}

func openDocument(t *testing.T, s sources.Source, ref string) (string, error) {
	t.Helper()
	var all []byte
	err := s.(sources.DocumentOpener).OpenDocument(t.Context(), philippa, ref, func(d sources.Document) (err error) {
		all, err = io.ReadAll(d.Body)
		return err
	})
	return string(all), err
}

// What the registry lists opens, from the repository it names, and is held against its
// hash; nothing else is ever asked for.
func TestOpen(t *testing.T) {
	for _, inline := range []bool{false, true} {
		s := newServer(t, archive.Options{Inline: inline}, documents()...)
		source := open(t, s.config())
		opened := 0
		for _, e := range fetchOne(t, source, record.Documents, philippa).Entries {
			d := e.(*record.Document)
			if d.Reference == "" {
				if d.Content.Reason == "" {
					t.Errorf("%s does not open for no reason", d.Title)
				}
				continue
			}
			got, err := openDocument(t, source, d.Reference)
			if err != nil || len(got) != d.Size {
				t.Errorf("%s: %d of %d bytes, %v", d.Title, len(got), d.Size, err)
			}
			opened++
		}
		if opened != 4 {
			t.Errorf("%d opened", opened)
		}
		s.behave(nil, "")
		hash := `"h":"` + strings.Repeat("0", 40) + `"`
		for ref, code := range map[string]string{
			`{"r":"1.2.3.999","u":"1.2.3.5"}`: "document-gone", `{"r":"http://127.0.0.1/","u":"1.2.3.5"}`: "document-gone", `x`: "document-gone",
			`{"r":"` + repository + `"}`: "document-gone", `{"r":"` + repository + `","u":"9.9.9"}`: "document-gone",
			`{"r":"` + repository + `","u":"1.2.3.5",` + hash + `}`: "hash"} {
			if _, err := openDocument(t, source, ref); err == nil || sources.AsError(err).Code != code {
				t.Errorf("%s: %v, want %s", ref, err, code)
			}
		}
		if n := len(s.asked()); n != 2 {
			t.Errorf("%d requests", n)
		}
	}
}

// The newest summary that still holds answers, with the archive's own confidentiality;
// one about somebody else is never shown, whatever the registry says of it.
func TestSummaries(t *testing.T) {
	s := newServer(t, archive.Options{}, documents()...)
	r := fetchOne(t, open(t, s.config()), record.Allergies, philippa)
	if r.Err != nil || len(r.Entries) != 1 || r.Entries[0].Common().Code.Text != "Penicillin" {
		t.Errorf("%+v", r)
	}
	for name, body := range map[string]struct{ body, code string }{
		"of another person": {summaryOf(bernard, "Latex"), "wrong-patient"},
		"of nobody":         {strings.ReplaceAll(summaryOf(bernard, "Latex"), nhs, "1.2.3"), "no-subject"},
		"of two people":     {strings.ReplaceAll(summaryOf(philippa, "Latex"), "</patientRole>", `<id root="`+nhs+`" extension="`+bernard+`"/></patientRole>`), "no-subject"},
		"of a group":        {strings.ReplaceAll(summaryOf(philippa, "Latex"), "<recordTarget>", `<recordTarget><patientRole><id root="`+nhs+`" extension="`+philippa+`"/></patientRole></recordTarget><recordTarget>`), "record-target"},
		"that is no CDA":    {"<a/>", "not-cda"},
		"that is cut":       {summaryOf(philippa, "Latex")[:300], "not-xml"},
		"with entities":     {`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + summaryOf(philippa, "&x;"), "doctype"},
		"too deep":          {strings.Repeat("<a>", 1000), "too-large"},
	} {
		t.Run(name, func(t *testing.T) {
			d := documents()[7]
			d.Body = text(body.body)
			s := newServer(t, archive.Options{}, d)
			source := open(t, s.config())
			for _, section := range []record.Section{record.Allergies, record.Problems} {
				if r := fetchOne(t, source, section, philippa); r.Err == nil || sources.AsError(r.Err).Code != body.code || len(r.Entries)+len(r.Asserted) > 0 {
					t.Errorf("%+v, want %s", r, body.code)
				}
			}
		})
	}
	t.Run("a list that is of two people", func(t *testing.T) {
		s := newServer(t, archive.Options{}, documents()...)
		s.behave(nil, "mixed-patients")
		if r := fetchOne(t, open(t, s.config()), record.Allergies, philippa); r.Err == nil || sources.AsError(r.Err).Kind != sources.WrongPatient {
			t.Errorf("%+v", r)
		}
	})
	t.Run("a list that is not whole", func(t *testing.T) {
		s := newServer(t, archive.Options{Partial: true}, documents()...)
		for _, id := range []string{philippa, bernard} {
			if r := fetchOne(t, open(t, s.config()), record.Allergies, id); len(r.Gaps) == 0 {
				t.Errorf("%+v", r)
			}
		}
	})
}

// The questions are those of the profile.
func TestQuestions(t *testing.T) {
	s := newServer(t, archive.Options{}, documents()...)
	c := s.config()
	c.Classes = []string{"34133-9^^2.16.840.1.113883.6.1"}
	if r := fetchOne(t, open(t, c), record.Documents, philippa); len(r.Entries) != 2 {
		t.Errorf("%+v", r)
	}
	asked := s.asked()[0]
	for _, part := range []string{`action="urn:ihe:iti:2007:RegistryStoredQuery"`, "urn:uuid:14d4debf-8f97-4251-9a74-a9016b0af0d9", `returnType="LeafClass"`,
		"&#39;9990000018^^^&amp;2.16.840.1.113883.2.1.4.1&amp;ISO&#39;", "StatusType:Approved"} {
		if !strings.Contains(asked, part) {
			t.Errorf("no %s in %s", part, asked)
		}
	}
	refs := documents()
	refs[0].References = []string{"42^^^^urn:ihe:iti:xds:2013:accession"}
	s = newServer(t, archive.Options{}, refs...)
	c = s.config()
	c.ReferenceIDs = []string{"42^^^^urn:ihe:iti:xds:2013:accession"}
	if r := fetchOne(t, open(t, c), record.Documents, philippa); len(r.Entries) != 1 {
		t.Errorf("%+v", r)
	}
}
