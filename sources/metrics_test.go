package sources

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/patchworkcare/patchwork/record"
)

func TestMetrics(t *testing.T) {
	registry := prometheus.NewRegistry()
	release := make(chan struct{})
	l := newLine(func(context.Context) error { <-release; return nil })
	s, err := Open(t.Context(), l, Settings{Origin: record.Origin{ID: "clinic"}, Remember: time.Minute},
		Env{Zone: time.UTC}, NewMetrics(registry))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	first := s.Begin([]Key{allergiesOf("1")})[0]
	s.Begin([]Key{allergiesOf("1")})
	close(release)
	wait(first)
	readOne(s, allergiesOf("1"))
	l.fetch = func(_ context.Context, keys []Key, answer func(Key, Result)) {
		answer(keys[0], Result{Entries: []record.Entry{allergy("2")}})
	}
	readOne(s, allergiesOf("3"))
	l.do = dead
	for range 7 {
		_ = l.Call(t.Context(), l.reach)
	}
	page := httptest.NewRecorder()
	promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(page, httptest.NewRequest("GET", "/metrics", nil))
	for line := range strings.Lines(`patchwork_source_calls_total{kind="ok",source="clinic"} 1
patchwork_source_calls_total{kind="turned-away",source="clinic"} 2
patchwork_source_calls_total{kind="unavailable",source="clinic"} 5
patchwork_source_reads_total{kind="answered",section="allergies",source="clinic"} 1
patchwork_source_reads_total{kind="wrong-patient",section="allergies",source="clinic"} 1
patchwork_source_reads_joined_total{source="clinic"} 1
patchwork_source_reads_remembered_total{source="clinic"} 1
patchwork_source_wrong_patient_total{section="allergies",source="clinic"} 1
patchwork_source_breaker_state{source="clinic"} 2
patchwork_source_reads_in_flight{source="clinic"} 0
patchwork_source_read_seconds_count{source="clinic"} 2
`) {
		if !strings.Contains(page.Body.String(), line) {
			t.Errorf("missing: %s", line)
		}
	}
	if t.Failed() {
		t.Log(page.Body.String())
	}
}

func TestOpenFails(t *testing.T) {
	if _, err := Open(t.Context(), &clinic{}, Settings{}, Env{}, nil); err == nil {
		t.Error("a source without an id")
	}
	if _, err := Open(t.Context(), broken{}, Settings{Origin: record.Origin{ID: "x"}}, Env{}, nil); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}

var errBroken = errors.New("no such file")

// broken is a connector that cannot be opened.
type broken struct{}

func (broken) Validate() []Problem                       { return nil }
func (broken) Open(context.Context, Env) (Source, error) { return nil, errBroken }
