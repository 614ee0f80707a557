package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/bench/proc"
)

// patchwork is the server under test.
type patchwork struct {
	*proc.Process
	binary, url, file string
	users             []user
	// pprof is the address where it serves profiles, if it does.
	pprof string
}

// user is one of those who ask, and the cookie of their session.
type user struct{ name, password, cookie string }

// userCount is enough for the greatest crowd: one user may look up a hundred numbers at
// once, which is two worklists.
const userCount = 32

// startPatchwork writes a configuration into dir, adds users, serves and signs them in.
// Nothing is remembered between requests: every one is answered by the sources. The users
// work for the organisation of the first source, so that everybody there is registered
// with them: without a relationship policy would withhold the record, and nothing would
// be measured.
//
// more are further lines of the configuration.
func startPatchwork(ctx context.Context, core int, binary, dir string, sources []string, more ...string) (*patchwork, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	profiles, err := freeAddress()
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "patchwork.yaml")
	if err := os.WriteFile(file, configuration(address, dir, sources, more...), 0o600); err != nil {
		return nil, err
	}
	p := &patchwork{binary: binary, url: "http://" + address, file: file, pprof: profiles}
	for i := range userCount {
		u, err := p.addUser(ctx, "bench-"+strconv.Itoa(i))
		if err != nil {
			return nil, fmt.Errorf("adding a user: %w", err)
		}
		p.users = append(p.users, u)
	}
	return p, p.start(ctx, core, binary)
}

func (p *patchwork) addUser(ctx context.Context, name string) (user, error) {
	out, err := exec.CommandContext(ctx, p.binary, "user", "add", "--config", p.file, "--name", "Dr Bench", "--role", "gp", // #nosec G204 -- the program to measure
		"--organisation", "RX0", "--organisation-name", "Westmarch 0", "--care-setting", "gp", name).Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		err = fmt.Errorf("%w: %s", err, exit.Stderr)
	}
	return user{name: name, password: strings.TrimSpace(string(out))}, err
}

// start serves and signs everybody in.
func (p *patchwork) start(ctx context.Context, core int, binary string) (err error) {
	p.Process, err = proc.Start(core, []string{"PATCHWORK_PPROF=" + p.pprof}, binary, "serve", "--config", p.file)
	if err != nil {
		return err
	}
	if err = p.ready(ctx); err == nil {
		for i := range p.users {
			err = errors.Join(err, p.signIn(ctx, &p.users[i]))
		}
	}
	if err != nil {
		p.Stop()
	}
	return err
}

// asking starts it anew so that it asks each source for everything in one batch Bundle, or
// search by search, which the floor can be taught.
func (p *patchwork) asking(ctx context.Context, core int, batch bool) error {
	const one, many = "connect: {url", "connect: {batch: true, url"
	text, err := os.ReadFile(p.file)
	if err != nil {
		return err
	}
	text = bytes.ReplaceAll(text, []byte(many), []byte(one))
	if batch {
		text = bytes.ReplaceAll(text, []byte(one), []byte(many))
	}
	p.Stop()
	if err := os.WriteFile(p.file, text, 0o600); err != nil { // #nosec G703 -- our own
		return err
	}
	return p.start(ctx, core, p.binary)
}

func configuration(address, dir string, sources []string, more ...string) []byte {
	b := fmt.Appendf(nil, "listen: %s\nstate: sqlite:%s\nplain_http: true\nanswers: {wait: 10s, max_wait: 10s}\n"+
		"search: {per_minute: 100000000, similar_per_minute: 100000000}\nsources:\n",
		address, filepath.Join(dir, "patchwork.db"))
	for _, line := range more {
		b = append([]byte(line+"\n"), b...)
	}
	settings := []string{"gp", "acute", "community", "mental-health"}
	for i, url := range sources {
		b = fmt.Appendf(b, "  - id: source-%c\n    type: fhirr4\n    name: Source %c\n    organisation: {ods: RX%d, name: Westmarch %d}\n"+
			"    care_setting: %s\n    remember: 0s\n    concurrency: 64\n    connect: {url: %q}\n",
			'a'+i, 'A'+i, i, i, settings[i%len(settings)], url)
	}
	return b
}

// freeAddress is a loopback address that nobody has at the moment.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func (p *patchwork) ready(ctx context.Context) error {
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if err := p.Ended(); err != nil {
			return err
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+"/readyz", nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			continue
		}
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return nil
		}
	}
	return errors.New("the server did not get ready in time")
}

func (p *patchwork) signIn(ctx context.Context, u *user) error {
	body, err := json.Marshal(map[string]string{"username": u.name, "password": u.password})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url+"/auth/login", bytes.NewReader(body))
	if err != nil {
		return err
	}
	p.mark(req, "")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	u.cookie = ""
	for _, c := range resp.Cookies() {
		u.cookie = c.Name + "=" + c.Value
	}
	if resp.StatusCode != http.StatusOK || u.cookie == "" {
		return fmt.Errorf("signing in: %d", resp.StatusCode)
	}
	return nil
}

// mark makes a request one that the server's own pages could have sent in a session.
func (p *patchwork) mark(req *http.Request, cookie string) {
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", p.url)
	req.Header.Set("X-Patchwork-Request", "bench")
	if cookie != "" {
		req.Header.Set("Cookie", cookie)
	}
}

// mallocs is how many allocations the server has made; 0 if /metrics does not tell.
func (p *patchwork) mallocs(ctx context.Context) float64 {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+"/metrics", nil)
	if err != nil {
		return 0
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0
	}
	_, rest, ok := strings.Cut(string(text), "\ngo_memstats_mallocs_total ")
	if !ok {
		return 0
	}
	var n float64
	_, _ = fmt.Sscan(rest, &n)
	return n
}
