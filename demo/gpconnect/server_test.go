package gpconnect_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo/gpconnect"
)

type object = map[string]any

var now = time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)

func server() *gpconnect.Server {
	record := gpconnect.Record{Number: "9990000018", ID: "p1", Family: "Ashworth", Born: "1956-03-12", Practice: gpconnect.Organisation{ODS: "Z99081"},
		Clinician: gpconnect.Clinician{ID: "g1"}, Confidential: []string{"problems"}, Transit: "15-Oct-2025",
		Allergies: []gpconnect.Allergy{{Code: gpconnect.Concept{Code: "91936005", Display: "Allergy to penicillin"}}, {Code: gpconnect.Concept{Code: "91935009"}, Ended: "2016-11-01"}}}
	objects := gpconnect.Record{Number: "9990000026", ID: "p2", Dissent: true}
	return gpconnect.New([]gpconnect.Record{record, objects}, gpconnect.Options{ASID: "1", Now: func() time.Time { return now }})
}

func claims() object {
	return object{"iss": "https://x", "sub": "u", "aud": "http://gp" + gpconnect.Base, "iat": now.Unix(), "exp": now.Unix() + 300, "reason_for_request": "directcare",
		"requested_scope": "patient/*.read", "requesting_device": object{"resourceType": "Device"}, "requesting_organization": object{"resourceType": "Organization"},
		"requesting_practitioner": object{"resourceType": "Practitioner", "id": "u"}}
}

func token(alg string, c object) string {
	encode := func(o object) string {
		text, _ := json.Marshal(o)
		return base64.RawURLEncoding.EncodeToString(text)
	}
	return "Bearer " + encode(object{"alg": alg, "typ": "JWT"}) + "." + encode(c) + "."
}

func ask(number, areas string, change func(*http.Request)) *httptest.ResponseRecorder {
	body := fmt.Sprintf(`{"resourceType":"Parameters","parameter":[{"name":"patientNHSNumber","valueIdentifier":{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"%s"}}%s]}`, number, areas)
	r := httptest.NewRequest(http.MethodPost, gpconnect.Base+"/Patient/$gpc.getstructuredrecord", strings.NewReader(body))
	for name, value := range map[string]string{"Ssp-TraceID": "t", "Ssp-From": "2", "Ssp-To": "1", "Ssp-InteractionID": "urn:nhs:names:services:gpconnect:fhir:operation:gpc.getstructuredrecord-1",
		"Authorization": token("none", claims())} {
		r.Header.Set(name, value)
	}
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	server().ServeHTTP(w, r)
	return w
}

// TestWhoMayAsk: the headers and the token must be those of the standard.
func TestWhoMayAsk(t *testing.T) {
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	with := func(name string, value any) func(*http.Request) {
		return func(r *http.Request) {
			c := claims()
			c[name] = value
			r.Header.Set("Authorization", token("none", c))
		}
	}
	for what, c := range map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"as it should be":     {nil, 200},
		"no trace":            {header("Ssp-TraceID", ""), 400},
		"for another system":  {header("Ssp-To", "9"), 400},
		"another interaction": {header("Ssp-InteractionID", "urn:x"), 400},
		"no token":            {header("Authorization", ""), 400},
		"a signed token":      {header("Authorization", token("RS256", claims())+"c2ln"), 400},
		"an old token":        {with("iat", now.Unix()-900), 400},
		"six minutes":         {with("exp", now.Unix()+360), 400},
		"another reason":      {with("reason_for_request", "secondaryuses"), 400},
		"nobody asks":         {with("sub", ""), 400},
		"for another address": {with("aud", "https://elsewhere"), 400},
		"no practitioner":     {with("requesting_practitioner", object{}), 400},
	} {
		if got := ask("9990000018", "", c.change); got.Code != c.want {
			t.Errorf("%s: %d %s", what, got.Code, got.Body)
		}
	}
}

// TestAnswers: what is asked for comes with its list, and nothing else does.
func TestAnswers(t *testing.T) {
	const allergies = `,{"name":"includeAllergies","part":[{"name":"includeResolvedAllergies","valueBoolean":true}]}`
	for what, c := range map[string]struct {
		number, areas string
		status        int
		has, hasNot   string
	}{
		"nothing but the person": {"9990000018", "", 200, `"Ashworth"`, `"List"`},
		"allergies":              {"9990000018", allergies, 200, `"1103671000000101"`, `"717711000000103"`},
		"ended ones within":      {"9990000018", allergies, 200, `"contained":[{`, `"confidential-items"`},
		"on their way":           {"9990000018", allergies, 200, `"data-in-transit"`, ``},
		"problems held back":     {"9990000018", `,{"name":"includeProblems"}`, 200, `"confidential-items"`, `"AllergyIntolerance"`},
		"a part left out":        {"9990000018", `,{"name":"includeAllergies"}`, 422, "INVALID_PARAMETER", ""},
		"twice":                  {"9990000018", `,{"name":"includeProblems"},{"name":"includeProblems"}`, 422, "INVALID_PARAMETER", ""},
		"not known":              {"9990000018", `,{"name":"includeWeather"}`, 200, "NOT_IMPLEMENTED", ""},
		"who objects":            {"9990000026", "", 403, "NO_PATIENT_CONSENT", ""},
		"nobody":                 {"9990000034", "", 404, "PATIENT_NOT_FOUND", ""},
		"no such number":         {"9990000011", "", 400, "INVALID_NHS_NUMBER", ""},
	} {
		got := ask(c.number, c.areas, nil)
		if got.Code != c.status || !strings.Contains(got.Body.String(), c.has) || c.hasNot != "" && strings.Contains(got.Body.String(), c.hasNot) {
			t.Errorf("%s: %d %s", what, got.Code, got.Body)
		}
	}
}
