package fhirr4_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
)

// typedOnly knows people only as Patient/1, and answers patient=1 with nothing, as
// Medplum's MemoryRepository does.
func (s *server) typedOnly(w http.ResponseWriter, r *http.Request) bool {
	if q := r.Form; q.Has("patient") {
		var ids []string
		for v := range strings.SplitSeq(q.Get("patient"), ",") {
			if id, ok := strings.CutPrefix(v, "Patient/"); ok {
				ids = append(ids, id)
			}
		}
		if len(ids) == 0 {
			ids = []string{"nobody-at-all"}
		}
		r.Form.Set("patient", strings.Join(ids, ","))
	}
	reply(w, s.search(r.URL.Path, r.Form))
	return true
}

// bareOnly refuses Patient/1.
func bareOnly(w http.ResponseWriter, r *http.Request) bool {
	if strings.Contains(r.Form.Get("patient"), "/") {
		w.WriteHeader(http.StatusBadRequest)
		return true
	}
	return false
}

func everything(s sources.Source, id string) (keys []sources.Key) {
	for _, section := range s.Offers() {
		keys = append(keys, sources.Key{Section: section, LocalID: id})
	}
	return keys
}

// TestTypedReferences: a server that wants Patient/1 in searches is not taken for one
// that holds nothing (hazard H-02), and is asked twice only until that is known.
func TestTypedReferences(t *testing.T) {
	t.Parallel()
	server := newServer(t, two()...)
	server.behave(server.typedOnly)
	s := open(t, &fhirr4.Config{URL: server.URL})
	for _, want := range []int{18 + 17, 18} { // Patient is asked for by _id
		before := len(server.seen())
		for k, r := range fetch(t, s, everything(s, "p1")...) {
			if r.Err != nil || len(r.Entries) == 0 {
				t.Errorf("%s: %d entries, %v", k.Section.Name(), len(r.Entries), r.Err)
			}
		}
		if n := len(server.seen()) - before; n != want {
			t.Errorf("a record took %d calls instead of %d", n, want)
		}
	}
}

// TestBareReferences: where only patient=1 is known and Patient/1 is refused, somebody
// without records has none; once the server has answered with something, nobody is
// asked about twice.
func TestBareReferences(t *testing.T) {
	t.Parallel()
	server := newServer(t, two()...)
	server.behave(bareOnly)
	s := open(t, &fhirr4.Config{URL: server.URL})
	for i, id := range []string{"p3", "p1", "p3"} {
		before := len(server.seen())
		for k, r := range fetch(t, s, everything(s, id)...) {
			if r.Err != nil || len(r.Gaps) > 0 || (len(r.Entries) > 0) != (id == "p1") {
				t.Errorf("%s of %s: %d entries, %v", k.Section.Name(), id, len(r.Entries), r.Err)
			}
		}
		if n := len(server.seen()) - before; n != []int{35, 18, 18}[i] {
			t.Errorf("the record of %s took %d calls", id, n)
		}
	}
}

// TestHeldAnswers: an empty section is answered as soon as another one holds
// something, even if a third never answers.
func TestHeldAnswers(t *testing.T) {
	t.Parallel()
	server := newServer(t, entries(
		`{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p1"},"code":{"text":"Asthma"}}`)...)
	server.behave(func(w http.ResponseWriter, r *http.Request) bool {
		return r.URL.Path == "/Flag" && hang(w, r)
	})
	s := open(t, &fhirr4.Config{URL: server.URL})
	answered := make(chan record.Section, 3)
	ended := make(chan struct{})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	go func() {
		defer close(ended)
		s.Fetch(ctx, []sources.Key{{Section: record.Alerts, LocalID: "p1"}, {Section: record.Allergies, LocalID: "p1"},
			{Section: record.Problems, LocalID: "p1"}}, func(k sources.Key, r sources.Result) {
			if r.Err == nil {
				answered <- k.Section
			}
		})
	}()
	got := map[record.Section]bool{<-answered: true, <-answered: true}
	if !got[record.Allergies] || !got[record.Problems] {
		t.Errorf("answered: %v", got)
	}
	cancel()
	<-ended
}
