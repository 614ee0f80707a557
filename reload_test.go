package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// reloaded is a region whose configuration stands in a file that is changed and read again.
type reloaded struct {
	*region
	*reloader
	text string // of the file, as it stood first
}

func startReloaded(t *testing.T) *reloaded {
	t.Helper()
	dir, ctx := t.TempDir(), context.WithoutCancel(t.Context())
	d, err := demo.Start(ctx, demo.Options{Patients: 8, Dir: dir, Latency: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close(ctx) })
	listening := httptest.NewUnstartedServer(nil) // its address is part of the configuration
	r := &reloaded{region: &region{Region: d, http: listening, tokens: map[auth.Role]string{}, passwords: map[auth.Role]string{}, log: &bytes.Buffer{}}}
	file := filepath.Join(dir, "patchwork.yaml")
	r.reloader = &reloader{file: file, log: slog.New(slog.DiscardHandler)}
	r.text = reloadedText(t, d, dir, listening.Listener.Addr().String())
	r.put(t)
	config, err := loadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	config.hashMemory = 64
	if r.server, err = open(ctx, config, r.reloader.log); err != nil {
		t.Fatal(err)
	}
	r.front = newFront(r.server)
	t.Cleanup(func() {
		listening.Close()
		if err := r.front.close(); err != nil {
			t.Error(err)
		}
	})
	users, err := r.server.seedUsers(ctx, d, dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range users {
		r.tokens[u.Role], r.passwords[u.Role] = u.Token, u.Password
	}
	listening.Config.Handler = r.front
	listening.Start()
	return r
}

// reloadedText is a configuration of the demo's systems, each in a stanza that can be cut out.
func reloadedText(t *testing.T, d *demo.Region, dir, address string) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "state: sqlite:%s/patchwork.db\nplain_http: true\npublic_url: http://%s\nsession: {idle: 10h, absolute: 10h}\nload: {always: 100000}\n"+
		"answers: {wait: 15s, max_wait: 15s}\nsources:\n", dir, address)
	for _, s := range d.Systems {
		connect, err := connectTo(s)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "  - id: %s\n    type: %s\n    organisation: {ods: %s, name: %q}\n    care_setting: %s\n    connect:\n      %s\n",
			s.ID, s.Kind, s.Organisation, s.Name, s.CareSetting, strings.ReplaceAll(strings.TrimSpace(connect), "\n", "\n      "))
	}
	return b.String()
}

// put writes the file with some of its text replaced.
func (r *reloaded) put(t *testing.T, replace ...string) {
	t.Helper()
	text := strings.NewReplacer(replace...).Replace(r.text)
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(r.text, replace[i]) {
			t.Fatalf("%q is not in the file", replace[i])
		}
	}
	if err := os.WriteFile(r.file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

const mentalHealth = "  - id: mental-health\n"

// Sources come, go and change while people read: no request fails, and in the end nothing is
// left of what was replaced.
func TestAReloadLosesNoRequest(t *testing.T) {
	r := startReloaded(t)
	const reloads = 50
	person := r.Patients[0].NHSNumber
	whole := operation(t, "full-record")
	var asked, failed atomic.Int64
	stop := make(chan struct{})
	var readers sync.WaitGroup
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	for range 8 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				body, _ := json.Marshal(map[string]any{"query": whole, "variables": map[string]any{"nhsNumber": person}})
				req, _ := http.NewRequest(http.MethodPost, r.http.URL+"/graphql", bytes.NewReader(body)) //nolint:noctx // it is to end
				req.Header = http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + r.tokens[auth.RoleGP]}}
				resp, err := client.Do(req)
				asked.Add(1)
				if err != nil {
					t.Error(err)
					failed.Add(1)
					continue
				}
				text, err := io.ReadAll(resp.Body)
				_ = resp.Body.Close()
				if err != nil || resp.StatusCode != http.StatusOK || bytes.Contains(text, []byte(`"errors"`)) || !bytes.Contains(text, []byte(`"allergies"`)) || bytes.Contains(text, []byte("UNAVAILABLE")) {
					failed.Add(1)
					t.Errorf("%d %v %.300s", resp.StatusCode, err, text)
				}
			}
		})
	}
	before, connections := runtime.NumGoroutine(), 0
	for i := range reloads {
		n := asked.Load()
		switch i % 4 {
		case 0: // changed
			r.put(t, mentalHealth, mentalHealth+"    timeout: 14s\n")
		case 1: // gone
			r.put(t, mentalHealth, mentalHealth+"    timeout: 14s\n    stage: shadow\n")
		case 2:
			r.put(t, r.stanza("mental-health"), "")
		case 3: // all as it was
			r.put(t)
		}
		what, err := r.reload(t.Context(), "a test")
		if err != nil || what.none() {
			t.Fatalf("reload %d: %v %v", i, what, err)
		}
		for asked.Load() < n+4 && !t.Failed() { // somebody reads before and after each
			runtime.Gosched()
		}
		if i == 4 {
			r.front.handing.Wait()
			before, connections = runtime.NumGoroutine(), openFiles(t)
		}
	}
	close(stop)
	readers.Wait()
	client.CloseIdleConnections()
	r.front.handing.Wait()
	t.Logf("%d reloads, %d requests, %d failed", reloads, asked.Load(), failed.Load())
	fewer(t, "goroutines", before, runtime.NumGoroutine)
	fewer(t, "files and connections", connections, func() int { return openFiles(t) })
	events, err := r.front.server().ledger.Events(t.Context(), audit.Filter{Actor: systemUser(), Limit: audit.MaxLimit})
	if err != nil || len(events) != reloads {
		t.Fatalf("%d reloads are in the ledger, %v", len(events), err)
	}
	for i, want := range []string{"changed source mental-health", "changed source mental-health", "removed source mental-health", "added source mental-health"} {
		if e := events[i]; e.Action != audit.ActionReload || e.Reason != want || len(e.Target) < 128 {
			t.Errorf("%+v", e)
		}
	}
}

// fewer waits a while for what is ending.
func fewer(t *testing.T, what string, before int, now func() int) {
	t.Helper()
	until := time.Now().Add(10 * time.Second)
	for now() > before+8 {
		if time.Now().After(until) {
			buf := make([]byte, 1<<20)
			t.Fatalf("%d %s before, %d after\n%s", before, what, now(), buf[:runtime.Stack(buf, true)])
		}
		runtime.Gosched()
	}
}

func openFiles(t *testing.T) int {
	t.Helper()
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0 // not there on every system
	}
	return len(open)
}

// stanza is that of a source, as it stands in the file.
func (r *reloaded) stanza(id string) string {
	_, rest, _ := strings.Cut(r.text, "  - id: "+id+"\n")
	end := strings.Index(rest, "\n  - id: ")
	if end < 0 {
		return "  - id: " + id + "\n" + rest
	}
	return "  - id: " + id + "\n" + rest[:end+1]
}
