package smart_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v3"

	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/smart"
)

// publisher is a client's server, over TLS, that publishes a key set.
type publisher struct {
	*httptest.Server
	answer      atomic.Pointer[http.HandlerFunc]
	asked       atomic.Int64
	connections atomic.Int64
}

func publish(t testing.TB, answer http.HandlerFunc) *publisher {
	t.Helper()
	p := &publisher{}
	p.answer.Store(&answer)
	p.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.asked.Add(1)
		(*p.answer.Load())(w, r)
	}))
	p.Config.ErrorLog = log.New(io.Discard, "", 0)
	p.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			p.connections.Add(1)
		}
	}
	p.StartTLS()
	t.Cleanup(p.Close)
	return p
}

func (p *publisher) say(answer http.HandlerFunc) { p.answer.Store(&answer) }

// roots are the authorities that its certificate is of.
func (p *publisher) roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(p.Certificate())
	return pool
}

// text answers it, to be kept for an hour unless headers say otherwise (name, value …).
func text(body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "max-age=3600")
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
			if headers[i] == "-" {
				w.Header().Del("Cache-Control")
				w.Header().Del("-")
			}
		}
		_, _ = io.WriteString(w, body)
	}
}

// fetching opens a desk whose client has its keys at an address of the publisher.
func fetching(t *testing.T, address string, config smart.FetchConfig) *desk {
	t.Helper()
	d := openDesk(t, dbtest.Open(t, dbtest.SQLite(t)))
	d.at(address, config)
	return d
}

// at registers another client, with its keys at the address, and forgets all keys.
func (d *desk) at(address string, config smart.FetchConfig) {
	d.t.Helper()
	c := service()
	c.JWKS, c.JWKSURL = "", address
	d.client, _ = d.approved(c)
	config.Now = d.clock.now
	if config.Timeout == 0 {
		config.Timeout = 20 * time.Second
	}
	d.auth.Fetcher = smart.NewFetcher(config)
}

var sent atomic.Int64

// by sends an assertion that no other is like, under a kid.
func (d *desk) by(kid string) said {
	d.t.Helper()
	a := d.honest(fmt.Sprint("n", sent.Add(1)))
	if a.header["kid"] = kid; kid == "e" {
		a.es384()
	}
	return d.send("/who", a)
}

func TestKeysAreFetched(t *testing.T) {
	t.Parallel()
	p := publish(t, text(publicSet()))
	d := fetching(t, p.URL+"/jwks", smart.FetchConfig{AllowPrivate: true, Roots: p.roots()})
	for _, kid := range []string{"r", "e", "r", "e"} {
		if got := d.by(kid); got.status != http.StatusOK {
			t.Errorf("%s: %d %s", kid, got.status, got.body)
		}
	}
	a := d.honest("jku")
	a.header["jku"] = p.URL + "/jwks"
	if got := d.send("/who", a); got.status != http.StatusOK {
		t.Errorf("jku: %d %s", got.status, got.body)
	}
	for _, jku := range []any{"", p.URL, p.URL + "/jwks/", p.URL + "/jwks?", p.URL + "/JWKS", "https://evil.example/jwks", []string{p.URL + "/jwks"}, 1, nil} {
		a := d.honest(fmt.Sprint("jku", jku))
		a.header["jku"] = jku
		if got := d.send("/who", a); jku != nil && (got.status != http.StatusUnauthorized || !strings.Contains(got.Description, "jku")) {
			t.Errorf("jku %v: %d %s", jku, got.status, got.body)
		}
	}
	if n := p.asked.Load(); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// TestOverHTTPOnThisMachine: only where private networks are allowed.
func TestOverHTTPOnThisMachine(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(text(publicSet()))
	t.Cleanup(s.Close)
	if got := fetching(t, s.URL, smart.FetchConfig{AllowPrivate: true}).by("r"); got.status != http.StatusOK {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := fetching(t, s.URL, smart.FetchConfig{}).by("r"); got.status != http.StatusUnauthorized || !strings.Contains(got.Description, "https") {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestHostileKeySets(t *testing.T) {
	t.Parallel()
	p := publish(t, nil)
	private, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: rsaKey(), KeyID: "r"}}})
	if err != nil {
		t.Fatal(err)
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			_, _ = io.WriteString(w, publicSet())
		}
	}
	moved := func(code int, to string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/good" {
				text(publicSet())(w, r)
				return
			}
			http.Redirect(w, r, to, code)
		}
	}
	d := openDesk(t, dbtest.Open(t, dbtest.SQLite(t)))
	never := func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		cause  string
	}{
		"moved here":             {moved(http.StatusFound, "/good"), "redirects"},
		"moved for good":         {moved(http.StatusMovedPermanently, p.URL+"/good"), "redirects"},
		"moved to http":          {moved(http.StatusTemporaryRedirect, "http://127.0.0.1:1/"), "redirects"},
		"moved to metadata":      {moved(http.StatusFound, "http://169.254.169.254/latest"), "redirects"},
		"not there":              {status(http.StatusNotFound), "status 404"},
		"broken":                 {status(http.StatusInternalServerError), "status 500"},
		"created":                {status(http.StatusCreated), "status 201"},
		"a part":                 {status(http.StatusPartialContent), "status 206"},
		"nothing":                {text(""), "no JSON Web Key Set"},
		"a page":                 {text("<html><body>Sign in</body></html>", "Content-Type", "text/html"), "no JSON Web Key Set"},
		"null":                   {text("null"), "no JSON Web Key Set"},
		"a list":                 {text("[]"), "no JSON Web Key Set"},
		"no keys":                {text("{}"), "no JSON Web Key Set"},
		"none":                   {text(`{"keys":[]}`), "no JSON Web Key Set"},
		"an object of keys":      {text(`{"keys":{}}`), "no JSON Web Key Set"},
		"keys that are text":     {text(`{"keys":["a"]}`), "no JSON Web Key Set"},
		"Keys":                   {text(strings.Replace(publicSet(), "keys", "Keys", 1)), "no JSON Web Key Set"},
		"keys twice":             {text(`{"keys":[],` + publicSet()[1:]), "no JSON Web Key Set"},
		"two sets":               {text(publicSet() + publicSet()), "no JSON Web Key Set"},
		"a set cut":              {text(publicSet()[:200]), "no JSON Web Key Set"},
		"too many":               {text(`{"keys":[` + strings.Repeat("{},", 20) + "{}]}"), "no JSON Web Key Set"},
		"deep":                   {text(strings.Repeat("[", 60000)), "no JSON Web Key Set"},
		"a private key":          {text(string(private)), "private"},
		"a shared key":           {text(`{"keys":[{"kty":"oct","k":"AAAA","kid":"r"}]}`), "private"},
		"a private key half":     {text(`{"keys":[{"kty":"EC","d":"AA","kid":"r"}]}`), "private"},
		"too large":              {text(publicSet() + strings.Repeat(" ", 64<<10)), "64 KiB"},
		"without end":            {endless, "64 KiB"},
		"packed":                 {packed("gzip"), "no JSON Web Key Set"},
		"packed without asking":  {packed("br"), "no JSON Web Key Set"},
		"large headers":          {text(publicSet(), "X-Large", strings.Repeat("x", 20<<10)), "reached"},
		"never":                  {never, "took too long"},
		"a byte and never":       {drip, "took too long"},
		"hung up":                {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "reached"},
		"less than it says":      {short, "reached"},
		"keys of no known kind":  {text(`{"keys":[{"kty":"AKP","kid":"r"}]}`), "no key of this kid"},
		"a weak key":             {text(keySetOf(t, weakRSA())), "2048"},
		"the kid twice":          {text(`{"keys":[` + string(jwkOf(t, rsaKey())) + "," + string(jwkOf(t, otherRSA())) + `]}`), "more than one"},
		"another's key":          {text(keySetOf(t, otherRSA())), "signature"},
		"an even modulus":        {text(`{"keys":[{"kty":"RSA","kid":"r","e":"AQAB","n":"` + strings.Repeat("gA", 200) + `"}]}`), ""},
		"an exponent of one":     {text(strings.Replace(keySetOf(t, rsaKey()), "AQAB", "AQ", 1)), "signature"},
		"an exponent too large":  {text(strings.Replace(keySetOf(t, rsaKey()), "AQAB", strings.Repeat("_", 40), 1)), ""},
		"a modulus of 60000 bit": {text(`{"keys":[{"kty":"RSA","kid":"r","e":"AQAB","n":"` + strings.Repeat("_", 10000) + `"}]}`), "8192"},
	} {
		p.say(c.answer)
		config := smart.FetchConfig{AllowPrivate: true, Roots: p.roots()}
		if c.cause == "took too long" {
			config.Timeout = 300 * time.Millisecond
		}
		d.at(p.URL+"/jwks", config)
		if got := d.by("r"); got.status != http.StatusUnauthorized || got.Error != "invalid_client" || !strings.Contains(got.Description, c.cause) {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
		// What is wrong is not asked for again and again.
		before := p.asked.Load()
		for range 5 {
			if got := d.by("r"); got.status != http.StatusUnauthorized {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
		}
		if more := p.asked.Load() - before; more > 0 {
			t.Errorf("%s is asked for %d times more", name, more)
		}
	}
}

func endless(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		if _, err := io.WriteString(w, strings.Repeat(" ", 4096)); err != nil {
			return
		}
	}
}

// packed is what is sent small and would be large.
func packed(name string) http.HandlerFunc {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = io.WriteString(z, strings.Repeat(" ", 1<<20)+publicSet())
	_ = z.Close()
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", name)
		_, _ = w.Write(bomb.Bytes())
	}
}

func drip(w http.ResponseWriter, r *http.Request) {
	_, _ = io.WriteString(w, "{")
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

func short(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "9000")
	_, _ = io.WriteString(w, publicSet())
}

// TestKeysForOthersToo: what is of no use here is left out, and a kid may be of two kinds.
func TestKeysForOthersToo(t *testing.T) {
	t.Parallel()
	edwards, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	set := jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: edwards, KeyID: "r"}, {Key: smallEC().Public(), KeyID: "r"}, {Key: weakRSA().Public(), KeyID: "weak"},
		{Key: rsaKey().Public(), KeyID: "r"}, {Key: ecKey().Public(), KeyID: "e"}, {Key: rsaKey().Public(), KeyID: "e"},
	}}
	text1, err := json.Marshal(set)
	if err != nil {
		t.Fatal(err)
	}
	p := publish(t, text(strings.Replace(string(text1), `"keys":[`, `"keys":[{"kty":"AKP","alg":"ML-DSA-44"},{"kty":1},{},`, 1)))
	d := fetching(t, p.URL, smart.FetchConfig{AllowPrivate: true, Roots: p.roots()})
	for _, kid := range []string{"r", "e"} {
		if got := d.by(kid); got.status != http.StatusOK {
			t.Errorf("%s: %d %s", kid, got.status, got.body)
		}
	}
}

// TestWhoIsNotTrusted: a certificate of nobody's.
func TestWhoIsNotTrusted(t *testing.T) {
	t.Parallel()
	p := publish(t, text(publicSet()))
	if got := fetching(t, p.URL, smart.FetchConfig{AllowPrivate: true}).by("r"); !strings.Contains(got.Description, "certificate") {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// TestPrivateAddresses: in numbers and behind names, none is connected to.
func TestPrivateAddresses(t *testing.T) {
	t.Parallel()
	p := publish(t, text(publicSet()))
	port := p.Listener.Addr().(*net.TCPAddr).Port
	names := nameServer(t, map[string][][]string{
		"loopback.example.": {{"127.0.0.1"}}, "private.example.": {{"10.1.2.3"}}, "metadata.example.": {{"169.254.169.254"}}, "carrier.example.": {{"100.64.0.1"}},
		"both.example.": {{"10.1.2.3", "127.0.0.1"}}, "zero.example.": {{"0.0.0.0"}},
		// Two answers, as if it were looked up to be judged and again to be used.
		"rebinding.example.": {{"192.168.0.1"}, {"127.0.0.1"}},
	})
	d := openDesk(t, dbtest.Open(t, dbtest.SQLite(t)))
	for _, host := range []string{
		"127.0.0.1", "127.0.0.2", "[::1]", "localhost", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]",
		"10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "[fe80::1]", "[fd00:ec2::254]", "[ff02::1]", "255.255.255.255",
		"loopback.example", "private.example", "metadata.example", "carrier.example", "both.example", "zero.example", "rebinding.example", "rebinding.example", "rebinding.example",
	} {
		d.at(fmt.Sprintf("https://%s:%d/jwks", host, port), smart.FetchConfig{Roots: p.roots(), Resolver: names})
		if got := d.by("r"); got.status != http.StatusUnauthorized || !strings.Contains(got.Description, "not on the public Internet") {
			t.Errorf("%s: %d %s", host, got.status, got.body)
		}
	}
	for _, host := range []string{"2130706433", "0x7f000001", "017700000001", "127.1", "0177.0.0.1", "127.0.0.1.", "unknown.example"} {
		d.at(fmt.Sprintf("https://%s:%d/jwks", host, port), smart.FetchConfig{Roots: p.roots(), Resolver: names})
		if got := d.by("r"); got.status != http.StatusUnauthorized || !strings.Contains(got.Description, "cannot be fetched") {
			t.Errorf("%s: %d %s", host, got.status, got.body)
		}
	}
	if n := p.connections.Load(); n != 0 {
		t.Errorf("%d connections", n)
	}
}

func TestWhereKeysMayComeFrom(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"8.8.8.8": "anywhere", "::ffff:8.8.8.8": "anywhere", "2606:4700::1": "anywhere", "64:ff9b::808:808": "anywhere", "11.0.0.1": "anywhere", "172.32.0.1": "anywhere", "100.128.0.1": "anywhere",
		"10.0.0.1": "private", "172.31.255.255": "private", "192.168.1.1": "private", "127.0.0.1": "private", "127.255.255.255": "private", "100.64.0.1": "private", "100.127.255.255": "private",
		"::1": "private", "fc00::1": "private", "fdff::1": "private", "::ffff:10.0.0.1": "private", "64:ff9b::a00:1": "private",
		"0.0.0.0": "", "0.1.2.3": "", "::": "", "169.254.169.254": "", "169.254.0.1": "", "::ffff:169.254.169.254": "", "64:ff9b::a9fe:a9fe": "", "fe80::1": "", "fe80::1%eth0": "", "fec0::1": "",
		"224.0.0.1": "", "239.1.1.1": "", "ff02::1": "", "255.255.255.255": "", "240.0.0.1": "", "192.0.0.192": "", "192.0.2.1": "", "198.18.0.1": "", "198.51.100.1": "", "203.0.113.1": "",
		"168.63.129.16": "", "100.100.100.200": "", "fd00:ec2::254": "", "fd20:ce::254": "", "2001::1": "", "2001:db8::1": "", "2002:7f00:1::": "", "3fff::1": "", "::127.0.0.1": "",
		"64:ff9b:1::1": "", "100::1": "", "5f00::1": "", "::ffff:0:127.0.0.1": "",
	} {
		ip := netip.MustParseAddr(address)
		if open, private := smart.MayFetchFrom(ip, false), smart.MayFetchFrom(ip, true); open != (want == "anywhere") || private != (want != "") {
			t.Errorf("%s: %v, %v", address, open, private)
		}
	}
}

// TestHowLongKeysAreKept: no longer than the answer says, and never past an hour.
func TestHowLongKeysAreKept(t *testing.T) {
	t.Parallel()
	p := publish(t, nil)
	d := fetching(t, p.URL, smart.FetchConfig{})
	for name, c := range map[string]struct {
		headers []string
		life    time.Duration // to within half a minute
	}{
		"max-age":                     {[]string{"Cache-Control", "max-age=120"}, 2 * time.Minute},
		"in capitals, with others":    {[]string{"Cache-Control", "public, Max-Age=120 , must-revalidate"}, 2 * time.Minute},
		"in quotes":                   {[]string{"Cache-Control", `max-age="120"`}, 2 * time.Minute},
		"a day":                       {[]string{"Cache-Control", "max-age=86400"}, time.Hour},
		"past all numbers":            {[]string{"Cache-Control", "max-age=99999999999999999999"}, time.Hour},
		"two":                         {[]string{"Cache-Control", "max-age=3600", "Cache-Control", "max-age=120"}, 2 * time.Minute},
		"aged":                        {[]string{"Cache-Control", "max-age=180", "Age", "60"}, 2 * time.Minute},
		"aged, of a day":              {[]string{"Cache-Control", "max-age=86400", "Age", "86280"}, 2 * time.Minute},
		"older than it may be":        {[]string{"Cache-Control", "max-age=180", "Age", "181"}, 0},
		"an age that is none":         {[]string{"Cache-Control", "max-age=120", "Age", "x"}, 2 * time.Minute},
		"no-store":                    {[]string{"Cache-Control", "no-store"}, 0},
		"no-store beside max-age":     {[]string{"Cache-Control", "max-age=3600, no-store"}, 0},
		"no-cache":                    {[]string{"Cache-Control", "no-cache"}, 0},
		"max-age 0":                   {[]string{"Cache-Control", "max-age=0"}, 0},
		"max-age below 0":             {[]string{"Cache-Control", "max-age=-1"}, 0},
		"max-age no number":           {[]string{"Cache-Control", "max-age=soon"}, 0},
		"max-age of nothing":          {[]string{"Cache-Control", "max-age"}, 0},
		"nothing said":                {nil, 5 * time.Minute},
		"something else said":         {[]string{"Cache-Control", "public"}, 5 * time.Minute},
		"shared caches are not we":    {[]string{"Cache-Control", "s-maxage=3600, max-age=120"}, 2 * time.Minute},
		"expires":                     {[]string{"Expires", time.Now().Add(2 * time.Minute).UTC().Format(http.TimeFormat)}, 2 * time.Minute},
		"expired":                     {[]string{"Expires", time.Now().Add(-time.Minute).UTC().Format(http.TimeFormat)}, 0},
		"expires never":               {[]string{"Expires", "0"}, 0},
		"max-age goes before expires": {[]string{"Cache-Control", "max-age=120", "Expires", "0"}, 2 * time.Minute},
	} {
		headers := append([]string{"-", ""}, c.headers...)
		p.say(text(publicSet(), headers...))
		d.auth.Fetcher = smart.NewFetcher(smart.FetchConfig{AllowPrivate: true, Roots: p.roots(), Now: d.clock.now})
		d.clock.ahead.Store(0)
		p.asked.Store(0)
		for _, step := range []struct {
			after time.Duration
			want  int64
		}{{0, 1}, {c.life - 30*time.Second, 1}, {c.life + time.Second, 2}} {
			if step.after < 0 {
				continue
			}
			d.clock.ahead.Store(int64(step.after))
			if got := d.by("r"); got.status != http.StatusOK {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
			if n := p.asked.Load(); n != step.want {
				t.Errorf("%s: after %v asked %d times", name, step.after, n)
			}
		}
	}
}

// TestRotatedKeys: a new kid is looked for at once, and then every ten seconds at most; the
// old one ends when it is seen to be gone.
func TestRotatedKeys(t *testing.T) {
	t.Parallel()
	set := func(kid string, key *ecdsa.PrivateKey) string {
		return keySet(t, jose.JSONWebKey{Key: key.Public(), KeyID: kid})
	}
	old, next := newEC(elliptic.P384()), newEC(elliptic.P384())
	p := publish(t, text(set("old", old)))
	d := fetching(t, p.URL, smart.FetchConfig{AllowPrivate: true, Roots: p.roots()})
	try := func(what string, ahead time.Duration, kid string, key *ecdsa.PrivateKey, status int, asked int64) {
		t.Helper()
		d.clock.ahead.Store(int64(ahead))
		a := d.honest(fmt.Sprint("n", sent.Add(1)))
		a.header["alg"], a.header["kid"], a.sign = "ES384", kid, ecSigner(key, crypto.SHA384)
		if got := d.send("/who", a); got.status != status {
			t.Errorf("%s: %d %s", what, got.status, got.body)
		}
		if n := p.asked.Load(); n != asked {
			t.Errorf("%s: asked %d times", what, n)
		}
	}
	try("the first", 0, "old", old, http.StatusOK, 1)
	try("a kid not there yet, too soon", 0, "next", next, http.StatusUnauthorized, 1)
	p.say(text(set("next", next)))
	try("the next one", time.Minute, "next", next, http.StatusOK, 2)
	try("the old one", time.Minute, "old", old, http.StatusUnauthorized, 2)
	for range 5 {
		try("kids of nobody", time.Minute, "x", old, http.StatusUnauthorized, 2)
	}
	try("a kid of nobody, later", 2*time.Minute, "x", old, http.StatusUnauthorized, 3)
	p.say(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	try("an unknown kid while it is down", 3*time.Minute, "x", old, http.StatusUnauthorized, 4)
	try("a known one while it is down", 3*time.Minute, "next", next, http.StatusOK, 4)
	try("a known one while it is down, later", 50*time.Minute, "next", next, http.StatusOK, 4)
	try("after its life", 63*time.Minute, "next", next, http.StatusUnauthorized, 5)
	p.say(text(set("next", next)))
	try("before it is asked again", 63*time.Minute, "next", next, http.StatusUnauthorized, 5)
	try("when it is up again", 64*time.Minute, "next", next, http.StatusOK, 6)
}

// TestAKeySetThatMayNotBeKept is asked for each time, but not without end.
func TestAKeySetThatMayNotBeKept(t *testing.T) {
	t.Parallel()
	p := publish(t, text(publicSet(), "Cache-Control", "no-store"))
	d := fetching(t, p.URL, smart.FetchConfig{AllowPrivate: true, Roots: p.roots()})
	for n := range int64(10) {
		if got := d.by("e"); got.status != http.StatusOK || p.asked.Load() != n+1 {
			t.Errorf("%d %s, asked %d times", got.status, got.body, p.asked.Load())
		}
	}
	held := 0
	for range 40 {
		if got := d.by("x"); strings.Contains(got.Description, "too often") {
			held++
		}
	}
	if held == 0 || p.asked.Load() > 40 {
		t.Errorf("held up %d times, asked %d times", held, p.asked.Load())
	}
}

// TestManyWaitForOneFetch: and who gives up ends it for nobody.
func TestManyWaitForOneFetch(t *testing.T) {
	t.Parallel()
	asked, release := make(chan struct{}), make(chan struct{})
	p := publish(t, func(w http.ResponseWriter, r *http.Request) {
		close(asked)
		<-release
		text(publicSet())(w, r)
	})
	d := fetching(t, p.URL, smart.FetchConfig{AllowPrivate: true, Roots: p.roots(), Timeout: 30 * time.Second})
	ctx, cancel := context.WithCancel(t.Context())
	first := d.honest("first").token()
	gone := make(chan error, 1)
	go func() {
		_, _, err := d.auth.Verify(ctx, first, tokenURL)
		gone <- err
	}()
	<-asked
	cancel()
	if err := <-gone; err == nil || strings.Contains(err.Error(), "invalid_client") {
		t.Errorf("who gave up: %v", err)
	}
	var wg sync.WaitGroup
	for n := range 20 {
		token := d.honest(fmt.Sprint("many", n)).token()
		wg.Go(func() {
			if _, _, err := d.auth.Verify(t.Context(), token, tokenURL); err != nil {
				t.Error(err)
			}
		})
	}
	close(release)
	wg.Wait()
	if n := p.asked.Load(); n != 1 {
		t.Errorf("asked %d times", n)
	}
}
