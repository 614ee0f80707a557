package fhirr4_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// TestBadAnswers: each becomes an error of its kind and never an empty list.
func TestBadAnswers(t *testing.T) {
	t.Parallel()
	const fhir = "application/fhir+json"
	bundle := func(rest string) string { return `{"resourceType":"Bundle","type":"searchset"` + rest + `}` }
	for _, c := range []struct {
		name   string
		answer func(http.ResponseWriter, *http.Request) bool
		kind   sources.Kind
		code   string
	}{
		{"401", status(401), sources.Refused, "http-401"},
		{"403", status(403), sources.Refused, "http-403"},
		{"404", status(404), sources.Unavailable, "http-404"},
		{"429", status(429, "Retry-After", "7"), sources.Refused, "http-429"},
		{"500", status(500), sources.Unavailable, "http-500"},
		{"503", status(503, "Retry-After", "7"), sources.Unavailable, "http-503"},
		{"204", status(204), sources.Malformed, "empty-body"},
		{"redirect", status(302, "Location", "http://169.254.169.254/latest"), sources.Malformed, "redirect"},
		{"400 with and without includes", status(400), sources.Unavailable, "http-400"},
		{"html", text("text/html", "<html>"), sources.Malformed, "not-fhir"},
		{"xml", text("application/fhir+xml", "<Bundle/>"), sources.Malformed, "not-fhir"},
		{"latin-1", text(fhir+"; charset=iso-8859-1", bundle("")), sources.Malformed, "not-fhir"},
		{"nothing", text(fhir, ""), sources.Malformed, "empty-body"},
		{"blanks", text(fhir, " \n "), sources.Malformed, "empty-body"},
		{"cut short", text(fhir, `{"resourceType":"Bundle","type":"search`), sources.Malformed, "not-json"},
		{"NaN", text(fhir, bundle(`,"total":NaN`)), sources.Malformed, "not-json"},
		{"byte order mark", text(fhir, "\ufeff"+bundle("")), sources.Malformed, "not-json"},
		{"bad UTF-8", text(fhir, bundle(",\"id\":\"\xff\"")), sources.Malformed, "not-json"},
		{"two types", text(fhir, bundle(`,"type":"searchset"`)), sources.Malformed, "not-json"},
		{"two subjects", text(fhir, bundle(`,"entry":[{"resource":{"resourceType":"AllergyIntolerance","patient":{"reference":"Patient/p2"},"patient":{"reference":"Patient/p1"}}}]`)), sources.Malformed, "not-json"},
		{"20,000 deep", text(fhir, bundle(`,"x":`+strings.Repeat("[", 20000)+strings.Repeat("]", 20000))), sources.Malformed, "not-json"},
		{"another resource", text(fhir, `{"resourceType":"Patient","id":"p1"}`), sources.Malformed, "not-a-bundle"},
		{"no resource", text(fhir, `{"error":"x"}`), sources.Malformed, "not-a-bundle"},
		{"an array", text(fhir, `[]`), sources.Malformed, "not-a-bundle"},
		{"a history", text(fhir, `{"resourceType":"Bundle","type":"history"}`), sources.Malformed, "not-a-searchset"},
		{"an error report", text(fhir, `{"resourceType":"OperationOutcome","issue":[{"severity":"error","diagnostics":"p1 ASHWORTH"}]}`), sources.Unavailable, "operation-outcome"},
		{"too large", text(fhir, bundle(`,"x":"`+strings.Repeat("x", 70_000)+`"`)), sources.Malformed, "too-large"},
		{"a bomb", bomb, sources.Malformed, "too-large"},
		{"half a gzip", packed("gzip", []byte{0x1f, 0x8b, 8, 0}), sources.Malformed, "not-gzip"},
		{"no gzip", packed("gzip", []byte("plain plain plain")), sources.Malformed, "not-gzip"},
		{"brotli", packed("br", []byte("x")), sources.Malformed, "encoding"},
		{"no answer", hangUp, sources.Unavailable, "connection-lost"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, two()...)
			s.behave(c.answer)
			r := fetchOne(t, &fhirr4.Config{URL: s.URL, MaxBody: 64 << 10}, allergies)
			e := sources.AsError(r.Err)
			if e == nil || e.Kind != c.kind || e.Code != c.code {
				t.Fatalf("%v, want %s %s", r.Err, c.kind, c.code)
			}
			if (c.name == "429" || c.name == "503") && e.RetryAfter != 7*time.Second {
				t.Errorf("RetryAfter %v", e.RetryAfter)
			}
			if strings.Contains(e.Error(), "p1") || strings.Contains(e.Error(), "127.0.0.1") {
				t.Errorf("the error quotes: %v", e)
			}
		})
	}
}

func packed(encoding string, body []byte) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", "application/fhir+json")
		w.Header().Set("Content-Encoding", encoding)
		_, _ = w.Write(body)
		return true
	}
}

func bomb(w http.ResponseWriter, r *http.Request) bool {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range 16 {
		_, _ = z.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	_ = z.Close()
	return packed("gzip", b.Bytes())(w, r)
}

func TestGzip(t *testing.T) {
	t.Parallel()
	s := newServer(t, many(3)...)
	s.behave(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Error("gzip was not asked for")
		}
		return s.gzipped(w, r)
	})
	if r := fetchOne(t, &fhirr4.Config{URL: s.URL, Gzip: true}, allergies); r.Err != nil || len(r.Entries) != 3 {
		t.Errorf("%d entries, %v", len(r.Entries), r.Err)
	}
}

// TestIncludesRefused: a server that refuses _include is asked without, and from
// then on at once.
func TestIncludesRefused(t *testing.T) {
	t.Parallel()
	s := newServer(t, two()...)
	s.behave(func(w http.ResponseWriter, r *http.Request) bool {
		return r.Form.Has("_include") && status(400)(w, r)
	})
	source := open(t, &fhirr4.Config{URL: s.URL})
	for range 2 {
		if r := fetch(t, source, allergies)[allergies]; r.Err != nil || len(r.Entries) != 1 {
			t.Errorf("%d entries, %v", len(r.Entries), r.Err)
		}
	}
	if n := len(s.seen()); n != 3 {
		t.Errorf("%d calls, want 3", n)
	}
}

// TestStrangers: among many people, a statement about somebody not asked for leaves
// nobody's answer standing; what is about another asked for another section does.
func TestStrangers(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.behave(func(w http.ResponseWriter, _ *http.Request) bool {
		reply(w, object{"resourceType": "Bundle", "type": "searchset", "entry": append(many(1), entries(
			`{"resourceType":"AllergyIntolerance","id":"z","patient":{"reference":"Patient/p9"},"verificationStatus":{"coding":[{"code":"entered-in-error"}]}}`)...)})
		return true
	})
	other := sources.Key{Section: record.Allergies, LocalID: "p2"}
	for k, r := range fetch(t, open(t, &fhirr4.Config{URL: s.URL}), allergies, other) {
		if e := sources.AsError(r.Err); e == nil || e.Kind != sources.WrongPatient {
			t.Errorf("%s: %v", k.LocalID, r.Err)
		}
	}
	// Alone, even if nothing of the stranger's is kept.
	if e := sources.AsError(fetch(t, open(t, &fhirr4.Config{URL: s.URL}), allergies)[allergies].Err); e == nil || e.Kind != sources.WrongPatient {
		t.Errorf("alone: %v", e)
	}
}

// TestFindKeepsNumbersOutOfURLs: NHS numbers and names stand in bodies only.
func TestFindKeepsNumbersOutOfURLs(t *testing.T) {
	t.Parallel()
	s := newServer(t, two()...)
	source := open(t, &fhirr4.Config{URL: s.URL})
	s.behave(func(_ http.ResponseWriter, r *http.Request) bool {
		for _, secret := range []string{"9990000018", "Ashworth", "1956"} {
			if strings.Contains(r.URL.String(), secret) {
				t.Errorf("a secret stands in a URL")
			}
		}
		return false
	})
	found, err := source.(sources.Finder).Find(t.Context(), []record.PersonQuery{
		{NHSNumber: "9990000018"}, {FamilyName: "Ashworth", BirthDate: "1956-03-12"}, {NHSNumber: "9990000026"}})
	if err != nil || len(found[0]) != 1 || len(found[1]) != 1 || len(found[2]) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	calls := s.seen()
	if len(calls) != 2 || slices.Contains(calls, "GET /Patient") {
		t.Errorf("calls %v, want one for all numbers and one for the name", calls)
	}
	if found[0][0].NHSNumberStatus != record.NumberVerified {
		t.Errorf("status %q", found[0][0].NHSNumberStatus)
	}
}
