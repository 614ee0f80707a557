package pds

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

var theDay = time.Date(2026, 3, 18, 11, 0, 0, 0, time.UTC)

func townspeople() []Person {
	return []Person{
		{Number: "9990000018", Replaced: []string{"9990000085"}, Given: "Philippa", Family: "Ashworth", FormerFamily: "Kershaw", FormerUntil: "1980-01-01",
			Born: "1956-03-12", Gender: "female", Home: Address{Lines: []string{"1 Mill Lane"}, Postcode: "WM1 2AB"}, Practice: "Z99001", Phone: "01632 960001"},
		{Number: "9990000026", Given: "Filippa", Family: "Ashwurth", Born: "1956-03-12", Gender: "female"},
		{Number: "9990000042", Given: "Octavia", Family: "Quietwell", Born: "1994-08-23", Gender: "female", Restricted: "R",
			Home: Address{Lines: []string{"2 Hidden Row"}, Postcode: "WM1 1ZZ"}, Practice: "Z99003", Phone: "01632 960002"},
		{Number: "9990000050", Family: "Voidson", Born: "1970-01-01", Invalid: true},
	}
}

// call gives the status, and what the answer says: its code, or the people in it.
func call(t *testing.T, s *Server, path string, headers ...string) (int, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("X-Request-ID", "60e0b220-8136-4ca5-ae46-1d97ef59d068")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var body struct {
		ID    string
		Issue []struct {
			Details struct{ Coding []struct{ Code string } }
		}
		Entry []struct{ Resource struct{ ID string } }
	}
	_ = json.Unmarshal(w.Body.Bytes(), &body)
	said := []string{}
	for _, i := range body.Issue {
		said = append(said, i.Details.Coding[0].Code)
	}
	for _, e := range body.Entry {
		said = append(said, e.Resource.ID)
	}
	if body.ID != "" {
		said = append(said, body.ID)
	}
	for _, secret := range []string{"Hidden", "WM1 1ZZ", "Z99003", "960002"} {
		if strings.Contains(w.Body.String(), secret) {
			t.Errorf("%s locates a restricted person", path)
		}
	}
	return w.Code, strings.Join(said, " ")
}

// TestProtocol: the answers that the published specification has.
func TestProtocol(t *testing.T) {
	s := New(townspeople(), Options{Now: func() time.Time { return theDay }})
	const at = Base + "/Patient"
	for _, c := range []struct {
		path   string
		status int
		said   string
	}{
		{at + "/9990000018", 200, "9990000018"},
		{at + "/9990000085", 200, "9990000018"},
		{at + "/9990000042", 200, "9990000042"},
		{at + "/9990000034", 404, "RESOURCE_NOT_FOUND"},
		{at + "/9990000050", 404, "INVALIDATED_RESOURCE"},
		{at + "/9990000019", 400, "INVALID_RESOURCE_ID"},
		{at + "/x", 400, "INVALID_RESOURCE_ID"},
		{at + "?family=ashworth&birthdate=eq1956-03-12", 200, "9990000018"},
		{at + "?family=Ashworth&birthdate=1956-03-12&given=philippa&gender=female&address-postalcode=wm12ab", 200, "9990000018"},
		{at + "?family=As*&birthdate=ge1956-01-01&birthdate=le1956-12-31", 200, "9990000018 9990000026"},
		{at + "?family=As*&birthdate=eq1956-03-12&_max-results=1", 200, "TOO_MANY_MATCHES"},
		{at + "?family=Ashworth&birthdate=eq1956-03-13", 200, ""},
		{at + "?family=Kershaw&birthdate=eq1956-03-12", 200, ""},
		{at + "?family=Kershaw&birthdate=eq1956-03-12&_history=true", 200, "9990000018"},
		{at + "?family=Kershaw&birthdate=eq1956-03-12&_history=true&_exact-match=true", 200, ""},
		{at + "?family=Ashwerth&given=Philipa&birthdate=eq1956-03-12&_fuzzy-match=true", 200, "9990000018"},
		{at + "?family=Philippa&given=Ashworth&birthdate=eq1956-03-12&_fuzzy-match=true", 200, "9990000018"},
		{at + "?family=Quietwell&birthdate=eq1994-08-23", 200, "9990000042"},
		{at + "?family=Quietwell&birthdate=eq1994-08-23&address-postalcode=WM1%201ZZ", 200, ""},
		{at + "?family=Voidson&birthdate=eq1970-01-01", 200, ""},
		{at + "?family=Ashworth", 400, "INVALID_SEARCH_DATA"},
		{at + "?family=Ashworth&birthdate=eq1956-03-12&_fuzzy-match=true", 400, "INVALID_SEARCH_DATA"},
		{at + "?family=Ashworth&birthdate=12/03/1956", 400, "INVALID_VALUE"},
		{at + "?family=Ashworth&birthdate=eq1956-03-12&_max-results=51", 400, "INVALID_VALUE"},
		{at + "?family=Ashworth&birthdate=eq1956-03-12&invalidParam=1", 400, "ADDITIONAL_PROPERTIES"},
		{Base + "/Observation", 404, ""},
	} {
		if status, said := call(t, s, c.path); status != c.status || said != c.said {
			t.Errorf("%s: %d %q, want %d %q", c.path, status, said, c.status, c.said)
		}
	}
	for id, code := range map[string]string{"": "MISSING_VALUE", "1234": "INVALID_VALUE"} {
		if status, said := call(t, s, at+"/9990000018", "X-Request-ID", id); status != 400 || said != code {
			t.Errorf("X-Request-ID %q: %d %s", id, status, said)
		}
	}
}

// TestLimit: so many a second, and then a wait.
func TestLimit(t *testing.T) {
	now := theDay
	s := New(townspeople(), Options{PerSecond: 2, Now: func() time.Time { return now }})
	for i, want := range []int{200, 200, 429, 429} {
		if status, _ := call(t, s, Base+"/Patient/9990000018"); status != want {
			t.Errorf("request %d: %d, want %d", i, status, want)
		}
	}
	now = now.Add(time.Second)
	if status, _ := call(t, s, Base+"/Patient/9990000018"); status != 200 {
		t.Errorf("a second later: %d", status)
	}
}

// TestTokens: only a good assertion, used once, gives a token, which ends.
func TestTokens(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	now := theDay
	s := New(townspeople(), Options{Client: "app", KeyID: "k1", Key: &key.PublicKey, UserToken: "worker", Now: func() time.Time { return now }})
	good := func() (head, claims map[string]any) {
		return map[string]any{"alg": "RS512", "kid": "k1"}, map[string]any{"iss": "app", "sub": "app", "aud": "http://example.com/oauth2/token",
			"jti": rand.Text(), "exp": now.Add(4 * time.Minute).Unix()}
	}
	sign := func(head, claims map[string]any) string {
		part := func(v any) string {
			text, _ := json.Marshal(v)
			return base64.RawURLEncoding.EncodeToString(text)
		}
		signed := part(head) + "." + part(claims)
		sum := sha512.Sum512([]byte(signed))
		signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA512, sum[:])
		if err != nil {
			t.Fatal(err)
		}
		return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
	}
	token := func(assertion string) (int, string) {
		form := url.Values{"grant_type": {"client_credentials"}, "client_assertion": {assertion},
			"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}}
		r := httptest.NewRequest(http.MethodPost, "/oauth2/token", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		var given struct {
			Token string `json:"access_token"`
		}
		_ = json.Unmarshal(w.Body.Bytes(), &given)
		return w.Code, given.Token
	}
	assertion := sign(good())
	status, access := token(assertion)
	if status != 200 || access == "" {
		t.Fatalf("%d %q", status, access)
	}
	if status, _ := token(assertion); status != 400 {
		t.Error("an assertion is taken twice")
	}
	for name, spoil := range map[string]func(head, claims map[string]any){
		"another algorithm": func(h, _ map[string]any) { h["alg"] = "none" },
		"another key":       func(h, _ map[string]any) { h["kid"] = "k2" },
		"another client":    func(_, c map[string]any) { c["sub"] = "other" },
		"another address":   func(_, c map[string]any) { c["aud"] = "http://elsewhere/oauth2/token" },
		"too long":          func(_, c map[string]any) { c["exp"] = now.Add(6 * time.Minute).Unix() },
		"expired":           func(_, c map[string]any) { c["exp"] = now.Unix() },
		"no id":             func(_, c map[string]any) { delete(c, "jti") },
	} {
		head, claims := good()
		spoil(head, claims)
		if status, given := token(sign(head, claims)); status != 400 || given != "" {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _ := token(assertion[:len(assertion)-8] + "AAAAAAAA"); status != 400 {
		t.Error("a bad signature is taken")
	}
	const at = Base + "/Patient"
	ask := func(path string, want int, said string, headers ...string) {
		t.Helper()
		if status, got := call(t, s, path, headers...); status != want || got != said {
			t.Errorf("%s: %d %q, want %d %q", path, status, got, want, said)
		}
	}
	ask(at+"/9990000018", 401, "ACCESS_DENIED")
	ask(at+"/9990000018", 401, "ACCESS_DENIED", "Authorization", "Bearer x")
	ask(at+"/9990000018", 200, "9990000018", "Authorization", "Bearer "+access)
	ask(at+"?family=As*&birthdate=eq1956-03-12", 200, "TOO_MANY_MATCHES", "Authorization", "Bearer "+access)
	ask(at+"?family=As*&birthdate=eq1956-03-12&_max-results=2", 403, "INVALID_VALUE", "Authorization", "Bearer "+access)
	ask(at+"?family=As*&birthdate=eq1956-03-12", 401, "ACCESS_DENIED", "Authorization", "Bearer worker")
	ask(at+"?family=As*&birthdate=eq1956-03-12", 200, "9990000018 9990000026", "Authorization", "Bearer worker", "NHSD-Session-URID", "555254240100")
	now = now.Add(tokenLife)
	ask(at+"/9990000018", 401, "ACCESS_DENIED", "Authorization", "Bearer "+access)
}
