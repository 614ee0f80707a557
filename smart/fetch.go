package smart

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v3"
	"golang.org/x/time/rate"

	"github.com/patchworkcare/patchwork/auth"
)

const (
	// fetchTakes is how long fetching a key set may take, from name to last byte.
	fetchTakes = 5 * time.Second
	// longestLife is how long a key set is believed at most, shortestPause how long at least
	// there is between asking again because of an unknown kid, or after a failure.
	longestLife   = time.Hour
	shortestPause = 10 * time.Second
	// fetchBurst is how many fetches of one key set there may be at once; after that one a
	// second: whoever names a client can have us ask its server, if that lets nothing be kept.
	fetchBurst = 10
)

// FetchConfig is how key sets are fetched. Only Now must be set.
type FetchConfig struct {
	// AllowPrivate: also from private networks, and from this machine (there without TLS if
	// the address says so). Never from link-local addresses, where clouds keep credentials.
	AllowPrivate bool
	// Roots are the authorities that servers' certificates are of; nil for the system's.
	Roots *x509.CertPool
	// Resolver finds addresses; nil for the system's.
	Resolver *net.Resolver
	// Timeout is 5 seconds if 0.
	Timeout time.Duration
	Now     func() time.Time
}

// Fetcher fetches clients' key sets and keeps each for as long as it may. It asks what
// others have published: so it follows no redirect, uses no proxy, and judges the address
// that it is about to connect to, not the name. Safe for concurrent use.
type Fetcher struct {
	config FetchConfig
	client *http.Client

	mu   sync.Mutex
	sets map[string]*keySet
}

// keySet is what is known of one address.
type keySet struct {
	keys   []jose.JSONWebKey
	until  time.Time // keys may be used before; zero: never
	began  time.Time // when fetching last began; zero: never
	failed error     // of the last fetch
	budget *rate.Limiter
	under  *keyFetch // under way; nil if none is
}

// keyFetch is one fetch, for all who wait for it.
type keyFetch struct {
	done chan struct{} // closed when keys and err are there
	keys []jose.JSONWebKey
	err  error
}

// NewFetcher makes one.
func NewFetcher(c FetchConfig) *Fetcher {
	if c.Timeout == 0 {
		c.Timeout = fetchTakes
	}
	f := &Fetcher{config: c, sets: map[string]*keySet{}}
	f.client = &http.Client{
		Transport: &http.Transport{
			DialContext:            (&net.Dialer{Timeout: c.Timeout, Resolver: c.Resolver, Control: f.guard}).DialContext,
			TLSClientConfig:        &tls.Config{RootCAs: c.Roots, MinVersion: tls.VersionTLS12},
			MaxResponseHeaderBytes: 16 << 10,
			DisableKeepAlives:      true, // so that every fetch is guarded
			DisableCompression:     true, // so that what is read is what was sent
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return f
}

// held gives the keys published at an address, as they were within the life that the
// answer had.
func (f *Fetcher) held(ctx context.Context, address string) ([]jose.JSONWebKey, error) {
	f.mu.Lock()
	set, now := f.set(address), f.config.Now()
	if set.under == nil {
		if now.Before(set.until) {
			defer f.mu.Unlock()
			return set.keys, nil
		}
		if set.failed != nil && f.pausing(set, now) {
			defer f.mu.Unlock()
			return nil, set.failed
		}
	}
	return f.await(ctx, address, set, now)
}

// renewed gives the keys as they are published now, or were a moment ago; noSuchKey if it
// is too soon to ask.
func (f *Fetcher) renewed(ctx context.Context, address string) ([]jose.JSONWebKey, error) {
	f.mu.Lock()
	set, now := f.set(address), f.config.Now()
	if set.under == nil && f.pausing(set, now) {
		defer f.mu.Unlock()
		if set.failed != nil {
			return nil, set.failed
		}
		if now.Before(set.until) { // somebody else may have renewed them since
			return set.keys, nil
		}
		return nil, noSuchKey
	}
	return f.await(ctx, address, set, now)
}

func (f *Fetcher) set(address string) *keySet {
	set := f.sets[address]
	if set == nil {
		set = &keySet{budget: rate.NewLimiter(1, fetchBurst)}
		f.sets[address] = set
	}
	return set
}

// pausing reports whether the last fetch began too short a while ago.
func (f *Fetcher) pausing(set *keySet, now time.Time) bool {
	since := now.Sub(set.began)
	return !set.began.IsZero() && since >= 0 && since < shortestPause
}

// await waits for the fetch that is under way, or begins one. The caller holds the lock,
// which is given up. Nobody who gives up ends the fetch: others may wait for it.
func (f *Fetcher) await(ctx context.Context, address string, set *keySet, now time.Time) ([]jose.JSONWebKey, error) {
	if set.under == nil {
		if !set.budget.AllowN(now, 1) {
			f.mu.Unlock()
			return nil, unfetched("it is asked for too often: let it be kept (Cache-Control: max-age)")
		}
		set.under, set.began = &keyFetch{done: make(chan struct{})}, now
		go f.run(context.WithoutCancel(ctx), address, set)
	}
	under := set.under
	f.mu.Unlock()
	select {
	case <-under.done:
		return under.keys, under.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// run fetches and keeps. The life counts from when the fetch began. What failed leaves
// what is still to be believed as it is.
func (f *Fetcher) run(ctx context.Context, address string, set *keySet) {
	keys, life, err := f.fetch(ctx, address)
	f.mu.Lock()
	defer f.mu.Unlock()
	set.failed = err
	if err == nil {
		set.keys, set.until = keys, set.began.Add(life)
	}
	set.under.keys, set.under.err = keys, err
	close(set.under.done)
	set.under = nil
}

// fetch asks once.
func (f *Fetcher) fetch(ctx context.Context, address string) ([]jose.JSONWebKey, time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, f.config.Timeout)
	defer cancel()
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && (u.Scheme != "http" || !f.config.AllowPrivate || !auth.Loopback(u.Hostname())) {
		return nil, 0, unfetched("its address is none of https")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, 0, unfetched("its address is none of https")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "Patchwork")
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, 0, unfetched(whyUnfetched(err))
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		return nil, 0, unfetched("its server redirects, which is not followed")
	case resp.StatusCode != http.StatusOK:
		return nil, 0, unfetched(fmt.Sprintf("its server answered with status %d", resp.StatusCode))
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxJWKS+1))
	switch {
	case err != nil:
		return nil, 0, unfetched(whyUnfetched(err))
	case len(body) > maxJWKS:
		return nil, 0, unfetched("it is larger than 64 KiB")
	}
	keys, err := readKeySet(body)
	return keys, lifeOf(resp.Header, f.config.Now()), err
}

func unfetched(why string) cause { return cause("The client's key set cannot be fetched: " + why) }

// whyUnfetched says in our own words why there was no answer: the error names addresses.
func whyUnfetched(err error) string {
	var certificate *tls.CertificateVerificationError
	var name *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, errInside):
		return "its server's address is not on the public Internet"
	case errors.As(err, &certificate):
		return "its server's certificate is not trusted"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "its server took too long"
	case errors.As(err, &name):
		return "its server's name is not known"
	}
	return "its server cannot be reached"
}
