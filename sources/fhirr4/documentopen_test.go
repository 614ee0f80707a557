package fhirr4_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// reference is one DocumentReference of p1 with the given attachments.
func reference(attachments ...object) object {
	var content []object
	for _, a := range attachments {
		content = append(content, object{"attachment": a})
	}
	return object{"resource": object{"resourceType": "DocumentReference", "id": "d1", "status": "current", "subject": object{"reference": "Patient/p1"}, "content": content}, "search": object{"mode": "match"}}
}

// system opens the server as a region does, with short limits.
func system(t *testing.T, s *server) *sources.System {
	t.Helper()
	sys, err := sources.Open(t.Context(), &fhirr4.Config{URL: s.URL}, sources.Settings{Origin: record.Origin{ID: "hospital"}, Timeout: 2 * time.Second,
		Documents: sources.Documents{Bytes: 1 << 20, Idle: 200 * time.Millisecond, Total: 2 * time.Second}}, sources.Env{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sys.Close() })
	return sys
}

func documentOf(t *testing.T, sys *sources.System) *record.Document {
	t.Helper()
	read := sys.Begin([]sources.Key{{Section: record.Documents, LocalID: "p1"}})[0]
	<-read.Done()
	a := read.Answer()
	if a.Err != nil || len(a.Entries) != 1 {
		t.Fatalf("%d entries: %v", len(a.Entries), a.Err)
	}
	return a.Entries[0].(*record.Document)
}

// Which attachment is taken, and that none leads anywhere but to this server's Binaries.
func TestWhereADocumentOpens(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for name, c := range map[string]struct {
		attachments []object
		reference   string
		contentType string
	}{
		"a Binary":                      {[]object{{"contentType": "application/pdf", "url": "Binary/b1"}}, "Binary/b1", "application/pdf"},
		"a Binary by its whole address": {[]object{{"contentType": "application/pdf", "url": s.URL + "/Binary/b1"}}, "Binary/b1", "application/pdf"},
		"a version":                     {[]object{{"contentType": "application/pdf", "url": "Binary/b1/_history/2"}}, "Binary/b1/_history/2", "application/pdf"},
		"inline":                        {[]object{{"contentType": "text/plain", "data": "eA=="}}, "DocumentReference/d1#0", "text/plain"},
		"the best of several":           {[]object{{"contentType": "application/rtf", "url": "Binary/1"}, {"contentType": "text/xml", "url": "Binary/2"}, {"contentType": "application/pdf", "url": "Binary/3"}}, "Binary/3", "application/pdf"},
		"the one that opens":            {[]object{{"contentType": "application/pdf", "url": "https://elsewhere.invalid/1"}, {"contentType": "text/plain", "data": "eA=="}}, "DocumentReference/d1#1", "text/plain"},
		"another host":                  {[]object{{"contentType": "application/pdf", "url": "https://elsewhere.invalid/Binary/b1"}}, "", "application/pdf"},
		"an internal host":              {[]object{{"contentType": "application/pdf", "url": "http://169.254.169.254/latest/meta-data"}}, "", "application/pdf"},
		"another port":                  {[]object{{"contentType": "application/pdf", "url": "http://127.0.0.1:1/Binary/b1"}}, "", "application/pdf"},
		"a name that begins like ours":  {[]object{{"contentType": "application/pdf", "url": s.URL + ".evil.invalid/Binary/b1"}}, "", "application/pdf"},
		"a user before the host":        {[]object{{"contentType": "application/pdf", "url": s.URL + "@evil.invalid/Binary/b1"}}, "", "application/pdf"},
		"without a scheme":              {[]object{{"contentType": "application/pdf", "url": "//evil.invalid/Binary/b1"}}, "", "application/pdf"},
		"a file":                        {[]object{{"contentType": "application/pdf", "url": "file:///etc/passwd"}}, "", "application/pdf"},
		"data in the address":           {[]object{{"contentType": "text/html", "url": "data:text/html,<script>1</script>"}}, "", "text/html"},
		"another resource":              {[]object{{"contentType": "application/pdf", "url": "Patient/p2"}}, "", "application/pdf"},
		"another one by climbing":       {[]object{{"contentType": "application/pdf", "url": "Binary/../Patient/p2"}}, "", "application/pdf"},
		"dots for a name":               {[]object{{"contentType": "application/pdf", "url": "Binary/.."}}, "", "application/pdf"},
		"a query":                       {[]object{{"contentType": "application/pdf", "url": "Binary/b1?_format=json"}}, "", "application/pdf"},
		"a line break":                  {[]object{{"contentType": "application/pdf", "url": "Binary/b1\r\nX: y"}}, "", "application/pdf"},
		"nothing":                       {nil, "", ""},
	} {
		s.mu.Lock()
		s.entries = []object{reference(c.attachments...)}
		s.mu.Unlock()
		d := documentOf(t, system(t, s))
		if d.Reference != c.reference || d.ContentType != c.contentType || d.Content.Opens != (c.reference != "") || d.Content.Opens == (d.Content.Reason != "") {
			t.Errorf("%s: %q %s %+v", name, d.Reference, d.ContentType, d.Content)
		}
	}
}

func readDocument(t *testing.T, sys *sources.System, reference string) (string, error) {
	t.Helper()
	o, err := sys.OpenDocument(t.Context(), "p1", reference)
	if err != nil {
		return "", err
	}
	defer func() { _ = o.Close() }()
	got, err := io.ReadAll(o)
	return string(got), err
}

func binaryJSON(data, about string) string {
	return `{"resourceType":"Binary","id":"b1","contentType":"text/plain","securityContext":{"reference":"` + about + `"},"data":"` + data + `"}`
}

func TestDocumentsHostileAndNot(t *testing.T) {
	t.Parallel()
	raw := func(contentType, body string, headers ...string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			for i := 0; i+1 < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			return text(contentType, body)(w, nil)
		}
	}
	packed := func(size int) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write(make([]byte, size))
		_ = z.Close()
		return b.String()
	}
	var internal atomic.Int32
	trap := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { internal.Add(1) }))
	t.Cleanup(trap.Close)
	flush := func(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }
	x64 := base64.StdEncoding.EncodeToString([]byte("BP <140"))
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter, *http.Request) bool
		body   string // "" is an error
		code   string
	}{
		"its bytes":                    {raw("text/plain", "BP <140"), "BP <140", ""},
		"its bytes, of the person":     {raw("text/plain", "x", "X-Security-Context", "Patient/p1"), "x", ""},
		"as a resource":                {raw("application/fhir+json", binaryJSON(x64, "Patient/p1")), "BP <140", ""},
		"packed unasked":               {raw("text/plain", packed(100), "Content-Encoding", "gzip"), strings.Repeat("\x00", 100), ""},
		"of another person":            {raw("text/plain", "x", "X-Security-Context", "Patient/p2"), "", "wrong-patient"},
		"a resource of another person": {raw("application/fhir+json", binaryJSON(x64, "https://x.invalid/R4/Patient/p2/_history/1")), "", "wrong-patient"},
		"another resource":             {raw("application/fhir+json", `{"resourceType":"Patient","id":"p2"}`), "", "not-binary"},
		"a resource without data":      {raw("application/fhir+json", binaryJSON("", "")), "", "empty"},
		"broken base64":                {raw("application/fhir+json", binaryJSON("!!!!", "")), "", "not-base64"},
		"cut JSON":                     {raw("application/fhir+json", binaryJSON(x64, "")[:60]), "", "not-json"},
		"nothing":                      {raw("text/plain", ""), "", "empty"},
		"no content":                   {status(http.StatusNoContent), "", "partial"},
		"gone":                         {status(http.StatusGone), "", "document-gone"},
		"not found":                    {status(http.StatusNotFound), "", "document-gone"},
		"refused":                      {status(http.StatusForbidden), "", "http-403"},
		"a fault":                      {status(http.StatusInternalServerError), "", "http-500"},
		"a redirect to inside":         {status(http.StatusFound, "Location", trap.URL+"/latest"), "", "redirect"},
		"a redirect for good":          {status(http.StatusPermanentRedirect, "Location", trap.URL), "", "redirect"},
		"said to be too large":         {raw("text/plain", "x", "Content-Length", strconv.Itoa(2<<20)), "", "too-large"},
		"a bomb":                       {raw("text/plain", packed(8<<20), "Content-Encoding", "gzip"), "", "too-large"},
		"a strange packing":            {raw("text/plain", "x", "Content-Encoding", "br"), "", "encoding"},
		"cut short":                    {raw("text/plain", "x", "Content-Length", "10"), "", "connection-lost"},
		"hangs before the first byte":  {hang, "", "timeout"},
		"hangs in the middle": {func(w http.ResponseWriter, r *http.Request) bool {
			_, _ = io.WriteString(w, "half")
			flush(w)
			return hang(w, r)
		}, "", "timeout"},
		"endless": {func(w http.ResponseWriter, r *http.Request) bool {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 64<<10)); err != nil {
					break
				}
			}
			return true
		}, "", "too-large"},
		"one byte at a time": {func(w http.ResponseWriter, r *http.Request) bool {
			tick := time.NewTicker(50 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-r.Context().Done():
					return true
				case <-tick.C:
					_, _ = io.WriteString(w, "x")
					flush(w)
				}
			}
		}, "", "timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.behave(c.answer)
			got, err := readDocument(t, system(t, s), "Binary/b1")
			if c.body != "" {
				if err != nil || got != c.body {
					t.Errorf("%q, %v", got, err)
				}
				return
			}
			if err == nil || sources.AsError(err).Code != c.code {
				t.Errorf("%d bytes and %v, want %s", len(got), err, c.code)
			}
			if strings.Contains(err.Error(), "b1") || strings.Contains(err.Error(), "p1") {
				t.Errorf("the error tells ids: %v", err)
			}
		})
	}
	t.Cleanup(func() {
		if n := internal.Load(); n > 0 {
			t.Errorf("a redirect was followed %d times", n)
		}
	})
}

// What stands in its DocumentReference is read again, and must still be the person's.
func TestInlineDocuments(t *testing.T) {
	t.Parallel()
	inline := func(about, status string) string {
		return `{"resourceType":"DocumentReference","id":"d1","status":"` + status + `","subject":{"reference":"` + about + `"},"content":[{"attachment":{"contentType":"text/plain","data":"QlAgPDE0MA=="}}]}`
	}
	for name, c := range map[string]struct{ answer, reference, body, code string }{
		"as it was":             {inline("Patient/p1", "current"), "DocumentReference/d1#0", "BP <140", ""},
		"of another person now": {inline("Patient/p2", "current"), "DocumentReference/d1#0", "", "wrong-patient"},
		"of nobody":             {inline("", "current"), "DocumentReference/d1#0", "", "wrong-patient"},
		"entered in error":      {inline("Patient/p1", "entered-in-error"), "DocumentReference/d1#0", "", "document-gone"},
		"another place":         {inline("Patient/p1", "current"), "DocumentReference/d1#3", "", "document-gone"},
		"another document":      {inline("Patient/p1", "current"), "DocumentReference/d2#0", "", "not-document"},
		"a made-up reference":   {inline("Patient/p1", "current"), "Patient/p1", "", "document-gone"},
		"an address":            {inline("Patient/p1", "current"), "http://127.0.0.1/", "", "document-gone"},
	} {
		s := newServer(t)
		s.behave(text("application/fhir+json", c.answer))
		got, err := readDocument(t, system(t, s), c.reference)
		if c.body != "" && (err != nil || got != c.body) || c.body == "" && (err == nil || sources.AsError(err).Code != c.code) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// Whoever goes away ends the reading at the source, and frees its place.
func TestAReaderWhoGoesAway(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	ended := make(chan struct{}, 16)
	s.behave(func(w http.ResponseWriter, r *http.Request) bool {
		defer func() { ended <- struct{}{} }()
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 32<<10)); err != nil {
				break
			}
		}
		return true
	})
	sys := system(t, s)
	for range 12 { // more often than documents may be read at once
		ctx, cancel := context.WithCancel(t.Context())
		o, err := sys.OpenDocument(ctx, "p1", "Binary/b1")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(o, make([]byte, 100)); err != nil {
			t.Fatal(err)
		}
		cancel()
		_ = o.Close()
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			t.Fatal("the source is still read")
		}
	}
	if h := sys.Health(); h.LastErrorCode != "" {
		t.Errorf("it counts against the source: %+v", h)
	}
}
