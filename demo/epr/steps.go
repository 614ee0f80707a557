package epr

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Step is one step of a launch and how it went, for the engineer who looks at the page.
// It says nothing of the patient. A step that failed is an error.
type Step struct {
	Name string `json:"name"`
	// Status is that of HTTP; 0 if there was no answer.
	Status int `json:"status"`
	// Code and Description are the cause, as OAuth names it; "" if all is well.
	Code        string `json:"error,omitempty"`
	Description string `json:"error_description,omitempty"`
}

// Error says the step and its cause.
func (s Step) Error() string {
	return strings.TrimRight(fmt.Sprintf("%s: %d %s: %s", s.Name, s.Status, s.Code, s.Description), ": ")
}

// journal keeps what the EPR did as a SMART server, and tells the open pages, which
// cannot see into the frame.
type journal struct {
	mu    sync.Mutex
	steps []Step
	pages map[chan Step]bool
	over  chan struct{}
}

func newJournal() *journal {
	return &journal{pages: map[chan Step]bool{}, over: make(chan struct{})}
}

// add writes a step down. A page that does not keep up misses it.
func (j *journal) add(s Step) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.steps = append(j.steps, s)
	for page := range j.pages {
		select {
		case page <- s:
		default:
		}
	}
}

func (j *journal) all() []Step {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.steps)
}

func (j *journal) forget() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.steps = nil
}

func (j *journal) follow() (page chan Step, leave func()) {
	page = make(chan Step, 64)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.pages[page] = true
	return page, func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		delete(j.pages, page)
	}
}

// ServeHTTP sends new steps as server-sent events until the page goes.
func (j *journal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page, leave := j.follow()
	defer leave()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	fmt.Fprint(w, ": here\n\n")
	_ = out.Flush()
	for {
		select {
		case s := <-page:
			text, _ := json.Marshal(s) // strings and a number
			fmt.Fprintf(w, "data: %s\n\n", text)
			_ = out.Flush()
		case <-r.Context().Done():
			return
		case <-j.over:
			return
		}
	}
}
