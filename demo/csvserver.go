package demo

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"
)

// csvServer serves the files of the nightly extract as a read-only folder.
type csvServer struct {
	files map[string][]row
	body  map[string][]byte
	now   func() time.Time
}

func newCSVServer(files map[string][]row, now func() time.Time) *csvServer {
	s := &csvServer{files: files, body: map[string][]byte{}, now: now}
	for name := range csvColumns() {
		s.body[name] = renderCSV(name, files[name])
	}
	return s
}

// extracted is when the last extract was written: 02:00 on London's clocks.
func (s *csvServer) extracted() time.Time {
	now := london(s.now())
	night := time.Date(now.Year(), now.Month(), now.Day(), 2, 0, 0, 0, now.Location())
	if night.After(now) {
		night = night.AddDate(0, 0, -1)
	}
	return night
}

func (s *csvServer) serve(w http.ResponseWriter, r *http.Request, v visit) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	body, known := s.body[name]
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this folder is read-only", http.StatusMethodNotAllowed)
	case name == "":
		s.index(w, r)
	case !known:
		http.NotFound(w, r)
	default:
		w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
		if spoilt, ok := spoilRows(s.files[name], v.fault.Name); ok {
			body = renderCSV(name, spoilt)
		}
		http.ServeContent(w, r, "", s.extracted(), bytes.NewReader(body))
	}
}

// index lists the files, as web servers list folders.
func (s *csvServer) index(w http.ResponseWriter, r *http.Request) {
	var page bytes.Buffer
	page.WriteString("<!doctype html>\n<title>Index of /</title>\n<h1>Index of /</h1>\n<pre>\n")
	for _, name := range sortedKeys(s.body) {
		fmt.Fprintf(&page, "<a href=\"%s\">%s</a>  %s  %d\n", html.EscapeString(name), html.EscapeString(name),
			s.extracted().Format("02-Jan-2006 15:04"), len(s.body[name]))
	}
	page.WriteString("</pre>\n")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	http.ServeContent(w, r, "", s.extracted(), bytes.NewReader(page.Bytes()))
}

func (s *csvServer) unwell(w http.ResponseWriter, status int) {
	http.Error(w, http.StatusText(status), status)
}
