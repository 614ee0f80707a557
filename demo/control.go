package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// trapPath counts those who followed a link they should not have followed.
const trapPath = "/trap"

// control is one system's control URL.
type control struct {
	system string
	gate   *gate
	// refuse says why a fault makes no sense on this kind of system, or "".
	refuse func(Fault) string
	// shut and open close and reopen the port, for the fault refused.
	shut, open func() error
	secured    bool // the port is behind TLS
	trap       http.Handler
}

// newControlMux serves the control URLs of all systems on one port:
// /{system}, /{system}/counts and the trap /{system}/trap/….
func newControlMux(controls []*control) http.Handler {
	mux := http.NewServeMux()
	for _, c := range controls {
		mux.HandleFunc("GET /"+c.system, c.get)
		mux.HandleFunc("PUT /"+c.system, c.put)
		mux.HandleFunc("DELETE /"+c.system, c.delete)
		mux.HandleFunc("GET /"+c.system+"/counts", c.get)
		mux.HandleFunc("DELETE /"+c.system+"/counts", c.deleteCounts)
		mux.HandleFunc("/"+c.system+trapPath+"/", c.sprung)
	}
	return mux
}

func (c *control) get(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(c.gate.tally(c.system))
}

func (c *control) put(w http.ResponseWriter, r *http.Request) {
	f, err := parseFault(http.MaxBytesReader(w, r.Body, 1<<16))
	if err != nil {
		controlError(w, http.StatusBadRequest, err.Error())
		return
	}
	why := c.refuse(f)
	if ofTLS(f.Name) && !c.secured {
		why = "there is no TLS before it"
	}
	if why != "" {
		controlError(w, http.StatusUnprocessableEntity, fmt.Sprintf("%s: %s", f.Name, why))
		return
	}
	if err := c.apply(f); err != nil {
		controlError(w, http.StatusInternalServerError, err.Error())
		return
	}
	c.get(w, r)
}

func (c *control) delete(w http.ResponseWriter, r *http.Request) {
	if err := c.apply(Fault{}); err != nil {
		controlError(w, http.StatusInternalServerError, err.Error())
		return
	}
	c.get(w, r)
}

func (c *control) deleteCounts(w http.ResponseWriter, r *http.Request) {
	c.gate.forget()
	c.get(w, r)
}

// apply sets the fault, and the port to what it asks.
func (c *control) apply(f Fault) error {
	if f.Name == faultRefused {
		c.gate.set(f)
		return c.shut()
	}
	var err error
	if handshake := ofTLS(c.gate.current()) || ofTLS(f.Name); handshake {
		err = c.shut() // what shook hands before must do so again
	}
	c.gate.set(f)
	return errors.Join(err, c.open())
}

func (c *control) sprung(w http.ResponseWriter, r *http.Request) {
	c.gate.hit(trapPath)
	c.trap.ServeHTTP(w, r)
}

// refusePartlyRefused is the one reason all kinds share.
func refusePartlyRefused(f Fault) string {
	if f.Name == faultRefused && (f.Share < 1 || len(f.Paths) > 0) {
		return "a closed port refuses everybody; leave out share and paths"
	}
	return ""
}

// refuseNamed refuses faults by name, with a reason each.
func refuseNamed(reasons map[string]string) func(Fault) string {
	return func(f Fault) string {
		if why, ok := reasons[f.Name]; ok {
			return why
		}
		return refusePartlyRefused(f)
	}
}

func controlError(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": strings.TrimSpace(text)})
}
