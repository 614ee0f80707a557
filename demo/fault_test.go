package demo

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// set puts a fault on a system and expects a status.
func set(t *testing.T, s *System, body string, want int) string {
	t.Helper()
	res, text := send(t, http.MethodPut, s.Control, body)
	if res.StatusCode != want {
		t.Fatalf("PUT %s on %s: %d %s", body, s.ID, res.StatusCode, text)
	}
	return text
}

func heal(t *testing.T, s *System) {
	t.Helper()
	if res, text := send(t, http.MethodDelete, s.Control, ""); res.StatusCode != http.StatusOK {
		t.Fatal(text)
	}
}

func tallyOf(t *testing.T, s *System) tally {
	t.Helper()
	_, text := get(t, s.Control)
	var got tally
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// raw fetches and tells what happened, errors of the body too.
func raw(t *testing.T, url string, client *http.Client) (*http.Response, []byte, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, 32<<20))
	return res, body, err
}

func once() *http.Client { return &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} }

func TestControlNamesWhatIsAllowed(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	gp, pas, council := r.System("gp"), r.System("mental-health"), r.System("social-care")
	for _, c := range []struct {
		system     *System
		body, says string
		status     int
	}{
		{gp, `{"fault":"sulk"}`, "drip", 400},
		{gp, `{"fault":"slow","delay":"soon"}`, "300ms", 400},
		{gp, `{"fault":"hang","share":1.5}`, "share", 400},
		{gp, `{"fault":"hang","share":0}`, "share", 400},
		{gp, `{"nonsense":1}`, "share", 400},
		{gp, `{"fault":"hang","paths":["people.csv"]}`, "slash", 400},
		{gp, `{"fault":"refused","share":0.5}`, "closed port", 422},
		{pas, `{"fault":"gzip-bomb"}`, "compressed", 422},
		{pas, `{"fault":"empty"}`, "good answer", 422},
		{council, `{"fault":"next-loop"}`, "pages", 422},
	} {
		if text := set(t, c.system, c.body, c.status); !strings.Contains(text, c.says) {
			t.Errorf("%s: %s", c.body, text)
		}
	}
	if text := set(t, gp, `{"delay":"10s"}`, 200); !strings.Contains(text, `"slow"`) {
		t.Error(text)
	}
	for _, name := range FaultNames() {
		set(t, gp, `{"fault":"`+name+`"}`, 200)
	}
}

func TestFaultsOfStatusAndFormat(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	p := r.Scenario("everything")
	for _, system := range []string{"gp", "social-care"} {
		s := r.System(system)
		url := s.URL + map[string]string{"gp": "/AllergyIntolerance?patient=" + p.LocalIDs["gp"], "social-care": "/people.csv"}[system]
		for fault, status := range map[string]int{"status-500": 500, "status-503": 503, "status-429": 429, "status-401": 401, "html": 200, "redirect-internal": 302} {
			set(t, s, `{"fault":"`+fault+`"}`, 200)
			res, body := get(t, url)
			if res.StatusCode != status {
				t.Errorf("%s %s: %d", system, fault, res.StatusCode)
			}
			h := res.Header
			if (status == 503 || status == 429) && h.Get("Retry-After") == "" || status == 401 && h.Get("WWW-Authenticate") == "" ||
				status == 302 && !strings.HasPrefix(h.Get("Location"), "http://localhost:") ||
				fault == "html" && (!strings.HasPrefix(h.Get("Content-Type"), "text/html") || !strings.Contains(body, "<html>")) {
				t.Errorf("%s %s: %v %s", system, fault, h, body)
			}
		}
		set(t, s, `{"fault":"empty"}`, 200)
		first, body := get(t, url)
		second, _ := get(t, url)
		if first.StatusCode != 200 || body != "" || second.StatusCode != 204 {
			t.Errorf("%s empty: %d %q, %d", system, first.StatusCode, body, second.StatusCode)
		}
	}
	s := r.System("gp")
	set(t, s, `{"fault":"bad-json"}`, 200)
	for turn := range 3 {
		_, body := get(t, s.URL+"/AllergyIntolerance?patient="+p.LocalIDs["gp"])
		var v map[string]any
		if json.Unmarshal([]byte(body), &v) == nil {
			t.Errorf("turn %d parses", turn)
		}
	}
	set(t, s, `{"fault":"outcome-in-200"}`, 200)
	for range 2 {
		res, body := get(t, s.URL+"/AllergyIntolerance?patient="+p.LocalIDs["gp"])
		if res.StatusCode != 200 || !strings.Contains(body, "OperationOutcome") || strings.Contains(body, "AllergyIntolerance") {
			t.Error(body)
		}
	}
	heal(t, s)
	if res, body := get(t, s.URL+"/AllergyIntolerance?patient="+p.LocalIDs["gp"]); res.StatusCode != 200 || bundleOf(t, body).Total != 3 {
		t.Error("not healed")
	}
}

func TestFaultsOfConnection(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	for _, s := range []*System{r.System("hospital"), r.System("social-care")} {
		path := map[string]string{"hospital": "/metadata", "social-care": "/people.csv"}[s.ID]
		set(t, s, `{"fault":"refused"}`, 200)
		if _, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://")); err == nil {
			t.Errorf("%s: connected", s.ID)
		}
		heal(t, s)
		if res, _ := get(t, s.URL+path); res.StatusCode != 200 {
			t.Errorf("%s: not open again", s.ID)
		}

		set(t, s, `{"fault":"reset"}`, 200)
		res, body, err := raw(t, s.URL+path, once())
		if err == nil {
			t.Errorf("%s: reset answered %v %d", s.ID, res.StatusCode, len(body))
		}

		set(t, s, `{"fault":"drip","delay":"1ms"}`, 200)
		response, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		if n, _ := response.Body.Read(make([]byte, 4096)); n > 64 {
			t.Errorf("%s: dripped %d bytes at once", s.ID, n)
		}
		_ = response.Body.Close()

		set(t, s, `{"fault":"slow","delay":"60ms"}`, 200)
		begin := time.Now()
		get(t, s.URL+path)
		if time.Since(begin) < 60*time.Millisecond {
			t.Errorf("%s: slow took %s", s.ID, time.Since(begin))
		}

		set(t, s, `{"fault":"hang"}`, 200)
		impatient := once()
		impatient.Timeout = 50 * time.Millisecond
		if _, _, err := raw(t, s.URL+path, impatient); err == nil {
			t.Errorf("%s: hang answered", s.ID)
		}
		done := make(chan int, 1)
		go func() {
			res, _, err := raw(t, s.URL+path, once())
			if err != nil {
				done <- 0
				return
			}
			done <- res.StatusCode
		}()
		for tallyOf(t, s).Faulted < 2 { // until the request hangs
			continue
		}
		heal(t, s)
		if status := <-done; status != 200 {
			t.Errorf("%s: healing let go with %d", s.ID, status)
		}
	}
}

func TestFaultsOfSize(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	for _, s := range []*System{r.System("gp"), r.System("social-care")} {
		path := map[string]string{"gp": "/metadata", "social-care": "/alerts.csv"}[s.ID]
		for _, fault := range []string{"huge", "gzip-bomb"} {
			set(t, s, `{"fault":"`+fault+`"}`, 200)
			_, body, err := raw(t, s.URL+path, once())
			if err != nil || len(body) != 32<<20 {
				t.Errorf("%s %s: %d bytes, %v", s.ID, fault, len(body), err)
			}
		}
	}
}

func TestFaultsOfPeople(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	s, mine := r.System("gp"), r.Scenario("everything").LocalIDs["gp"]
	about := func(url string) (own, others, total int) {
		_, body := get(t, url)
		for _, e := range bundleOf(t, body).Entry {
			total++
			reference, _ := walk(e.Resource, "patient.reference")[0].(string)
			if reference == "Patient/"+mine {
				own++
			} else {
				others++
			}
		}
		return own, others, total
	}
	url := s.URL + "/AllergyIntolerance?patient=" + mine
	set(t, s, `{"fault":"wrong-patient"}`, 200)
	if own, others, _ := about(url); own != 0 || others == 0 {
		t.Errorf("wrong-patient: %d own, %d others", own, others)
	}
	if _, body := get(t, s.URL+"/Patient/"+mine); strings.Contains(body, mine) {
		t.Error("wrong-patient read the right one")
	}
	if _, body := get(t, s.URL+"/Patient?identifier="+nhsNumberSystem+"|"+r.Scenario("everything").NHSNumber); len(bundleOf(t, body).Entry) == 0 || strings.Contains(body, `"id":"`+mine) {
		t.Error("wrong-patient found the right one")
	}
	set(t, s, `{"fault":"mixed-patients"}`, 200)
	if own, others, _ := about(url); own == 0 || others == 0 {
		t.Errorf("mixed-patients: %d own, %d others", own, others)
	}
	set(t, s, `{"fault":"duplicates"}`, 200)
	if own, _, total := about(url); own != 6 || total != 6 {
		t.Errorf("duplicates: %d of %d", own, total)
	}
	council := r.System("social-care")
	_, good := get(t, council.URL+"/people.csv")
	for _, fault := range []string{"wrong-patient", "mixed-patients", "duplicates", "bad-json"} {
		set(t, council, `{"fault":"`+fault+`"}`, 200)
		if _, bad := get(t, council.URL+"/people.csv"); bad == good || bad == "" {
			t.Errorf("%s changed nothing", fault)
		}
	}
}

func TestFaultsOfPaging(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	s := r.System("gp")
	url := s.URL + "/Observation?_count=5&patient=" + r.Scenario("everything").LocalIDs["gp"]
	set(t, s, `{"fault":"endless-paging"}`, 200)
	seen, at := map[string]bool{}, url
	for range 40 {
		_, body := get(t, at)
		b := bundleOf(t, body)
		if id := b.Entry[0].Resource["id"].(string); seen[id] {
			t.Fatal("endless-paging repeats an id")
		} else {
			seen[id] = true
		}
		if at = b.link("next"); at == "" {
			t.Fatal("endless-paging ends")
		}
	}
	set(t, s, `{"fault":"next-loop"}`, 200)
	_, body := get(t, url)
	if b := bundleOf(t, body); b.link("next") != b.link("self") || b.link("next") == "" {
		t.Error("next-loop does not loop")
	}
	set(t, s, `{"fault":"next-foreign"}`, 200)
	_, body = get(t, url)
	next := bundleOf(t, body).link("next")
	if !strings.HasPrefix(next, "http://localhost:") || strings.HasPrefix(next, s.URL) {
		t.Errorf("next-foreign is %s", next)
	}
	if res, _ := get(t, next); res.StatusCode != 200 || tallyOf(t, s).Counts[trapPath] != 1 {
		t.Error("the trap did not count")
	}
}

func TestShareAndPathsAndCounts(t *testing.T) {
	t.Parallel()
	r := started(t, Options{})
	s := r.System("hospital")
	set(t, s, `{"fault":"status-503","share":0.25,"paths":["/Flag"]}`, 200)
	failed := 0
	for range 12 {
		if res, _ := get(t, s.URL+"/Flag"); res.StatusCode == 503 {
			failed++
		}
		if res, _ := get(t, s.URL+"/Consent?_count=1"); res.StatusCode != 200 {
			t.Error("another path is affected")
		}
	}
	batch := `{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Flag"}},{"request":{"method":"GET","url":"Consent"}}]}`
	set(t, s, `{"fault":"status-500","paths":["/Flag"]}`, 200)
	res, body := send(t, http.MethodPost, s.URL+"/", batch, "Content-Type", "application/fhir+json")
	if b := bundleOf(t, body); res.StatusCode != 200 || !strings.HasPrefix(b.Entry[0].Response.Status, "500") || !strings.HasPrefix(b.Entry[1].Response.Status, "200") {
		t.Error(body)
	}
	got := tallyOf(t, s)
	if failed != 3 || got.Counts["/Flag"] != 12 || got.Counts["/Consent"] != 12 || got.Counts["/"] != 1 || got.Total != 25 || got.PeakInFlight < 1 {
		t.Errorf("%d failed, %+v", failed, got)
	}
	set(t, s, `{"fault":"flapping"}`, 200)
	failed = 0
	for range 10 {
		if res, _ := get(t, s.URL+"/Flag"); res.StatusCode == 503 {
			failed++
		}
	}
	if failed != 5 {
		t.Errorf("flapping failed %d of 10", failed)
	}
	send(t, http.MethodDelete, s.Control+"/counts", "")
	if got := tallyOf(t, s); len(got.Counts) != 0 || got.Fault.Fault != "flapping" {
		t.Errorf("%+v", got)
	}
}
