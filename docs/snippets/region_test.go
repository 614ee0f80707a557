package snippets

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const root = "../.."

// built is the program, made as `make build` makes it: where it is up to date nothing is done.
var built = sync.OnceValues(func() (string, error) {
	file, err := filepath.Abs(filepath.Join(root, "bin", "patchwork"))
	if err != nil {
		return "", err
	}
	build := exec.CommandContext(context.Background(), "go", "build", "-trimpath", "-buildvcs=false", "-o", file, ".") //nolint:gosec // our own program
	build.Dir, build.Env = root, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return file, nil
})

func binary(t *testing.T) string {
	t.Helper()
	file, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// region is a demo that pages share: nothing that a page does there outlives it but what
// it says itself.
type region struct {
	readyFile string
	URL       string `json:"url"`
	Users     []struct {
		Username string `json:"username"`
		Token    string `json:"token"`
	} `json:"users"`

	end func()
}

var started = sync.OnceValues(func() (*region, error) {
	program, err := built()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "patchwork-docs-")
	if err != nil {
		return nil, err
	}
	r := &region{readyFile: filepath.Join(dir, "ready.json")}
	out := &bytes.Buffer{}
	demo := exec.CommandContext(context.Background(), program, "demo", "--patients", "60", "--listen", "127.0.0.1:0", "--ready-file", r.readyFile) //nolint:gosec // our own program
	demo.Stdout, demo.Stderr = out, out
	if err := demo.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- demo.Wait() }()
	r.end = func() {
		_ = demo.Process.Signal(os.Interrupt)
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			_ = demo.Process.Kill()
		}
		_ = os.RemoveAll(dir)
	}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(2 * time.Minute); ; {
		select {
		case err := <-ended:
			return nil, fmt.Errorf("the demo ended: %w\n%s", err, out)
		case <-late:
			r.end()
			return nil, fmt.Errorf("the demo does not come:\n%s", out)
		case <-tick.C:
		}
		if text, err := os.ReadFile(r.readyFile); err == nil {
			return r, json.Unmarshal(text, r)
		}
	}
})

// demoAsked is whether there is a demo to end.
var demoAsked atomic.Bool

// demoRegion is the shared demo, started when the first page needs it.
func demoRegion(t *testing.T) *region {
	t.Helper()
	demoAsked.Store(true)
	r, err := started()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// address is where the demo is served.
func (r *region) address(t *testing.T) string {
	t.Helper()
	u, err := url.Parse(r.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u.Host
}

// ask sends an operation as a user; "" is the first.
func (r *region) ask(t *testing.T, user string, body map[string]any) (map[string]json.RawMessage, error) {
	t.Helper()
	token := ""
	for _, u := range r.Users {
		if u.Username == user || user == "" {
			token = u.Token
			break
		}
	}
	if token == "" {
		return nil, fmt.Errorf("the demo has no user %q", user)
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.URL+"/graphql", bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var answer map[string]json.RawMessage
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return nil, fmt.Errorf("%s: %w", response.Status, err)
	}
	return answer, nil
}

// free is an address that nobody serves.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
