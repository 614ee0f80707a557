// Package web holds the built viewer and GraphiQL and serves them. It knows nothing of
// the record: everything shown is read by the browser over /graphql.
package web

import (
	"bytes"
	"embed"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

// dist is what `npm run build` makes; before that only a placeholder, so that the
// server always builds.
//
//go:embed all:dist
var dist embed.FS

// operations are the viewer's own, each by its SHA-256.
//
//go:embed src/api/generated/persisted-documents.json
var operations []byte

// Operations is the manifest of what the viewer asks: an object of ids and texts.
func Operations() []byte { return operations }

// The content security policies: nothing from elsewhere, nothing inline, in no frame but
// where an EPR opens the viewer. GraphiQL's editor places its lines with inline styles.
//
// Letters of other systems stand in a frame without scripts or origin, and inherit this
// policy. Their one fixed style is allowed by its hash (package documents): of any other
// inline style nothing is.
const (
	letterStyle    = "'sha256-Vr2llL7gkoAteDpZ8Yya+Xchlv1HbGxDPcceHjP9724='"
	framedPolicy   = "default-src 'none'; script-src 'self'; style-src 'self' " + letterStyle + "; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
	viewerPolicy   = framedPolicy + "'none'"
	graphiqlPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

const notBuilt = "The viewer is not built: run make build\n"

// FS is the built viewer, rooted at its index.html.
func FS() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is a constant of this file
	}
	return sub
}

// Handler serves the viewer: its page on every route it has, and its assets. frames gives
// the origins ("https://epr.example") in whose frames the pages of a launch may stand; nil
// for none. It is asked with every such page, so that what is registered holds at once. brand
// is how the region's viewer looks.
func Handler(frames func() []string, brand Brand) http.Handler { return handler(FS(), frames, brand) }

// GraphiQL serves GraphiQL's page; its assets come from Handler.
func GraphiQL() http.Handler { return graphiql(FS()) }

func graphiql(files fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if reading(w, r) {
			guarded(w, graphiqlPolicy)
			page(w, r, files, "graphiql.html", Brand{})
		}
	})
}

func handler(files fs.FS, frames func() []string, brand Brand) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !reading(w, r) {
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/")
		switch {
		case launching(name):
			guarded(w, framedPolicy+ancestors(frames))
			// An EPR that opens the viewer in a window keeps hold of that window: it knows
			// when it is closed, and opens the next patient in it.
			w.Header().Set("Cross-Origin-Opener-Policy", "unsafe-none")
			page(w, r, files, "index.html", brand)
		case route(name):
			guarded(w, viewerPolicy)
			page(w, r, files, "index.html", brand)
		case strings.HasPrefix(name, "assets/") && path.Clean(name) == name:
			asset(w, r, files, name)
		case strings.HasPrefix(r.URL.Path, logoPath):
			brand.Logo.serve(w, r)
		case name == "favicon.svg":
			plainFile(w, r, files, name)
		default:
			guarded(w, viewerPolicy)
			http.Error(w, "There is no such page", http.StatusNotFound)
		}
	})
}

// launching reports whether a page is one of those through which an EPR opens the viewer,
// which may stand in that EPR's frame.
func launching(name string) bool {
	return name == "launch" || name == "approve" || name == "smart/callback"
}

// origin is what may stand in a policy: a registered address that is more than an origin
// frames nothing, and cannot write another policy.
var origin = regexp.MustCompile(`^https?://[A-Za-z0-9.\-]+(:[0-9]{1,5})?$|^https?://\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?$`)

// ancestors are the sources of frame-ancestors (CSP 3 §6.4.2).
func ancestors(frames func() []string) string {
	if frames == nil {
		return "'none'"
	}
	out := slices.DeleteFunc(slices.Clone(frames()), func(o string) bool { return !origin.MatchString(o) })
	if len(out) == 0 {
		return "'none'"
	}
	return strings.Join(out, " ")
}

// route reports whether the viewer has a page there. src/paths.ts is the other half.
func route(name string) bool {
	switch name {
	case "", "sign-in", "sources", "status", "usage", "reviews", "policies", "role", "sessions", "confirmed", "lists", "teams", "linking", "views":
		return true
	}
	if part, ok := strings.CutPrefix(name, "administration/"); ok {
		if client, ok := strings.CutPrefix(part, "clients/"); ok {
			return client != "" && !strings.Contains(client, "/")
		}
		return slices.Contains([]string{"organisations", "logins", "users", "roles", "sessions", "clients", "off", "launch-test"}, part)
	}
	if source, ok := strings.CutPrefix(name, "sources/"); ok {
		return source != "" && !strings.Contains(source, "/")
	}
	if list, ok := strings.CutPrefix(name, "lists/"); ok {
		list = strings.TrimSuffix(list, "/add")
		return list != "" && !strings.Contains(list, "/")
	}
	if view, ok := strings.CutPrefix(name, "views/"); ok {
		if run, found := strings.CutPrefix(view, "runs/"); found {
			view = run
		} else {
			view = strings.TrimSuffix(view, "/edit")
		}
		return view != "" && !strings.Contains(view, "/")
	}
	id, ok := strings.CutPrefix(name, "patient/")
	for _, part := range []string{"/timeline", "/results", "/documents", "/plans"} {
		id = strings.TrimSuffix(id, part)
	}
	if looks, found := strings.CutPrefix(name, "patients/"); found {
		if id, ok = strings.CutSuffix(looks, "/looks"); !ok {
			id, ok = strings.CutSuffix(looks, "/links")
		}
	}
	return ok && id != "" && !strings.Contains(id, "/")
}

func reading(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}
	w.Header().Set("Allow", "GET, HEAD")
	http.Error(w, "Only GET and HEAD", http.StatusMethodNotAllowed)
	return false
}

func guarded(w http.ResponseWriter, policy string) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

func page(w http.ResponseWriter, r *http.Request, files fs.FS, name string, brand Brand) {
	body, err := fs.ReadFile(files, name)
	if err != nil {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte(notBuilt))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(brand.branded(body)))
}

// asset serves a file whose name carries its content's hash, compressed where the
// browser takes it so.
func asset(w http.ResponseWriter, r *http.Request, files fs.FS, name string) {
	guarded(w, viewerPolicy)
	plain, err := fs.ReadFile(files, name)
	if err != nil || strings.HasSuffix(name, ".gz") {
		http.Error(w, "There is no such page", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", typeOf(name))
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Set("Vary", "Accept-Encoding")
	if packed, err := fs.ReadFile(files, name+".gz"); err == nil && takesGzip(r) {
		w.Header().Set("Content-Encoding", "gzip")
		plain = packed
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(plain))
}

func plainFile(w http.ResponseWriter, r *http.Request, files fs.FS, name string) {
	guarded(w, viewerPolicy)
	body, err := fs.ReadFile(files, name)
	if err != nil {
		http.Error(w, "There is no such page", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", typeOf(name))
	w.Header().Set("Cache-Control", "public, max-age=86400")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}

// typeOf does not trust the machine's own table for what browsers are strict about.
func typeOf(name string) string {
	switch path.Ext(name) {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// takesGzip reads Accept-Encoding as far as browsers write it; q=0 is a refusal.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(coding) == "gzip" {
			return strings.ReplaceAll(q, " ", "") != "q=0"
		}
	}
	return false
}
