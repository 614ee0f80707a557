package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// controlFile is the socket, beside the server's secret, by which `patchwork reload` reaches
// the server: whoever may read that secret may reload.
func (c *Config) controlFile() string {
	return filepath.Join(filepath.Dir(c.secretFile()), "patchwork.control")
}

// controlWithin bounds a question: it is a line.
const controlWithin = 5 * time.Second

// control is one question of the command, and its answer.
type control struct {
	// File is whose configuration is to be read again.
	File string `json:"file,omitempty"`
	// Said is what changed; Problem why nothing did, Config whether that is for the
	// configuration's file to be mended.
	Said    string `json:"said,omitempty"`
	Problem string `json:"problem,omitempty"`
	Config  bool   `json:"config,omitempty"`
}

// follow reloads at every SIGHUP and when the command asks, until stop is called, which waits
// for a reload under way.
func (r *reloader) follow(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	hups := make(chan os.Signal, 1) // signals in a row are one
	signal.Notify(hups, syscall.SIGHUP)
	var running sync.WaitGroup
	running.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-hups:
				r.say(r.reload(ctx, "patchwork serve, SIGHUP"))
			}
		}
	})
	l, err := listenControl(ctx, r.front.server().config.controlFile())
	if err != nil {
		r.log.Warn("patchwork reload will not reach this server; SIGHUP does", "problem", err.Error())
	} else {
		running.Go(func() { r.answer(ctx, l) })
	}
	return func() {
		signal.Stop(hups)
		cancel()
		if l != nil {
			_ = l.Close() // and takes the file away
		}
		running.Wait()
	}
}

// say logs what came of a reload, each problem in a line of its own.
func (r *reloader) say(what edits, err error) {
	var config *ConfigError
	switch {
	case errors.As(err, &config):
		for _, p := range config.problems {
			r.log.Error("the configuration was not reloaded", "file", config.File, "line", p.line, "problem", p.text)
		}
	case err != nil:
		r.log.Error("the configuration was not reloaded", "problem", err.Error())
	default:
		r.log.Info("the configuration was reloaded", "changes", what.String(), "sources", len(r.front.server().systems))
	}
}

// listenControl makes the socket, for the account of the server only. One that a killed server
// left is taken away; one that somebody answers is theirs.
func listenControl(ctx context.Context, path string) (net.Listener, error) {
	if conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "unix", path); err == nil {
		_ = conn.Close()
		return nil, fmt.Errorf("another server listens at %s", path)
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().Type() == fs.ModeSocket {
		_ = os.Remove(path)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

func (r *reloader) answer(ctx context.Context, l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		_ = conn.SetReadDeadline(time.Now().Add(controlWithin))
		var asked control
		if err := json.NewDecoder(bufio.NewReader(conn)).Decode(&asked); err == nil {
			_ = json.NewEncoder(conn).Encode(r.asked(ctx, asked))
		}
		_ = conn.Close()
	}
}

func (r *reloader) asked(ctx context.Context, asked control) (said control) {
	if !samePath(asked.File, r.file) {
		return control{Problem: "the server runs on another configuration: " + r.file}
	}
	what, err := r.reload(ctx, "patchwork reload")
	r.say(what, err)
	if err != nil {
		var config *ConfigError
		return control{Problem: err.Error(), Config: errors.As(err, &config)}
	}
	return control{Said: what.String()}
}

type reloadCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration that the server runs on."`
}

// Run has the server that runs here on the configuration read it again.
func (c *reloadCommand) Run(t *terminal) error {
	config, err := configFrom(c.Config)
	if err != nil {
		return err
	}
	for _, w := range config.warnings {
		fmt.Fprintf(t.out, "warning: %s:%d: %s\n", c.Config, w.line, w.text)
	}
	file, err := filepath.Abs(c.Config)
	if err != nil {
		return err
	}
	conn, err := (&net.Dialer{Timeout: controlWithin}).DialContext(t.ctx, "unix", config.controlFile())
	if err != nil {
		return fmt.Errorf("no server answers at %s: does one run here on this configuration, as this account?", config.controlFile())
	}
	defer conn.Close()
	var said control
	if err := json.NewEncoder(conn).Encode(control{File: file}); err != nil {
		return err
	}
	if err := json.NewDecoder(conn).Decode(&said); err != nil {
		return fmt.Errorf("the server did not answer: %w", err)
	}
	switch {
	case said.Config:
		return usageError(said.Problem)
	case said.Problem != "":
		return errors.New(said.Problem)
	}
	fmt.Fprintf(t.out, "reloaded: %s\n", said.Said)
	return nil
}
