package demo

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// theDay of the tests.
var theDay = time.Date(2026, 3, 18, 11, 0, 0, 0, time.UTC)

// started is a region of its own for one test.
func started(t *testing.T, o Options) *Region {
	t.Helper()
	o.Now, o.Dir = func() time.Time { return theDay }, t.TempDir()
	if o.Patients == 0 {
		o.Patients = 40
	}
	r, err := Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return r
}

// get fetches a URL and gives status and body.
func get(t *testing.T, url string, headers ...string) (*http.Response, string) {
	t.Helper()
	return send(t, http.MethodGet, url, "", headers...)
}

func send(t *testing.T, method, url, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(text)
}

// bundleOf parses a Bundle.
type bundleJSON struct {
	Total int
	Link  []struct{ Relation, URL string }
	Entry []struct {
		FullURL  string
		Resource map[string]any
		Search   struct{ Mode string }
		Response struct{ Status string }
	}
}

func (b bundleJSON) link(relation string) string {
	for _, l := range b.Link {
		if l.Relation == relation {
			return l.URL
		}
	}
	return ""
}

func bundleOf(t *testing.T, text string) bundleJSON {
	t.Helper()
	var b bundleJSON
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	return b
}

func TestScenarioPeopleComeFirst(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	for i, s := range allScenarios() {
		if r.Patients[i].Scenario != s.name || !strings.HasPrefix(r.Patients[i].NHSNumber, "9") {
			t.Errorf("%d: %+v, want %s", i, r.Patients[i], s.name)
		}
	}
	if everything := r.Scenario("everything"); len(everything.Systems) != 4 {
		t.Errorf("everything is in %v", everything.Systems)
	}
	if len(r.Patients) != 40 {
		t.Errorf("%d people", len(r.Patients))
	}
}

func TestARichRecord(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	p := r.Scenario("everything")
	total := 0
	for _, system := range []string{"gp", "hospital"} {
		counts := map[string]int{}
		for kind := range searchParams() {
			_, text := get(t, r.System(system).URL+"/"+kind+"?_count=200&patient="+p.LocalIDs[system])
			if kind == "Patient" || kind == "Organization" || kind == "Practitioner" || kind == "PractitionerRole" || kind == "Location" || kind == "Medication" {
				continue
			}
			counts[kind] = bundleOf(t, text).Total
			total += counts[kind]
		}
		t.Log(system, counts)
	}
	if total < 60 || total > 240 {
		t.Errorf("%d resources", total)
	}
}
