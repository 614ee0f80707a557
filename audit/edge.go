package audit

import (
	"crypto/sha256"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// edge is the right edge of the Merkle tree over the events (RFC 6962 §2.1): all that
// is needed to add a leaf and to tell the root, whatever the tree's size. The zero edge
// is the empty tree.
type edge struct {
	size int64
	// nodes[l] is the root of a whole subtree of 2^l leaves, where size has bit l.
	nodes [63]tlog.Hash
}

// add puts a leaf at the end and appends to out the hashes it completes: its own and
// those of the subtrees that are whole with it. They are tlog's stored hashes.
func (e *edge) add(leaf tlog.Hash, out []byte) []byte {
	out = append(out, leaf[:]...)
	level := 0
	for n := e.size; n&1 == 1; n >>= 1 {
		leaf = tlog.NodeHash(e.nodes[level], leaf)
		out = append(out, leaf[:]...)
		level++
	}
	e.nodes[level] = leaf
	e.size++
	return out
}

// root is the tree's root hash.
func (e *edge) root() tlog.Hash {
	if e.size == 0 {
		return sha256.Sum256(nil)
	}
	level := bits.TrailingZeros64(uint64(e.size)) //nolint:gosec // a size is not negative
	root := e.nodes[level]
	for level++; e.size>>level > 0; level++ {
		if e.size>>level&1 == 1 {
			root = tlog.NodeHash(e.nodes[level], root)
		}
	}
	return root
}

// completed is how many hashes event seq completes: it and the subtrees that end in it.
func completed(seq int64) int {
	return 1 + bits.TrailingZeros64(uint64(seq)) //nolint:gosec // as above
}
