package hl7v2

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
	"github.com/patchworkcare/patchwork/sources/hl7v2/mllp"
)

// source is one feed: its listener and its store.
type source struct {
	config  *Config
	env     sources.Env
	store   *feed.Store
	server  *mllp.Server
	stop    context.CancelFunc
	running sync.WaitGroup
	counts  counts
}

// counts are what became of messages since the start.
type counts struct{ used, duplicates, dead, ignored, failed atomic.Int64 }

// Open opens the store and listens. That nobody sends at this moment is no reason to
// fail; that the port or the folder cannot be had is.
func (c *Config) Open(ctx context.Context, env sources.Env) (sources.Source, error) {
	s, err := c.openStore(ctx, env)
	if err != nil {
		return nil, err
	}
	secure, err := c.TLS.config()
	if err == nil {
		s.server, err = mllp.Serve(c.Listen, secure, mllp.Limits{Bytes: c.MaxMessageMB << 20, Connections: c.MaxConnections, Idle: c.Idle, Frame: c.Frame}, s.receive)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the feed cannot be listened to: %w", err), s.Close())
	}
	s.forgetting()
	return s, nil
}

// openStore is the source without its listener, as a command needs it.
func (c *Config) openStore(ctx context.Context, env sources.Env) (*source, error) {
	s := &source{config: c, env: env}
	var err error
	s.store, err = feed.Open(ctx, feed.Options{Dir: c.Store, Owner: env.ID, DeadLetters: c.MaxDeadLetters, Now: env.Now})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Addr is where senders connect.
func (s *source) Addr() net.Addr { return s.server.Addr() }

// Offers lists what messages tell of.
func (s *source) Offers() []record.Section { return offered() }

// Close lets what was received be kept and answered.
func (s *source) Close() error {
	var errs []error
	if s.stop != nil {
		s.stop()
	}
	if s.server != nil {
		errs = append(errs, s.server.Close())
	}
	s.running.Wait()
	return errors.Join(append(errs, s.store.Close())...)
}

// receive takes a frame in, and answers when it is durable.
func (s *source) receive(_ context.Context, r mllp.Received) func() ([][]byte, error) {
	t := s.take(r.Body, r.Cut)
	if t.ignored {
		s.counts.ignored.Add(1)
		return func() ([][]byte, error) { return acknowledgements(t.header, nil, s.env.Now()), nil }
	}
	wait := s.store.Put(&t.Message)
	return func() ([][]byte, error) {
		out, err := wait()
		why := out.Dead
		switch {
		case err != nil:
			s.counts.failed.Add(1)
			s.env.Log.Error("a message could not be kept", "kind", logged(t))
			why = errNotKept
		case out.Duplicate:
			s.counts.duplicates.Add(1)
		case why != nil:
			s.counts.dead.Add(1)
			s.env.Log.Warn("a message cannot be used", "kind", logged(t), "code", why.Code)
		default:
			s.counts.used.Add(1)
		}
		return acknowledgements(t.header, why, s.env.Now()), nil
	}
}

// logged is a message's kind, if it is one of those that there are: anything else may be
// anything, also a name.
func logged(t *taken) string {
	if k := string(t.header.kind); handles(k) {
		return k
	}
	return "other"
}

// sweep is how often old messages are let go of.
const sweep = time.Hour

// forgetting lets go of what is older than the retention, from time to time.
func (s *source) forgetting() {
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	if s.config.Retention == 0 {
		return
	}
	s.running.Go(func() {
		for tick := time.NewTicker(sweep); ; {
			s.forget(ctx)
			select {
			case <-ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
			}
		}
	})
}

func (s *source) forget(ctx context.Context) {
	for more := true; more && ctx.Err() == nil; {
		var err error
		if more, err = s.store.Forget(ctx, s.env.Now().Add(-s.config.Retention)); err != nil && ctx.Err() == nil {
			s.env.Log.Error("old messages cannot be let go of")
			return
		}
	}
}
