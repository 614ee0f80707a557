package smart_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/lockout"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/smart"
)

func basic(id, secret string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(id, secret) }
}

func TestEachClientByItsMethodAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		d := openDesk(t, db)
		public, _ := d.approved(app())
		confidential := app()
		confidential.Method = smart.Secret
		kept, secret := d.approved(confidential)
		proposed, proposedSecret, err := d.Propose(d.admin, confidential)
		if err != nil {
			t.Fatal(err)
		}
		off, offSecret := d.approved(confidential)
		offKey, _ := d.approved(service())
		for _, id := range []string{off.ID, offKey.ID} {
			d.exec(`INSERT INTO auth_off (kind, what, at, maker, reason) VALUES ('client', ?, 0, '', '')`, id)
		}
		for name, c := range map[string]struct {
			form    url.Values
			request func(*http.Request)
			id      string // "" is refused
			cause   string
		}{
			"public":                              {url.Values{"client_id": {public.ID}}, nil, public.ID, ""},
			"secret":                              {nil, basic(kept.ID, secret), kept.ID, ""},
			"secret, and client_id":               {url.Values{"client_id": {kept.ID}}, basic(kept.ID, secret), kept.ID, ""},
			"secret, encoded as in a form":        {nil, basic(percent(kept.ID), percent(secret)), kept.ID, ""},
			"client_id in the address is nothing": {url.Values{"client_id": {public.ID}}, query("client_id=x"), public.ID, ""},
			"nobody":                              {nil, nil, "", "does not say"},
			"an empty client_id":                  {url.Values{"client_id": {""}}, nil, "", "does not say"},
			"an unknown client":                   {url.Values{"client_id": {"x"}}, nil, "", "no client"},
			"a client_id with NUL":                {url.Values{"client_id": {"\x00"}}, nil, "", "no client"},
			"a client_id in the address":          {nil, query("client_id=" + public.ID), "", "does not say"},
			"client_id twice":                     {url.Values{"client_id": {public.ID, public.ID}}, nil, "", "twice"},
			"a secret client without":             {url.Values{"client_id": {kept.ID}}, nil, "", "another method"},
			"a key client without":                {url.Values{"client_id": {d.client.ID}}, nil, "", "another method"},
			"a public client with a secret":       {nil, basic(public.ID, "x"), "", "another method"},
			"a public client with an empty one":   {nil, basic(public.ID, ""), "", "another method"},
			"a key client with a secret":          {nil, basic(d.client.ID, "x"), "", "another method"},
			"a key client with an empty one":      {nil, basic(d.client.ID, ""), "", "another method"},
			"a wrong secret":                      {nil, basic(kept.ID, "x"), "", "secret"},
			"an empty secret":                     {nil, basic(kept.ID, ""), "", "secret"},
			"another's secret":                    {nil, basic(kept.ID, offSecret), "", "secret"},
			"a secret and a space":                {nil, basic(kept.ID, secret+" "), "", "secret"},
			"a secret cut":                        {nil, basic(kept.ID, secret[:42]), "", "secret"},
			"its hash for a secret":               {nil, basic(kept.ID, string(kept.GetHashedSecret())), "", ""},
			"a secret with a bad escape":          {nil, basic(kept.ID, "%zz"), "", "Basic"},
			"another client_id":                   {url.Values{"client_id": {public.ID}}, basic(kept.ID, secret), "", "client_id"},
			"a posted secret":                     {url.Values{"client_id": {kept.ID}, "client_secret": {secret}}, nil, "", "client_secret_basic"},
			"a posted secret too":                 {url.Values{"client_secret": {secret}}, basic(kept.ID, secret), "", "more than one"},
			"a secret in the address":             {nil, query("client_id=" + kept.ID + "&client_secret=" + secret), "", "address"},
			"Bearer":                              {nil, headers("Bearer " + secret), "", "Basic"},
			"Basic and nothing":                   {nil, headers("Basic "), "", "Basic"},
			"Basic that is no base64":             {nil, headers("Basic %%%"), "", "Basic"},
			"Basic without a colon":               {nil, headers("Basic eA=="), "", "Basic"},
			"two headers":                         {nil, headers("Basic eDp5", "Basic eDp5"), "", "more than one"},
			"not approved":                        {nil, basic(proposed.ID, proposedSecret), "", "approved"},
			"switched off":                        {nil, basic(off.ID, offSecret), "", "switched off"},
		} {
			got := d.post("/who", c.form, c.request)
			if c.id != "" && (got.status != http.StatusOK || got.body != c.id) {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
			if c.id == "" && (got.status != http.StatusUnauthorized || got.Error != "invalid_client" || !strings.Contains(got.Description, c.cause)) {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
			for _, s := range []string{secret, offSecret, proposedSecret} {
				if strings.Contains(got.body, s) {
					t.Errorf("%s: the answer repeats a secret", name)
				}
			}
		}
		signed := d.honest("off")
		signed.claims["iss"], signed.claims["sub"] = offKey.ID, offKey.ID
		if got := d.send("/who", signed); got.status != http.StatusUnauthorized || !strings.Contains(got.Description, "switched off") {
			t.Errorf("%d %s", got.status, got.body)
		}
		for _, id := range []string{public.ID, kept.ID} {
			signed := d.honest("method")
			signed.claims["iss"], signed.claims["sub"] = id, id
			if got := d.send("/who", signed); got.status != http.StatusUnauthorized || !strings.Contains(got.Description, "another method") {
				t.Errorf("%d %s", got.status, got.body)
			}
		}
	})
}

// TestAParameterTwice is a bad request, unless it is one of those that may be.
func TestAParameterTwice(t *testing.T) {
	t.Parallel()
	d := openDesk(t, dbtest.Open(t, dbtest.SQLite(t)))
	public, _ := d.approved(app())
	for _, name := range []string{"scope", "grant_type", "code", "code_verifier", "redirect_uri"} {
		if got := d.post("/who", url.Values{"client_id": {public.ID}, name: {"a", "a"}}, nil); got.status != http.StatusBadRequest || got.Error != "invalid_request" {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	if got := d.post("/who", url.Values{"client_id": {public.ID}, "resource": {"a", "b"}}, nil); got.status != http.StatusOK {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// limiter is the lock-out of the sign-in, as main sets it before secrets.
type limiter struct{ *lockout.Counter }

func (l limiter) Enter(ctx context.Context, who string) (func(context.Context, error) error, error) {
	attempt, err := l.Counter.Enter(ctx, who, "")
	if err != nil {
		return nil, err
	}
	return attempt.Settle, nil
}

// TestGuessingSecrets: after ten from one address not even the right one is looked at there,
// while the client goes on elsewhere.
func TestGuessingSecrets(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		d := openDesk(t, db)
		d.auth.Limiter = limiter{lockout.New(db.Write, db.Read, d.clock.now)}
		confidential := app()
		confidential.Method = smart.Secret
		kept, secret := d.approved(confidential)
		other, otherSecret := d.approved(confidential)
		from := func(address, id, secret string) said {
			return d.post("/who", nil, func(r *http.Request) {
				r.SetBasicAuth(id, secret)
				r.Header.Set("X-Test-Address", address)
			})
		}
		for range 10 {
			if got := from("192.0.2.1", kept.ID, "x"); got.status != http.StatusUnauthorized || !strings.Contains(got.Description, "not the client's") {
				t.Fatalf("%d %s", got.status, got.body)
			}
		}
		if got := from("192.0.2.1", kept.ID, secret); got.status != http.StatusUnauthorized || !strings.Contains(got.Description, "Too many") {
			t.Errorf("%d %s", got.status, got.body)
		}
		if got := from("192.0.2.2", kept.ID, secret); got.status != http.StatusOK {
			t.Errorf("elsewhere: %d %s", got.status, got.body)
		}
		if got := from("192.0.2.1", other.ID, otherSecret); got.status != http.StatusOK {
			t.Errorf("another client: %d %s", got.status, got.body)
		}
		d.clock.ahead.Store(int64(16 * time.Minute))
		if got := from("192.0.2.1", kept.ID, secret); got.status != http.StatusOK {
			t.Errorf("later: %d %s", got.status, got.body)
		}
	})
}

type broken struct{ atEnter, atSettle error }

func (b broken) Enter(context.Context, string) (func(context.Context, error) error, error) {
	return func(context.Context, error) error { return b.atSettle }, b.atEnter
}

// TestWhatCannotBeCountedIsNotLookedAt: else whoever stops the counting could guess on.
func TestWhatCannotBeCountedIsNotLookedAt(t *testing.T) {
	t.Parallel()
	d := openDesk(t, dbtest.Open(t, dbtest.SQLite(t)))
	confidential := app()
	confidential.Method = smart.Secret
	kept, secret := d.approved(confidential)
	for _, l := range []broken{{atEnter: errors.New("no disk")}, {atSettle: errors.New("no disk")}} {
		d.auth.Limiter = l
		if got := d.post("/who", nil, basic(kept.ID, secret)); got.status != http.StatusInternalServerError || strings.Contains(got.body, "disk") {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	d.auth.Limiter = broken{atEnter: &auth.LockedError{}}
	if got := d.post("/who", nil, basic(kept.ID, secret)); got.status != http.StatusUnauthorized {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func query(text string) func(*http.Request) {
	return func(r *http.Request) { r.URL.RawQuery = text }
}

func headers(values ...string) func(*http.Request) {
	return func(r *http.Request) { r.Header["Authorization"] = values }
}

// percent writes every byte as in a form.
func percent(text string) string {
	var b strings.Builder
	for i := range len(text) {
		const hex = "0123456789ABCDEF"
		b.WriteByte('%')
		b.WriteByte(hex[text[i]>>4])
		b.WriteByte(hex[text[i]&15])
	}
	return b.String()
}
