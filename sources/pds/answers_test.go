package pds_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	register "github.com/patchworkcare/patchwork/demo/pds"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/pds"
)

const (
	meta    = `"meta":{"security":[{"code":"U"}]}`
	outcome = `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing","details":{"coding":[{"code":%q}]}}]}`
	bundle  = `{"resourceType":"Bundle","type":"searchset",%s}`
	ashw    = `{"resource":{"resourceType":"Patient","id":"9990000018","birthDate":"1956-03-12",` + meta + `}}`
)

// Whatever the register or something in its place answers, it is an error of its kind or
// an answer about the person, never "nothing recorded" (hazard H-02), and no text of the
// error holds the number, which stands in the address (hazard H-07).
func TestHostileReads(t *testing.T) {
	big := `{"resourceType":"Patient","id":"9990000018",` + meta + `,"language":"` + strings.Repeat("x", 3<<20) + `"}`
	for _, c := range []struct {
		name   string
		answer handler
		kind   sources.Kind
		code   string
	}{
		{"a proxy's 404", text404("text/html", "<h1>Not found</h1>"), sources.Unavailable, "http-404"},
		{"a 404 that is JSON and no outcome", text404("application/json", `{"fault":"no such proxy"}`), sources.Unavailable, "http-404"},
		{"a 404 with another code", text404("application/fhir+json", fmt.Sprintf(outcome, "UNSUPPORTED_SERVICE")), sources.Unavailable, "http-404"},
		{"an outcome in 200", text("application/fhir+json", fmt.Sprintf(outcome, "RESOURCE_NOT_FOUND")), sources.Malformed, "not-fhir"},
		{"an empty answer", text("application/fhir+json", ""), sources.Malformed, "empty-body"},
		{"204", status204, sources.Malformed, "empty-body"},
		{"a web page", text("text/html", "<html>"), sources.Malformed, "not-fhir"},
		{"too large", text("application/fhir+json", big), sources.Malformed, "too-large"},
		{"packed", packed, sources.Malformed, "encoding"},
		{"a redirect", redirect, sources.Malformed, "redirect"},
		{"400", status(400), sources.Unavailable, "http-400"},
		{"403", status(403), sources.Refused, "http-403"},
		{"408", status(408), sources.Unavailable, "http-408"},
		{"500", status(500), sources.Unavailable, "http-500"},
		{"no id", text("application/fhir+json", `{"resourceType":"Patient",`+meta+`}`), sources.Malformed, "no-number"},
		{"an id that is no number", text("application/fhir+json", `{"resourceType":"Patient","id":"9990000019",`+meta+`}`), sources.Malformed, "no-number"},
		{"an id with spaces", text("application/fhir+json", `{"resourceType":"Patient","id":"999 000 0018",`+meta+`}`), sources.Malformed, "no-number"},
		{"an id that is a number of JSON", text("application/fhir+json", `{"resourceType":"Patient","id":9990000018,`+meta+`}`), sources.Malformed, "no-number"},
		{"two ids", text("application/fhir+json", `{"resourceType":"Patient","id":"9990000026","id":"9990000018",`+meta+`}`), sources.Malformed, "not-json"},
		{"no confidentiality", text("application/fhir+json", `{"resourceType":"Patient","id":"9990000018"}`), sources.Malformed, "no-confidentiality"},
		{"a confidentiality nobody knows", text("application/fhir+json", `{"resourceType":"Patient","id":"9990000018","meta":{"security":[{"code":"X"}]}}`), sources.Malformed, "no-confidentiality"},
		{"a confidentiality that is no list", text("application/fhir+json", `{"resourceType":"Patient","id":"9990000018","meta":{"security":"R"}}`), sources.Malformed, "bad-value"},
		{"a birth date that is a number", text("application/fhir+json", `{"resourceType":"Patient","id":"9990000018","birthDate":19560312,`+meta+`}`), sources.Malformed, "bad-value"},
		{"something after the end", text("application/fhir+json", `{"resourceType":"Patient","id":"9990000018",`+meta+`}{}`), sources.Malformed, "not-json"},
		{"too deep", text("application/fhir+json", `{"extension":`+strings.Repeat("[", 999)+strings.Repeat("]", 999)+`}`), sources.Malformed, "not-json"},
		{"not UTF-8", text("application/fhir+json", "{\"resourceType\":\"Patient\",\"id\":\"9990000018\","+meta+",\"gender\":\"\xff\"}"), sources.Malformed, "not-json"},
		{"the connection is cut", hangUp, sources.Unavailable, "connection-lost"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t, register.Options{}, people()...)
			s.behave(c.answer)
			source := open(t, &pds.Config{URL: s.base()})
			for _, section := range source.Offers() {
				quiet(t, fetchOne(t, source, section, "9990000018").Err, c.kind, c.code)
			}
			_, err := find(t, source, record.PersonQuery{NHSNumber: "9990000018"})
			quiet(t, err, c.kind, c.code)
		})
	}
}

// quiet checks an error, and that nothing in it quotes the question.
func quiet(t *testing.T, err error, kind sources.Kind, code string) {
	t.Helper()
	e := sources.AsError(err)
	if e == nil || e.Kind != kind || e.Code != code {
		t.Errorf("%+v, want %v %s", e, kind, code)
		return
	}
	for cause := error(e); cause != nil; cause = errors.Unwrap(cause) {
		for _, secret := range []string{"999000", "Ashworth", "1956", "/Patient"} {
			if said := fmt.Sprintf("%v %+v %#v", cause, cause, cause); strings.Contains(said, secret) {
				t.Errorf("the error quotes %q: %s", secret, said)
			}
		}
	}
}

func text404(kind, body string) handler {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte(body))
		return true
	}
}

func status204(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(204); return true }

func packed(w http.ResponseWriter, _ *http.Request) bool {
	w.Header().Set("Content-Encoding", "gzip")
	_, _ = w.Write([]byte{0x1f, 0x8b, 8, 0})
	return true
}

func redirect(w http.ResponseWriter, r *http.Request) bool {
	if strings.HasPrefix(r.URL.Path, "/elsewhere") {
		panic("followed")
	}
	http.Redirect(w, r, "/elsewhere"+r.URL.Path, http.StatusFound)
	return true
}

// A search that cannot be read, or has found too many, is an error: never nobody.
func TestHostileSearches(t *testing.T) {
	for _, c := range []struct{ name, body, code string }{
		{"too many matches", fmt.Sprintf(outcome, "TOO_MANY_MATCHES"), "too-many-matches"},
		{"another outcome", fmt.Sprintf(outcome, "UNABLE_TO_CALL_SERVICE"), "not-fhir"},
		{"no searchset", `{"resourceType":"Bundle","type":"batch-response","total":0}`, "not-fhir"},
		{"no total", fmt.Sprintf(bundle, `"entry":[]`), "bad-value"},
		{"entries that are no list", fmt.Sprintf(bundle, `"total":0,"entry":{}`), "bad-value"},
		{"fewer than it says", fmt.Sprintf(bundle, `"total":2,"entry":[`+ashw+`]`), "too-many-matches"},
		{"an entry without a person", fmt.Sprintf(bundle, `"total":1,"entry":[{"search":{"score":1}}]`), "not-fhir"},
		{"an entry that is no person", fmt.Sprintf(bundle, `"total":1,"entry":[{"resource":`+fmt.Sprintf(outcome, "X")+`}]`), "not-fhir"},
		{"one of two cannot be read", fmt.Sprintf(bundle, `"total":2,"entry":[`+ashw+`,{"resource":{"resourceType":"Patient","id":"x",`+meta+`}}]`), "no-number"},
		{"cut", `{"resourceType":"Bundle","type":"searchset","total":1,"entry":[`, "not-json"},
		{"more than fifty", fmt.Sprintf(bundle, `"total":51,"entry":[`+strings.Repeat(ashw+",", 50)+ashw+`]`), "too-many-matches"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t, register.Options{})
			s.behave(text("application/fhir+json", c.body))
			people, err := find(t, open(t, &pds.Config{URL: s.base()}), record.PersonQuery{FamilyName: "Ashworth", BirthDate: "1956-03-12"})
			if e := sources.AsError(err); e == nil || e.Code != c.code {
				t.Errorf("%d people, %v; want %s", len(people), err, c.code)
			}
		})
	}
}

// Who ignores what was asked does not get others taken for a match; the best comes first;
// nobody comes twice; redacted records are not used.
func TestSearchAnswers(t *testing.T) {
	one := func(number, born, code string, score float64) string {
		return fmt.Sprintf(`{"search":{"score":%v},"resource":{"resourceType":"Patient","id":%q,"birthDate":%q,"meta":{"security":[{"code":%q}]}}}`, score, number, born, code)
	}
	s := newServer(t, register.Options{})
	s.behave(text("application/fhir+json", fmt.Sprintf(bundle, `"total":6,"entry":[`+strings.Join([]string{
		one("9990000069", "1956-03-12", "U", 0.75), one("9990000018", "1956-03-12", "R", 1), one("9990000018", "1956-03-12", "R", 0.9),
		one("9990000026", "1961-07-04", "U", 0.9), one("9990000042", "1956-03-12", "REDACTED", 1), one("9990000050", "1956-12-03", "U", 0.8)}, ",")+`]`)))
	source := open(t, &pds.Config{URL: s.base()})
	for _, c := range []struct {
		fuzzy bool
		want  string
	}{{false, "9990000018 9990000069"}, {true, "9990000018 9990000050 9990000069"}} {
		people, err := find(t, source, record.PersonQuery{FamilyName: "Ashworth", BirthDate: "1956-03-12", Fuzzy: c.fuzzy})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range people {
			got = append(got, p.Subject)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("fuzzy %v: %v, want %s", c.fuzzy, got, c.want)
		}
		if !record.Restricted(people[0].Labels) {
			t.Error("the restriction is lost")
		}
	}
}

// A number that the register has replaced leads to the person by the new one, and the old
// one is among the former; but an answer about somebody else is not taken for that.
func TestSuperseded(t *testing.T) {
	s := newServer(t, register.Options{}, people()...)
	source := open(t, &pds.Config{URL: s.base()})
	found, err := find(t, source, record.PersonQuery{NHSNumber: "9990000085"})
	if err != nil || len(found) != 1 || found[0].NHSNumber != "9990000018" || found[0].NHSNumberStatus != record.NumberVerified ||
		fmt.Sprint(found[0].FormerNHSNumbers) != "[9990000085]" {
		t.Errorf("%+v %v", found, err)
	}
	if r := fetchOne(t, source, record.Demographics, "9990000085"); r.Err == nil || sources.AsError(r.Err).Code != "superseded" {
		t.Errorf("by the old number the record is open: %+v", r)
	}
	s.behave(s.swapped)
	found, err = find(t, source, record.PersonQuery{NHSNumber: "9990000018"})
	if sources.AsError(err) == nil || sources.AsError(err).Kind != sources.WrongPatient || len(found) != 0 {
		t.Errorf("somebody else was taken for the person, or the person for nobody: %+v %v", found, err)
	}
	if r := fetchOne(t, source, record.GPPractice, "9990000018"); len(r.Entries) != 1 || r.Entries[0].Common().Subject != "9990000026" {
		t.Errorf("the guard sees nothing of the mix-up: %+v", r)
	}
}

// Somebody else's record that came once, by a mix-up on the way, is not a replacement.
func TestOneMixUpIsNoReplacement(t *testing.T) {
	for _, c := range []struct {
		name  string
		wrong func(request int) bool
	}{{"once", func(n int) bool { return n == 1 }}, {"the last", func(n int) bool { return n == 3 }}, {"always", func(int) bool { return true }}} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t, register.Options{}, people()...)
			n := 0
			s.behave(func(w http.ResponseWriter, r *http.Request) bool {
				if n++; c.wrong(n) {
					return s.swapped(w, r)
				}
				return false
			})
			found, err := find(t, open(t, &pds.Config{URL: s.base()}), record.PersonQuery{NHSNumber: "9990000018"})
			if err != nil && sources.AsError(err).Kind != sources.WrongPatient || err == nil && len(found) == 0 {
				t.Errorf("they read as nobody: %+v %v", found, err)
			}
			if len(found) > 0 && (found[0].NHSNumber != "9990000018" || len(found[0].FormerNHSNumbers) > 0) {
				t.Errorf("%+v %v", found, err)
			}
		})
	}
}

// The questions are those of the published protocol.
func TestQuestions(t *testing.T) {
	s := newServer(t, register.Options{}, people()...)
	source := open(t, &pds.Config{URL: s.base(), Organisation: "RZH", SessionRole: "555254240100", History: true})
	everything := record.PersonQuery{FamilyName: "Ash*worth ", GivenName: "Philippa", BirthDate: "1956-03-12", Gender: "female", Postcode: "WM1 2AB"}
	for _, c := range []struct {
		name    string
		query   record.PersonQuery
		want    []string
		refused bool // it cannot be searched so, which is not nobody
	}{
		{"by number", record.PersonQuery{NHSNumber: "9990000018"}, []string{"/Patient/9990000018"}, false},
		{"by name", everything, []string{"/Patient?_history=true&_max-results=50&address-postalcode=WM1+2AB&birthdate=eq1956-03-12&family=Ashworth&gender=female&given=Philippa"}, false},
		{"exact is enough", record.PersonQuery{FamilyName: "birtwistle", GivenName: "Bernard", BirthDate: "1961-07-04", Fuzzy: true},
			[]string{"/Patient?_history=true&_max-results=50&birthdate=eq1961-07-04&family=birtwistle&given=Bernard"}, false},
		{"fuzzy after exact", record.PersonQuery{FamilyName: "Burtwistel", GivenName: "Bernard", BirthDate: "1961-07-04", Fuzzy: true},
			[]string{"/Patient?_history=true&_max-results=50&birthdate=eq1961-07-04&family=Burtwistel&given=Bernard",
				"/Patient?_fuzzy-match=true&_max-results=50&birthdate=eq1961-07-04&family=Burtwistel&given=Bernard"}, false},
		{"too little for fuzzy", record.PersonQuery{FamilyName: "Burtwistel", BirthDate: "1961-07-04", Fuzzy: true},
			[]string{"/Patient?_history=true&_max-results=50&birthdate=eq1961-07-04&family=Burtwistel"}, true},
		{"only wildcards", record.PersonQuery{FamilyName: "**", BirthDate: "1961-07-04"}, nil, false},
		{"half a birth date", record.PersonQuery{FamilyName: "Ashworth", BirthDate: "1956-03"}, nil, false},
		{"a path for a number", record.PersonQuery{LocalID: "../../oauth2"}, nil, false},
		{"a number with spaces", record.PersonQuery{NHSNumber: "999 000 0018"}, nil, false},
		{"a number of an organisation", record.PersonQuery{Identifier: "H1204118"}, nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.behave(nil)
			_, err := find(t, source, c.query)
			if e := sources.AsError(err); (e != nil) != c.refused || e != nil && e.Code != sources.CodeSearchNotOffered {
				t.Fatal(err)
			}
			asked := s.asked()
			if len(asked) != len(c.want) {
				t.Fatalf("%d requests, want %d", len(asked), len(c.want))
			}
			ids := map[string]bool{}
			for i, r := range asked {
				if got := strings.TrimPrefix(r.URL.String(), register.Base); got != c.want[i] {
					t.Errorf("%s\nwant %s", got, c.want[i])
				}
				ids[r.Header.Get("X-Request-ID")] = true
				if len(r.Header.Get("X-Correlation-ID")) != 36 || r.Header.Get("X-Correlation-ID") != asked[0].Header.Get("X-Correlation-ID") ||
					r.Header.Get("NHSD-Session-URID") != "555254240100" || r.Header.Get("NHSD-End-User-Organisation-ODS") != "RZH" || r.Header.Get("Accept-Encoding") != "" {
					t.Errorf("headers %v", r.Header)
				}
			}
			if len(ids) != len(asked) || ids[""] {
				t.Error("every request needs an id of its own")
			}
		})
	}
}

// Both sections of a person come from one read, and what is no number is never asked.
func TestOneReadForBothSections(t *testing.T) {
	s := newServer(t, register.Options{}, people()...)
	source := open(t, &pds.Config{URL: s.base()})
	var keys []sources.Key
	for _, id := range []string{"9990000018", "9990000026", "9990000018", "../9990000042", "9990000042?x=1"} {
		for _, section := range source.Offers() {
			keys = append(keys, sources.Key{Section: section, LocalID: id})
		}
	}
	got := fetch(t.Context(), source, keys...)
	if len(got) != 8 || len(s.asked()) != 2 {
		t.Errorf("%d answers from %d requests", len(got), len(s.asked()))
	}
	for k, r := range got {
		if bad := len(k.LocalID) != 10; bad != (r.Err != nil) {
			t.Errorf("%+v", r)
		}
	}
}

// Validate tells everything at once.
func TestValidate(t *testing.T) {
	c := pds.Config{URL: "ftp://x", Organisation: "R Z", SessionRole: "a\nb", Parallel: -1, PerSecond: 5000, Repeats: 9, MaxResults: 51, MaxBody: -1,
		Auth: pds.Auth{Kind: "signed-jwt", Key: "a", KeyEnv: "b", TokenURL: "gopher://y"}}
	var paths []string
	for _, p := range c.Validate() {
		paths = append(paths, p.Path)
	}
	want := "auth.client_id auth.key auth.key_id auth.token_url max_body max_results organisation parallel per_second repeats session_role url"
	if strings.Join(paths, " ") != want {
		t.Errorf("%v", paths)
	}
	for _, c := range []pds.Config{{}, {URL: "https://u:p@x"}, {URL: "https://x?a=b"}, {URL: "https://x", Auth: pds.Auth{Kind: "basic"}},
		{URL: "https://x", Auth: pds.Auth{Kind: "bearer"}}, {URL: "https://x", MaxResults: 2, Auth: pds.Auth{Kind: "signed-jwt", ClientID: "c", KeyID: "k", KeyFile: "f"}}} {
		if n := len(c.Validate()); n != 1 {
			t.Errorf("%d problems in %+v", n, c)
		}
	}
}

// What the register's specification calls restricted locates nobody.
func TestRestrictedLocatesNobody(t *testing.T) {
	s := newServer(t, register.Options{}, people()...)
	source := open(t, &pds.Config{URL: s.base()})
	found, err := find(t, source, record.PersonQuery{FamilyName: "Quietwell", BirthDate: "1994-08-23"})
	if err != nil || len(found) != 1 || !record.Restricted(found[0].Labels) {
		t.Fatalf("%+v %v", found, err)
	}
	said, err := json.Marshal([]any{found, fetch(context.Background(), source, sources.Key{Section: record.Demographics, LocalID: "9990000042"})[sources.Key{Section: record.Demographics, LocalID: "9990000042"}]})
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Hidden", "WM1", "960002", "Z99003"} {
		if strings.Contains(string(said), secret) {
			t.Errorf("it says %s", secret)
		}
	}
}
