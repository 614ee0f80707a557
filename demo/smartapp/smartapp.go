// Package smartapp serves a small SMART app of somebody else: it charts a person's
// measurements from every organisation. The app itself is plain JavaScript on npm's
// fhirclient; this package only puts it on an origin of its own and tells it which
// server it is registered at.
package smartapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// ErrAbsent says that the app cannot be served because it is not installed.
var ErrAbsent = errors.New("not installed")

// Options say which app to serve.
type Options struct {
	// Dir is that of index.html and node_modules; "" finds demo/smartapp in this source
	// tree.
	Dir string
	// Port is where it listens on loopback, named localhost; 0 picks a free one.
	Port int
	// ClientID and FHIRBase are its registration: it is a public client with PKCE.
	ClientID, FHIRBase string
	// Sources are the names of the systems that are in meta.source, by id.
	Sources map[string]string
	// FramedBy are the origins that may show it in a frame.
	FramedBy []string
}

// App is a running one. Close it.
type App struct {
	// URL is its origin, for CORS; the app begins there.
	URL string
	// LaunchURL and RedirectURI are what is registered.
	LaunchURL, RedirectURI string

	server  *http.Server
	serving sync.WaitGroup
	stop    func() bool
}

// Start serves the app on loopback. It ends when it is closed or ctx is.
func Start(ctx context.Context, o Options) (*App, error) {
	handler, err := Handler(o)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", o.Port))
	if err != nil {
		return nil, fmt.Errorf("the SMART app cannot listen: %w", err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String()) // it is an address of TCP
	origin := "http://localhost:" + port
	a := &App{
		URL: origin, LaunchURL: origin + "/launch.html", RedirectURI: origin + "/index.html",
		server: &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second},
	}
	a.serving.Go(func() { _ = a.server.Serve(l) }) // ends with Close
	a.stop = context.AfterFunc(ctx, func() { _ = a.Close(context.WithoutCancel(ctx)) })
	return a, nil
}

// Close ends it. Closing twice is the same as closing once.
func (a *App) Close(ctx context.Context) error {
	a.stop()
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	err := a.server.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, a.server.Close())
	}
	a.serving.Wait()
	return err
}

// library is fhirclient as its package has it built for browsers that need no polyfills.
var library = filepath.Join("node_modules", "fhirclient", "build", "fhir-client.pure.min.js")

// files are all that the app's browser needs; nothing else of the folder is served.
func files() map[string]string {
	all := map[string]string{"/": "index.html", "/index.html": "index.html", "/launch.html": "launch.html", "/fhirclient.js": library}
	for _, name := range []string{"app.css", "chart.js", "index.js", "launch.js", "reading.js", "settings.js"} {
		all["/app/"+name] = filepath.Join("app", name)
	}
	return all
}

// Handler serves the app of a folder. It is ErrAbsent if npm has not installed what it
// needs.
func Handler(o Options) (http.Handler, error) {
	dir, err := folder(o.Dir)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(o.FHIRBase)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("the SMART app needs the FHIR base that it is registered at, not %q", o.FHIRBase)
	}
	config, err := json.Marshal(map[string]any{"clientId": o.ClientID, "fhirBase": o.FHIRBase, "sources": o.Sources})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for path, file := range files() {
		if path == "/" {
			path = "/{$}"
		}
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { serveFile(w, r, filepath.Join(dir, file)) })
	}
	mux.HandleFunc("GET /config.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(config) // the reader may go
	})
	return headers(policy(base, o.FramedBy), mux), nil
}

// serveFile does what http.ServeFile does, but leaves /index.html where it is: the way back
// from the server ends at the address that is registered.
func serveFile(w http.ResponseWriter, r *http.Request, file string) {
	f, err := os.Open(file)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
	http.ServeContent(w, r, filepath.Base(file), time.Time{}, f)
}

// policy lets the app speak to itself and to its server, and be framed by EPRs.
func policy(base *url.URL, framedBy []string) string {
	return fmt.Sprintf("default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' %s://%s; base-uri 'none'; form-action 'none'; frame-ancestors %s",
		base.Scheme, base.Host, strings.Join(append([]string{"'self'"}, framedBy...), " "))
}

func headers(policy string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}

// folder finds the app, and that npm has installed what it needs.
func folder(named string) (string, error) {
	dir := named
	if dir == "" {
		root, err := sourceTree()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(root, "demo", "smartapp")
	}
	if _, err := os.Stat(filepath.Join(dir, "index.html")); err != nil {
		return "", fmt.Errorf("the demo's SMART app is %w", ErrAbsent)
	}
	if _, err := os.Stat(filepath.Join(dir, library)); err != nil {
		return "", fmt.Errorf("fhirclient (npm ci in demo/smartapp) is %w", ErrAbsent)
	}
	return dir, nil
}

// sourceTree is the folder of go.mod above the working directory, where tests run.
func sourceTree() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("the source tree with demo/smartapp is %w", ErrAbsent)
		}
	}
}
