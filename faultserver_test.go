package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// metered is the program in a process of its own, over systems that answer in 50 ms, with
// the settings that a region has if it says nothing; only that what systems answered is
// forgotten at once, so that every page asks them.
type metered struct {
	*mortal
	region *demo.Region
	client *http.Client
	crowd  []string // sessions of so many users of one practice
	loaded []ReadyPatient
	turn   int
	unread []ReadyPatient
}

// crowdSize is how many users open one patient at once.
const crowdSize = 500

func startMetered(t *testing.T) *metered {
	t.Helper()
	region, err := demo.Start(context.WithoutCancel(t.Context()), demo.Options{Patients: 240, Latency: 50 * time.Millisecond, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := region.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	m := &metered{mortal: newMortal(t, buildPatchwork(t), region, dbtest.SQLite(t)), region: region,
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: crowdSize}, Timeout: 30 * time.Second}}
	text, err := os.ReadFile(m.file)
	if err != nil {
		t.Fatal(err)
	}
	usual := strings.ReplaceAll(string(text), "answers: {wait: 10s, max_wait: 15s}\n", "")
	usual = strings.ReplaceAll(usual, "    connect:\n", "    remember: 0s\n    connect:\n")
	if err := os.WriteFile(m.file, []byte(usual), 0o600); err != nil {
		t.Fatal(err)
	}
	for i, p := range m.people {
		switch {
		case p.Scenario != "":
		case i%2 == 0:
			m.loaded = append(m.loaded, p)
		default:
			m.unread = append(m.unread, p)
		}
	}
	m.gather(t)
	m.start(t)
	m.unread = slices.DeleteFunc(m.unread[:min(len(m.unread), 60)], func(p ReadyPatient) bool { return !m.answers(t, "hospital", p) })
	return m
}

// gather signs the crowd in.
func (m *metered) gather(t *testing.T) {
	t.Helper()
	config, err := loadConfig(m.file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(t.Context(), config, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	user, err := s.sessions.Find(t.Context(), m.users[auth.RoleGP].Token)
	if err != nil {
		t.Fatal(err)
	}
	for i := range crowdSize {
		one := *user
		one.Subject = fmt.Sprintf("%s-%d", user.Subject, i)
		secret, err := s.sessions.Start(t.Context(), one)
		if err != nil {
			t.Fatal(err)
		}
		m.crowd = append(m.crowd, secret)
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
}

// graphql asks as whoever holds a token.
func (m *metered) graphql(ctx context.Context, token, query string, variables map[string]any) (status int, answer object, err error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return 0, nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := m.client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode == http.StatusOK {
		err = json.Unmarshal(text, &answer)
	}
	return resp.StatusCode, answer, err
}

// control sets a system's fault, heals it, or reads and resets its counts.
func (m *metered) control(t *testing.T, method, system, path, body string) (counted struct {
	Counts                        map[string]int
	Total, PeakInFlight, InFlight int
}) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, m.region.System(system).Control+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	status, text := send(t, req)
	if err := json.Unmarshal(text, &counted); err != nil || status >= 300 {
		t.Fatalf("%s %s: %d %s", method, system, status, text)
	}
	return counted
}

// metric sums the lines of /metrics of one name that hold all of the words.
func (m *metered) metric(t *testing.T, name string, words ...string) (sum float64) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, m.url+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, text := send(t, req)
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, name) || slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(line, word) }) {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(line[strings.LastIndexByte(line, ' ')+1:]), 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	return sum
}

// calls is how often the server says that it called a system, however the call ended.
func (m *metered) calls(t *testing.T, system string) (sum float64) {
	t.Helper()
	for _, kind := range []string{"ok", "cancelled", "unavailable", "timeout", "refused", "malformed", "wrong-patient"} {
		sum += m.metric(t, "patchwork_source_calls_total{", `source="`+system+`"`, `kind="`+kind+`"`)
	}
	return sum
}

// held is what a process holds at a moment.
type held struct {
	goroutines, descriptors int
	residentMB              float64
}

func (m *metered) held(t *testing.T) held {
	t.Helper()
	m.client.CloseIdleConnections()
	open, err := os.ReadDir(filepath.Join("/proc", strconv.Itoa(m.process.Process.Pid), "fd"))
	if err != nil {
		t.Fatal(err)
	}
	return held{int(m.metric(t, "go_goroutines ")), len(open), m.mebibytes(t, "VmRSS:")}
}

// mebibytes reads one of /proc/PID/status, in MiB.
func (m *metered) mebibytes(t *testing.T, what string) float64 {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(m.process.Process.Pid), "status"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), what)
	kib, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return float64(kib) / 1024
}

// peakAnew begins the peak of resident memory anew (proc(5): clear_refs).
func (m *metered) peakAnew(t *testing.T) {
	t.Helper()
	if err := os.WriteFile(filepath.Join("/proc", strconv.Itoa(m.process.Process.Pid), "clear_refs"), []byte("5"), 0o600); err != nil {
		t.Logf("the peak of memory is of the whole life: %v", err)
	}
}
