package smartapp_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/demo/smartapp"
)

// folder is one with just enough in it, so that the tests need no npm.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"index.html", "launch.html", "package.json", "node_modules/fhirclient/build/fhir-client.pure.min.js", "app/index.js"} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("of "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTheAppIsServed(t *testing.T) {
	t.Parallel()
	a, err := smartapp.Start(t.Context(), smartapp.Options{
		Dir: folder(t), ClientID: "chart", FHIRBase: "http://127.0.0.1:9/fhir", Sources: map[string]string{"gp": "A practice"}, FramedBy: []string{"http://localhost:8"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/launch.html?iss=x": "of launch.html", "/fhirclient.js": "of node_modules/fhirclient/build/fhir-client.pure.min.js", "/app/index.js": "of app/index.js",
		"/": "of index.html", "/index.html?code=c&state=s": "of index.html",
		"/config.json": `{"clientId":"chart","fhirBase":"http://127.0.0.1:9/fhir","sources":{"gp":"A practice"}}`,
	} {
		resp, text := get(t, a.URL+path)
		policy := resp.Header.Get("Content-Security-Policy")
		if text != want || resp.Request.URL.RequestURI() != path || !strings.Contains(policy, "connect-src 'self' http://127.0.0.1:9;") || !strings.HasSuffix(policy, "frame-ancestors 'self' http://localhost:8") {
			t.Errorf("%s gives %d %q under %q", path, resp.StatusCode, text, policy)
		}
	}
	for _, path := range []string{"/package.json", "/node_modules/fhirclient/build/fhir-client.pure.min.js", "/app/", "/app/../package.json", "/smartapp.go"} {
		if resp, _ := get(t, a.URL+path); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s gives %d", path, resp.StatusCode)
		}
	}
	if !strings.HasPrefix(a.LaunchURL, a.URL+"/") || !strings.HasPrefix(a.RedirectURI, a.URL+"/") {
		t.Errorf("it is registered at %s and %s", a.LaunchURL, a.RedirectURI)
	}
	if err := errors.Join(a.Close(context.Background()), a.Close(context.Background())); err != nil {
		t.Error(err)
	}
}

func get(t *testing.T, address string) (*http.Response, string) {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(text)
}

// TestAbsent: what is not installed is said in a sentence.
func TestAbsent(t *testing.T) {
	t.Parallel()
	half := folder(t)
	if err := os.RemoveAll(filepath.Join(half, "node_modules")); err != nil {
		t.Fatal(err)
	}
	for dir, what := range map[string]string{t.TempDir(): "SMART app", half: "npm ci"} {
		if _, err := smartapp.Start(t.Context(), smartapp.Options{Dir: dir, FHIRBase: "http://127.0.0.1:9"}); !errors.Is(err, smartapp.ErrAbsent) || !strings.Contains(err.Error(), what) {
			t.Errorf("what is not there gives %v", err)
		}
	}
	if _, err := smartapp.Handler(smartapp.Options{Dir: folder(t), FHIRBase: "fhir"}); err == nil || errors.Is(err, smartapp.ErrAbsent) {
		t.Errorf("no FHIR base gives %v", err)
	}
}

// TestEveryFileIsServed: the pages of the real app ask for nothing that is not served.
func TestEveryFileIsServed(t *testing.T) {
	t.Parallel()
	a, err := smartapp.Start(t.Context(), smartapp.Options{FHIRBase: "http://127.0.0.1:9/fhir"})
	if errors.Is(err, smartapp.ErrAbsent) && os.Getenv("CI") != "true" && os.Getenv("PATCHWORK_TEST_REAL") != "1" {
		t.Skip("skipped: absent:", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	follow(t, a.URL+"/", "index.html", seen)
	follow(t, a.URL+"/", "launch.html", seen)
	if len(seen) < 9 {
		t.Errorf("only %v", seen)
	}
}

// follow fetches a file, and everything that it names.
func follow(t *testing.T, base, file string, seen map[string]bool) {
	t.Helper()
	if seen[file] {
		return
	}
	seen[file] = true
	resp, text := get(t, base+file)
	if resp.StatusCode != http.StatusOK {
		t.Errorf("%s gives %d", file, resp.StatusCode)
	}
	for _, quote := range []string{`src="`, `href="`, `from "./`} {
		for _, part := range strings.Split(text, quote)[1:] {
			name, _, _ := strings.Cut(part, `"`)
			if quote == `from "./` {
				name = "app/" + name
			}
			if file != "fhirclient.js" && !strings.HasPrefix(name, "data:") {
				follow(t, base, name, seen)
			}
		}
	}
}

// TestUnits runs the app's own tests.
func TestUnits(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("skipped: absent: node")
	}
	if out, err := exec.CommandContext(t.Context(), node, "--test").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
