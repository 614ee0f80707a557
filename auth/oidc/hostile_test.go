package oidc_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/oidc"
)

// hostile is one way in which a provider, or who stands between, is wrong.
type hostile struct {
	name string
	// cause is part of what the log must say: refused for another reason is not shown.
	cause string
	// code is RefusedInvalid unless given.
	code auth.RefusalCode
	bend func(*evil)
	conf func(*oidc.Config)
	form func(url.Values)
	ask  auth.Ask
}

// soon is how long a refusal may take, on a machine that is busy with other tests.
const soon = 3 * time.Second

func runHostile(t *testing.T, all []hostile) {
	t.Helper()
	for _, h := range all {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			e := newEvil(t)
			c := e.config()
			if h.bend != nil {
				h.bend(e)
			}
			if h.conf != nil {
				h.conf(c)
			}
			p := e.open(t, c)
			began := time.Now()
			proof, err := e.signIn(t, p, h.ask, h.form)
			if took := time.Since(began); took > soon {
				t.Errorf("took %v", took)
			}
			if proof.Subject != "" || proof.Claims != nil {
				t.Error("a refusal comes with no proof")
			}
			isRefusal(t, err, h.code, h.cause)
		})
	}
}

// isRefusal checks a refusal: its code, its cause, and that it quotes nothing.
func isRefusal(t *testing.T, err error, code auth.RefusalCode, cause string) {
	t.Helper()
	if code == "" {
		code = auth.RefusedInvalid
	}
	var refusal *auth.Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("not refused: %v", err)
	}
	if refusal.Code != code || cause == "" || !strings.Contains(refusal.Cause, cause) {
		t.Errorf("refused as %s: %s; not as %s: …%s…", refusal.Code, refusal.Cause, code, cause)
	}
	for _, secret := range []string{"SECRET", subject, clientSecret, "eyJ", "127.0.0.1", "Sam", "<script>"} {
		if strings.Contains(refusal.Cause, secret) {
			t.Errorf("the cause quotes %s: %s", secret, refusal.Cause)
		}
	}
}
