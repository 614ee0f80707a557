package sources

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/record"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clinic is a small system in memory: it holds whatever reads says, and is its own
// connector.
type clinic struct {
	Env
	fetch func(ctx context.Context, keys []Key, answer func(Key, Result))
	mu    sync.Mutex
	asked [][]Key
	shut  bool
}

func (c *clinic) Validate() []Problem { return nil }

func (c *clinic) Open(_ context.Context, env Env) (Source, error) {
	c.Env = env
	return c, nil
}

func (c *clinic) Offers() []record.Section {
	return []record.Section{record.Allergies, record.Problems, record.Medications}
}

func (c *clinic) Fetch(ctx context.Context, keys []Key, answer func(Key, Result)) {
	c.mu.Lock()
	c.asked = append(c.asked, keys)
	c.mu.Unlock()
	c.fetch(ctx, keys, answer)
}

func (c *clinic) Close() error { c.shut = true; return nil }

func (c *clinic) fetches() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.asked)
}

// journal is a log that can be read.
type journal struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.out.Write(p)
}

func (j *journal) count(of string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return strings.Count(j.out.String(), of)
}

func (j *journal) logger() *slog.Logger { return slog.New(slog.NewTextHandler(j, nil)) }

func open(t *testing.T, c Connector, s Settings) *System {
	t.Helper()
	return openLogged(t, c, s, &journal{})
}

func openLogged(t *testing.T, c Connector, s Settings, j *journal) *System {
	t.Helper()
	s.Origin = record.Origin{ID: "clinic", Name: "The clinic"}
	sys, err := Open(t.Context(), c, s, Env{Log: j.logger(), Zone: time.UTC}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sys.Close() })
	return sys
}

func allergiesOf(id string) Key { return Key{Section: record.Allergies, LocalID: id} }

func allergy(subject string) *record.Allergy {
	return &record.Allergy{Base: record.Base{Subject: subject, Code: record.Text("Penicillin"),
		Provenance: record.Provenance{LocalID: "a1"}}}
}

// holds answers every key with one allergy of the right person.
func holds(_ context.Context, keys []Key, answer func(Key, Result)) {
	for _, k := range keys {
		if k.Section == record.Allergies {
			answer(k, Result{Entries: []record.Entry{allergy(k.LocalID)}})
		} else {
			answer(k, Result{})
		}
	}
}

// after answers like holds after d.
func after(d time.Duration) func(context.Context, []Key, func(Key, Result)) {
	return func(ctx context.Context, keys []Key, answer func(Key, Result)) {
		select {
		case <-time.After(d):
			holds(ctx, keys, answer)
		case <-ctx.Done():
		}
	}
}

func code(a Answer) string {
	if a.Err == nil {
		return ""
	}
	return AsError(a.Err).Code
}

func wait(r *Read) Answer {
	<-r.Done()
	return r.Answer()
}

func readOne(s *System, k Key) Answer { return wait(s.Begin([]Key{k})[0]) }
