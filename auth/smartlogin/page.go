package smartlogin

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"strings"
)

//go:embed problem.html
var problemText string

//go:embed question.html
var questionText string

//go:embed page.css
var styleText []byte

var (
	problemPage  = template.Must(template.New("problem").Parse(problemText))
	questionPage = template.Must(template.New("question").Parse(questionText))
)

// guard sets what every answer has: nothing from elsewhere, nothing inline, no script, and in
// nobody's frame but those of the origins given.
func guard(w http.ResponseWriter, frames []string, referrer string) {
	ancestors := "'none'"
	if len(frames) > 0 {
		ancestors = strings.Join(frames, " ")
	}
	header := w.Header()
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "+ancestors)
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", referrer)
	header.Set("X-Content-Type-Options", "nosniff")
}

func write(w http.ResponseWriter, status int, page *template.Template, data map[string]string) {
	var text bytes.Buffer
	if err := page.Execute(&text, data); err != nil {
		http.Error(w, "The page cannot be shown", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(text.Bytes())
}

func style(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "max-age=3600")
	_, _ = w.Write(styleText)
}
