package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/patchworkcare/patchwork/bench/peers"
	"github.com/patchworkcare/patchwork/bench/proc"
)

// peersFolder has the other servers.
const peersFolder = "bench/peers"

// rivalPeer is another server that runs, or why it does not.
type rivalPeer struct {
	peers.Peer
	*peers.Running
	out error
}

// startPeers installs and starts the other servers; what cannot be is left out.
func (b *bench) startPeers(ctx context.Context) error {
	chosen, err := peers.Named(b.settings.peers)
	if err != nil {
		return err
	}
	for _, p := range chosen {
		r := &rivalPeer{Peer: p}
		if r.out = p.Install(ctx, peersFolder); r.out == nil {
			r.out = b.startPeer(r)
		}
		if r.out != nil {
			fmt.Fprintf(os.Stderr, "skipped: %s: %v\n", p.Name, r.out)
		}
		b.peers = append(b.peers, r)
	}
	return ctx.Err()
}

func (b *bench) startPeer(r *rivalPeer) (err error) {
	dir, err := os.MkdirTemp(b.dir, r.Name+"-")
	if err != nil {
		return err
	}
	r.Running, err = r.Start(b.serverCore(), peersFolder, dir, b.region.Sources)
	return err
}

// targetPeer asks a peer.
func (b *bench) targetPeer(r *rivalPeer) *target {
	return &target{
		name: r.Name, kind: peer, first: r.First,
		processes: func() []*proc.Process { return r.Processes },
		ask: func(ctx context.Context, _ int, w *work, values []string) (*http.Request, error) {
			question := map[string]any{"query": w.query, "variables": w.variables(values)}
			url := r.URL
			if r.Question != nil {
				question["query"], question["variables"] = r.Question(w.name, values)
			}
			if r.First {
				url += "/" + w.name
			}
			body, err := json.Marshal(question)
			if err != nil {
				return nil, err
			}
			req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
			if err == nil {
				req.Header.Set("Content-Type", "application/json")
			}
			return req, err
		},
		check: func(w *work, answer []byte, values []string) error {
			if r.Question != nil {
				return checkOwn(w, answer, values)
			}
			return w.check(answer, values)
		},
	}
}

// practise lets a peer answer for a while before it is measured: what is compiled while
// it runs is compiled.
func (b *bench) practise(ctx context.Context, l *line, t *target) error {
	if err := b.region.wait(ctx, 0); err != nil {
		return err
	}
	r := b.closedLoop(ctx, t, l.work, saturated, saturated, min(practice, time.Duration(b.seconds*float64(time.Second))))
	if r.wrong > 0 {
		return fmt.Errorf("%d of %d answers were wrong, the first: %w", r.wrong, len(r.took), r.why)
	}
	return ctx.Err()
}

// practice is how long.
const practice = 3 * time.Second
