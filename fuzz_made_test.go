package main

import (
	"bytes"
	"context"
	"errors"
	"sync"

	"github.com/patchworkcare/patchwork/fuzz/world"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// made is a made-up system: a neighbour, not one of our parts.
type made struct {
	world  *world.World
	source world.Source
}

// Validate finds nothing wrong.
func (m *made) Validate() []sources.Problem { return nil }

// Open gives the system itself.
func (m *made) Open(context.Context, sources.Env) (sources.Source, error) { return m, nil }

// Offers are the sections that the world gave it.
func (m *made) Offers() []record.Section { return m.source.Offers }

// Fetch answers from what the world holds at the moment.
func (m *made) Fetch(_ context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	w := m.world
	for _, k := range keys {
		answer(k, m.answer(w, k))
	}
}

func (m *made) answer(w *world.World, k sources.Key) sources.Result {
	held := w.Record(m.source.ID, k.LocalID)
	if held == nil || held.Sections[k.Section] == nil {
		return sources.Result{}
	}
	a := held.Sections[k.Section]
	if a.Fails {
		return sources.Result{Err: &sources.Error{Kind: sources.Malformed, Code: "not-json", Reason: "Its answer could not be understood", Cause: errors.New("made up")}}
	}
	var result sources.Result
	for _, e := range a.Entries {
		result.Entries = append(result.Entries, world.Copy(e.Value))
	}
	result.Asserted = append(result.Asserted, a.Asserted...)
	if a.Gap {
		result.Gaps = []sources.Gap{{Status: record.Partial, Code: "page-cap", Reason: "There is more than could be read"}}
	}
	return result
}

// Find looks people up as the world has them.
func (m *made) Find(_ context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	w := m.world
	found := make([][]record.Person, len(queries))
	for i, q := range queries {
		found[i] = w.Find(m.source.ID, q)
	}
	return found, nil
}

// Close does nothing.
func (m *made) Close() error { return nil }

// lockedBuffer is a log that several write.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write appends.
func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// take gives what was written since it was last called.
func (l *lockedBuffer) take() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := bytes.Clone(l.b.Bytes())
	l.b.Reset()
	return text
}
