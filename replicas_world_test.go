package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

// replicas are several servers, each a process of its own, on one PostgreSQL behind a balancer.
type replicas struct {
	*balancer
	database *cluster
	servers  []*mortal
	client   *http.Client
	page     string // the operation of a page
}

func startReplicas(t *testing.T, binary string, n int) *replicas {
	t.Helper()
	r := &replicas{database: newCluster(t), client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}, page: operation(t, "full-record")}
	region, err := demo.Start(context.WithoutCancel(t.Context()), demo.Options{Patients: 40, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = region.Close(context.Background()) })
	first := newMortal(t, binary, region, r.database.dsn())
	text, err := os.ReadFile(first.file)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("server-%d", i+1))
	}
	r.balancer = newBalancer(t, names...)
	dir := t.TempDir()
	secret, err := filepath.Abs("patchwork.secret") // the one that the first start made
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		// One key and one secret for all, a witness for each.
		own := fmt.Sprintf("public_url: %s\nproxies: [127.0.0.1]\nstop: {notice: 1s, drain: 5s}\nsmart: {secret_file: %q}\naudit: {witness: %q, key: ",
			r.URL, secret, filepath.Join(dir, names[i]+".witness"))
		config := strings.Replace(string(text), "audit: {key: ", own, 1)
		config = strings.Replace(config, fmt.Sprintf(", witness: %q}", filepath.Join(filepath.Dir(first.file), "witness")), "}", 1)
		m := &mortal{binary: binary, file: filepath.Join(dir, names[i]+".yaml"), db: first.db, users: first.users, people: first.people, notes: newNotes()}
		if err := os.WriteFile(m.file, []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if m.process != nil {
				_ = m.process.Process.Kill()
				<-m.ended
			}
		})
		r.servers = append(r.servers, m)
		r.begin(t, i)
	}
	r.allReady(t)
	return r
}

// begin starts a server, and lets the balancer know where it is.
func (r *replicas) begin(t *testing.T, i int) time.Duration {
	t.Helper()
	took := r.servers[i].start(t)
	r.at(i, r.servers[i].url)
	return took
}

// viewed is one page view: when, by which server, and what became of it.
type viewed struct {
	id         string
	begun, end time.Time
	server     string
	status     int
	trouble    string // "" is a whole answer with data
}

// ask sends an operation to an address as somebody.
func (r *replicas) ask(address, id, token, query string, variables map[string]any) (object, viewed) {
	body, _ := json.Marshal(map[string]any{"query": query, "variables": variables})
	s := viewed{id: id, begun: time.Now()}
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, s
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("X-Request-Id", id)
	resp, err := r.client.Do(req)
	if err != nil {
		s.end, s.trouble = time.Now(), err.Error()
		return nil, s
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	s.end, s.status, s.server = time.Now(), resp.StatusCode, resp.Header.Get(heldBy)
	var answer object
	switch {
	case err != nil:
		s.trouble = err.Error()
	case resp.StatusCode != http.StatusOK:
		s.trouble = strings.TrimSpace(string(text[:min(len(text), 200)]))
	case json.Unmarshal(text, &answer) != nil:
		s.trouble = "no JSON"
	case answer["errors"] != nil:
		s.trouble = fmt.Sprint(answer["errors"])
	}
	return answer, s
}

// pageViews are page views at a steady rate, whatever becomes of them.
type pageViews struct {
	stop chan struct{}
	done sync.WaitGroup
	mu   sync.Mutex
	all  []viewed
}

// load begins to view pages, so many a second, through the balancer.
func (r *replicas) load(perSecond int) *pageViews {
	v := &pageViews{stop: make(chan struct{})}
	m := r.servers[0]
	roles := []auth.Role{auth.RoleGP, auth.RoleHospitalDoctor, auth.RolePracticeNurse}
	v.done.Go(func() {
		tick := time.NewTicker(time.Second / time.Duration(perSecond))
		defer tick.Stop()
		for n := 0; ; n++ {
			select {
			case <-v.stop:
				return
			case <-tick.C:
			}
			v.done.Go(func() {
				answer, s := r.ask(r.URL, fmt.Sprintf("replicas-%06d", n), m.users[roles[n%len(roles)]].Token, r.page, map[string]any{"nhsNumber": m.people[n%len(m.people)].NHSNumber})
				if s.trouble == "" && answer.text("data.patientByNHSNumber.id") == "" {
					s.trouble = "an answer without data"
				}
				v.mu.Lock()
				v.all = append(v.all, s)
				v.mu.Unlock()
			})
		}
	})
	return v
}

// end ends the load and gives everything that became of it.
func (v *pageViews) end() []viewed {
	close(v.stop)
	v.done.Wait()
	return v.all
}

// since gives what was begun in a time, and of it what failed.
func (v *pageViews) since(from, to time.Time) (all int, failed []viewed) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, s := range v.all {
		if s.begun.Before(from) || s.begun.After(to) {
			continue
		}
		if all++; s.trouble != "" {
			failed = append(failed, s)
		}
	}
	return all, failed
}

// window is from the first to the last failure.
func window(failed []viewed) time.Duration {
	var first, last time.Time
	for _, s := range failed {
		if first.IsZero() || s.begun.Before(first) {
			first = s.begun
		}
		if s.begun.After(last) {
			last = s.begun
		}
	}
	return last.Sub(first)
}
