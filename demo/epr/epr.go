package epr

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// EPR is a running one. Close it.
type EPR struct {
	// URL is its origin: the page, for frame-ancestors, and {URL}/jwks.json, its keys as a
	// client of the record.
	URL string
	// FHIR is its FHIR base: the iss of launches by its own SMART server.
	FHIR string
	// Issuer is its OpenID issuer; the FHIR base, unless Options.SeparateIssuer.
	Issuer string
	// Control is where it is told to misbehave (README.md).
	Control string

	o       Options
	keys    *Keys
	http    *http.Client
	gate    *gate
	journal *journal
	issued  *issued

	servers []*http.Server
	serving sync.WaitGroup
	closing sync.Once
	closed  error
	stop    func() bool
}

// Start starts an EPR on loopback. It ends when it is closed or ctx is.
func Start(ctx context.Context, o Options) (*EPR, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	e := &EPR{o: o, keys: o.Keys, gate: newGate(), journal: newJournal(), issued: newIssued(o.Now, o.Clients), http: newClient()}
	if e.keys == nil {
		if e.keys, err = MakeKeys(); err != nil {
			return nil, fmt.Errorf("the EPR has no keys: %w", err)
		}
	}
	if err := e.listen(); err != nil {
		return nil, errors.Join(err, e.Close(context.WithoutCancel(ctx)))
	}
	e.stop = context.AfterFunc(ctx, func() { _ = e.Close(context.WithoutCancel(ctx)) })
	return e, nil
}

// newClient follows no redirect: where one leads is an answer.
func newClient() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{Proxy: nil, MaxIdleConnsPerHost: 4, IdleConnTimeout: 30 * time.Second},
		Timeout:       15 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// listen opens the EPR and its control, which is another origin: it is what foreign
// endpoints and redirects lead to.
func (e *EPR) listen() error {
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", e.o.Port))
	if err != nil {
		return fmt.Errorf("the EPR cannot listen: %w", err)
	}
	c, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return errors.Join(fmt.Errorf("the EPR's control cannot listen: %w", err), l.Close())
	}
	_, port, _ := net.SplitHostPort(l.Addr().String()) // it is an address of TCP
	e.URL, e.Control = "http://localhost:"+port, "http://"+c.Addr().String()
	e.FHIR, e.Issuer = e.URL+"/fhir", e.URL+"/fhir"
	if e.o.SeparateIssuer {
		e.Issuer = e.URL + "/oauth2"
	}
	e.serve(l, e.handler())
	e.serve(c, e.controlHandler())
	return nil
}

func (e *EPR) serve(l net.Listener, h http.Handler) {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	e.servers = append(e.servers, server)
	e.serving.Go(func() { _ = server.Serve(l) }) // ends with Close
}

// Register lets one more SMART app in, or changes one.
func (e *EPR) Register(c Client) { e.issued.register(c) }

// Steps are what it did as a SMART server, oldest first.
func (e *EPR) Steps() []Step { return e.journal.all() }

// ClientJWKS is the public key set that {URL}/jwks.json has, for a registration inline.
func (e *EPR) ClientJWKS() []byte { return e.keys.ClientJWKS() }

// Close ends it and leaves nothing behind. Closing twice is the same as closing once.
func (e *EPR) Close(ctx context.Context) error {
	e.closing.Do(func() {
		if e.stop != nil {
			e.stop()
		}
		close(e.gate.closed)
		close(e.journal.over)
		// Whoever reads a huge answer slowly is not waited for.
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		for _, s := range e.servers {
			if err := s.Shutdown(ctx); err != nil {
				e.closed = errors.Join(e.closed, err, s.Close())
			}
		}
		e.serving.Wait()
		e.http.CloseIdleConnections()
	})
	return e.closed
}

// handler is everything on the EPR's origin.
func (e *EPR) handler() http.Handler {
	mux := http.NewServeMux()
	e.page(mux)
	e.discovery(mux)
	mux.HandleFunc("/authorize", e.authorize)
	mux.HandleFunc("OPTIONS /token", preflight)
	mux.HandleFunc("POST /token", e.token)
	e.fhir(mux)
	return e.gate.guard(e, mux)
}
