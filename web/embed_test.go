package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

var built = fstest.MapFS{
	"index.html":              {Data: []byte("<!doctype html>viewer")},
	"graphiql.html":           {Data: []byte("<!doctype html>graphiql")},
	"favicon.svg":             {Data: []byte("<svg/>")},
	"assets/index-abc.js":     {Data: []byte("plain")},
	"assets/index-abc.js.gz":  {Data: []byte("packed")},
	"assets/index-abc.css":    {Data: []byte("body{}")},
	"placeholder.txt":         {Data: []byte("placeholder")},
	"assets/nested/secret.js": {Data: []byte("nested")},
}

func get(t *testing.T, h http.Handler, method, path, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	if encoding != "" {
		r.Header.Set("Accept-Encoding", encoding)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestRoutes(t *testing.T) {
	for _, c := range []struct {
		method, path, encoding string
		status                 int
		cache, kind, coding    string
	}{
		{"GET", "/", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"HEAD", "/", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/sign-in", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/sources", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/patient/abc-123", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/reviews", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/policies", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/administration/users", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/administration/clients/a-b_1", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/administration/clients/", "", 404, "no-store", "", ""},
		{"GET", "/administration/clients/a/b", "", 404, "no-store", "", ""},
		{"GET", "/administration/nobody", "", 404, "no-store", "", ""},
		{"GET", "/role", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/sessions", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/confirmed", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/patients/abc-123/looks", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/patients/abc-123", "", 404, "no-store", "", ""},
		{"GET", "/patient/", "", 404, "no-store", "", ""},
		{"GET", "/patient/a/b", "", 404, "no-store", "", ""},
		{"GET", "/placeholder.txt", "", 404, "no-store", "", ""},
		{"GET", "/index.html", "", 404, "no-store", "", ""},
		{"POST", "/", "", 405, "", "", ""},
		{"GET", "/favicon.svg", "", 200, "public, max-age=86400", "image/svg+xml", ""},
		{"GET", "/assets/index-abc.js", "", 200, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8", ""},
		{"GET", "/assets/index-abc.js", "br, gzip", 200, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8", "gzip"},
		{"GET", "/assets/index-abc.js", "gzip;q=0", 200, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8", ""},
		{"GET", "/assets/index-abc.css", "gzip", 200, "public, max-age=31536000, immutable", "text/css; charset=utf-8", ""},
		{"GET", "/assets/index-abc.js.gz", "", 404, "no-store", "", ""},
		{"GET", "/assets/../index.html", "", 404, "no-store", "", ""},
		{"GET", "/assets/gone.js", "", 404, "no-store", "", ""},
	} {
		got := get(t, handler(built), c.method, c.path, c.encoding)
		h := got.Header
		if got.StatusCode != c.status || c.cache != "" && h.Get("Cache-Control") != c.cache ||
			c.kind != "" && h.Get("Content-Type") != c.kind || h.Get("Content-Encoding") != c.coding {
			t.Errorf("%s %s (%q) = %d, %q, %q, %q", c.method, c.path, c.encoding, got.StatusCode,
				h.Get("Cache-Control"), h.Get("Content-Type"), h.Get("Content-Encoding"))
		}
	}
}

func TestHeaders(t *testing.T) {
	for _, c := range []struct {
		h      http.Handler
		path   string
		policy string
	}{
		{handler(built), "/", viewerPolicy},
		{handler(built), "/nowhere", viewerPolicy},
		{graphiql(built), "/graphiql", graphiqlPolicy},
	} {
		h := get(t, c.h, "GET", c.path, "").Header
		if h.Get("Content-Security-Policy") != c.policy || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", c.path, h)
		}
	}
	if strings.Contains(viewerPolicy, "unsafe") {
		t.Error("the viewer's policy allows something unsafe")
	}
}

func TestNotBuilt(t *testing.T) {
	empty := fstest.MapFS{"placeholder.txt": built["placeholder.txt"]}
	for _, h := range []http.Handler{handler(empty), graphiql(empty)} {
		got := get(t, h, "GET", "/", "")
		body := make([]byte, 100)
		n, _ := got.Body.Read(body)
		if got.StatusCode != http.StatusServiceUnavailable || string(body[:n]) != notBuilt {
			t.Errorf("%d %q", got.StatusCode, body[:n])
		}
	}
	Handler()
	GraphiQL()
}
