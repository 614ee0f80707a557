package smart_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha256" // HS256
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

func TestAssertionsThatAreTaken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		d := openDesk(t, db)
		now := d.clock.now()
		for name, change := range map[string]func(*asserted){
			"RS384 without use":     func(*asserted) {},
			"ES384 without use":     (*asserted).es384,
			"use sig":               func(a *asserted) { a.header["kid"] = "sig" },
			"typ in small letters":  func(a *asserted) { a.header["typ"] = "jwt" },
			"no iat":                func(a *asserted) { delete(a.claims, "iat") },
			"fractions of a second": func(a *asserted) { a.claims["exp"] = float64(now.UnixMilli())/1000 + 60 },
			"a list of audiences":   func(a *asserted) { a.claims["aud"] = []string{"https://other.example/token", tokenURL} },
			"for introspection":     func(a *asserted) { a.claims["aud"] = introspect },
			"more claims":           func(a *asserted) { a.claims["extensions"] = map[string]any{"a": []int{1}} },
			"null says nothing":     func(a *asserted) { a.claims["nbf"] = nil },
			"client_id too":         func(a *asserted) { a.form = func(f url.Values) { f.Set("client_id", d.client.ID) } },
			"nbf":                   func(a *asserted) { a.claims["nbf"] = now.Unix() },
			"a clock that is fast": func(a *asserted) {
				a.claims["iat"], a.claims["nbf"], a.claims["exp"] = now.Unix()+20, now.Unix()+20, now.Unix()+320
			},
			"a clock that is slow":         func(a *asserted) { a.claims["exp"] = now.Unix() - 20 },
			"keys that are never used":     func(a *asserted) { a.header["x5u"] = "https://evil.example/" },
			"an empty secret is no second": func(a *asserted) { a.form = func(f url.Values) { f.Set("client_secret", "") } },
			"a long jti":                   func(a *asserted) { a.claims["jti"] = strings.Repeat("j", 3000) },
		} {
			a := d.honest(name)
			change(a)
			if got := d.send("/who", a); got.status != http.StatusOK || got.body != d.client.ID {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
			// and gives a token, the whole way
			a = d.honest(name + " token")
			a.form = nil
			if got := d.send("/token", a); got.status != http.StatusOK || !strings.Contains(got.body, `"access_token"`) {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
		}
	})
}

// hostile are assertions to be refused, with a word of the cause.
func hostile(d *desk, other string) map[string]struct {
	change func(*asserted)
	cause  string
} {
	type row = struct {
		change func(*asserted)
		cause  string
	}
	now := d.clock.now().Unix()
	rows := map[string]row{}
	add := func(name, cause string, change func(*asserted)) { rows[name] = row{change, cause} }
	header := func(name string, v any) func(*asserted) {
		return func(a *asserted) {
			if a.header[name] = v; v == nil {
				delete(a.header, name)
			}
		}
	}
	claim := func(name string, v any) func(*asserted) {
		return func(a *asserted) {
			if a.claims[name] = v; v == nil {
				delete(a.claims, name)
			}
		}
	}
	signed := func(alg string, sign func([]byte) []byte) func(*asserted) {
		return func(a *asserted) { a.header["alg"], a.sign = alg, sign }
	}
	nothing := func([]byte) []byte { return nil }
	public, err := x509.MarshalPKIXPublicKey(rsaKey().Public())
	if err != nil {
		d.t.Fatal(err)
	}
	hs := func(key []byte, hash crypto.Hash) func([]byte) []byte {
		return func(input []byte) []byte {
			h := hmac.New(hash.New, key)
			h.Write(input)
			return h.Sum(nil)
		}
	}

	for _, alg := range []string{"none", "None", "NONE", "nOnE", "", "rs384", "RS384 ", "PS384", "ES512", "EdDSA", "HS512"} {
		add("alg "+alg, "algorithm", signed(alg, nothing))
		add("signed as "+alg, "algorithm", signed(alg, rs384(rsaKey())))
	}
	add("HS256 with the public key", "algorithm", signed("HS256", hs(public, crypto.SHA256)))
	add("HS384 with the public key", "algorithm", signed("HS384", hs(public, crypto.SHA384)))
	add("RS256", "algorithm", signed("RS256", rsaSigner(rsaKey(), crypto.SHA256)))
	add("RS512", "algorithm", signed("RS512", rsaSigner(rsaKey(), crypto.SHA512)))
	add("ES256", "algorithm", signed("ES256", ecSigner(smallEC(), crypto.SHA256)))
	add("alg as a number", "compact", header("alg", 384))
	add("alg as a list", "compact", header("alg", []string{"RS384"}))
	add("no alg", "algorithm", header("alg", nil))
	add("PS384's signature as RS384", "signature", signed("RS384", func(input []byte) []byte {
		h := crypto.SHA384.New()
		h.Write(input)
		sig, err := rsa.SignPSS(rand.Reader, rsaKey(), crypto.SHA384, h.Sum(nil), nil)
		if err != nil {
			panic(err)
		}
		return sig
	}))
	add("RS256's signature as RS384", "signature", signed("RS384", rsaSigner(rsaKey(), crypto.SHA256)))

	add("no typ", "typ", header("typ", nil))
	for _, typ := range []any{"", "JOSE", "at+jwt", "logout+jwt", "application/jwt", "JWT ", 1, []string{"JWT"}} {
		add(fmt.Sprintf("typ %v", typ), "typ", header("typ", typ))
	}

	add("no kid", "kid", header("kid", nil))
	add("kid empty", "kid", header("kid", ""))
	add("kid unknown", "kid", header("kid", "x"))
	add("kid in another case", "kid", header("kid", "R"))
	add("kid as a number", "compact", header("kid", 1))
	add("kid of a key of another kind", "kid", header("kid", "e"))
	add("ES384 with the kid of RSA", "kid", func(a *asserted) { a.es384(); a.header["kid"] = "r" })
	add("kid of a key for encryption", "use", header("kid", "enc"))
	add("kid of a key for RS256", "alg", header("kid", "rs256"))

	add("crit", "crit", header("crit", []string{"exp"}))
	add("crit empty", "crit", header("crit", []string{}))
	add("crit as text", "crit", header("crit", "exp"))
	add("b64 false", "b64", header("b64", false))
	add("crit b64", "crit", func(a *asserted) { a.header["crit"], a.header["b64"] = []string{"b64"}, true })
	add("jku", "jku", header("jku", "https://evil.example/jwks"))
	add("jku empty", "jku", header("jku", ""))
	add("jku as a list", "jku", header("jku", []string{}))

	add("a key of its own", "signature", func(a *asserted) {
		a.header["jwk"], a.sign = json.RawMessage(jwkOf(d.t, otherRSA())), rs384(otherRSA())
	})
	add("a key of its own under its own kid", "kid", func(a *asserted) {
		a.header["jwk"], a.header["kid"], a.sign = json.RawMessage(jwkOf(d.t, otherRSA())), "evil", rs384(otherRSA())
	})
	add("a private key in the header", "compact", header("jwk", map[string]any{"kty": "oct", "k": "AAAA"}))
	add("kid twice", "compact", func(a *asserted) { a.rawHeader = `{"alg":"RS384","typ":"JWT","kid":"x","kid":"r"}` })
	add("alg twice", "compact", func(a *asserted) { a.rawHeader = `{"alg":"none","alg":"RS384","typ":"JWT","kid":"r"}` })
	add("the header no object", "compact", func(a *asserted) { a.rawHeader = `["RS384"]` })
	add("the header no JSON", "compact", func(a *asserted) { a.rawHeader = `alg: RS384` })
	add("a null header", "", func(a *asserted) { a.rawHeader = `null` })
	add("two headers", "compact", func(a *asserted) { a.rawHeader = `{"alg":"RS384","typ":"JWT","kid":"r"}{}` })

	add("another's signature", "signature", func(a *asserted) { a.sign = rs384(otherRSA()) })
	add("a signature of nothing", "signature", func(a *asserted) { a.sign = func([]byte) []byte { return rs384(rsaKey())(nil) } })
	add("no signature", "signature", func(a *asserted) { a.sign = nothing })
	add("a short signature", "signature", func(a *asserted) { a.after = func(s string) string { return s[:len(s)-4] } })
	add("a signature of zeros", "signature", func(a *asserted) { a.sign = func([]byte) []byte { return make([]byte, 256) } })
	add("ES384 of zeros", "signature", func(a *asserted) { a.es384(); a.sign = func([]byte) []byte { return make([]byte, 96) } })
	add("ES384 in DER", "signature", func(a *asserted) {
		a.es384()
		a.sign = func(input []byte) []byte {
			h := crypto.SHA384.New()
			h.Write(input)
			sig, err := ecdsa.SignASN1(rand.Reader, ecKey(), h.Sum(nil))
			if err != nil {
				panic(err)
			}
			return sig
		}
	})
	add("claims changed after", "signature", func(a *asserted) {
		a.after = func(s string) string {
			parts := strings.Split(s, ".")
			a.claims["exp"] = now + 200
			text, _ := json.Marshal(a.claims)
			return parts[0] + "." + base64.RawURLEncoding.EncodeToString(text) + "." + parts[2]
		}
	})

	whole := func(change func(string) string) func(*asserted) { return func(a *asserted) { a.after = change } }
	add("no JWT", "compact", whole(func(string) string { return "assertion" }))
	add("dots alone", "algorithm", whole(func(string) string { return ".." }))
	add("two parts", "compact", whole(func(s string) string { return s[:strings.LastIndex(s, ".")] }))
	add("five parts", "compact", whole(func(s string) string { return s + ".a.b" }))
	add("a space before", "compact", whole(func(s string) string { return " " + s }))
	add("a line break", "compact", whole(func(s string) string { return s[:10] + "\n" + s[10:] }))
	add("padding", "compact", whole(func(s string) string { return s + "==" }))
	add("a NUL", "compact", whole(func(s string) string { return s + "\x00" }))
	add("the JSON form", "compact", whole(func(s string) string {
		p := strings.Split(s, ".")
		return fmt.Sprintf(`{"payload":%q,"signatures":[{"protected":%q,"signature":%q}]}`, p[1], p[0], p[2])
	}))
	add("too long", "8 KiB", claim("x", strings.Repeat("x", 8<<10)))

	add("no iss", "iss", claim("iss", nil))
	add("no sub", "iss", claim("sub", nil))
	add("neither", "iss", func(a *asserted) { delete(a.claims, "iss"); delete(a.claims, "sub") })
	add("iss empty", "iss", func(a *asserted) { a.claims["iss"], a.claims["sub"] = "", "" })
	add("iss another client", "iss", claim("iss", other))
	add("sub another client", "iss", claim("sub", other))
	add("both another client", "signature", func(a *asserted) { a.claims["iss"], a.claims["sub"] = other, other })
	add("both nobody", "no client", func(a *asserted) { a.claims["iss"], a.claims["sub"] = "nobody", "nobody" })
	add("both SQL", "no client", func(a *asserted) { a.claims["iss"], a.claims["sub"] = "' OR 1=1 --", "' OR 1=1 --" })
	add("both NUL", "no client", func(a *asserted) { a.claims["iss"], a.claims["sub"] = "\x00", "\x00" })
	add("iss a number", "type", claim("iss", 1))
	add("iss a list", "type", claim("iss", []string{d.client.ID}))
	add("sub a list", "type", claim("sub", []string{d.client.ID}))
	add("client_id another", "client_id", func(a *asserted) { a.form = func(f url.Values) { f.Set("client_id", other) } })

	add("no aud", "aud", claim("aud", nil))
	for _, aud := range []any{
		"", "https://patchwork.example", "https://patchwork.example/fhir", tokenURL + "/", tokenURL + "?", tokenURL + "?x=1", tokenURL + "#", "http://patchwork.example/smart/token",
		"https://PATCHWORK.example/smart/token", "https://patchwork.example:443/smart/token", "https://evil.example/smart/token", tokenURL + "\x00", " " + tokenURL,
		[]string{}, []string{"https://evil.example"}, []string{""},
	} {
		add(fmt.Sprintf("aud %q", aud), "aud", claim("aud", aud))
	}
	add("aud a number", "type", claim("aud", 1))
	add("aud an object", "type", claim("aud", map[string]any{"url": tokenURL}))
	add("aud with an object", "type", claim("aud", []any{tokenURL, map[string]any{}}))

	add("no exp", "exp", claim("exp", nil))
	for name, v := range map[string]any{"0": 0, "negative": -1, "huge": 1e300, "after 9999": 253402300800, "the least": 5e-324} {
		add("exp "+name, "exp", claim("exp", v))
	}
	add("exp as text", "type", claim("exp", fmt.Sprint(now+60)))
	add("exp true", "type", claim("exp", true))
	add("exp past", "expired", claim("exp", now-31))
	add("exp long past", "expired", claim("exp", now-86400))
	add("exp far", "5 minutes", claim("exp", now+390))
	add("exp in 10 minutes", "5 minutes", claim("exp", now+600))
	add("exp in a day", "5 minutes", claim("exp", now+86400))
	add("exp in milliseconds", "no time", claim("exp", now*1000))
	add("exp past all numbers", "type", func(a *asserted) {
		a.rawClaims = fmt.Sprintf(`{"iss":%q,"sub":%q,"aud":%q,"jti":"x","exp":1e999}`, d.client.ID, d.client.ID, tokenURL)
	})
	add("exp twice", "twice", func(a *asserted) {
		a.rawClaims = fmt.Sprintf(`{"iss":%q,"sub":%q,"aud":%q,"jti":"x","exp":1,"exp":%d}`, d.client.ID, d.client.ID, tokenURL, now+60)
	})
	add("iss twice", "twice", func(a *asserted) {
		a.rawClaims = fmt.Sprintf(`{"iss":%q,"iss":%q,"sub":%q,"aud":%q,"jti":"x","exp":%d}`, other, d.client.ID, d.client.ID, tokenURL, now+60)
	})
	add("an unknown claim twice", "twice", func(a *asserted) {
		a.rawClaims = fmt.Sprintf(`{"a":1,"a":2,"iss":%q,"sub":%q,"aud":%q,"jti":"x","exp":%d}`, d.client.ID, d.client.ID, tokenURL, now+60)
	})
	add("names in capitals", "iss", func(a *asserted) {
		a.rawClaims = fmt.Sprintf(`{"ISS":%q,"SUB":%q,"AUD":%q,"JTI":"x","EXP":%d}`, d.client.ID, d.client.ID, tokenURL, now+60)
	})
	add("iat ahead", "iat", claim("iat", now+150))
	add("iat tomorrow", "iat", claim("iat", now+86400))
	add("iat negative", "iat", claim("iat", -1))
	add("iat as text", "type", claim("iat", "now"))
	add("nbf ahead", "nbf", claim("nbf", now+150))
	add("nbf huge", "nbf", claim("nbf", 1e300))
	add("nbf as text", "type", claim("nbf", "now"))
	add("no jti", "jti", claim("jti", nil))
	add("jti empty", "jti", claim("jti", ""))
	add("jti blank", "jti", claim("jti", " \t"))
	add("jti a number", "type", claim("jti", 1))
	add("jti a list", "type", claim("jti", []string{"a"}))

	raw := func(text string) func(*asserted) { return func(a *asserted) { a.rawClaims = text } }
	add("claims a list", "object", raw(`[]`))
	add("claims null", "object", raw(`null`))
	add("claims text", "object", raw(`"x"`))
	add("claims no JSON", "object", raw(`iss=x`))
	add("claims twice", "object", raw(`{}{}`))
	add("claims not UTF-8", "object", raw("{\"iss\":\"\xff\"}"))
	add("claims deep", "type", raw(`{"iss":`+strings.Repeat("[", 2500)+strings.Repeat("]", 2500)+`}`))

	form := func(change func(url.Values)) func(*asserted) { return func(a *asserted) { a.form = change } }
	add("type missing", "client_assertion_type", form(func(f url.Values) { f.Del("client_assertion_type") }))
	add("type another", "client_assertion_type", form(func(f url.Values) {
		f.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")
	}))
	add("type in capitals", "client_assertion_type", form(func(f url.Values) { f.Set("client_assertion_type", strings.ToUpper(jwtBearer)) }))
	add("type with a space", "client_assertion_type", form(func(f url.Values) { f.Set("client_assertion_type", jwtBearer+" ") }))
	add("no assertion", "compact", form(func(f url.Values) { f.Del("client_assertion") }))
	add("assertion twice", "twice", form(func(f url.Values) { f.Add("client_assertion", f.Get("client_assertion")) }))
	add("type twice", "twice", form(func(f url.Values) { f.Add("client_assertion_type", jwtBearer) }))
	add("client_id twice", "twice", form(func(f url.Values) { f["client_id"] = []string{d.client.ID, d.client.ID} }))
	add("a secret too", "more than one", form(func(f url.Values) { f.Set("client_secret", "x") }))
	add("Basic too", "more than one", func(a *asserted) {
		a.request = func(r *http.Request) { r.SetBasicAuth(d.client.ID, "x") }
	})
	add("Bearer too", "more than one", func(a *asserted) {
		a.request = func(r *http.Request) { r.Header.Set("Authorization", "Bearer x") }
	})
	add("in the address", "address", func(a *asserted) {
		a.request = func(r *http.Request) { r.URL.RawQuery = "client_assertion=x" }
	})
	add("client_id alone", "another method", form(func(f url.Values) {
		f.Del("client_assertion")
		f.Del("client_assertion_type")
		f.Set("client_id", d.client.ID)
	}))
	return rows
}

// TestHostileAssertions: each is refused with its cause, and spends no jti: the honest one
// of the same jti is taken after it.
func TestHostileAssertions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		d := openDesk(t, db)
		others := service()
		others.JWKS = keySetOf(t, otherRSA())
		other, _ := d.approved(others)
		cases := hostile(d, other.ID)
		if len(cases) < 60 {
			t.Fatal(len(cases), "cases")
		}
		for name, c := range cases {
			a := d.honest(name)
			c.change(a)
			got := d.send("/who", a)
			if got.status != http.StatusUnauthorized || got.Error != "invalid_client" || !strings.Contains(got.Description, c.cause) {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
			if kept := rowsOf(d, "smart_assertion"); kept != 0 {
				t.Errorf("%s spends a jti", name)
			}
		}
		for name, c := range cases {
			a := d.honest(name)
			c.change(a)
			if got := d.send("/token", a); got.status != http.StatusUnauthorized || got.Error != "invalid_client" {
				t.Errorf("%s at fosite's endpoint: %d %s", name, got.status, got.body)
			}
			if got := d.send("/who", d.honest(name)); got.status != http.StatusOK {
				t.Fatalf("the honest one after %s: %d %s", name, got.status, got.body)
			}
		}
	})
}

func rowsOf(d *desk, table string) (n int) {
	d.t.Helper()
	if err := d.db.Read.DB.QueryRow(`SELECT COUNT(*) FROM ` + table).Scan(&n); err != nil { //nolint:gosec // a table of ours
		d.t.Fatal(err)
	}
	return n
}

// TestOneOfManyAssertionsIsTaken: also of 32 at once, on two servers; and it is the client's:
// another may use the same jti.
func TestOneOfManyAssertionsIsTaken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		d := openDesk(t, db)
		elsewhere := *d.auth
		elsewhere.Store = d.other
		a := d.honest("once")
		token := a.token()
		var wg sync.WaitGroup
		answers := make(chan said, 32)
		for range 32 {
			wg.Go(func() {
				answers <- d.post("/who", url.Values{"client_assertion_type": {jwtBearer}, "client_assertion": {token}}, nil)
			})
		}
		wg.Wait()
		close(answers)
		taken := 0
		for got := range answers {
			switch {
			case got.status == http.StatusOK:
				taken++
			case got.status != http.StatusUnauthorized || got.Error != "invalid_client" || !strings.Contains(got.Description, "jti was used before"):
				t.Errorf("%d %s", got.status, got.body)
			}
		}
		if taken != 1 {
			t.Errorf("taken %d times", taken)
		}
		if _, _, err := elsewhere.Verify(t.Context(), token, tokenURL); err == nil {
			t.Error("another server takes it again")
		}
		// Signed anew, with other claims, it is still the same jti.
		again := d.honest("once")
		again.claims["exp"] = d.clock.now().Unix() + 10
		if got := d.send("/token", again); got.status != http.StatusUnauthorized || got.Error != "invalid_client" {
			t.Errorf("%d %s", got.status, got.body)
		}
		d.clock.ahead.Store(int64(5*time.Minute + 10*time.Second))
		if got := d.post("/who", url.Values{"client_assertion_type": {jwtBearer}, "client_assertion": {token}}, nil); !strings.Contains(got.Description, "jti was used before") {
			t.Errorf("within the skew: %d %s", got.status, got.body)
		}
		d.clock.ahead.Store(int64(5*time.Minute + 50*time.Second))
		if got := d.post("/who", url.Values{"client_assertion_type": {jwtBearer}, "client_assertion": {token}}, nil); !strings.Contains(got.Description, "expired") {
			t.Errorf("after it: %d %s", got.status, got.body)
		}
		d.clock.ahead.Store(0)
		second, _ := d.approved(service())
		foreign := d.honest("once")
		foreign.claims["iss"], foreign.claims["sub"] = second.ID, second.ID
		if got := d.send("/who", foreign); got.status != http.StatusOK || got.body != second.ID {
			t.Errorf("another client's: %d %s", got.status, got.body)
		}
	})
}

// TestWhatIsSignedForSomethingElse: Verify is for launches too, and one is not the other.
func TestWhatIsSignedForSomethingElse(t *testing.T) {
	t.Parallel()
	d := openDesk(t, dbtest.Open(t, dbtest.SQLite(t)))
	const open = "https://patchwork.example/smart/open"
	a := d.honest("launch")
	a.claims["aud"], a.claims["launch"] = open, map[string]any{"client_id": "app"}
	if got := d.send("/who", a); got.status != http.StatusUnauthorized {
		t.Error(got)
	}
	client, claims, err := d.auth.Verify(t.Context(), a.token(), open)
	if err != nil || client.ID != d.client.ID || !strings.Contains(string(claims), `"launch"`) {
		t.Error(client, string(claims), err)
	}
	if _, _, err := d.auth.Verify(t.Context(), d.honest("x").token(), open); err == nil {
		t.Error("an assertion is a launch")
	}
	if _, _, err := d.auth.Verify(t.Context(), d.honest("x").token()); err == nil {
		t.Error("for nobody")
	}
}

// TestADatabaseThatFailsIsNotTheClientsFault: 500, not 401, and nobody is let in.
func TestADatabaseThatFailsIsNotTheClientsFault(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		for _, table := range []string{"smart_assertion", "smart_client"} {
			d := openDesk(t, db)
			d.exec(`ALTER TABLE ` + table + ` RENAME TO away`)
			if got := d.send("/who", d.honest("x")); got.status != http.StatusInternalServerError || got.Error != "server_error" {
				t.Errorf("%s: %d %s", table, got.status, got.body)
			}
			d.exec(`ALTER TABLE away RENAME TO ` + table)
		}
	})
}

func jwkOf(t testing.TB, key *rsa.PrivateKey) []byte {
	t.Helper()
	text, err := json.Marshal(map[string]any{
		"kty": "RSA", "kid": "r", "n": base64.RawURLEncoding.EncodeToString(key.N.Bytes()), "e": "AQAB",
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func keySetOf(t testing.TB, key *rsa.PrivateKey) string {
	t.Helper()
	return `{"keys":[` + string(jwkOf(t, key)) + `]}`
}
