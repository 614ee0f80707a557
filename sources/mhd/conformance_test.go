package mhd_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

const fhir = "application/fhir+json"

func TestConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			a := newArchive(t)
			return sourcetest.World{Connector: a.config(), Behave: func(b sourcetest.Behaviour) (bool, string) {
				a.behave(map[sourcetest.Behaviour]handler{
					sourcetest.Down:         hangUp,
					sourcetest.Slow:         a.hang,
					sourcetest.Unauthorised: answering(401, fhir, "{}"),
					sourcetest.TooMany:      answering(429, fhir, "{}", "Retry-After", "2"),
					sourcetest.Malformed:    answering(200, "text/html", "<html>Sign in</html>"),
					sourcetest.Truncated:    answering(200, fhir, `{"resourceType":"Bundle","entry":[`),
				}[b], b == sourcetest.WrongPatient)
				return true, ""
			}}
		},
		Known: []string{philippa, bernard}, Unknown: "9990000034",
		Nothing: sources.Key{Section: record.Problems, LocalID: bernard},
		Secrets: []string{"Pneumonia", "/files/"},
		Golden: func(t *testing.T, section record.Section, input []byte) sources.Result {
			a := newArchive(t)
			a.behave(answering(200, fhir, string(input)), false)
			r := fetchOne(t, open(t, a.config()), section, "9000000009")
			for _, e := range r.Entries { // the test's own port is no part of the case
				if d, ok := e.(*record.Document); ok {
					d.Reference = strings.Replace(d.Reference, a.URL, "http://archive", 1)
				}
			}
			return r
		},
	})
}

// Whatever the archive answers, it is an error of its kind, never "no documents".
func TestHostileSearches(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer handler
		code   string
	}{
		{"a web page", answering(200, "text/html", "<html>"), "not-fhir"},
		{"nothing", answering(200, fhir, ""), "empty-body"},
		{"an outcome", answering(200, fhir, `{"resourceType":"OperationOutcome"}`), "operation-outcome"},
		{"a resource", answering(200, fhir, `{"resourceType":"DocumentReference"}`), "not-a-searchset"},
		{"another bundle", answering(200, fhir, `{"resourceType":"Bundle","type":"collection"}`), "not-a-searchset"},
		{"no JSON", answering(200, fhir, `{"resourceType":NaN}`), "not-json"},
		{"two of one member", answering(200, fhir, `{"resourceType":"Bundle","type":"searchset","type":"searchset"}`), "not-json"},
		{"too deep", answering(200, fhir, `{"x":`+strings.Repeat("[", 9999)+strings.Repeat("]", 9999)+`}`), "not-json"},
		{"labels that are no list", answering(200, fhir, searchset(t, "", strings.Replace(resource("x", philippa, ""), `"securityLabel":[{`, `"securityLabel":"R","x":[{`, 1))), "bad-value"},
		{"nobody's document", answering(200, fhir, searchset(t, "", resource("x", philippa, ""))), "no-subject"},
		{"a document of two people", answering(200, fhir, searchset(t, "", strings.Replace(resource("x", philippa, ""), `"subject":{`, `"subject":{"identifier":{"system":"`+numbers+`","value":"1"},`, 1),
			`{"resourceType":"Patient","id":"p`+philippa+`","identifier":[{"system":"`+numbers+`","value":"2"}]}`)), "wrong-patient"},
		{"a page elsewhere", answering(200, fhir, searchset(t, `,"link":[{"relation":"next","url":"http://127.0.0.1:1/fhir/x"}]`)), "foreign-page"},
		{"too large", answering(200, fhir, strings.Repeat(" ", 17<<20)), "too-large"},
		{"a redirect", answering(302, fhir, "", "Location", "http://127.0.0.1:1/"), "redirect"},
		{"500", answering(500, fhir, ""), "http-500"},
		{"404", answering(404, fhir, ""), "http-404"},
		{"the connection is cut", hangUp, "connection-lost"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newArchive(t)
			a.behave(c.answer, false)
			source := open(t, a.config())
			for _, section := range source.Offers() {
				e := sources.AsError(fetchOne(t, source, section, philippa).Err)
				if e == nil || e.Code != c.code {
					t.Fatalf("%+v, want %s", e, c.code)
				}
				for cause := error(e); cause != nil; cause = errors.Unwrap(cause) {
					if strings.Contains(fmt.Sprintf("%+v", cause), "999000") {
						t.Errorf("it quotes the question: %v", cause)
					}
				}
			}
		})
	}
}

// Endless pages end, and are named.
func TestPages(t *testing.T) {
	a := newArchive(t)
	c := a.config()
	c.PageSize, c.MaxPages = 2, 2
	r := fetchOne(t, open(t, c), record.Documents, philippa)
	if len(r.Entries) != 4 || len(r.Gaps) != 1 || r.Gaps[0].Code != "page-cap" {
		t.Errorf("%d %+v", len(r.Entries), r.Gaps)
	}
	c.MaxPages = 0
	if r := fetchOne(t, open(t, c), record.Documents, philippa); len(r.Entries) != 4 || len(r.Gaps) != 0 {
		t.Errorf("%d %+v", len(r.Entries), r.Gaps)
	}
	if asked := a.asked(); len(asked) == 0 || !strings.HasPrefix(asked[0], "POST /fhir/DocumentReference/_search ") {
		t.Errorf("%q", asked)
	}
}

// Nothing outside the archive is asked for, whatever an entry says.
func TestOpen(t *testing.T) {
	a := newArchive(t)
	source := open(t, a.config())
	read := func(ref string) (string, error) {
		var all []byte
		err := source.(sources.DocumentOpener).OpenDocument(t.Context(), philippa, ref, func(d sources.Document) (err error) {
			all, err = io.ReadAll(d.Body)
			return err
		})
		return string(all), err
	}
	opened := 0
	for _, e := range fetchOne(t, source, record.Documents, philippa).Entries {
		d := e.(*record.Document)
		if d.Reference == "" {
			continue
		}
		if text, err := read(d.Reference); err != nil || len(text) < 5 {
			t.Errorf("%s: %v", d.Title, err)
		}
		opened++
	}
	if opened != 2 {
		t.Errorf("%d opened", opened)
	}
	a.behave(nil, false)
	for _, ref := range []string{"", "x", "http://127.0.0.1:1/fhir/files/a1", a.URL + "/other", a.URL + "/fhir/../files", a.URL + "/fhir/%2e%2e/files", a.URL + "/fhir/a%2f..%2fb", a.URL + "/fhir/files/a1#x",
		"//" + strings.TrimPrefix(a.URL, "http://") + "/fhir/files/a1", "file:///etc/passwd", strings.Replace(a.URL, "http://", "http://u:p@", 1) + "/fhir/files/a1", a.URL + "/fhirx/a1", a.URL + "/fhir/\\..\\x"} {
		if _, err := read(ref); err == nil || sources.AsError(err).Code != "document-gone" {
			t.Errorf("%s: %v", ref, err)
		}
	}
	if n := len(a.asked()); n != 0 {
		t.Errorf("%q", a.asked())
	}
	a.behave(answering(200, fhir, "{}"), false)
	if _, err := read(a.URL + "/fhir/Patient/1"); err == nil || sources.AsError(err).Code != "not-document" {
		t.Errorf("%v", err)
	}
}
