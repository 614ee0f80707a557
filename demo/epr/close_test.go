package epr_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/demo/epr"
)

// Not parallel: it counts the goroutines of the whole process, and parallel tests have
// not begun when it runs.
func TestCloseLeavesNothingBehind(t *testing.T) {
	before := goleak.IgnoreCurrent()
	ctx, cancel := context.WithCancel(context.Background())
	e, err := epr.Start(ctx, epr.Options{Patchwork: "http://127.0.0.1:9", Keys: keysOfEPR, Clinicians: []epr.Clinician{leila}, Patients: []epr.Patient{alice}})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Tell("hang"); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{}, 2)
	for _, path := range []string{"/fhir/metadata", "/events"} { // one hangs, one is followed
		go func() {
			if resp, err := http.Get(e.URL + path); err == nil {
				_ = resp.Body.Close()
			}
			ended <- struct{}{}
		}()
	}
	for e.Count("/fhir/metadata") == 0 || e.Count("/events") == 0 {
		continue
	}
	cancel()
	if err := e.Close(context.Background()); err != nil { // waits for the closing begun by cancel
		t.Error(err)
	}
	<-ended
	<-ended
	for _, address := range []string{strings.Replace(e.URL, "localhost", "127.0.0.1", 1), e.Control} {
		at, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if conn, err := net.Dial("tcp", at.Host); err == nil {
			_ = conn.Close()
			t.Errorf("%s still listens", address)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, before)
}

// TestEvents: the page hears what the frame asked of the EPR.
func TestEvents(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	resp, err := http.Get(e.URL + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	if !lines.Scan() || lines.Text() != ": here" { // now it follows
		t.Fatalf("the events begin with %q", lines.Text())
	}
	get(t, e.URL+"/authorize?client_id=nobody")
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "data: ") {
			break
		}
	}
	want := `data: {"name":"authorize","status":400,"error":"invalid_request","error_description":"the client_id is not registered at this EPR"}`
	if lines.Text() != want || len(e.Steps()) != 1 {
		t.Errorf("the page hears %s, the steps are %v", lines.Text(), e.Steps())
	}
}

func TestStartRefuses(t *testing.T) {
	t.Parallel()
	good := epr.Options{Patchwork: "http://127.0.0.1:9", Keys: keysOfEPR, Clinicians: []epr.Clinician{leila}, Patients: []epr.Patient{alice}}
	for what, change := range map[string]func(*epr.Options){
		"no record":       func(o *epr.Options) { o.Patchwork = "" },
		"no clinician":    func(o *epr.Options) { o.Clinicians = nil },
		"no patient":      func(o *epr.Options) { o.Patients = nil },
		"a weak launch":   func(o *epr.Options) { o.LaunchAlg = "HS256" },
		"a weak id_token": func(o *epr.Options) { o.IDTokenAlg = "none" },
		"a used port":     func(o *epr.Options) { o.Port = 1 << 17 },
	} {
		o := good
		change(&o)
		if e, err := epr.Start(t.Context(), o); err == nil {
			t.Errorf("%s starts", what)
			_ = e.Close(t.Context())
		}
	}
}

func TestFromRegion(t *testing.T) {
	t.Parallel()
	people := []demo.Patient{
		{NHSNumber: "9000000009", FamilyName: "A", GivenName: "B", BirthDate: "1950-02-28", LocalIDs: map[string]string{"hospital": "H1"}},
		{LocalIDs: map[string]string{"gp": "G2"}}, {LocalIDs: map[string]string{"hospital": "H3"}}, {LocalIDs: map[string]string{"hospital": "H4"}},
	}
	got := epr.FromRegion(people, "hospital", 2)
	if len(got) != 2 || got[0] != (epr.Patient{ID: "H1", NHSNumber: "9000000009", FamilyName: "A", GivenName: "B", BirthDate: "1950-02-28"}) || got[1].ID != "H3" {
		t.Errorf("the patients are %+v", got)
	}
}
