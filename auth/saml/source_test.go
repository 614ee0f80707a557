package saml

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/beevik/etree"

	"github.com/patchworkcare/patchwork/auth"
)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// fromAddress opens a stanza whose metadata is at an address.
func fromAddress(t *testing.T, address string, at *clock, change func(*Config)) *provider {
	t.Helper()
	config := stanza(t, "")
	config.MetadataURL = address
	if change != nil {
		change(config)
	}
	env := environment()
	env.Now = at.now
	if problems := config.Validate(); len(problems) > 0 {
		t.Fatal(problems)
	}
	p, err := config.Open(context.Background(), env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p.(*provider)
}

// TestMetadataFromAddress: it is read when it is needed, kept, read again when it is old,
// and used on for a while when that fails.
func TestMetadataFromAddress(t *testing.T) {
	t.Parallel()
	var asked, down atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		if down.Load() == 1 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_, _ = w.Write([]byte(metadataOf(keys().idp.cert)))
	}))
	t.Cleanup(server.Close)
	at := &clock{at: now}
	down.Store(1)
	p := fromAddress(t, server.URL, at, nil)
	check := func(what string, fetched int32, there bool) {
		t.Helper()
		_, err := p.source.get(context.Background())
		var refusal *auth.Refusal
		if there != (err == nil) || (err != nil && (!errors.As(err, &refusal) || refusal.Code != auth.RefusedUnavailable)) || asked.Load() != fetched {
			t.Errorf("%s: %v, asked %d times", what, err, asked.Load())
		}
	}
	if asked.Load() != 0 {
		t.Error("opening asked the provider")
	}
	check("down", 1, false)
	check("down, at once again", 1, false)
	down.Store(0)
	at.pass(retryAfter)
	check("up", 2, true)
	at.pass(defaultFresh)
	check("kept", 2, true)
	down.Store(1)
	at.pass(time.Second)
	check("old, and down", 3, true)
	check("old, at once again", 3, true)
	at.pass(mostStale)
	check("too old", 4, false)
	down.Store(0)
	at.pass(retryAfter)
	check("up again", 5, true)
	at.pass(60 * 24 * time.Hour)
	check("no longer valid", 6, false)
}

// TestMetadataFileEnds: validUntil holds for a file too, while the server runs.
func TestMetadataFileEnds(t *testing.T) {
	t.Parallel()
	at := &clock{at: now}
	env := environment()
	env.Now = at.now
	opened, err := stanza(t, metadataOf(keys().idp.cert)).Open(context.Background(), env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	at.pass(60 * 24 * time.Hour)
	_, err = opened.(*provider).Begin(context.Background(), auth.Ask{State: "x"})
	refused(t, hostile{cause: "no longer valid", code: auth.RefusedUnavailable}, err)
}

// TestMetadataManyAtOnce: one of them asks.
func TestMetadataManyAtOnce(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = w.Write([]byte(metadataOf(keys().idp.cert)))
	}))
	t.Cleanup(server.Close)
	p := fromAddress(t, server.URL, &clock{at: now}, nil)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := p.Begin(context.Background(), auth.Ask{State: "x"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
}

// TestMetadataTroubles: what an address may do wrong.
func TestMetadataTroubles(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	handlers := map[string]http.HandlerFunc{
		"is not XML":        func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) },
		"larger than 1 MiB": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<" + strings.Repeat("x", 2<<20))) },
		"the status 404":    http.NotFound,
		"the connection failed": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://idp.example/x", http.StatusFound)
		},
		"took too long": func(_ http.ResponseWriter, r *http.Request) { <-hang },
		"broke while it was read": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("<x"))
		},
	}
	for says, handler := range handlers {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(handler)
			t.Cleanup(server.Close)
			timeout := 20 * time.Second
			if says == "took too long" {
				timeout = 200 * time.Millisecond
				t.Cleanup(func() { close(hang) })
			}
			p := fromAddress(t, server.URL, &clock{at: now}, func(c *Config) { c.Timeout = timeout })
			steps := p.Test(context.Background())
			if last := steps[len(steps)-1]; last.OK || len(steps) != 2 || !strings.Contains(last.Detail, says) || strings.Contains(last.Detail, "127.0.0.1") {
				t.Errorf("%v", steps)
			}
		})
	}
}

// TestMetadataByTLS: only from a server whose certificate is trusted.
func TestMetadataByTLS(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(metadataOf(keys().idp.cert))) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it says that the client did not trust it
	server.StartTLS()
	t.Cleanup(server.Close)
	_, err := fromAddress(t, server.URL, &clock{at: now}, nil).source.get(context.Background())
	if err == nil || !strings.Contains(err.Error(), "certificate is not trusted") {
		t.Error(err)
	}
	trusting := fromAddress(t, server.URL, &clock{at: now}, func(c *Config) { c.CAFile = writePEM(t, "CERTIFICATE", server.Certificate().Raw) })
	if _, err := trusting.source.get(context.Background()); err != nil {
		t.Error(err)
	}
}

// TestSignedMetadata: with a signer in the stanza, only what it signed counts.
func TestSignedMetadata(t *testing.T) {
	t.Parallel()
	signedBy := func(who pair, change func(*etree.Element)) []byte {
		root := tree(metadataOf(keys().idp.cert))
		signature := sign(root, who)
		root.RemoveChild(signature)
		root.InsertChildAt(0, signature)
		change(root)
		return written(root)
	}
	nothing := func(*etree.Element) {}
	signer := keys().next.cert
	if found, err := readMetadata(signedBy(keys().next, nothing), signer, now); err != nil || found.entity != idpEntity {
		t.Errorf("%+v %v", found, err)
	}
	for name, b := range map[string][]byte{
		"not signed":             []byte(metadataOf(keys().idp.cert)),
		"by another":             signedBy(keys().attacker, nothing),
		"by the provider itself": signedBy(keys().idp, nothing),
		"changed": signedBy(keys().next, func(r *etree.Element) {
			set(r.FindElement(".//SingleSignOnService"), "Location", "https://evil.example/")
		}),
		"a key added": signedBy(keys().next, func(r *etree.Element) { part(r, "IDPSSODescriptor").AddChild(part(r, "KeyDescriptor").Copy()) }),
	} {
		if _, err := readMetadata(b, signer, now); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// TestMetadataThatIsNone: each fails with what to do about it.
func TestMetadataThatIsNone(t *testing.T) {
	t.Parallel()
	good := metadataOf(keys().idp.cert)
	list := func(all ...string) string {
		return `<md:EntitiesDescriptor xmlns:md="` + nsMetadata + `">` + strings.Join(all, "") + `</md:EntitiesDescriptor>`
	}
	entity := good[strings.Index(good, "<md:Entity"):]
	if found, err := readMetadata([]byte(list(entity)), nil, now); err != nil || found.entity != idpEntity {
		t.Errorf("a list of one: %v", err)
	}
	for says, text := range map[string]string{
		"document type":                 `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + entity,
		"exactly one identity provider": list(entity, strings.Replace(entity, `ID="m1"`, "", 1)),
		"does not describe exactly":     strings.ReplaceAll(good, "IDPSSODescriptor", "SPSSODescriptor"),
		"no longer valid":               strings.Replace(good, "2027-", "2026-", 1),
		"does not speak SAML 2.0":       strings.Replace(good, nsProtocol, "urn:oasis:names:tc:SAML:1.1:protocol", 1),
		"no address for signing in":     strings.ReplaceAll(good, idpSignOn, "http://idp.example/sso"),
		"no usable certificate":         metadataOf(),
		"not as SAML wants it":          strings.ReplaceAll(good, idpSignOn, "javascript:alert(1)"),
		"too many elements":             strings.Replace(good, "<md:IDPSSODescriptor", strings.Repeat("<x/>", 20_000)+"<md:IDPSSODescriptor", 1),
	} {
		if _, err := readMetadata([]byte(text), nil, now); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", says, err)
		}
	}
}

// TestMetadataWithOtherRoles: what ADFS adds (WS-Federation, a byte order mark) is passed
// over.
func TestMetadataWithOtherRoles(t *testing.T) {
	t.Parallel()
	text := strings.Replace(metadataOf(keys().idp.cert), "<md:IDPSSODescriptor", `<md:RoleDescriptor xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706" xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="http://docs.oasis-open.org/ws-sx/ws-trust/200512"><fed:ClaimTypesOffered/></md:RoleDescriptor>`+
		`<md:SPSSODescriptor protocolSupportEnumeration="`+nsProtocol+`"/><md:IDPSSODescriptor`, 1)
	file := filepath.Join(t.TempDir(), "x.xml")
	if err := os.WriteFile(file, []byte("\ufeff"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	config := stanza(t, "")
	config.MetadataFile = file
	if found, err := openStanza(t, config).source.get(context.Background()); err != nil || found.signOn != idpSignOn {
		t.Errorf("%+v %v", found, err)
	}
}
