package epr

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// trapPath counts those who went where no app should follow.
const trapPath = "/trap"

// Tell sets a fault, for the given paths or for all that it is about; "" heals.
func (e *EPR) Tell(fault string, paths ...string) error {
	if fault != "" && !slices.Contains(FaultNames(), fault) {
		return fmt.Errorf("no such fault %q; allowed: %s", fault, strings.Join(FaultNames(), ", "))
	}
	e.gate.set(fault, paths)
	return nil
}

// Count is how often a path was asked since the start, or since the counts were last
// deleted. The id of a patient or practitioner is left out of the path.
func (e *EPR) Count(path string) int { return e.gate.tally(nil).Counts[path] }

// Total is how often anything was asked.
func (e *EPR) Total() int { return e.gate.tally(nil).Total }

func (e *EPR) controlHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", e.controlGet)
	mux.HandleFunc("PUT /{$}", e.controlPut)
	mux.HandleFunc("DELETE /{$}", func(w http.ResponseWriter, r *http.Request) {
		e.gate.set("", nil)
		e.controlGet(w, r)
	})
	mux.HandleFunc("DELETE /counts", func(w http.ResponseWriter, r *http.Request) {
		e.gate.forget()
		e.journal.forget()
		e.controlGet(w, r)
	})
	mux.HandleFunc(trapPath+"/", e.trap)
	return mux
}

func (e *EPR) controlGet(w http.ResponseWriter, _ *http.Request) {
	sendJSON(w, http.StatusOK, e.gate.tally(e.journal.all()))
}

// controlPut reads {"fault", "paths"}. Its errors name what is allowed.
func (e *EPR) controlPut(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Fault string   `json:"fault"`
		Paths []string `json:"paths"`
	}
	d := json.NewDecoder(io.LimitReader(r.Body, 1<<16))
	d.DisallowUnknownFields()
	err := d.Decode(&in)
	if err == nil {
		err = e.Tell(in.Fault, in.Paths...)
	}
	if err != nil {
		sendJSON(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
		return
	}
	e.controlGet(w, r)
}

// trap answers as the real addresses would, so that a client that went astray goes on.
func (e *EPR) trap(w http.ResponseWriter, r *http.Request) {
	e.gate.hit(trapPath)
	switch strings.TrimPrefix(r.URL.Path, trapPath) {
	case "/authorize":
		e.authorize(w, r)
	case "/token":
		e.token(w, r)
	case "/jwks":
		e.jwks(w, r)
	default:
		http.NotFound(w, r)
	}
}

// sendJSON sends what no cache may keep.
func sendJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Pragma", "no-cache")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
