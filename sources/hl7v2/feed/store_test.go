package feed

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func openStore(t *testing.T, dir string) (*Store, *clock) {
	t.Helper()
	c := &clock{at: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	s, err := Open(t.Context(), Options{Dir: dir, Owner: "a", Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, c
}

func message(control, person string) *Message {
	return &Message{Sender: "PAS|W", Control: control, Kind: "ADT^A31", Person: person, Body: []byte("MSH " + control), Identity: &Identity{Keys: []string{"i:" + person}, Demographics: true}}
}

func put(t *testing.T, s *Store, m *Message) Outcome {
	t.Helper()
	out, err := s.Put(m)()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func bodies(t *testing.T, s *Store, person string, most int) (string, bool) {
	t.Helper()
	var all []string
	more, err := s.Messages(t.Context(), []string{person}, most, func(k Kept) error { all = append(all, strings.TrimPrefix(string(k.Body), "MSH ")); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " "), more
}

// A dead letter that is used after all stands where it would have stood: what came after
// it is not undone.
func TestReplayKeepsTheOrder(t *testing.T) {
	t.Parallel()
	s, c := openStore(t, t.TempDir())
	put(t, s, message("1", "H1"))
	c.move(time.Minute)
	dead := message("2", "H1")
	dead.Dead = &Reason{"x", "X"}
	put(t, s, dead)
	c.move(time.Minute)
	put(t, s, message("3", "H1"))
	c.move(-time.Hour) // the clock is set back: the order stays
	put(t, s, message("4", "H1"))
	if got, _ := bodies(t, s, "H1", 10); got != "1 3 4" {
		t.Error(got)
	}
	if waiting, err := s.Waiting(t.Context(), []string{"H1"}); err != nil || len(waiting) != 1 {
		t.Error(waiting, err)
	}
	if out, err := s.Replay(1, message("2", "H1")); err != nil || out.Dead != nil || out.Duplicate {
		t.Fatal(out, err)
	}
	if got, _ := bodies(t, s, "H1", 10); got != "1 2 3 4" {
		t.Error(got)
	}
	if waiting, err := s.Waiting(t.Context(), []string{"H1"}); err != nil || len(waiting) != 0 {
		t.Error(waiting, err)
	}
	if got, more := bodies(t, s, "H1", 2); got != "3 4" || !more {
		t.Error(got, more)
	}
	if got, more := bodies(t, s, "H1", 4); got != "1 2 3 4" || more {
		t.Error(got, more)
	}
}

// What is older than the retention goes; who people are, and who was merged, stays.
func TestForget(t *testing.T) {
	t.Parallel()
	s, c := openStore(t, t.TempDir())
	put(t, s, message("1", "H1"))
	put(t, s, message("2", "H1"))
	result := message("3", "H1")
	result.Kind, result.Identity = "ORU^R01", nil
	put(t, s, result)
	merge := message("4", "H2")
	merge.Merges = []Merge{{Gone: "H3", Remains: "H2"}}
	put(t, s, merge)
	dead := message("5", "H1")
	dead.Dead = &Reason{"x", "X"}
	put(t, s, dead)
	c.move(48 * time.Hour)
	put(t, s, message("6", "H2"))
	for more := true; more; {
		var err error
		if more, err = s.Forget(t.Context(), c.now().Add(-24*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if got, _ := bodies(t, s, "H1", 10); got != "2" {
		t.Error(got)
	}
	if got, _ := bodies(t, s, "H2", 10); got != "4 6" {
		t.Error(got)
	}
	n, err := s.Sizes(t.Context())
	if err != nil || n.Dead != 0 || n.Merges != 1 {
		t.Error(n, err)
	}
	if ids, err := s.Find(t.Context(), "i:H1", 10); err != nil || len(ids) != 1 {
		t.Error(ids, err)
	}
}

// When the disk is full nothing is acknowledged, and nothing is half kept; when there is
// room again the feed goes on.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, _ := openStore(t, dir)
	put(t, s, message("1", "H1"))
	if _, err := s.write.Exec("PRAGMA max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	big := message("2", "H1")
	big.Body = make([]byte, 1<<20)
	small := message("3", "H1")
	waits := []func() (Outcome, error){s.Put(big), s.Put(small)}
	if _, err := waits[0](); err == nil {
		t.Error("more is kept than there is room for")
	}
	_, failed := waits[1]()
	if _, err := s.write.Exec("PRAGMA max_page_count = 1073741823"); err != nil {
		t.Fatal(err)
	}
	if out := put(t, s, small); out.Duplicate == (failed != nil) {
		t.Errorf("%+v after %v", out, failed)
	}
	if out := put(t, s, big); out.Duplicate || out.Dead != nil {
		t.Errorf("%+v", out)
	}
}

// Two processes may have the store open: the server, and a command.
func TestTwoStores(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a, _ := openStore(t, dir)
	b, _ := openStore(t, dir)
	var all sync.WaitGroup
	for i, s := range []*Store{a, b, a, b} {
		all.Go(func() {
			for n := range 50 {
				if out, err := s.Put(message(fmt.Sprintf("%d-%d", i/2, n), "H1"))(); err != nil || out.Dead != nil {
					t.Errorf("%+v %v", out, err)
				}
			}
		})
	}
	all.Wait()
	if n, err := a.Sizes(t.Context()); err != nil || n.Messages != 100 {
		t.Error(n, err)
	}
}

func TestClosedAndNewer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, err := Open(t.Context(), Options{Dir: dir, Owner: "a"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(message("1", "H1"))(); err == nil {
		t.Error("a closed store keeps something")
	}
	if _, err := Open(context.Background(), Options{Dir: dir, Owner: "a"}); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Error(err)
	}
}
