package oidc_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// begun waits until the provider is being asked.
func (e *evil) begun(t *testing.T, path string, reached <-chan struct{}) {
	t.Helper()
	select {
	case <-reached:
	case <-time.After(soon):
		t.Fatalf("%s is not asked", path)
	}
}

// TestNobodyWaitsForAProviderInVain: who gives up is let go at once, and closing ends what is
// under way, although the provider would take half a minute.
func TestNobodyWaitsForAProviderInVain(t *testing.T) {
	t.Parallel()
	for name, stop := range map[string]func(cancel func(), p way){
		"given up": func(cancel func(), _ way) { cancel() },
		"closed":   func(_ func(), p way) { _ = p.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, reached := newEvil(t), make(chan struct{})
			e.path[document] = func(w http.ResponseWriter, r *http.Request) { close(reached); slow(w, r) }
			c := e.config()
			c.Timeout = 30 * time.Second
			p := e.open(t, c)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			ended := make(chan error, 1)
			go func() {
				_, err := p.Begin(ctx, auth.Ask{State: "a"})
				ended <- err
			}()
			e.begun(t, document, reached)
			began := time.Now()
			stop(cancel, p)
			isRefusal(t, <-ended, auth.RefusedUnavailable, "given up")
			if took := time.Since(began); took > time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}
