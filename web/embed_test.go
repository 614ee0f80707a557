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
		{"GET", "/status", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/usage", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/sources/social-care", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/sources/", "", 404, "no-store", "", ""},
		{"GET", "/sources/gp/check", "", 404, "no-store", "", ""},
		{"GET", "/patient/abc-123", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/patient/abc-123/timeline", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/patient/abc-123/plans", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/patient/abc-123/everything", "", 404, "no-store", "", ""},
		{"GET", "/patient/timeline", "", 200, "no-store", "text/html; charset=utf-8", ""}, // an id may be any word
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
		{"GET", "/launch", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/approve", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/smart/callback", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/launch/", "", 404, "no-store", "", ""},
		{"GET", "/smart/callback/more", "", 404, "no-store", "", ""},
		{"POST", "/smart/callback", "", 405, "", "", ""},
		{"GET", "/linking", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/patients/abc-123/links", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/lists", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/lists/new", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/lists/abc-123/add", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/teams", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/views", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/views/new", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/views/abc-123", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/views/abc-123/edit", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/views/runs/abc-123", "", 200, "no-store", "text/html; charset=utf-8", ""},
		{"GET", "/views/", "", 404, "no-store", "", ""},
		{"GET", "/views/abc-123/rows", "", 404, "no-store", "", ""},
		{"GET", "/views/runs/a/edit", "", 404, "no-store", "", ""},
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
		got := get(t, handler(built, nil, Brand{}), c.method, c.path, c.encoding)
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
		{handler(built, nil, Brand{}), "/", viewerPolicy},
		{handler(built, nil, Brand{}), "/nowhere", viewerPolicy},
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

// What an EPR frames is said for the pages of a launch and for no other.
func TestFrames(t *testing.T) {
	epr := func() []string { return []string{"https://epr.example", "http://127.0.0.1:9000", "https://[::1]:8443"} }
	for _, c := range []struct {
		frames    func() []string
		path      string
		ancestors string
		opener    string
	}{
		{nil, "/launch", "'none'", "unsafe-none"},
		{func() []string { return nil }, "/approve", "'none'", "unsafe-none"},
		{epr, "/launch", "https://epr.example http://127.0.0.1:9000 https://[::1]:8443", "unsafe-none"},
		{epr, "/approve", "https://epr.example http://127.0.0.1:9000 https://[::1]:8443", "unsafe-none"},
		{epr, "/smart/callback", "https://epr.example http://127.0.0.1:9000 https://[::1]:8443", "unsafe-none"},
		{epr, "/", "'none'", "same-origin"},
		{epr, "/patient/p1", "'none'", "same-origin"},
		{epr, "/sign-in", "'none'", "same-origin"},
		{epr, "/nowhere", "'none'", "same-origin"},
		{func() []string {
			return []string{"*", "https:", "https://a.example; script-src *", "https://b.example/page", "https://*.example", "'self'", "https://c.example\r\nX: y", "data:", ""}
		}, "/launch", "'none'", "unsafe-none"},
		{func() []string { return []string{"https://a.example *", "https://good.example"} }, "/launch", "https://good.example", "unsafe-none"},
	} {
		h := get(t, handler(built, c.frames, Brand{}), "GET", c.path, "").Header
		policy := h.Get("Content-Security-Policy")
		if policy != framedPolicy+c.ancestors || h.Get("Cross-Origin-Opener-Policy") != c.opener || h.Get("X-Frame-Options") != "" {
			t.Errorf("%s: %q, opener %q", c.path, policy, h.Get("Cross-Origin-Opener-Policy"))
		}
	}
}

// What is registered while the server runs holds with the next page.
func TestFramesAreAskedWithEveryPage(t *testing.T) {
	var registered []string
	h := handler(built, func() []string { return registered }, Brand{})
	get(t, h, "GET", "/launch", "")
	registered = []string{"https://epr.example"}
	if policy := get(t, h, "GET", "/launch", "").Header.Get("Content-Security-Policy"); policy != framedPolicy+"https://epr.example" {
		t.Error(policy)
	}
	if registered[0] != "https://epr.example" {
		t.Error("the registered origins were changed")
	}
}

func TestNotBuilt(t *testing.T) {
	empty := fstest.MapFS{"placeholder.txt": built["placeholder.txt"]}
	for _, h := range []http.Handler{handler(empty, nil, Brand{}), graphiql(empty)} {
		got := get(t, h, "GET", "/", "")
		body := make([]byte, 100)
		n, _ := got.Body.Read(body)
		if got.StatusCode != http.StatusServiceUnavailable || string(body[:n]) != notBuilt {
			t.Errorf("%d %q", got.StatusCode, body[:n])
		}
	}
	Handler(nil, Brand{})
	GraphiQL()
}
