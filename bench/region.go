package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/patchworkcare/patchwork/bench/floor"
	"github.com/patchworkcare/patchwork/bench/mock"
	"github.com/patchworkcare/patchwork/bench/proc"
)

// The cores: the server under test has one to itself.
const (
	serverCore = 0
	loadCore   = 1
	anyCore    = -1
)

// startSelf starts this program as one of its processes and reads what it says first.
func startSelf(core int, ready any, args ...string) (*proc.Process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p, err := proc.Start(core, nil, self, args...)
	if err != nil {
		return nil, err
	}
	line, err := p.FirstLine(30 * time.Second)
	if err == nil {
		err = json.Unmarshal([]byte(line), ready)
	}
	if err != nil {
		p.Stop()
		return nil, fmt.Errorf("%s: %w", args[0], err)
	}
	return p, nil
}

// region is the mock sources, seen from outside.
type region struct {
	*proc.Process
	mock.Ready
}

func startRegion(core, people int) (*region, error) {
	r := &region{}
	var err error
	r.Process, err = startSelf(core, &r.Ready, "serve-sources", strconv.Itoa(people))
	return r, err
}

// order sets the sources and gives their state.
func (r *region) order(ctx context.Context, o mock.Order) (mock.State, error) {
	var s mock.State
	err := post(ctx, r.Control, o, &s)
	return s, err
}

// wait sets how long every answer takes, and forgets counts.
func (r *region) wait(ctx context.Context, d time.Duration) error {
	_, err := r.order(ctx, mock.Order{Wait: &d, Reset: true})
	return err
}

func startFloor(core int) (*proc.Process, string, error) {
	var ready floor.Ready
	p, err := startSelf(core, &ready, "serve-floor")
	return p, ready.URL, err
}

// post sends v as JSON and reads the answer into into, unless that is nil.
func post(ctx context.Context, url string, v, into any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	switch {
	case err != nil:
		return err
	case resp.StatusCode != http.StatusOK:
		return fmt.Errorf("%s: %d: %s", url, resp.StatusCode, bytes.TrimSpace(text))
	case into == nil:
		return nil
	}
	return json.Unmarshal(text, into)
}
