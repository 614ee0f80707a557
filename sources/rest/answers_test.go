package rest_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo/homecare"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/rest"
)

func codes(r sources.Result) string {
	var all []string
	for _, g := range r.Gaps {
		all = append(all, g.Code)
	}
	if e := sources.AsError(r.Err); e != nil {
		all = append(all, e.Kind.String()+" "+e.Code)
	}
	return strings.Join(all, ",")
}

// What an answer's status and shape mean, about one person and about many.
func TestStatuses(t *testing.T) {
	t.Parallel()
	const one, many = "path: /x/{id}", "method: POST\n    path: /x\n    body: {ids: \"{ids}\"}"
	for name, c := range map[string]struct {
		ask    string
		answer handler
		want   string
	}{
		"unknown":                      {one + "\n    not_found: json", text(404, "application/json", `{"error":"none"}`), ""},
		"a 404 of a section":           {one, text(404, "application/json", `{"error":"none"}`), "unavailable http-404"},
		"unknown among many":           {many, text(404, "application/json", `{"error":"none"}`), "unavailable http-404"},
		"a proxy's 404":                {one, text(404, "text/html", "<html>"), "unavailable http-404"},
		"an empty 404":                 {one, text(404, "", ""), "unavailable http-404"},
		"an empty 404 that is allowed": {one + "\n    not_found: any", text(404, "", ""), ""},
		"404 as a fault":               {one + "\n    not_found: fault", text(404, "application/json", `{}`), "unavailable http-404"},
		"401":                          {one, text(401, "application/json", `{}`), "refused http-401"},
		"403":                          {one, text(403, "application/json", `{}`), "refused http-403"},
		"400":                          {one, text(400, "application/json", `{}`), "unavailable http-400"},
		"410":                          {one, text(410, "application/json", `{}`), "unavailable http-410"},
		"429":                          {one, text(429, "application/json", `{}`), "refused http-429"},
		"500":                          {one, text(500, "application/json", `{"items":[]}`), "unavailable http-500"},
		"a redirect":                   {one, status(302, "Location", "/x"), "malformed redirect"},
		"204":                          {one, status(204), "malformed empty-body"},
		"206":                          {one, text(206, "application/json", `{"items":[]}`), "malformed partial"},
		"nothing at all":               {one, text(200, "application/json", ""), "malformed empty-body"},
		"a page":                       {one, text(200, "text/html", "<html>"), "malformed not-json"},
		"latin-1":                      {one, text(200, "application/json; charset=iso-8859-1", `{"items":[]}`), "malformed not-json"},
		"broken":                       {one, text(200, "application/json", `{"items":[]`), "malformed not-json"},
		"a name twice":                 {one, text(200, "application/json", `{"items":[1],"items":[]}`), "malformed not-json"},
		"bad UTF-8":                    {one, text(200, "application/json", "{\"items\":[],\"a\":\"\xff\"}"), "malformed not-json"},
		"two documents":                {one, text(200, "application/json", `{"items":[]}{"items":[]}`), "malformed not-json"},
		"too deep":                     {one, text(200, "application/json", strings.Repeat("[", 100)+strings.Repeat("]", 100)), "malformed not-json"},
		"too large":                    {one, text(200, "application/json", `{"items":[],"x":"`+strings.Repeat("x", 5<<20)+`"}`), "malformed too-large"},
		"packed":                       {one, status(200, "Content-Encoding", "gzip", "Content-Type", "application/json"), "malformed encoding"},
		"another shape":                {one, text(200, "application/json", `{"error":"upstream"}`), "malformed mapping"},
		"a list in its place":          {one, text(200, "application/json", `[]`), "malformed mapping"},
		"not as expected":              {one + "\n    expect: .ok", text(200, "application/json", `{"items":[],"ok":1}`), "malformed not-expected"},
		"as expected":                  {one + "\n    expect: .ok", text(200, "application/json", `{"items":[],"ok":true}`), ""},
		"nothing":                      {one, text(200, "application/json", `{"items":[]}`), ""},
		"null in its place":            {one, text(200, "application/json", `{"items":null}`), "malformed mapping"},
		"somebody else":                {one, text(200, "application/json", `{"items":[{"who":"P2","id":"1"}]}`), "wrong-patient wrong-patient"},
		"one more":                     {one, text(200, "application/json", `{"items":[{"who":"P1","id":"1"},{"who":"P2","id":"1"}]}`), "wrong-patient wrong-patient"},
		"nobody":                       {one, text(200, "application/json", `{"items":[{"id":"1"}]}`), "malformed no-subject"},
		"nothing about somebody else":  {one + "\n    about: .who", text(200, "application/json", `{"items":[],"who":"P2"}`), "wrong-patient wrong-patient"},
		"nothing about nobody":         {one + "\n    about: .who", text(200, "application/json", `{"items":[]}`), "malformed mapping"},
		"nothing about them":           {one + "\n    about: .who", text(200, "application/json", `{"items":[],"who":"P1"}`), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.behave(c.answer)
			x := open(t, stanza(t, "url: "+s.URL+"\nsections:\n  alerts:\n    "+c.ask+rows))
			key := sources.Key{Section: record.Alerts, LocalID: "P1"}
			keys := []sources.Key{key}
			if c.ask == many {
				keys = append(keys, sources.Key{Section: record.Alerts, LocalID: "P9"})
			}
			if got := fetch(t.Context(), x, keys...)[key]; codes(got) != c.want || len(got.Entries) > 0 {
				t.Errorf("%q and %d entries, want %q", codes(got), len(got.Entries), c.want)
			}
		})
	}
}

// An id stands where it was put, and nowhere else, whatever it is made of.
func TestIDsAreOnlyWhereTheyArePut(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"P1", "a/b", "a?b#c", "../admin", "..", ".", "", "é\u202e", "%2e%2e", "a\r\nX-Evil: 1", `"},"x":{"`, "{ids}", "007", "1e9", "-0", strings.Repeat("9", 30)} {
		s := newServer(t)
		var path, header, body string
		s.behave(func(w http.ResponseWriter, r *http.Request) bool {
			b, _ := io.ReadAll(r.Body)
			path, header, body = r.URL.EscapedPath()+"?"+r.URL.RawQuery, fmt.Sprint(r.Header.Get("X-Client"), r.Header.Get("X-Evil")), string(b)
			return text(200, "application/json", `{"items":[]}`)(w, r)
		})
		x := open(t, stanza(t, "url: "+s.URL+`/api
sections:
  alerts:
    path: /x/{id}
    query: {who: "{id}", day: "{today}"}`+rows+`
  problems:
    path: /y
    headers: {X-Client: "{id}"}`+rows+`
  allergies:
    method: POST
    path: /z
    body: {who: "{id}", number: "{id:number}", text: "the {id}", more: [1, true, null]}`+rows+`
  medications:
    method: POST
    path: /z
    body: {who: "{id}"}`+rows))
		check := func(section record.Section, fits func() bool) {
			t.Helper()
			path, header, body = "", "", ""
			r := fetchOne(t, x, section, id)
			if e := sources.AsError(r.Err); e != nil {
				if path != "" || e.Code != "unaskable" || strings.Contains(e.Reason, id) && len(id) > 1 {
					t.Errorf("%q: %v", id, e)
				}
			} else if !fits() || strings.Contains(path, "admin") && !strings.Contains(path, "%2F") {
				t.Errorf("%q is asked for by %s %s %s", id, path, header, body)
			}
		}
		check(record.Alerts, func() bool { return strings.HasPrefix(path, "/api/x/") && strings.Count(path, "/") == 3 })
		check(record.Problems, func() bool { return header == id && strings.HasPrefix(path, "/api/y?") })
		check(record.Allergies, func() bool { return strings.Contains(body, `"text":"the {id}"`) && strings.Contains(body, `"number":`) })
		check(record.Medications, func() bool {
			return strings.HasPrefix(body, `{"who":`) && strings.Count(body, ":") >= 1 && !strings.Contains(body, `"x":{`)
		})
	}
}

// Sections that are read out of one answer cost one request, and people as many as the API
// takes at once.
func TestAsFewRequestsAsCanBe(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	x := open(t, demoStanza(t, s))
	var keys []sources.Key
	for _, id := range []string{"17", "18", "19"} {
		keys = append(keys, sources.Key{Section: record.Contacts, LocalID: id}, sources.Key{Section: record.FutureAppointments, LocalID: id},
			sources.Key{Section: record.CarePlans, LocalID: id}, sources.Key{Section: record.Demographics, LocalID: id})
	}
	got := fetch(t.Context(), x, keys...)
	if n := len(s.asked()); n != 3 {
		t.Errorf("%d requests", n)
	}
	if a, b := got[keys[0]], got[keys[1]]; len(a.Entries) != 2 || len(b.Entries) != 1 {
		t.Errorf("%d contacts and %d appointments", len(a.Entries), len(b.Entries))
	}
	for _, r := range s.asked() {
		if strings.Contains(r.URL.String(), "17") || strings.Contains(r.URL.String(), "999") {
			t.Error("a URL names somebody")
		}
	}
}

// A batch that mixes people up is not used, though every row is about one of them.
func TestBatchThatIsMixedUp(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	x := open(t, demoStanza(t, s))
	s.faulty("mixed-patients")
	a, b := sources.Key{Section: record.CarePlans, LocalID: "17"}, sources.Key{Section: record.CarePlans, LocalID: "18"}
	for k, r := range fetch(t.Context(), x, a, b) {
		if codes(r) != "wrong-patient wrong-patient" || len(r.Entries) > 0 {
			t.Errorf("%s: %s", k.LocalID, codes(r))
		}
	}
}

// A document is that of the person, or it is not shown.
func TestDocuments(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	x := open(t, demoStanza(t, s)).(sources.DocumentOpener)
	read := func(id, reference string) (string, error) {
		var all []byte
		err := x.OpenDocument(t.Context(), id, reference, func(d sources.Document) (err error) {
			all, err = io.ReadAll(d.Body)
			return err
		})
		return string(all), err
	}
	if got, err := read("17", "L-17-1"); err != nil || got != "She manages well." {
		t.Errorf("%q, %v", got, err)
	}
	for reference, want := range map[string]string{"L-99-9": "document-gone", "../clients/17/team": "document-gone", "": "document-gone", "..": "document-gone"} {
		if got, err := read("17", reference); err == nil || sources.AsError(err).Code != want || got != "" {
			t.Errorf("%q: %q, %v", reference, got, err)
		}
	}
	if got, err := read("18", "L-17-1"); sources.AsError(err).Code != "wrong-patient" || got != "" {
		t.Errorf("another's letter: %q, %v", got, err)
	}
	packed := open(t, stanza(t, "url: "+s.URL+`
sections:
  documents: {path: "/d/{id}", rows: ".d[] | {subject: .who}"}
documents:
  method: POST
  path: /open
  body: {document: "{reference}"}
  packed: {data: .data, type: .type, subject: .who}
`)).(sources.DocumentOpener)
	for answer, want := range map[string]string{
		`{"who":"P1","type":"text/plain","data":"aGVsbG8="}`: "hello",
		`{"who":"P2","type":"text/plain","data":"aGVsbG8="}`: "wrong-patient",
		`{"type":"text/plain","data":"aGVsbG8="}`:            "wrong-patient",
		`{"who":"P1","data":"aGVsb!G8="}`:                    "not-base64",
		`{"who":"P1","data":"aGVsbG8"}`:                      "not-base64",
		`{"who":"P1","data":null}`:                           "mapping",
		`{"who":"P1"`:                                        "not-json",
	} {
		s.behave(text(200, "application/json", answer))
		var all []byte
		err := packed.OpenDocument(t.Context(), "P1", "7", func(d sources.Document) (err error) {
			all, err = io.ReadAll(d.Body)
			return err
		})
		if got := string(all); err != nil && sources.AsError(err).Code != want || err == nil && got != want {
			t.Errorf("%s: %q, %v", answer, got, err)
		}
	}
}

// Each kind of login sends what it should, and a secret that cannot be read says which.
func TestLogins(t *testing.T) {
	t.Parallel()
	var tokens atomic.Int64
	s := newServer(t)
	var said string
	s.behave(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/token" {
			user, secret, _ := r.BasicAuth()
			_ = r.ParseForm()
			if user+secret != "patchwork"+theKey && r.PostForm.Get("client_id")+r.PostForm.Get("client_secret") != "patchwork"+theKey || r.PostForm.Get("grant_type") != "client_credentials" {
				return text(400, "application/json", `{"error":"invalid_client"}`)(w, r)
			}
			return text(200, "application/json", fmt.Sprintf(`{"access_token":"t%d","token_type":"Bearer","expires_in":"3600"}`, tokens.Add(1)))(w, r)
		}
		said = r.Header.Get("Authorization") + r.Header.Get("X-Api-Key")
		if said == "Bearer t1" && tokens.Load() == 1 && strings.HasSuffix(r.URL.Path, "revoked") {
			return text(401, "application/json", `{}`)(w, r)
		}
		return text(200, "application/json", `{"items":[]}`)(w, r)
	})
	file := keyFile(t, theKey)
	with := func(auth string) sources.Source {
		return open(t, stanza(t, "url: "+s.URL+"\nauth: "+auth+"\nsections:\n  alerts:\n    path: /x/{id}"+rows))
	}
	for auth, want := range map[string]string{
		"{}":           "",
		"{kind: none}": "",
		"{kind: basic, username: patchwork, password_file: " + file + "}": "Basic cGF0Y2h3b3JrOmEta2V5LW9mLXRoZS10ZXN0cw==",
		"{kind: bearer, token_file: " + file + "}":                        "Bearer " + theKey,
		"{kind: header, header: X-Api-Key, key_file: " + file + "}":       theKey,
	} {
		if r := fetchOne(t, with(auth), record.Alerts, "P1"); r.Err != nil || said != want {
			t.Errorf("%s: %q, %v", auth, said, r.Err)
		}
	}
	oauth := "kind: oauth2, client_id: patchwork, client_secret_file: " + file + ", token_url: \"" + s.URL + "/token\", scopes: [a, b]"
	x := with("{" + oauth + "}")
	for _, id := range []string{"P1", "P2", "revoked", "P3", "P4"} {
		r := fetchOne(t, x, record.Alerts, id)
		if want := map[bool]string{true: "refused http-401", false: ""}[id == "revoked"]; codes(r) != want {
			t.Errorf("%s: %v", id, r.Err)
		}
	}
	if said != "Bearer t2" || tokens.Load() != 2 {
		t.Errorf("%q after %d tokens", said, tokens.Load())
	}
	if r := fetchOne(t, with("{"+oauth+", send: body}"), record.Alerts, "P1"); r.Err != nil {
		t.Error(r.Err)
	}
	wrong := with(strings.Replace("{"+oauth+"}", "client_id: patchwork", "client_id: other", 1))
	if r := fetchOne(t, wrong, record.Alerts, "P1"); codes(r) != "refused token-refused" {
		t.Error(r.Err)
	}
	for _, key := range []string{"token_file: /nowhere", "token_env: PATCHWORK_NO_SUCH_SECRET", "token_file: " + keyFile(t, "two\nlines")} {
		c := stanza(t, "url: "+s.URL+"\nauth: {kind: bearer, "+key+"}\nsections:\n  alerts:\n    path: /x/{id}"+rows)
		if _, err := c.Open(t.Context(), env()); err == nil || !strings.Contains(err.Error(), "auth.token") || strings.Contains(err.Error(), "nowhere") {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// A server that asks for our certificate is read with it, and not without.
func TestMutualTLS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ours := certificate(t, dir)
	pool := x509.NewCertPool()
	pool.AddCert(ours)
	s := httptest.NewUnstartedServer(homecare.New(clients(), nil, homecare.Options{}))
	s.TLS = &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool}
	s.StartTLS()
	defer s.Close()
	theirs := filepath.Join(dir, "theirs.pem")
	write(t, theirs, "CERTIFICATE", s.Certificate().Raw)
	read := func(keys string) string {
		x := open(t, stanza(t, "url: "+s.URL+homecare.Base+"\ntls: {"+keys+"}\n"+demo))
		return codes(fetchOne(t, x, record.ProfessionalContacts, "17"))
	}
	own := "certificate_file: " + filepath.Join(dir, "cert.pem") + ", key_file: " + filepath.Join(dir, "key.pem")
	if got := read(own + ", ca_file: " + theirs); got != "" {
		t.Error(got)
	}
	if got := read("ca_file: " + theirs); !strings.HasPrefix(got, "unavailable ") {
		t.Errorf("without a certificate: %q", got)
	}
	if got := read(own); got != "unavailable tls" {
		t.Errorf("without their authority: %q", got)
	}
}

// certificate makes our certificate in dir.
func certificate(t *testing.T, dir string) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "patchwork"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
	raw, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "cert.pem"), "CERTIFICATE", raw)
	write(t, filepath.Join(dir, "key.pem"), "EC PRIVATE KEY", packed)
	made, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func write(t *testing.T, file, kind string, raw []byte) {
	t.Helper()
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A stanza says all that is wrong with it at once.
func TestProblems(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"sections: {alerts: {path: /x/{id}, rows: .}}":                                                                                                                "",
		"sections: {alerts: {path: /x, rows: .}}":                                                                                                                     "sections.alerts",
		"sections: {alerts: {path: \"/x/{id}/{ids}\", rows: .}}":                                                                                                      "sections.alerts",
		"sections: {alerts: {path: \"/x/{idd}/{id}\", rows: .}}":                                                                                                      "sections.alerts.path",
		"sections: {alerts: {path: \"/x/../{id}\", rows: .}}":                                                                                                         "sections.alerts.path",
		"sections: {alerts: {path: \"x/{id}\", rows: .}}":                                                                                                             "sections.alerts.path",
		"sections: {alerts: {path: \"/x?a={id}\", rows: .}}":                                                                                                          "sections.alerts.path",
		"sections: {alerts: {path: \"/{id}\"}}":                                                                                                                       "sections.alerts.rows",
		"sections: {alerts: {path: \"/{id}\", rows: \"input\"}}":                                                                                                      "sections.alerts.rows",
		"sections: {alerts: {path: \"/{id}\", rows: ., method: DELETE}}":                                                                                              "sections.alerts.method",
		"sections: {alerts: {path: \"/{id}\", rows: ., body: {a: 1}}}":                                                                                                "sections.alerts.method",
		"sections: {alerts: {path: \"/{id}\", rows: ., not_found: no}}":                                                                                               "sections.alerts.not_found",
		"sections: {alerts: {path: \"/{id}\", rows: ., batch: -1}}":                                                                                                   "sections.alerts.batch",
		"sections: {alerts: {path: \"/{id}\", rows: ., pages: {style: x}}}":                                                                                           "sections.alerts.pages.style",
		"sections: {alerts: {path: \"/{id}\", rows: ., pages: {style: next}}}":                                                                                        "sections.alerts.pages.next",
		"sections: {alerts: {path: \"/{id}\", rows: ., pages: {style: cursor, cursor: .c}}}":                                                                          "sections.alerts.pages.style",
		"sections: {alerts: {path: \"/{id}\", rows: ., pages: {style: offset, items: .n}}}":                                                                           "sections.alerts.pages.style",
		"sections: {alerts: {path: \"/{id}\", rows: ., headers: {Authorization: x}}}":                                                                                 "sections.alerts.headers.Authorization",
		"sections: {alerts: {path: \"/{id}\", rows: ., headers: {\"a b\": x}}}":                                                                                       "sections.alerts.headers.a b",
		"sections: {alerts: {path: \"/{id}\", rows: ., columns: {nothing: x}}}":                                                                                       "sections.alerts.columns.nothing",
		"sections: {nothing: {path: \"/{id}\", rows: .}}":                                                                                                             "sections.nothing",
		"people: {by_nhs_number: {path: \"/{nhs_number}\", rows: .}, by_local_id: {path: \"/{id}\", rows: .}}":                                                        "people.by_nhs_number.path",
		"personal_urls: true\npeople: {by_nhs_number: {path: \"/{nhs_number}\", rows: .}, by_local_id: {path: \"/{id}\", rows: .}}":                                   "",
		"people: {by_name: {method: POST, path: /s, body: {n: \"{family_name}\"}, rows: .}, by_local_id: {path: \"/{id}\", rows: .}}":                                 "people.by_name",
		"sections: {alerts: {path: /x/{id}, rows: .}}\nrosters: {list: {path: /l, rows: .}}":                                                                          "rosters",
		"sections: {alerts: {path: /x/{id}, rows: .}}\ndocuments: {path: /l}":                                                                                         "documents",
		"sections: {alerts: {path: /x/{id}, rows: .}}\nauth: {kind: basic, username: a}":                                                                              "auth.password_file",
		"sections: {alerts: {path: /x/{id}, rows: .}}\nauth: {kind: oauth2}":                                                                                          "auth.token_url",
		"sections: {alerts: {path: /x/{id}, rows: .}}\ntls: {key_file: x}":                                                                                            "tls.certificate_file",
		"sections: {alerts: {path: /x/{id}, rows: .}}\nmax_body: -1":                                                                                                  "max_body",
		"sections: {alerts: {path: /x/{id}, rows: \".a[] | {subject: .s, id, strat: .since}\"}}":                                                                      "sections.alerts.rows",
		"sections: {alerts: {path: /x/{id}, rows: \".a[] | select(.b) | {subject: .s, id, start: .since}\"}}":                                                         "",
		"sections: {alerts: {path: /x/{id}, rows: \".a[] | (if .b then {subject: .s, id} else {subject: .s, idd} end)\"}}":                                            "sections.alerts.rows",
		"sections: {alerts: {path: /x/{id}, rows: \".s as $s | .a[] | {subject: $s, id, state: .x}\", skip_when: {state: A}}}":                                        "",
		"sections: {alerts: {path: /x/{id}, rows: \".a[] | {subject: .s, id, state: .x}\", only_when: {stauts: A}}}":                                                  "sections.alerts.rows",
		"sections: {alerts: {path: /x/{id}, rows: \".a[] | {subject: .s, status: .x}\", constants: {status: active}}}":                                                "sections.alerts.rows",
		"sections: {alerts: {path: /x/{id}, rows: \".a[] | {id, status: .x}\"}}":                                                                                      "sections.alerts.rows",
		"people: {rows: \".[] | {subject: .id, surname: .s}\", by_nhs_number: {method: POST, path: /s, body: {n: \"{nhs_number}\"}}, by_local_id: {path: \"/{id}\"}}": "people.rows",
		"sections: {alerts: {path: /x/{id}, rows: .}}\nvalues: {gendr: {F: female}}":                                                                                  "values.gendr",
		"sections: {}": "sections",
	} {
		var c rest.Config
		text = strings.ReplaceAll(text, "path: /x/{id}", `path: "/x/{id}"`)
		decode(t, "url: https://api.example.org\n"+text, &c)
		got := ""
		for _, p := range c.Validate() {
			if got == "" || p.Path == want {
				got = p.Path
			}
		}
		if got != want {
			t.Errorf("%s\nreports %q, want %q", text, got, want)
		}
	}
}

// A member whose name is no field and only comes out of the answer is told when it comes:
// what stands in it is not shown.
func TestMembersThatAreNoField(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.behave(text(200, "application/json", `{"items":[{"subject":"P1","id":"1","code_text":"Dog","secret_name":"x"}]}`))
	x := open(t, stanza(t, "url: "+s.URL+"\nsections:\n  alerts:\n    path: /x/{id}\n    rows: .items[]\npeople:\n  rows: .items[]\n  by_local_id: {path: \"/{id}\"}\n  by_nhs_number: {method: POST, path: /s, body: {n: \"{nhs_number}\"}}"))
	r := fetchOne(t, x, record.Alerts, "P1")
	if codes(r) != "member-unknown" || len(r.Entries) != 1 || strings.Contains(fmt.Sprint(r.Gaps), "secret") {
		t.Errorf("%d entries, %v %v", len(r.Entries), r.Gaps, r.Err)
	}
	_, err := x.(sources.Finder).Find(t.Context(), []record.PersonQuery{{LocalID: "P1"}})
	if e := sources.AsError(err); e == nil || e.Code != "member-unknown" {
		t.Error(err)
	}
}

// A mapping's bounds end with the read.
func TestMappingEndsWithItsReader(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.behave(text(200, "application/json", `{"items":[`+strings.TrimSuffix(strings.Repeat("[1,2,3],", 20_000), ",")+`]}`))
	x := open(t, stanza(t, "url: "+s.URL+"\nsections:\n  alerts:\n    path: /x/{id}\n    rows: '[.. | [..] | .. | [..]] | {subject: length}'"))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	r := fetch(ctx, x, sources.Key{Section: record.Alerts, LocalID: "P1"})[sources.Key{Section: record.Alerts, LocalID: "P1"}]
	if took := time.Since(began); took > 2*time.Second || sources.AsError(r.Err).Code != "timeout" {
		t.Errorf("%v after %v", r.Err, took)
	}
}
