package main

import (
	"context"
	"maps"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// morePerRun is how much more the server may hold after many pages than after one: pools and
// connections, and no record.
const morePerRun = 4 << 20

// What a run of a view holds does not grow with its people: neither while it goes on nor when it
// is over. A server of its own is measured, whose garbage is collected before each look.
func TestTheMemoryOfAViewIsFlat(t *testing.T) {
	exhausts(t) // it looks at what a server holds: best where little else goes on
	t.Parallel()
	n := 200
	if os.Getenv(viewPeople) != "" {
		n = manyPeople()
	}
	region, err := demo.Start(context.WithoutCancel(t.Context()), demo.Options{Patients: n, Feed: true, OpenEHR: true, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := region.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	m := newMortal(t, buildPatchwork(t), region, dbtest.SQLite(t))
	profiles := freeAddress(t)
	m.env = []string{"PATCHWORK_PPROF=" + profiles}
	m.start(t)
	var numbers, lists []string
	for _, p := range region.Patients {
		if p.NHSNumber != "" {
			numbers = append(numbers, p.NHSNumber)
		}
	}
	for part := range slices.Chunk(numbers, 1000) { // the most that a list has
		lists = append(lists, m.keepList(t, part))
	}
	few := m.keepList(t, numbers[:50])
	view := m.ask(t, `mutation($v: ViewInput!) { saveView(view: $v) { id } }`, map[string]any{"v": fiveColumns}).text("data.saveView.id")
	m.stop(t) // what making lists has left is not the run's
	m.start(t)
	m.heapsOfRun(t, view, few, profiles)
	onePage := quietHeap(t, profiles)
	t.Logf("after one page: %d KB live, %s", onePage>>10, m.memory(t))
	for _, list := range lists {
		heaps := m.heapsOfRun(t, view, list, profiles)
		after := quietHeap(t, profiles)
		t.Logf("live KB by page: %v; after the run %d KB, %s", kilobytes(heaps), after>>10, m.memory(t))
		if after > onePage+morePerRun {
			t.Errorf("after %d pages the server holds %d KB, after one %d KB", len(heaps), after>>10, onePage>>10)
		}
		if k := len(heaps) / 2; k > 0 {
			if first, last := slices.Min(heaps[:k]), slices.Min(heaps[len(heaps)-k:]); last > first+morePerRun {
				t.Errorf("in the last pages the server holds %d KB, in the first %d KB", last>>10, first>>10)
			}
		}
	}
	m.stop(t)
}

// heapsOfRun runs a view and gives the least that the server held at each of its pages but the
// first, whose memory is partly what a server needs once.
func (m *mortal) heapsOfRun(t *testing.T, view, list, profiles string) (heaps []int) {
	t.Helper()
	run := m.begin(t, view, list)
	at := map[int]int{}
	for state := "queued"; state != "done"; {
		if err := m.db.Read.QueryRowContext(t.Context(), `SELECT state FROM view_run WHERE id = ?`, run).Scan(&state); err != nil || state == "failed" {
			t.Fatalf("the run is %s: %v", state, err)
		}
		page := m.pagesOf(t, run)
		if heap := liveHeap(t, profiles); at[page] == 0 || heap < at[page] {
			at[page] = heap
		}
	}
	for _, page := range slices.Sorted(maps.Keys(at)) {
		if page > 0 {
			heaps = append(heaps, at[page])
		}
	}
	return heaps
}

func kilobytes(bytes []int) (kilo []int) {
	for _, b := range bytes {
		kilo = append(kilo, b>>10)
	}
	return kilo
}

// quietHeap is what a server holds that has nothing to do: pools are empty after a few
// collections.
func quietHeap(t *testing.T, profiles string) int {
	t.Helper()
	heap := liveHeap(t, profiles)
	for range 5 {
		heap = min(heap, liveHeap(t, profiles))
	}
	return heap
}

var heapAlloc = regexp.MustCompile(`# HeapAlloc = (\d+)`)

// liveHeap is what a server holds when its garbage was collected, in bytes.
func liveHeap(t *testing.T, profiles string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+profiles+"/debug/pprof/heap?gc=1&debug=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	status, text := send(t, req)
	found := heapAlloc.FindSubmatch(text)
	if status != http.StatusOK || found == nil {
		t.Fatalf("%d: no heap in the profile", status)
	}
	n, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// freeAddress is an address on loopback that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}
