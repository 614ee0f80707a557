package epr_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/patchworkcare/patchwork/demo/epr"
)

// TestFaults: each fault shows to an app, and only while it is on.
func TestFaults(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	shows := map[string]func(*testing.T, *epr.EPR) bool{
		"html": func(t *testing.T, e *epr.EPR) bool {
			return strings.HasPrefix(get(t, e.FHIR+"/.well-known/smart-configuration").header.Get("Content-Type"), "text/html")
		},
		"huge":      func(t *testing.T, e *epr.EPR) bool { return len(get(t, e.URL+"/oauth2/jwks").text) > 60<<20 },
		"hang":      hangs,
		"token-500": func(t *testing.T, e *epr.EPR) bool { return tokens(t, e).status == http.StatusInternalServerError },
		"redirect-token": func(t *testing.T, e *epr.EPR) bool {
			return tokens(t, e).header.Get("Location") == e.Control+"/trap/token"
		},
		"foreign-endpoints": foreign,
		"authorize-iss":     func(t *testing.T, e *epr.EPR) bool { return returned(t, e, ask(t, e, public)).Get("iss") != e.Issuer },
		"authorize-state": func(t *testing.T, e *epr.EPR) bool {
			return returned(t, e, ask(t, e, public)).Get("state") != "a-state"
		},
		"no-patient":    func(t *testing.T, e *epr.EPR) bool { return tokens(t, e).json["patient"] == nil },
		"array-patient": func(t *testing.T, e *epr.EPR) bool { _, ok := tokens(t, e).json["patient"].([]any); return ok },
		"url-patient": func(t *testing.T, e *epr.EPR) bool {
			return tokens(t, e).json["patient"] == e.FHIR+"/Patient/"+bilal.ID
		},
		"no-nhs-number":    func(t *testing.T, e *epr.EPR) bool { return !strings.Contains(patientOf(t, e).text, "nhs-number") },
		"other-birth-date": func(t *testing.T, e *epr.EPR) bool { return patientOf(t, e).json["birthDate"] == "1972-01-01" },
		"other-patient":    func(t *testing.T, e *epr.EPR) bool { return patientOf(t, e).json["id"] != bilal.ID },
		"no-id-token":      func(t *testing.T, e *epr.EPR) bool { return tokens(t, e).json["id_token"] == nil },
		"id-token-none": func(t *testing.T, e *epr.EPR) bool {
			return strings.HasSuffix(tokens(t, e).json["id_token"].(string), ".")
		},
		"id-token-foreign-key": foreignKey,
		"id-token-wrong-aud":   idTokenSays("aud", "another-client"),
		"id-token-wrong-iss":   idTokenSays("iss", "https://another-issuer.example"),
		"id-token-nonce":       idTokenSays("nonce", "another-nonce"),
		"id-token-azp":         idTokenSays("azp", "another-client"),
		"expired": func(t *testing.T, e *epr.EPR) bool {
			exp, _ := idToken(t, e)["exp"].(float64)
			return time.Unix(int64(exp), 0).Before(time.Now())
		},
	}
	for _, fault := range epr.FaultNames() {
		show, ok := shows[fault]
		if !ok {
			t.Errorf("nothing shows the fault %s", fault)
			continue
		}
		if fault != "hang" && show(t, e) {
			t.Errorf("%s shows although it is off", fault)
		}
		if a := send(t, http.MethodPut, e.Control, `{"fault":"`+fault+`"}`); a.status != http.StatusOK || a.json["fault"] != fault {
			t.Errorf("the control answers %d %s", a.status, a.text)
		}
		if !show(t, e) {
			t.Errorf("%s does not show", fault)
		}
		send(t, http.MethodDelete, e.Control, "")
	}
}

// hangs: no answer while the fault is on, and the right one when it is healed.
func hangs(t *testing.T, e *epr.EPR) bool {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, e.FHIR+"/metadata", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = client.Do(req); !errors.Is(err, os.ErrDeadlineExceeded) && !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a request that hangs ends with %v", err)
	}
	healed := make(chan answer, 1)
	before := e.Count("/fhir/metadata")
	go func() { healed <- get(t, e.FHIR+"/metadata") }()
	for e.Count("/fhir/metadata") == before {
		continue
	}
	if err := e.Tell(""); err != nil {
		t.Error(err)
	}
	return (<-healed).status == http.StatusOK
}

// foreign: the endpoints are elsewhere, and whoever goes there is counted.
func foreign(t *testing.T, e *epr.EPR) bool {
	at, _ := get(t, e.FHIR+"/.well-known/smart-configuration").json["token_endpoint"].(string)
	before := e.Count("/trap")
	post(t, at, nil)
	return strings.HasPrefix(at, e.Control+"/trap/") && e.Count("/trap") == before+1
}

func patientOf(t *testing.T, e *epr.EPR) answer {
	t.Helper()
	return get(t, e.FHIR+"/Patient/"+bilal.ID, "Authorization", "Bearer "+tokens(t, e).json["access_token"].(string))
}

func idToken(t *testing.T, e *epr.EPR) map[string]any {
	t.Helper()
	return claims(t, []byte(get(t, e.URL+"/oauth2/jwks").text), tokens(t, e).json["id_token"])
}

func idTokenSays(name string, value any) func(*testing.T, *epr.EPR) bool {
	return func(t *testing.T, e *epr.EPR) bool { return idToken(t, e)[name] == value }
}

// foreignKey: no published key verifies the id_token, though one has the name.
func foreignKey(t *testing.T, e *epr.EPR) bool {
	signed, err := jose.ParseSignedCompact(tokens(t, e).json["id_token"].(string), []jose.SignatureAlgorithm{jose.RS256, jose.ES384})
	if err != nil {
		t.Fatal(err)
	}
	var set jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(get(t, e.URL+"/oauth2/jwks").text), &set); err != nil {
		t.Fatal(err)
	}
	_, err = signed.Verify(set.Key(signed.Signatures[0].Header.KeyID)[0])
	return err != nil
}

func TestControl(t *testing.T) {
	t.Parallel()
	e := start(t, nil)
	if e.Total() != 0 {
		t.Errorf("%d requests were counted before any", e.Total())
	}
	for _, body := range []string{`{"fault":"nonsense"}`, `{"fault":"html","more":1}`, `no`} {
		if a := send(t, http.MethodPut, e.Control, body); a.status != http.StatusBadRequest || a.json["error"] == "" {
			t.Errorf("%s gives %d %s", body, a.status, a.text)
		}
	}
	send(t, http.MethodPut, e.Control, `{"fault":"html","paths":["/fhir/Patient"]}`)
	if !strings.Contains(get(t, e.FHIR+"/Patient/any").text, "<!doctype") || get(t, e.URL+"/oauth2/jwks").json == nil {
		t.Error("a fault of one path does not keep to it")
	}
	told := get(t, e.Control)
	counts, _ := told.json["counts"].(map[string]any)
	if counts["/fhir/Patient"] != 1.0 || counts["/oauth2/jwks"] != 1.0 || told.json["total"] != 2.0 {
		t.Errorf("the control tells %s", told.text)
	}
	if a := send(t, http.MethodDelete, e.Control+"/counts", ""); a.json["total"] != 0.0 || a.json["fault"] != "html" {
		t.Errorf("forgetting the counts gives %s", a.text)
	}
}
