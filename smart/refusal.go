package smart

import (
	"encoding/json"
	"html/template"
	"net/http"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

// Refusal is why something is not done. It names neither a person nor what was sent.
type Refusal struct {
	// Code is one of OAuth 2.0's (RFC 6749 §4.1.2.1, §5.2) and OpenID Connect's.
	Code string
	// Description is a sentence for who has set the app or the EPR up.
	Description string
	// Status is for answers that are no redirect; 0 is 400.
	Status int
}

// Error is the description.
func (r *Refusal) Error() string { return r.Description }

func refusal(code, description string) *Refusal {
	return &Refusal{Code: code, Description: description}
}

func refusalWith(status int, code, description string) *Refusal {
	return &Refusal{Code: code, Description: description, Status: status}
}

// answerError answers {"error", "error_description"} (RFC 6749 §5.2).
func answerError(w http.ResponseWriter, said *Refusal) {
	status := said.Status
	if status == 0 {
		status = http.StatusBadRequest
	}
	answerJSON(w, status, map[string]string{"error": said.Code, "error_description": said.Description})
}

func answerJSON(w http.ResponseWriter, status int, body any) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Set("Pragma", "no-cache")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// FrameAncestors is the directive of a content security policy that lets a page stand in the
// frames of these origins only.
func FrameAncestors(origins []string) string {
	if len(origins) == 0 {
		return "frame-ancestors 'none'"
	}
	return "frame-ancestors " + strings.Join(origins, " ")
}

var errorHTML = template.Must(template.New("error").Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>The app cannot be opened</title></head>
<body><main><h1>The app cannot be opened</h1><p>{{.Description}}.</p><p>Nothing was sent to the app. Tell whoever looks after it this cause, and the request {{.Request}}.</p><p>Code: {{.Code}}</p></main></body></html>
`))

// errorPage is for what may be answered nowhere else: its words never repeat what was sent.
func (s *Server) errorPage(w http.ResponseWriter, r *http.Request, err error) {
	said := s.refused(r.Context(), "", err)
	status := said.Status
	if status == 0 {
		status = http.StatusBadRequest
	}
	if said.Code == "temporarily_unavailable" {
		status = http.StatusServiceUnavailable
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	// In the EPR's own frame the cause must be read too.
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; "+FrameAncestors(s.Frames()))
	w.WriteHeader(status)
	_ = errorHTML.Execute(w, struct{ Description, Code, Request string }{said.Description, said.Code, auth.CallerFrom(r.Context()).RequestID})
}
