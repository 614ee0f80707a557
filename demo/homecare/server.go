package homecare

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Base is the path under which the API answers.
const Base = "/v1"

// Options say who may ask.
type Options struct {
	// Key is what must stand in X-Api-Key; "" lets everybody ask.
	Key string
	// Elsewhere is where the fault next-foreign leads.
	Elsewhere string
}

// Server is the system.
type Server struct {
	Options
	clients   []*Client
	caseloads []Caseload
}

// New makes a system.
func New(clients []Client, caseloads []Caseload, o Options) *Server {
	s := &Server{Options: o, caseloads: caseloads}
	for i := range clients {
		s.clients = append(s.clients, &clients[i])
	}
	return s
}

// object is a JSON object.
type object = map[string]any

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.Serve(w, r, "") }

// Serve answers with a fault of the format, one of "wrong-patient", "mixed-patients",
// "duplicates", "endless-paging", "next-loop", "next-foreign" and "outcome-in-200"; "" is
// none.
func (s *Server) Serve(w http.ResponseWriter, r *http.Request, fault string) {
	path := strings.TrimPrefix(r.URL.Path, Base)
	if path == "/health" && r.Method == http.MethodGet {
		write(w, http.StatusOK, object{"status": "up"})
		return
	}
	if s.Key != "" && r.Header.Get("X-Api-Key") != s.Key {
		s.Unwell(w, http.StatusUnauthorized)
		return
	}
	if fault == "outcome-in-200" {
		write(w, http.StatusOK, object{"error": "upstream_unavailable"})
		return
	}
	q := question{s, r, fault}
	switch {
	case r.Method == http.MethodPost:
		q.search(w, path)
	case r.Method != http.MethodGet:
		s.Unwell(w, http.StatusMethodNotAllowed)
	case path == "/caseloads" || strings.HasPrefix(path, "/caseloads/"):
		q.caseload(w, strings.TrimPrefix(strings.TrimPrefix(path, "/caseloads"), "/"))
	case strings.HasPrefix(path, "/letters/"):
		q.letter(w, strings.TrimPrefix(path, "/letters/"))
	case strings.HasPrefix(path, "/clients/"):
		q.client(w, strings.Split(path, "/"))
	default:
		s.Unwell(w, http.StatusNotFound)
	}
}

// Unwell writes an error status as the system words it.
func (s *Server) Unwell(w http.ResponseWriter, status int) {
	write(w, status, object{"error": strings.ToLower(strings.ReplaceAll(http.StatusText(status), " ", "_"))})
}

func write(w http.ResponseWriter, status int, body object) {
	text, _ := json.Marshal(body) // strings, numbers and lists of them
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(bytes.TrimSpace(text))
}

// question is one request, with the fault its answer has.
type question struct {
	*Server
	r     *http.Request
	fault string
}

// find are the clients that fit, and as the fault has it others in their place or too.
func (q question) find(fits func(*Client) bool) (all []*Client) {
	for i, c := range q.clients {
		if !fits(c) {
			continue
		}
		other := q.clients[(i+1)%len(q.clients)]
		switch q.fault {
		case "wrong-patient":
			all = append(all, other)
		case "mixed-patients":
			all = append(all, c, other)
		case "duplicates":
			all = append(all, c, c)
		default:
			all = append(all, c)
		}
	}
	return all
}

func (q question) client(w http.ResponseWriter, path []string) {
	if len(path) != 4 {
		q.Unwell(w, http.StatusNotFound)
		return
	}
	found := q.find(func(c *Client) bool { return strconv.Itoa(c.ID) == path[2] })
	if len(found) == 0 {
		write(w, http.StatusNotFound, object{"error": "client_not_found"})
		return
	}
	c := found[0]
	body := object{"clientId": c.ID}
	switch path[3] {
	case "team":
		body["team"] = each(c.Team, Member.json)
	case "contacts":
		q.contacts(body, c)
	case "risks":
		offset, limit := q.number("offset", 0), q.number("limit", 50)
		body["risks"], body["total"] = each(cut(c.Risks, offset, limit), Risk.json), len(c.Risks)
	case "letters":
		body["letters"] = each(c.Letters, Letter.json)
	default:
		q.Unwell(w, http.StatusNotFound)
		return
	}
	write(w, http.StatusOK, body)
}

func (q question) number(name string, otherwise int) int {
	if n, err := strconv.Atoi(q.r.URL.Query().Get(name)); err == nil && n >= 0 {
		return n
	}
	return otherwise
}

// contactsPage is how many contacts a page holds.
const contactsPage = 2

func (q question) contacts(body object, c *Client) {
	after := q.number("after", 0)
	body["contacts"], body["next"] = each(cut(c.Contacts, after, contactsPage), Contact.json), nil
	link := func(after int) string { return q.r.URL.Path + "?after=" + strconv.Itoa(after) }
	switch {
	case q.fault == "next-foreign":
		body["next"] = q.Elsewhere + link(after+contactsPage)
	case q.fault == "next-loop":
		body["next"] = link(after)
	case q.fault == "endless-paging", after+contactsPage < len(c.Contacts):
		body["next"] = link(after + contactsPage)
	}
}

func (q question) letter(w http.ResponseWriter, id string) {
	for i, c := range q.clients {
		for _, l := range c.Letters {
			if l.ID != id {
				continue
			}
			if q.fault == "wrong-patient" {
				c = q.clients[(i+1)%len(q.clients)]
			}
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.Header().Set("X-Client-Id", strconv.Itoa(c.ID))
			_, _ = w.Write([]byte(l.Text))
			return
		}
	}
	q.Unwell(w, http.StatusNotFound)
}

func (q question) caseload(w http.ResponseWriter, worker string) {
	if worker == "" {
		write(w, http.StatusOK, object{"caseloads": each(q.caseloads, func(c Caseload) object { return object{"worker": c.Worker, "name": c.Name} })})
		return
	}
	for _, c := range q.caseloads {
		if c.Worker == worker {
			on := q.find(func(x *Client) bool { return slices.Contains(c.Clients, x.ID) })
			write(w, http.StatusOK, object{"worker": worker, "clients": each(on, func(c *Client) object { return object{"clientId": c.ID, "nhsNumber": c.NHS} })})
			return
		}
	}
	write(w, http.StatusNotFound, object{"error": "caseload_not_found"})
}

// each writes a list; an empty one is [], never null.
func each[T any](all []T, write func(T) object) []object {
	out := []object{}
	for _, x := range all {
		out = append(out, write(x))
	}
	return out
}

// cut is a page of a list.
func cut[T any](all []T, from, most int) []T {
	from = min(from, len(all))
	return all[from:min(from+most, len(all))]
}
