package hl7v2

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
	"github.com/patchworkcare/patchwork/sources/hl7v2/feed"
)

// Fetch reads each person's messages once, whatever the number of sections.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	var order []string
	wanted := map[string][]record.Section{}
	for _, k := range keys {
		if _, ok := wanted[k.LocalID]; !ok {
			order = append(order, k.LocalID)
		}
		if !slices.Contains(wanted[k.LocalID], k.Section) {
			wanted[k.LocalID] = append(wanted[k.LocalID], k.Section)
		}
	}
	for _, id := range order {
		var c *chart
		var state state
		err := s.env.Call(ctx, func(ctx context.Context) (err error) {
			if c, err = s.chart(ctx, id); err == nil {
				state, err = s.state(ctx, c)
			}
			return fault(ctx, err)
		})
		for _, section := range wanted[id] {
			k := sources.Key{Section: section, LocalID: id}
			if err != nil {
				answer(k, sources.Result{Err: err})
				continue
			}
			answer(k, s.result(c, state, section))
		}
	}
}

// defaultMessages is how many messages about one person are read.
const defaultMessages = 20_000

// chart applies the messages about a person, and about whoever was merged into them.
func (s *source) chart(ctx context.Context, id string) (*chart, error) {
	c := newChart(s, id)
	became, remains, err := s.store.Whole(ctx, id)
	if err != nil {
		return nil, err
	}
	if remains != "" {
		for _, section := range offered() {
			c.gap(section, "merged", "This record was merged into another one, under which it is shown")
		}
		return c, nil
	}
	c.became = became
	more, err := s.store.Messages(ctx, became, or(s.config.MaxMessages, defaultMessages), func(k feed.Kept) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.take(k)
		return nil
	})
	if more {
		for _, section := range offered() {
			c.gap(section, "message-cap", "There are more messages about this person than are read; the oldest are left out")
		}
	}
	return c, err
}

// take applies a kept message; one that cannot be applied any more is named.
func (c *chart) take(k feed.Kept) {
	defer func() {
		if recover() != nil {
			c.unread(k)
		}
	}()
	m, err := er7.Parse(k.Body, c.s.config.parsing())
	if err != nil || c.apply(m, k) != nil {
		c.unread(k)
	}
}

func (c *chart) unread(k feed.Kept) {
	for _, section := range offered() {
		if kind(k.Kind).tells(section) {
			c.gap(section, "message-not-read", "A message that it sent cannot be read any more")
		}
	}
}

// state is how the feed stands for a person.
type state struct {
	last time.Time
	// waiting are the kinds of dead letters about the person.
	waiting []string
}

func (s *source) state(ctx context.Context, c *chart) (x state, err error) {
	if x.last, err = s.store.Last(ctx); err == nil {
		x.waiting, err = s.store.Waiting(ctx, append([]string{c.asked}, c.became...))
	}
	return x, err
}

// result is a section with what is to be said about it.
func (s *source) result(c *chart, x state, section record.Section) sources.Result {
	r := c.section(section)
	r.AsOf = x.last
	if r.AsOf.IsZero() {
		r.AsOf = s.store.Since()
	}
	if g := s.since(c, section); g != nil {
		r.Gaps = append(r.Gaps, *g)
	}
	if old := s.env.Now().Sub(r.AsOf); s.config.StaleAfter > 0 && old > s.config.StaleAfter {
		r.Gaps = append(r.Gaps, partial("feed-silent", fmt.Sprintf("It has sent nothing for %s", spell(old))))
	}
	if slices.ContainsFunc(x.waiting, func(k string) bool { return kind(k).tells(section) }) {
		r.Gaps = append(r.Gaps, partial("dead-letter", "A message about this person could not be used and waits for somebody to look at it"))
	}
	return r
}

// since says from when on a feed knows anything: before that, that nothing was sent says
// nothing (hazard H-02). Who a person is, is told whole by one message.
func (s *source) since(c *chart, section record.Section) *sources.Gap {
	from := s.store.Since()
	kept := s.env.Now().Add(-s.config.Retention)
	switch {
	case c.whole(section):
		return nil
	case s.config.Retention > 0 && kept.After(from):
		g := partial("retention", "It holds what was sent since "+s.day(kept)+" only")
		return &g
	case slices.Contains(s.config.Complete, section.Name()):
		return nil
	}
	g := partial("feed-since", "It has been listened to since "+s.day(from)+"; what was recorded before is not held")
	return &g
}

// Unheard implements sources.Hearer. With demographics complete, everybody whom the sender
// knows has been sent.
func (s *source) Unheard() *sources.Gap {
	if slices.Contains(s.config.Complete, record.Demographics.Name()) {
		return nil
	}
	g := partial("feed-since", "It has been listened to since "+s.day(s.store.Since())+" and was sent nothing about this person; what was recorded before is not held")
	return &g
}

// whole reports whether a sender has given all of a section that it holds, as messages of
// admissions and demographics do: one is then as good as all before.
func (c *chart) whole(section record.Section) bool {
	switch section {
	case record.Demographics:
		return c.stated
	case record.GPPractice:
		return len(c.practices) > 0
	case record.Allergies:
		return len(c.allergies) > 0
	case record.PersonalContacts:
		return len(c.contacts) > 0
	}
	return false
}

func (s *source) day(t time.Time) string { return t.In(s.env.Zone).Format("02-Jan-2006") }

// spell is a time as people say it.
func spell(d time.Duration) string {
	switch {
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d hours", int(d.Hours()))
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24))
}

func partial(code, reason string) sources.Gap {
	return sources.Gap{Status: record.Partial, Code: code, Reason: reason}
}

// fault is an error of the store; its text is not shown, because it may quote a path.
func fault(ctx context.Context, err error) error {
	var known *sources.Error
	switch {
	case err == nil, errors.As(err, &known):
		return err
	case ctx.Err() != nil:
		return &sources.Error{Kind: sources.Timeout, Code: "timeout", Reason: "It did not answer in time", Cause: ctx.Err()}
	}
	return &sources.Error{Kind: sources.Unavailable, Code: "store", Reason: "What it sent cannot be read", Cause: err}
}
