package cast

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// TestWho: a patient is found by one number and one birth date, or not at all.
func TestWho(t *testing.T) {
	t.Parallel()
	const nhs = `{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9435000010"}`
	for what, x := range map[string]struct{ patient, number, birthDate string }{
		"both":                      {`{"resourceType":"Patient","identifier":[` + nhs + `],"birthDate":"1948-03-12"}`, "9435000010", "1948-03-12"},
		"the number twice":          {`{"resourceType":"Patient","identifier":[` + nhs + `,` + nhs + `],"birthDate":"1948-03-12"}`, "9435000010", "1948-03-12"},
		"two numbers":               {`{"resourceType":"Patient","identifier":[` + nhs + `,{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9435000029"}],"birthDate":"1948-03-12"}`, "", ""},
		"a local number":            {`{"resourceType":"Patient","identifier":[{"system":"https://hospital.example","value":"9435000010"}],"birthDate":"1948-03-12"}`, "", "1948-03-12"},
		"no birth date":             {`{"resourceType":"Patient","identifier":[` + nhs + `]}`, "9435000010", ""},
		"a system almost the same":  {`{"resourceType":"Patient","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number/","value":"9435000010"}]}`, "", ""},
		"an identifier of no value": {`{"resourceType":"Patient","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number"}]}`, "", ""},
	} {
		n, err := readNotice([]byte(`{"timestamp":"2026-03-02T12:00:00","id":"1","event":{"hub.topic":"t","hub.event":"PATIENT-open","context":[{"key":"patient","resource":`+x.patient+`}]}}`), noon)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if number, birthDate := n.who(); number != x.number || birthDate != x.birthDate || n.Event.Name != patientOpen || n.Timestamp != "2026-03-02T12:00:00Z" {
			t.Errorf("%s: %q %q of %+v", what, number, birthDate, n)
		}
	}
}

// TestNothingOfASyncErrorButWhatItIsAbout: free text might name a patient.
func TestNothingOfASyncErrorButWhatItIsAbout(t *testing.T) {
	t.Parallel()
	n, err := readNotice([]byte(`{"timestamp":"2026-03-02T12:00:00.5Z","id":"1","event":{"hub.topic":"t","hub.event":"syncerror","context":[{"key":"operationoutcome","resource":{
		"resourceType":"OperationOutcome","text":{"div":"Everard"},"issue":[{"severity":"warning","code":"processing","diagnostics":"Everard was not found","details":{"text":"Everard","coding":[
		{"system":"https://fhircast.hl7.org/events/syncerror/eventid","code":"e-7"},{"system":"https://fhircast.hl7.org/events/syncerror/eventname","code":"Everard"},{"system":"https://x.example","code":"Everard"}]}}]}}]}}`), noon)
	if err != nil {
		t.Fatal(err)
	}
	n.by("the app")
	text, err := json.Marshal(n)
	if err != nil || strings.Contains(string(text), "Everard") || !strings.Contains(string(text), "e-7") || !strings.Contains(string(text), "the app") {
		t.Errorf("%s %v", text, err)
	}
}

func FuzzReadNotice(f *testing.F) {
	f.Add([]byte(`{"timestamp":"2026-03-02T12:00:00Z","id":"1","event":{"hub.topic":"t","hub.event":"Patient-close","context":[{"key":"patient","resource":{"resourceType":"Patient"}}]}}`))
	f.Add([]byte(`{"timestamp":"2026-03-02T12:00:00Z","id":"1","event":{"hub.topic":"t","hub.event":"UserLogout","context":null}}`))
	f.Add([]byte(`{"event":{"hub.event":"SyncError","context":[{"key":"operationoutcome","resource":{"resourceType":"OperationOutcome","issue":[{}]}}]},"id":"x","timestamp":"2026-03-02T12:00:00"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		n, err := readNotice(text, noon)
		if err != nil {
			if len(err.Error()) > 200 {
				t.Errorf("the error repeats what was sent: %v", err)
			}
			return
		}
		n.who()
		again, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readNotice(again, noon); err != nil {
			t.Errorf("what is passed on cannot be read: %v: %s", err, again)
		}
	})
}
