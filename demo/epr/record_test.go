package epr_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo/epr"
)

// neighbour is where the shared record would be: it keeps what it is sent, and answers as
// it is told to.
type neighbour struct {
	*httptest.Server
	mu    sync.Mutex
	heard map[string]heard
	says  map[string]http.HandlerFunc
}

type heard struct {
	form   url.Values
	body   string
	header http.Header
}

func startNeighbour(t *testing.T) *neighbour {
	t.Helper()
	n := &neighbour{heard: map[string]heard{}, says: map[string]http.HandlerFunc{
		"/smart/token":  says(http.StatusOK, `{"access_token":"a-token","token_type":"Bearer","expires_in":300}`),
		"/smart/launch": says(http.StatusCreated, `{"launch":"a-launch","launch_url":"http://127.0.0.1:9/launch?iss=x&launch=a-launch","expires_in":60,"iss":"http://127.0.0.1:9/fhir"}`),
		"/smart/open": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:9/launch?launch=secret", http.StatusSeeOther)
		},
	}}
	n.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()             // which leaves JSON in the body
		body, _ := io.ReadAll(r.Body) // the EPR's own
		n.mu.Lock()
		n.heard[r.URL.Path] = heard{form: r.Form, body: string(body), header: r.Header}
		say := n.says[r.URL.Path]
		n.mu.Unlock()
		say(w, r)
	}))
	t.Cleanup(n.Close)
	return n
}

func says(status int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text))
	}
}

func (n *neighbour) say(path string, h http.HandlerFunc) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.says[path] = h
}

func (n *neighbour) at(path string) heard {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.heard[path]
}

// TestMint: the back end proves itself, and says who opens whose record.
func TestMint(t *testing.T) {
	t.Parallel()
	n := startNeighbour(t)
	e := start(t, func(o *epr.Options) { o.Patchwork, o.ClientID = n.URL+"/", "the-epr" })
	launch, err := e.Mint(t.Context(), e.Request(leila.ID, bilal.ID))
	if err != nil || launch.Launch != "a-launch" || launch.ExpiresIn != 60 {
		t.Fatalf("the mint gives %+v %v", launch, err)
	}
	asked := n.at("/smart/token").form
	if asked.Get("grant_type") != "client_credentials" || asked.Get("scope") != "patchwork/launch fhircast/*.read fhircast/*.write" {
		t.Errorf("the token is asked for with %v", asked)
	}
	proof := claims(t, e.ClientJWKS(), asked.Get("client_assertion"))
	exp := time.Unix(int64(proof["exp"].(float64)), 0)
	if proof["iss"] != "the-epr" || proof["sub"] != "the-epr" || proof["aud"] != n.URL+"/smart/token" || proof["jti"] == "" || time.Until(exp) > 2*time.Minute || time.Until(exp) < time.Minute {
		t.Errorf("the assertion says %v", proof)
	}
	minted := n.at("/smart/launch")
	want := `{"client_id":"patchwork-viewer","patient":{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9000000017","birthDate":"1971-12-31"},"user":{"idp":"infirmary","subject":"subject-of-leila"},"organization":"RZH"}`
	if minted.body != want || minted.header.Get("Authorization") != "Bearer a-token" {
		t.Errorf("the mint is asked for with %s", minted.body)
	}
	if r := e.Request(grace.ID, ""); r.User != (epr.RequestUser{IDP: "local", Email: "grace@infirmary.example"}) || r.Encounter != "E1" {
		t.Errorf("another request is %+v", r)
	}
}

// TestSignedLaunch: by each algorithm, and with whatever a test changes.
func TestSignedLaunch(t *testing.T) {
	t.Parallel()
	n := startNeighbour(t)
	for _, alg := range []string{"ES384", "RS384"} {
		e := start(t, func(o *epr.Options) { o.Patchwork, o.LaunchAlg = n.URL, alg })
		token, err := e.LaunchJWT(e.Request("", ""), epr.Changes{"jti": "mine", "iat": nil})
		if err != nil {
			t.Fatal(err)
		}
		opened, err := e.OpenSigned(t.Context(), token)
		if err != nil || opened.Status != http.StatusSeeOther || !strings.HasPrefix(opened.Location, "http://127.0.0.1:9/launch") {
			t.Errorf("%s: the record answers %+v %v", alg, opened, err)
		}
		said := claims(t, []byte(get(t, e.URL+"/jwks.json").text), n.at("/smart/open").form.Get("launch_jwt"))
		launch, _ := said["launch"].(map[string]any)
		if said["iss"] != "demo-epr" || said["aud"] != n.URL+"/smart/open" || said["jti"] != "mine" || said["iat"] != nil || launch["client_id"] != "patchwork-viewer" {
			t.Errorf("%s: the launch says %v", alg, said)
		}
	}
	e := start(t, nil)
	if token, err := e.Sign(map[string]any{"alg": "none", "kid": nil}, map[string]any{}); err != nil || token != "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.e30." {
		t.Errorf("unsigned it is %q %v", token, err)
	}
}

func TestLegacyLaunch(t *testing.T) {
	t.Parallel()
	n := startNeighbour(t)
	e := start(t, func(o *epr.Options) { o.Patchwork = n.URL })
	if opened, err := e.OpenLegacy(t.Context(), alice); err != nil || opened.Status != http.StatusSeeOther {
		t.Errorf("the record answers %+v %v", opened, err)
	}
	form := n.at("/smart/open").form
	if form.Get("epr") != "demo-epr" || form.Get("nhs_number") != alice.NHSNumber || form.Get("birth_date") != alice.BirthDate {
		t.Errorf("the form is %v", form)
	}
}

// TestRefusalsAreNamed: an engineer sees which step failed, and why.
func TestRefusalsAreNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what, path string
		says       http.HandlerFunc
		want       epr.Step
	}{
		{"a refused client", "/smart/token", says(401, `{"error":"invalid_client","error_description":"the kid is unknown"}`),
			epr.Step{Name: "token", Status: 401, Code: "invalid_client", Description: "the kid is unknown"}},
		{"another patient", "/smart/launch", says(409, `{"error":"patient_mismatch","error_description":"the birth date differs"}`),
			epr.Step{Name: "mint", Status: 409, Code: "patient_mismatch", Description: "the birth date differs"}},
		{"no JSON of a refusal", "/smart/launch", says(502, `<p>`),
			epr.Step{Name: "mint", Status: 502, Description: "the answer is application/json, not a JSON error"}},
		{"no JSON", "/smart/token", says(200, `<p>`),
			epr.Step{Name: "token", Status: 200, Code: "unreadable", Description: "the answer is not the JSON that was expected"}},
		{"nobody", "/smart/token", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
			epr.Step{Name: "token", Code: "unreachable", Description: "the record cannot be reached"}},
	} {
		n := startNeighbour(t)
		n.say(c.path, c.says)
		e := start(t, func(o *epr.Options) { o.Patchwork = n.URL })
		var got epr.Step
		if _, err := e.Mint(t.Context(), e.Request("", "")); !errors.As(err, &got) || got != c.want || !strings.HasPrefix(err.Error(), c.want.Name) {
			t.Errorf("%s gives %v", c.what, err)
		}
		a := send(t, http.MethodPost, e.URL+"/ways/mint", `{}`)
		if c.want.Code != "" && !strings.Contains(a.text, `"error":"`+c.want.Code+`"`) || a.json["open"] != nil {
			t.Errorf("%s: the page is told %s", c.what, a.text)
		}
	}
}

// TestPage: what its buttons are told to open.
func TestPage(t *testing.T) {
	t.Parallel()
	n := startNeighbour(t)
	e := start(t, func(o *epr.Options) {
		o.Patchwork, o.Apps = n.URL, []epr.App{{ID: "patchwork-viewer", Name: "Shared record"}, {ID: "chart", Name: "Charts"}}
	})
	page := get(t, e.URL+"/").text
	for _, part := range []string{`id="open-mint"`, "BEGUMSHAH, Bilal", "900 000 0017", "31-Dec-1971", "Dr Leila Haddad", `value="chart"`} {
		if !strings.Contains(page, part) {
			t.Errorf("the page has no %s", part)
		}
	}
	for _, file := range []string{"epr.js", "epr.css"} {
		if a := get(t, e.URL+"/"+file); a.status != http.StatusOK {
			t.Errorf("%s gives %d", file, a.status)
		}
	}
	chosen := `{"clinician":"dr-1","patient":"H0000002","app":"chart"}`
	for way, want := range map[string]string{
		"mint":   `"open":{"method":"GET","url":"http://127.0.0.1:9/launch?iss=x`,
		"signed": `"open":{"method":"POST","url":"` + n.URL + `/smart/open","fields":{"launch_jwt":"ey`,
		"check":  `"status":303,"error_description":"leads to http://127.0.0.1:9/launch"`,
		"legacy": `"url":"` + n.URL + `/smart/open?epr=demo-epr","fields":{"birth_date":"1971-12-31","nhs_number":"9000000017"}`,
		"smart":  `"open":{"method":"GET","url":"` + n.URL + `/launch?iss=` + url.QueryEscape(e.FHIR),
	} {
		a := send(t, http.MethodPost, e.URL+"/ways/"+way, chosen)
		if !strings.Contains(a.text, want) {
			t.Errorf("%s gives %d %s", way, a.status, a.text)
		}
	}
	if body := n.at("/smart/launch").body; !strings.Contains(body, `"client_id":"chart"`) {
		t.Errorf("the mint is asked for with %s", body)
	}
	for _, bad := range []string{`{"patient":"nobody"}`, `{"clinician":"nobody"}`, `no`} {
		if a := send(t, http.MethodPost, e.URL+"/ways/mint", bad); a.status != http.StatusBadRequest {
			t.Errorf("%s gives %d", bad, a.status)
		}
	}
}
