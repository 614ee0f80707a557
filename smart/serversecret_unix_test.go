//go:build unix

package smart

import "testing"

// A secret may be lent to a group by root to another account, and by nobody else to anybody.
func TestWhoMayReadASecret(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		owner, self int
		mode        uint32
		refused     bool
	}{
		{1000, 1000, 0o600, false}, {1000, 1000, 0o640, true}, {1000, 1000, 0o604, true},
		{0, 65532, 0o440, false}, {0, 65532, 0o640, false}, {0, 65532, 0o444, true}, {0, 65532, 0o660, true},
		{0, 0, 0o640, true}, {1000, 65532, 0o640, true},
	} {
		if got := c.mode&uint32(othersOf(c.owner, c.self)) != 0; got != c.refused {
			t.Errorf("%d's file of mode %o, read by %d: refused %t", c.owner, c.mode, c.self, got)
		}
	}
}
