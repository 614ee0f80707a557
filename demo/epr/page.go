package epr

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

// page serves the page and what its buttons ask of the back end.
func (e *EPR) page(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", e.show)
	for _, name := range []string{"epr.css", "epr.js"} {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, pageFiles, "page/"+name) })
	}
	mux.HandleFunc("GET /jwks.json", func(w http.ResponseWriter, _ *http.Request) { sendJSON(w, http.StatusOK, e.keys.ClientJWKS()) })
	mux.Handle("GET /events", e.journal)
	mux.HandleFunc("POST /ways/mint", e.way(e.byMint))
	mux.HandleFunc("POST /ways/move", e.way(e.byMoving))
	mux.HandleFunc("POST /ways/leave", e.way(e.byLeaving))
	mux.HandleFunc("POST /ways/signed", e.way(e.bySignature))
	mux.HandleFunc("POST /ways/check", e.way(e.checkSignature))
	mux.HandleFunc("POST /ways/legacy", e.way(e.byNumber))
	mux.HandleFunc("POST /ways/smart", e.way(e.bySMART))
}

// row is a patient as the page shows them.
type row struct {
	ID, Name, NHSNumber, Born, Gender string
	Elsewhere                         bool
}

// show renders the page. The patient is chosen in the page, not in its address.
func (e *EPR) show(w http.ResponseWriter, _ *http.Request) {
	parsed, err := template.ParseFS(pageFiles, "page/epr.html")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	rows := make([]row, len(e.o.Patients))
	for i, p := range e.o.Patients {
		rows[i] = row{ID: p.ID, Name: p.shownName(), NHSNumber: p.shownNumber(), Born: p.shownBirth(e.o.Now()), Gender: p.Gender, Elsewhere: p.Elsewhere}
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, map[string]any{"Name": e.o.Name, "Clinicians": e.o.Clinicians, "Patients": rows, "Apps": e.o.Apps}); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = out.WriteTo(w) // the reader may go
}

func (p Patient) shownName() string {
	name := strings.ToUpper(p.FamilyName) + ", " + p.GivenName
	if p.Title != "" {
		name += " (" + p.Title + ")"
	}
	return name
}

func (p Patient) shownNumber() string {
	if len(p.NHSNumber) != 10 {
		return "Not known"
	}
	return p.NHSNumber[:3] + " " + p.NHSNumber[3:6] + " " + p.NHSNumber[6:]
}

func (p Patient) shownBirth(now time.Time) string {
	day, err := time.Parse(time.DateOnly, p.BirthDate)
	if err != nil {
		return "Not known"
	}
	age := now.Year() - day.Year()
	if now.Month() < day.Month() || now.Month() == day.Month() && now.Day() < day.Day() {
		age--
	}
	return fmt.Sprintf("%s (%dy)", day.Format("02-Jan-2006"), age)
}
