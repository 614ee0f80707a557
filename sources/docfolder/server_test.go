package docfolder_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/webdav"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/docfolder"
)

const (
	philippa = "RZH-1018"
	bernard  = "RZH-1026"
)

const index = "patient,file,date,type,title,level\n" +
	"RZH-1018,RZH-1018/20260304_LETTER_Clinic.txt,2026-03-04,LETTER,\"Clinic letter, BP <140\",N\n" +
	"RZH-1018,RZH-1018/20250101_LETTER_Old.pdf,2025-01-01,LETTER,An older letter,R\n" +
	"RZH-1026,RZH-1026/20260101_NOTE_Discharge.txt,2026-01-01,NOTE,Discharge,N\n"

// fill makes a folder with its index.
func fill(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"index.csv": index, "RZH-1018/20260304_LETTER_Clinic.txt": "hello", "RZH-1018/20250101_LETTER_Old.pdf": "%PDF-1.4",
		"RZH-1026/20260101_NOTE_Discharge.txt": "howdy", "RZH-1026/.hidden_x_y.txt": "no"} {
		write(t, filepath.Join(dir, name), text)
	}
	return dir
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

type handler func(http.ResponseWriter, *http.Request) bool

// served is a folder behind a real WebDAV server, or a small S3 one, and something that
// can get in the way.
type served struct {
	*httptest.Server
	dir    string
	mu     sync.Mutex
	inWay  handler
	seen   []string
	paused chan struct{}
	behind http.Handler
}

func serve(t testing.TB, dir string, bucket bool) *served {
	t.Helper()
	s := &served{dir: dir, paused: make(chan struct{})}
	s.behind = &webdav.Handler{FileSystem: webdav.Dir(dir), LockSystem: webdav.NewMemLS(), Prefix: "/letters"}
	if bucket {
		s.behind = http.HandlerFunc(s.s3)
	}
	s.Server = httptest.NewServer(s)
	t.Cleanup(func() { close(s.paused); s.CloseClientConnections(); s.Close() })
	return s
}

func (s *served) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	h := s.inWay
	s.seen = append(s.seen, r.Method+" "+r.URL.RequestURI())
	s.mu.Unlock()
	if h == nil || !h(w, r) {
		s.behind.ServeHTTP(w, r)
	}
}

func (s *served) behave(h handler) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inWay, s.seen = h, nil
}

// s3 answers as a bucket called letters does, two names a page.
func (s *served) s3(w http.ResponseWriter, r *http.Request) {
	if !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential=KEY/") || !strings.HasPrefix(r.URL.Path, "/letters") {
		http.Error(w, "<Error><Code>AccessDenied</Code></Error>", http.StatusForbidden)
		return
	}
	if r.URL.Path != "/letters" {
		http.ServeFile(w, r, filepath.Join(s.dir, strings.TrimPrefix(r.URL.Path, "/letters/in/")))
		return
	}
	prefix := r.FormValue("prefix")
	var keys []string
	_ = filepath.WalkDir(s.dir, func(name string, d os.DirEntry, _ error) error {
		if key := "in/" + strings.TrimPrefix(name, s.dir+"/"); !d.IsDir() && strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
		return nil
	})
	from, _ := strconv.Atoi(r.FormValue("continuation-token"))
	to := min(from+2, len(keys))
	_, _ = fmt.Fprintf(w, `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>%t</IsTruncated>`, to < len(keys))
	for _, k := range keys[from:to] {
		_, _ = io.WriteString(w, "<Contents><Key>"+strings.ReplaceAll(k, "&", "&amp;")+"</Key></Contents>")
	}
	_, _ = fmt.Fprintf(w, `<NextContinuationToken>%d</NextContinuationToken></ListBucketResult>`, to)
}

func byIndex(location string) *docfolder.Config {
	return &docfolder.Config{Location: location, Index: &docfolder.Index{File: "index.csv", Columns: map[string]string{"patient": "patient", "file": "file", "date": "date",
		"type": "type", "title": "title", "confidentiality": "level"}}, Types: map[string]docfolder.Code{"LETTER": {System: "http://snomed.info/sct", Code: "823691000000103"}}}
}

func byName(location string) *docfolder.Config {
	return &docfolder.Config{Location: location, Pattern: "{patient}/{date}_{type}_{title}.{ext}", Ignore: []string{"index.csv"}, Confidentiality: "R"}
}

func inBucket(c *docfolder.Config, endpoint string) *docfolder.Config {
	c.Location, c.S3 = "s3://letters/in", docfolder.S3{Endpoint: endpoint, Region: "eu-west-2", AccessKey: "KEY", SecretKeyEnv: "PATCHWORK_TEST_S3"}
	return c
}

func env() sources.Env {
	return sources.Env{ID: "letters", Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: time.UTC,
		Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }}
}

func open(t testing.TB, c *docfolder.Config) sources.Source {
	t.Helper()
	if problems := c.Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	s, err := c.Open(t.Context(), env())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func fetchOne(t testing.TB, s sources.Source, id string) sources.Result {
	t.Helper()
	var got *sources.Result
	s.Fetch(t.Context(), []sources.Key{{Section: record.Documents, LocalID: id}}, func(_ sources.Key, r sources.Result) { got = &r })
	if got == nil {
		t.Fatal("no answer")
	}
	return *got
}

func read(t testing.TB, s sources.Source, id, ref string) (string, error) {
	t.Helper()
	var all []byte
	err := s.(sources.DocumentOpener).OpenDocument(t.Context(), id, ref, func(d sources.Document) (err error) {
		all, err = io.ReadAll(d.Body)
		return err
	})
	return string(all), err
}

func status(code int, headers ...string) handler {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
		return true
	}
}

func answering(code int, body string) handler {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
		return true
	}
}

func hangUp(w http.ResponseWriter, _ *http.Request) bool {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
	return true
}

func (s *served) hang(_ http.ResponseWriter, r *http.Request) bool {
	_, _ = io.Copy(io.Discard, r.Body) // unread, it hides that the client has gone
	select {
	case <-r.Context().Done():
	case <-s.paused:
	}
	panic(http.ErrAbortHandler)
}
