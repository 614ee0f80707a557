package smart_test

import (
	"context"
	"crypto"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/smart"
)

// bench is an EPR that is well, on the test bench of its engineers.
type bench struct {
	*desk
	server *smart.Server
	app    *smart.Client
	epr    *smart.Client
}

const openURL = "https://patchwork.example/smart/open"

func openBench(t *testing.T) *bench {
	t.Helper()
	d := openDesk(t, dbtest.Open(t, dbtest.SQLite(t)))
	b := &bench{desk: d, server: &smart.Server{Config: smart.Config{Public: "https://patchwork.example", Store: d.Store, Clients: d.auth}}}
	b.app, _ = d.approved(app())
	b.epr, _ = d.approved(b.system())
	d.client = b.epr
	return b
}

func (b *bench) system() smart.Client {
	return smart.Client{
		Name: "Riverside EPR", Method: smart.Key, JWKS: publicSet(), Scopes: []string{"patchwork/launch"},
		Launching: &smart.Launching{Apps: []string{b.app.ID}, Organisations: []string{"RRV01"}, Logins: []string{"riverside"}, Origins: []string{"https://epr.example"}},
	}
}

func (b *bench) try(epr string, way smart.Way, sent string) []smart.Check {
	b.t.Helper()
	checks, err := b.server.SelfTest(context.Background(), smart.Trial{EPR: epr, Way: way, Sent: sent, IsLogin: func(id string) bool { return id == "riverside" }})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range checks {
		if c.Name == "" || !c.OK && (c.Found == "" || c.Mend == "") || c.OK && c.Mend != "" {
			b.t.Errorf("%+v does not say what to do", c)
		}
	}
	return checks
}

// wrong are the names of what is not well.
func wrong(checks []smart.Check) []string {
	var out []string
	for _, c := range checks {
		if !c.OK {
			out = append(out, c.Name)
		}
	}
	return out
}

// launch is what the EPR says: nothing of it may come back.
func (b *bench) launch() map[string]any {
	return map[string]any{
		"client_id": b.app.ID, "organization": "RRV01", "patient": map[string]any{"system": smart.NHSNumberSystem, "value": "9449304130", "birthDate": "1971-03-09"},
		"user": map[string]any{"idp": "riverside", "subject": "leila.secret"}, "encounter": "enc-secret",
	}
}

func (b *bench) signed(change func(*asserted, map[string]any)) string {
	a, launch := b.honest("signed"), b.launch()
	a.claims["aud"], a.claims["launch"] = openURL, launch
	change(a, launch)
	return a.token()
}

func TestWhatIsRegisteredOfAnEPRIsTried(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	for _, way := range []smart.Way{smart.WayMint, smart.WaySigned} {
		if got := wrong(b.try(b.epr.ID, way, "")); got != nil {
			t.Errorf("%s: %q", way, got)
		}
	}
	if got := wrong(b.try(b.epr.ID, smart.WayPrefill, "")); !slices.Equal(got, []string{"Unsigned launches are allowed for it"}) {
		t.Errorf("%q", got)
	}
	proposed, _, err := b.Propose(b.admin, b.system())
	if err != nil {
		t.Fatal(err)
	}
	hidden := app()
	hidden.LaunchURL = ""
	shut, _ := b.approved(hidden)
	waiting, _, err := b.Propose(b.admin, app())
	if err != nil {
		t.Fatal(err)
	}
	poor := b.system()
	poor.Scopes, poor.Launching.Apps, poor.Launching.Logins = []string{"openid"}, []string{shut.ID, waiting.ID, "gone"}, []string{"old"}
	bad, _ := b.approved(poor)
	off, _ := b.approved(b.system())
	b.exec(`INSERT INTO auth_off (kind, what, at, maker, reason) VALUES ('client', ?, 1, 'Ada', 'It was stolen')`, off.ID)
	for id, want := range map[string][]string{
		"nobody": {"The client id is registered"}, "": {"The client id is registered"}, "\x00": {"The client id is registered"},
		b.app.ID: {"It may open apps"}, proposed.ID: {"It is approved"}, off.ID: {"It is switched on"},
		bad.ID: {
			"It may ask for launches (scope patchwork/launch)", "The app " + shut.ID + " can be opened", "The app " + waiting.ID + " can be opened", "The app gone can be opened",
			"The login old is in the configuration",
		},
	} {
		if got := wrong(b.try(id, smart.WayMint, "")); !slices.Equal(got, want) {
			t.Errorf("%q: %q, not %q", id, got, want)
		}
	}
}

func TestTheKeySetOfAnEPRIsFetched(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	answer := publicSet()
	keys := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/good":
			fmt.Fprint(w, answer)
		case "/none":
			fmt.Fprint(w, `{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"a"}]}`)
		case "/gone":
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(keys.Close)
	for path, ok := range map[string]bool{"/good": true, "/none": false, "/gone": false} {
		c := b.system()
		c.JWKS, c.JWKSURL = "", keys.URL+path
		epr, _ := b.approved(c)
		got := wrong(b.try(epr.ID, smart.WaySigned, ""))
		if ok && got != nil || !ok && !slices.Equal(got, []string{"Its key set can be fetched"}) {
			t.Errorf("%s: %q", path, got)
		}
	}
}

// TestASignedLaunchIsTriedClaimByClaim, and nothing that was sent comes back.
func TestASignedLaunchIsTriedClaimByClaim(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	for name, c := range map[string]struct {
		change func(*asserted, map[string]any)
		want   []string
	}{
		"well":        {func(*asserted, map[string]any) {}, nil},
		"well, by EC": {func(a *asserted, _ map[string]any) { a.es384() }, nil},
		"no JWT":      {func(a *asserted, _ map[string]any) { a.after = func(string) string { return "a.b" } }, []string{"It is a signed JWT in the compact form"}},
		"too long":    {func(a *asserted, _ map[string]any) { a.claims["x"] = strings.Repeat("x", 8<<10) }, []string{"It is not longer than 8 KiB"}},
		"another alg": {func(a *asserted, _ map[string]any) {
			a.header["alg"], a.sign = "RS256", rsaSigner(rsaKey(), crypto.SHA256)
		}, []string{"Header alg is RS384 or ES384"}},
		"alg none":              {func(a *asserted, _ map[string]any) { a.header["alg"] = "none" }, []string{"Header alg is RS384 or ES384"}},
		"no typ":                {func(a *asserted, _ map[string]any) { delete(a.header, "typ") }, []string{"Header typ is JWT"}},
		"no kid":                {func(a *asserted, _ map[string]any) { delete(a.header, "kid") }, []string{"Header kid is there"}},
		"another kid":           {func(a *asserted, _ map[string]any) { a.header["kid"] = "x" }, []string{"The signature is that of a registered key"}},
		"another key":           {func(a *asserted, _ map[string]any) { a.sign = rs384(otherRSA()) }, []string{"The signature is that of a registered key"}},
		"a jku":                 {func(a *asserted, _ map[string]any) { a.header["jku"] = "https://evil.example/" }, []string{"Header jku is the registered address", "The signature is that of a registered key"}},
		"crit":                  {func(a *asserted, _ map[string]any) { a.header["crit"] = []string{"x"} }, []string{"Header needs no extension (crit, b64)"}},
		"claims twice":          {func(a *asserted, _ map[string]any) { a.rawClaims = `{"iss":"a","iss":"b"}` }, []string{"Its claims can be read"}},
		"another iss":           {func(a *asserted, _ map[string]any) { a.claims["iss"] = "x" }, []string{"iss is its client id"}},
		"no sub":                {func(a *asserted, _ map[string]any) { delete(a.claims, "sub") }, []string{"sub is its client id"}},
		"the token's aud":       {func(a *asserted, _ map[string]any) { a.claims["aud"] = tokenURL }, []string{"aud is this endpoint"}},
		"expired":               {func(a *asserted, _ map[string]any) { a.claims["exp"] = b.clock.now().Add(-time.Hour).Unix() }, []string{"exp is a time ahead"}},
		"milliseconds":          {func(a *asserted, _ map[string]any) { a.claims["exp"] = b.clock.now().UnixMilli() }, []string{"exp is a time ahead"}},
		"an hour":               {func(a *asserted, _ map[string]any) { a.claims["exp"] = b.clock.now().Add(time.Hour).Unix() }, []string{"exp is at most 5 minutes ahead"}},
		"no exp":                {func(a *asserted, _ map[string]any) { delete(a.claims, "exp") }, []string{"exp is a time ahead"}},
		"iat ahead":             {func(a *asserted, _ map[string]any) { a.claims["iat"] = b.clock.now().Add(time.Hour).Unix() }, []string{"iat is not in the future"}},
		"nbf ahead":             {func(a *asserted, _ map[string]any) { a.claims["nbf"] = b.clock.now().Add(time.Hour).Unix() }, []string{"nbf has passed"}},
		"no jti":                {func(a *asserted, _ map[string]any) { delete(a.claims, "jti") }, []string{"jti is there"}},
		"no launch":             {func(a *asserted, _ map[string]any) { delete(a.claims, "launch") }, []string{"It carries a launch (claim launch)"}},
		"a launch that is none": {func(a *asserted, _ map[string]any) { a.claims["launch"] = "leila.secret" }, []string{"The launch is JSON of the documented form"}},
		"another app":           {func(_ *asserted, l map[string]any) { l["client_id"] = b.epr.ID }, []string{"client_id is an app that it may open"}},
		"small letters":         {func(_ *asserted, l map[string]any) { l["organization"] = "rrv01" }, []string{"organization is one of its own"}},
		"no user":               {func(_ *asserted, l map[string]any) { delete(l, "user") }, []string{"user.idp is one of its logins", "user has either subject or email"}},
		"no patient":            {func(_ *asserted, l map[string]any) { delete(l, "patient") }, []string{"patient.system is that of NHS numbers", "patient.value is an NHS number", "patient.birthDate is a date"}},
		"a wrong digit and date": {func(_ *asserted, l map[string]any) {
			l["patient"] = map[string]any{"system": smart.NHSNumberSystem, "value": "9449304131", "birthDate": "1971-02-30"}
		}, []string{"patient.value is an NHS number", "patient.birthDate is a date"}},
		"a number as a number": {func(_ *asserted, l map[string]any) { l["patient"] = map[string]any{"value": 9449304130} }, []string{"The launch is JSON of the documented form"}},
		"a long encounter":     {func(_ *asserted, l map[string]any) { l["encounter"] = strings.Repeat("x", 201) }, []string{"encounter and intent are short"}},
		"a patient in context": {func(_ *asserted, l map[string]any) {
			l["fhirContext"] = []any{map[string]any{"reference": "Patient/leila.secret"}}
		}, []string{"fhirContext is well"}},
	} {
		checks := b.try(b.epr.ID, smart.WaySigned, b.signed(c.change))
		if got := wrong(checks); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
		for _, secret := range []string{"9449304130", "9449304131", "1971", "secret", "evil.example", "rrv01"} {
			if strings.Contains(fmt.Sprint(checks), secret) {
				t.Errorf("%s: %q comes back: %v", name, secret, checks)
			}
		}
	}
}

// TestTryingUsesNothingUp: what was tried may still be sent, once; then it is said.
func TestTryingUsesNothingUp(t *testing.T) {
	t.Parallel()
	b := openBench(t)
	a := b.honest("once")
	for range 2 {
		if got := wrong(b.try(b.epr.ID, smart.WayMint, a.token())); got != nil {
			t.Fatalf("%q", got)
		}
	}
	if got := b.send("/who", a); got.status != http.StatusOK {
		t.Fatal(got)
	}
	if got := wrong(b.try(b.epr.ID, smart.WayMint, a.token())); !slices.Equal(got, []string{"jti was not used before"}) {
		t.Errorf("%q", got)
	}
	text, err := json.Marshal(b.launch())
	if err != nil {
		t.Fatal(err)
	}
	if got := wrong(b.try(b.epr.ID, smart.WayMint, " "+string(text))); got != nil {
		t.Errorf("%q", got)
	}
	if got := wrong(b.try(b.epr.ID, smart.WayMint, "{")); !slices.Equal(got, []string{"The launch is JSON of the documented form"}) {
		t.Errorf("%q", got)
	}
}
