package mock

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// Ready is what Serve writes when every server answers.
type Ready struct {
	// Control is the address of the control server.
	Control string
	// Sources are the bases of the FHIR servers, in order.
	Sources []string
}

// State is what the control server tells.
type State struct {
	// Calls are the requests counted by "source type" since the last reset; Bytes what
	// was sent.
	Calls map[string]int64
	Bytes int64
	// Recorded are the requests since recording began.
	Recorded []Call
	// Complaints are questions that could not be answered truthfully.
	Complaints map[string]int
}

// Order sets the region: what is set is done.
type Order struct {
	// Wait is how long every answer takes.
	Wait *time.Duration
	// Reset forgets counts, complaints and recorded requests; Record begins or ends
	// recording.
	Reset, Record bool
}

// Serve runs a region of so many sources and of so many people of each population on
// loopback until in ends. It writes one Ready as JSON to out.
func Serve(sources, people int, in io.Reader, out io.Writer) error {
	region := newRegion(people)
	var ready Ready
	for i := range sources {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		base := "http://" + l.Addr().String() + "/R4"
		s := newSource(region, string(rune('a'+i)), base, sources)
		region.sources = append(region.sources, s)
		ready.Sources = append(ready.Sources, base)
		go func() { _ = http.Serve(l, s) }() // #nosec G114 -- loopback, for as long as a benchmark
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ready.Control = "http://" + l.Addr().String()
	go func() { _ = http.Serve(l, http.HandlerFunc(region.control)) }() // #nosec G114 -- as above
	text, err := json.Marshal(ready)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out, "%s\n", text); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, in)
	return err
}

// control takes an Order and answers with the State after it.
func (r *Region) control(w http.ResponseWriter, req *http.Request) {
	var order Order
	if err := json.NewDecoder(req.Body).Decode(&order); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if order.Wait != nil {
		r.wait.Store(int64(*order.Wait))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if order.Reset {
		r.recording, r.calls, r.complaints = order.Record, nil, map[string]int{}
		r.bytes.Store(0)
		for _, s := range r.sources {
			for _, n := range s.counts {
				n.Store(0)
			}
		}
	}
	state := State{Calls: map[string]int64{}, Bytes: r.bytes.Load(), Recorded: r.calls, Complaints: r.complaints}
	for _, s := range r.sources {
		for kind, n := range s.counts {
			if v := n.Load(); v > 0 {
				state.Calls[s.letter+" "+kind] = v
			}
		}
	}
	_ = json.NewEncoder(w).Encode(state)
}
