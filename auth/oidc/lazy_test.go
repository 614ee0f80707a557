package oidc_test

import (
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/auth"
)

const (
	document = "/.well-known/openid-configuration"
	jwks     = "/jwks"
)

func (e *evil) set(path string, instead func(*evil)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.path, path)
	if instead != nil {
		instead(e)
	}
}

// TestAProviderThatComesBack: it is asked when it is needed, not while it is known to be
// down, and soon again.
func TestAProviderThatComesBack(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	e.set(document, at(document, status(503, "")))
	p := e.open(t, e.config())
	if e.times(document) != 0 {
		t.Error("asked before anybody needed it")
	}
	for range 3 {
		_, err := p.Begin(t.Context(), auth.Ask{State: "a"})
		isRefusal(t, err, auth.RefusedUnavailable, "status 503")
	}
	if n := e.times(document); n != 1 {
		t.Errorf("asked %d times within the pause", n)
	}
	e.pass(time.Second)
	_, err := p.Begin(t.Context(), auth.Ask{State: "a"})
	isRefusal(t, err, auth.RefusedUnavailable, "status 503")
	e.set(document, nil)
	e.pass(time.Second)
	if _, err := p.Begin(t.Context(), auth.Ask{State: "a"}); err == nil || e.times(document) != 2 {
		t.Errorf("the pause grows: %v, %d", err, e.times(document))
	}
	e.pass(time.Second)
	if _, err := e.signIn(t, p, auth.Ask{}, nil); err != nil {
		t.Error(err)
	}
}

// TestAProviderThatIsNotThere: nothing listens.
func TestAProviderThatIsNotThere(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	c := e.config()
	c.Issuer = "http://127.0.0.1:1"
	_, err := e.open(t, c).Begin(t.Context(), auth.Ask{State: "a"})
	isRefusal(t, err, auth.RefusedUnavailable, "cannot be reached")
}

// TestWhatWasReadIsKept: for a while; and for a day if the provider's pages are down.
func TestWhatWasReadIsKept(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	p := e.open(t, e.config())
	good := func() {
		t.Helper()
		if _, err := e.signIn(t, p, auth.Ask{}, nil); err != nil {
			t.Error(err)
		}
	}
	good()
	good()
	if e.times(document) != 1 || e.times(jwks) != 1 {
		t.Errorf("%d, %d", e.times(document), e.times(jwks))
	}
	e.pass(16 * time.Minute)
	good()
	if e.times(document) != 2 || e.times(jwks) != 2 {
		t.Errorf("%d, %d", e.times(document), e.times(jwks))
	}
	e.set(document, at(document, status(500, "")))
	e.set(jwks, at(jwks, status(500, "")))
	e.pass(23 * time.Hour)
	good()
	e.pass(2 * time.Hour)
	_, err := e.signIn(t, p, auth.Ask{}, nil)
	isRefusal(t, err, auth.RefusedUnavailable, "status 500")
}

// TestKeysRotate: a key that is new is found at once, but not asked for by everybody who
// sends any.
func TestKeysRotate(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	p := e.open(t, e.config())
	if _, err := e.signIn(t, p, auth.Ask{}, nil); err != nil {
		t.Fatal(err)
	}
	e.pass(time.Minute)
	e.mu.Lock()
	e.published = []pair{rotated()}
	e.sign = func(c map[string]any) string { return sign(t, rotated(), jose.RS256, c, nil) }
	e.mu.Unlock()
	if _, err := e.signIn(t, p, auth.Ask{}, nil); err != nil {
		t.Error(err)
	}
	if n := e.times(jwks); n != 2 {
		t.Errorf("asked %d times", n)
	}
	e.set(jwks, headers(strange, jose.RS256, nil))
	for range 5 {
		_, err := e.signIn(t, p, auth.Ask{}, nil)
		isRefusal(t, err, "", "does not publish")
	}
	if n := e.times(jwks); n != 2 {
		t.Errorf("asked %d times for a key that nobody has", n)
	}
	e.set(jwks, headers(signing, jose.RS256, nil))
	_, err := e.signIn(t, p, auth.Ask{}, nil)
	isRefusal(t, err, "", "does not publish")
	e.pass(10 * time.Second)
	e.set(jwks, at(jwks, status(500, "")))
	_, err = e.signIn(t, p, auth.Ask{}, nil)
	isRefusal(t, err, auth.RefusedUnavailable, "status 500")
}

// TestManyAtOnceAskOnce: when a ward begins its shift.
func TestManyAtOnceAskOnce(t *testing.T) {
	t.Parallel()
	e := newEvil(t)
	p := e.open(t, e.config())
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := e.signIn(t, p, auth.Ask{}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if e.times(document) != 1 || e.times(jwks) != 1 {
		t.Errorf("%d, %d", e.times(document), e.times(jwks))
	}
}
