package smartlogin

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
)

const fuzzIss = "https://epr.example/fhir"

// FuzzAnswer: whatever a token endpoint and a Patient say, what comes of it is an id, a number
// and a day that are well-formed, or a refusal that quotes nothing of it.
func FuzzAnswer(f *testing.F) {
	f.Add("patient", `{"patient":"a1","encounter":"e","intent":"x","need_patient_banner":true}`, `{"identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9434765919"}],"birthDate":"1956-03-12"}`)
	f.Add("authorization_details[type=smart_on_fhir].patient", `{"authorization_details":[{"type":"smart_on_fhir","patient":"a1","locations":["`+fuzzIss+`/"]}]}`, `{"link":[{"type":"replaced-by"}]}`)
	f.Add("a[0].b", `{"a":[{"b":["MARKER"]}]}`, `{"identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"MARKER","period":{"end":"MARKER"}}],"birthDate":"MARKER","name":[{"family":3}]}`)
	f.Fuzz(func(t *testing.T, way, answer, patient string) {
		to, err := parseTrail(way)
		if err != nil {
			return
		}
		e := &EPR{Config: (&Config{Iss: fuzzIss, Patient: way}).withDefaults(), patient: to}
		var rest, p map[string]any
		if json.Unmarshal([]byte(answer), &rest) != nil || json.Unmarshal([]byte(patient), &p) != nil {
			return
		}
		id, err := e.patientID(rest)
		judge(t, err, way)
		if (err == nil) != goodID(id) {
			t.Errorf("%q %v", id, err)
		}
		var l Launched
		judge(t, more(rest, &l), way)
		n, err := e.nhsNumber(p, time.Unix(1767000000, 0))
		judge(t, err, way)
		if again, bad := record.ParseNHSNumber(string(n)); err == nil && (bad != nil || again != n) {
			t.Errorf("%q", n)
		}
		d, err := birthDate(p)
		judge(t, err, way)
		if _, ok := d.Time(); err == nil && (!ok || len(d) != 10) {
			t.Errorf("%q", d)
		}
		replaced(p)
		familyName(p)
		u, err := e.user(rest)
		judge(t, err, way)
		if err == nil && !goodID(u.id) {
			t.Errorf("%+v", u)
		}
	})
}

// judge: a refusal of ours, which quotes nothing but the stanza.
func judge(t *testing.T, err error, stanza string) {
	t.Helper()
	var refusal *Refusal
	if err != nil && (!errors.As(err, &refusal) || pages[refusal.Code].status == 0 || strings.Contains(strings.ReplaceAll(refusal.Cause, stanza, ""), "MARKER")) {
		t.Errorf("%v", err)
	}
}

// TestEveryCodeHasAPage, and every refusal of other rooms a code.
func TestEveryCodeHasAPage(t *testing.T) {
	t.Parallel()
	for _, code := range codeOf {
		if pages[code].title == "" {
			t.Errorf("%s has no page", code)
		}
	}
	for code, p := range pages {
		if p.status < 400 || p.title == "" || p.advice == "" || strings.HasSuffix(p.title, ".") {
			t.Errorf("%s: %+v", code, p)
		}
	}
	if len(pages) != 23 {
		t.Errorf("%d pages", len(pages))
	}
}
