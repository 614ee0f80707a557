package fhirr4_test

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// A server that is slow and takes three questions at a time is asked first for what is first
// in reading order: who, and what is dangerous. What comes a round later is never the allergies.
func TestWhatMattersMostIsAskedFirst(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	var mu sync.Mutex
	var came []string
	full := make(chan struct{})
	s.behave(func(_ http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		came = append(came, r.URL.Path)
		if len(came) == 3 {
			close(full)
		}
		mu.Unlock()
		<-full
		return false
	})
	sys, err := sources.Open(t.Context(), &fhirr4.Config{URL: s.URL}, sources.Settings{Origin: record.Origin{ID: "hospital"},
		Timeout: 10 * time.Second, Concurrency: 3}, sources.Env{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sys.Close() })
	var keys []sources.Key
	for _, h := range record.Headings() {
		keys = append(keys, sources.Key{Section: h.Section, LocalID: "p1"})
	}
	for _, read := range sys.Begin(keys) {
		<-read.Done()
	}
	first := slices.Clone(came[:3])
	slices.Sort(first)
	if want := []string{"/AllergyIntolerance", "/Flag", "/Patient"}; !slices.Equal(first, want) {
		t.Errorf("first came %v, want %v", first, want)
	}
}
