package fhir

import (
	"bytes"
	"encoding/json"
	"net/http"
)

// reply writes a resource in the format that the client wants.
func (s *Server) reply(w http.ResponseWriter, r *http.Request, status int, resource object) {
	kind := formatOf(r)
	body, err := encoded(kind, resource)
	if err != nil { // the tables lack an element: a part of the answer would be lost
		s.Log.Error("a resource cannot be written", "format", kind, "error", err)
		kind, status = jsonFormat, http.StatusInternalServerError
		body, _ = encoded(kind, outcome("exception", "Something went wrong here"))
	}
	send(w, r, status, kind, body)
}

func send(w http.ResponseWriter, r *http.Request, status int, kind format, body []byte) {
	h := w.Header()
	if kind == "" {
		kind = jsonFormat
	}
	h.Set("Content-Type", string(kind)+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

func encoded(kind format, resource object) ([]byte, error) {
	switch kind {
	case xmlFormat:
		return asXML(resource)
	case htmlFormat:
		return outcomePage(resource), nil
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(resource)
	return b.Bytes(), err
}

// outcome says one thing; text holds no personal data.
func outcome(code, text string) object {
	return object{"resourceType": "OperationOutcome", "issue": []object{{"severity": "error", "code": code, "diagnostics": text}}}
}
