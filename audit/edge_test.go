package audit

import (
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// TestTheEdgeIsTheTree: our edge stores the hashes and has the roots of the library's
// tree, which is RFC 6962's.
func TestTheEdgeIsTheTree(t *testing.T) {
	t.Parallel()
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, position := range at {
			out[i] = stored[position]
		}
		return out, nil
	})
	var e edge
	for n := range int64(300) {
		root, err := tlog.TreeHash(n, reader)
		if err != nil || (n > 0 && e.root() != root) {
			t.Fatalf("the root of %d events: %v, want %v (%v)", n, e.root(), root, err)
		}
		data := []byte{byte(n), byte(n >> 8)}
		want, err := tlog.StoredHashes(n, data, reader)
		if err != nil {
			t.Fatal(err)
		}
		got := e.add(tlog.RecordHash(data), nil)
		if len(got) != len(want)*tlog.HashSize || len(want) != completed(n+1) {
			t.Fatalf("event %d completes %d hashes, want %d", n+1, len(got)/tlog.HashSize, len(want))
		}
		for i := range want {
			if tlog.Hash(got[i*tlog.HashSize:][:tlog.HashSize]) != want[i] {
				t.Fatalf("hash %d of event %d differs", i, n+1)
			}
		}
		stored = append(stored, want...)
	}
}
