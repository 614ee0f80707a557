package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/patchworkcare/patchwork/smart"
	"github.com/patchworkcare/patchwork/web"
)

// handler is the server's surface.
func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", s.smart.CORS(s.auth.Middleware(s.executor)))
	mux.Handle("/documents", s.smart.CORS(s.auth.Middleware(s.executor.Documents())))
	mux.Handle("/views/files/", s.smart.CORS(s.auth.Middleware(http.HandlerFunc(s.viewFiles))))
	mux.Handle("/auth/", s.door.Routes())
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "alive") })
	mux.HandleFunc("/readyz", s.ready)
	mux.Handle("/metrics", promhttp.HandlerFor(s.registry, promhttp.HandlerOpts{}))
	mux.Handle("/fhir/", s.smart.CORS(s.auth.Middleware(s.fhirAPI())))
	mux.Handle("/fhir/metadata", smart.AnyOrigin(s.auth.Middleware(s.fhirAPI())))
	mux.Handle("/fhir/$graphql", s.smart.CORS(s.auth.Middleware(graphText(s.executor))))
	s.smart.Routes(mux)
	s.hub.Routes(mux)
	if s.config.Introspection {
		mux.Handle("/graphiql", web.GraphiQL())
	}
	viewer := web.Handler(s.frames, s.config.Viewer.brand())
	mux.Handle("/auth/epr/", s.launchers.Routes())
	mux.Handle("/launch", s.launchers.Launch(viewer))
	mux.Handle("/", viewer)
	return withRequestID(s.requests.Around(s.guarded(s.admitted(mux))))
}

// guarded sets what every answer has; the viewer's pages say more (package web). HSTS is for
// a year (RFC 6797), and only where there is TLS.
func (s *server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		if !s.config.PlainHTTP {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n"))
}

var (
	requestIDForm = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)
	// personalForm is that of ids which may be somebody's NHS number: request ids stand in logs.
	personalForm = regexp.MustCompile(`^[^0-9]*(?:[0-9][._-]?){10}[^0-9]*$`)
)

// withRequestID gives every request an id, the caller's own if it is well-formed and no number of
// a person, and echoes it.
func withRequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-Id")
		if !requestIDForm.MatchString(id) || personalForm.MatchString(id) {
			var b [12]byte
			_, _ = rand.Read(b[:])
			id = base64.RawURLEncoding.EncodeToString(b[:])
		}
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r)
	})
}

// listen binds the address and words what can go wrong.
func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is taken by another program; choose another with listen or --listen", address)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w", address, err)
	}
	return l, nil
}

// serve answers on l until ctx ends. Then it says for a while that it goes, answering as
// before, lets go of streams, and lets running requests finish.
func (s *server) serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{Handler: s.farewell(s.handler()), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, IdleTimeout: 2 * time.Minute}
	h.RegisterOnShutdown(s.executor.EndStreams)
	h.RegisterOnShutdown(s.hub.End)
	done := make(chan error, 1)
	go func() { done <- h.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	if err := s.leave(done); err != nil {
		return err
	}
	drain := s.config.Stop.Drain
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := h.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("requests were still running after %v", drain), h.Close())
	}
	return nil
}
