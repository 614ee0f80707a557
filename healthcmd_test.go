package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A container and a script ask a server whether it is well: an exit code and a sentence.
func TestHealthAsksTheServer(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" {
			plain(w, http.StatusOK, "alive")
			return
		}
		plain(w, http.StatusServiceUnavailable, "the audit cannot be written")
	}))
	t.Cleanup(s.Close)
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--url", s.URL, "--alive"}, 0, "alive"},
		{[]string{"--url", s.URL + "/", "--alive"}, 0, "alive"},
		{[]string{"--url", s.URL}, exitFailed, "not well: the audit cannot be written"},
		{[]string{"--url", "http://127.0.0.1:1"}, exitFailed, "the server is not reached"},
		{[]string{"--url", "::"}, exitUsage, "--url is an address"},
	} {
		if code, out, errs := command(append([]string{"health"}, c.args...)...); code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%v: exit %d, %s%s", c.args, code, out, errs)
		}
	}
}

// A script that has just started a server waits for it.
func TestHealthWaitsForAServer(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	asked := make(chan struct{}, 100)
	tries := 0
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked <- struct{}{}
		if tries++; tries < 3 { // one at a time: each waits for the one before
			plain(w, http.StatusServiceUnavailable, "starting")
			return
		}
		plain(w, http.StatusOK, "ready")
	})}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	if code, out, errs := command("health", "--url", "http://"+l.Addr().String(), "--wait", "30s"); code != 0 || out != "ready\n" || len(asked) != 3 {
		t.Errorf("exit %d after %d tries, %s%s", code, len(asked), out, errs)
	}
}

// The program says which it is, for people and for programs.
func TestVersionSaysWhichProgramItIs(t *testing.T) {
	t.Parallel()
	if code, out, _ := command("version"); code != 0 || !strings.HasPrefix(out, "patchwork dev (go1.") {
		t.Errorf("exit %d, %s", code, out)
	}
	if code, out, _ := command("version", "--json"); code != 0 || !strings.Contains(out, `"version":"dev"`) || !strings.Contains(out, `"schema":`) {
		t.Errorf("exit %d, %s", code, out)
	}
}
