package demo

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
)

// batch performs a batch Bundle of GETs.
func (s *fhirServer) batch(r *http.Request, v visit) ([]byte, *fhirError) {
	if r.Method != http.MethodPost {
		return nil, failure(http.StatusNotFound, "not-supported", "the base takes POST of a batch only")
	}
	if !strings.Contains(r.Header.Get("Content-Type"), "json") {
		return nil, failure(http.StatusUnsupportedMediaType, "not-supported", "only application/fhir+json is understood")
	}
	var in struct {
		ResourceType string `json:"resourceType"`
		Type         string `json:"type"`
		Entry        []struct {
			Request struct{ Method, URL string } `json:"request"`
		} `json:"entry"`
	}
	body, _ := io.ReadAll(r.Body)
	if err := json.Unmarshal(body, &in); err != nil || in.ResourceType != "Bundle" {
		return nil, failure(http.StatusBadRequest, "structure", "the body is not a Bundle")
	}
	if in.Type != "batch" {
		return nil, failure(http.StatusBadRequest, "not-supported", "only Bundles of type batch are performed")
	}
	entries := make([]json.RawMessage, len(in.Entry))
	for i, e := range in.Entry {
		entries[i] = s.batchEntry(r, e.Request.Method, e.Request.URL, v)
	}
	out, err := renderJSON(object{"resourceType": "Bundle", "type": "batch-response", "entry": entries})
	if err != nil {
		return nil, failure(http.StatusInternalServerError, "exception", "cannot render the answer")
	}
	return out, nil
}

// batchEntry performs one entry. A fault of the whole request that spoils what
// is said is met by every entry; one limited to a path by entries of that path.
func (s *fhirServer) batchEntry(r *http.Request, method, address string, v visit) json.RawMessage {
	target, err := url.Parse(address)
	if method != http.MethodGet || err != nil || target.IsAbs() {
		body := outcome("error", "not-supported", "only relative GETs are performed in a batch")
		return batchResponse(http.StatusMethodNotAllowed, body)
	}
	inner := httptest.NewRequestWithContext(r.Context(), http.MethodGet, "/"+strings.TrimPrefix(target.String(), "/"), nil)
	inner.Host, inner.Header = r.Host, http.Header{"Prefer": r.Header.Values("Prefer")}
	if inner.URL.Path == "/" {
		return batchResponse(http.StatusBadRequest, outcome("error", "not-supported", "a batch holds no batches"))
	}
	if v.fault.Name == "" {
		v = v.gate.peek(fhirPath(inner))
		v.wait(r.Context(), v.fault.Delay)
	}
	rec := httptest.NewRecorder()
	if status := statusOf(v.fault.Name); status != 0 {
		s.unwell(rec, status)
	} else {
		s.serve(rec, inner, v)
	}
	return batchResponse(rec.Code, rec.Body.Bytes())
}

func batchResponse(status int, body []byte) json.RawMessage {
	entry := object{"response": object{"status": statusText(status)}}
	if status < 300 {
		entry["resource"] = json.RawMessage(body)
	} else {
		entry["response"] = object{"status": statusText(status), "outcome": json.RawMessage(body)}
	}
	out, _ := renderJSON(entry)
	return out
}

// statusOf is the HTTP status a fault answers with, or 0.
func statusOf(fault string) int {
	return map[string]int{fault500: 500, fault401: 401, fault503: 503, fault429: 429, faultFlapping: 503}[fault]
}
