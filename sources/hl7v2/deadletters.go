package hl7v2

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
)

// DeadLetters implements sources.FeedKeeper. The server may be running.
func (c *Config) DeadLetters(ctx context.Context, env sources.Env, each func(sources.DeadLetter) error) (err error) {
	s, err := c.openStore(ctx, env)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.store.Close()) }()
	return s.store.DeadLetters(ctx, func(d feed.DeadLetter) error { return each(letterOf(d)) })
}

func letterOf(d feed.DeadLetter) sources.DeadLetter {
	return sources.DeadLetter{ID: d.ID, Received: d.Received, Last: d.Last, Times: d.Times, Sender: d.Sender, Control: d.Control, Kind: d.Kind,
		Code: d.Reason.Code, Reason: d.Reason.Text}
}

// Replay implements sources.FeedKeeper: each is judged anew, as if it came now.
func (c *Config) Replay(ctx context.Context, env sources.Env, ids []int64, each func(d sources.DeadLetter, code, reason string) error) (err error) {
	if env.Now == nil {
		env.Now = time.Now
	}
	s, err := c.openStore(ctx, env)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.store.Close()) }()
	if len(ids) == 0 {
		if err := s.store.DeadLetters(ctx, func(d feed.DeadLetter) error { ids = append(ids, d.ID); return nil }); err != nil {
			return err
		}
	}
	for _, id := range ids {
		d, ok, err := s.store.DeadLetter(ctx, id)
		if err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("there is no dead letter %d that waits", id)
		}
		t := s.take(d.Body, d.Cut)
		var out feed.Outcome
		if t.ignored {
			t.Dead = nil
			out, err = s.store.Dismiss(ctx, id)
		} else {
			out, err = s.store.Replay(id, &t.Message)
		}
		if err != nil {
			return err
		}
		why := feed.Reason{}
		if out.Dead != nil {
			why = *out.Dead
		}
		if err := each(letterOf(d), why.Code, why.Text); err != nil {
			return err
		}
	}
	return nil
}
