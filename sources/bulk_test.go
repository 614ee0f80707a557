package sources

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
)

func TestBulkReadsWhatFits(t *testing.T) {
	t.Parallel()
	var b Bulk
	for _, c := range []struct {
		size, most int
		large      bool
	}{
		{0, 10, false}, {10, 10, false}, {11, 10, true}, {handy, handy, false}, {handy + 1, handy, true},
		{handy, 3 * handy, false}, {handy + 1, 3 * handy, false}, {3 * handy, 3 * handy, false}, {3*handy + 1, 3 * handy, true},
		{2*handy + 7, 5 * handy, false}, // in a space that was smaller
	} {
		text := bytes.Repeat([]byte("patchwork"), c.size/9+1)[:c.size]
		body, large, err := b.ReadAll(t.Context(), iotest.HalfReader(bytes.NewReader(text)), c.most)
		if err != nil || large != c.large || !large && !bytes.Equal(body, text) || large && len(body) > 0 {
			t.Errorf("%d of at most %d: %d, %v, %v", c.size, c.most, len(body), large, err)
		}
	}
}

// What breaks off is no answer, wherever it does.
func TestBulkKeepsErrors(t *testing.T) {
	t.Parallel()
	var b Bulk
	for _, size := range []int{0, 5, handy + 1, 2 * handy} {
		for _, cause := range []error{io.ErrUnexpectedEOF, errors.New("reset")} {
			from := io.MultiReader(bytes.NewReader(make([]byte, size)), iotest.ErrReader(cause))
			if _, large, err := b.ReadAll(t.Context(), from, 4*handy); !errors.Is(err, cause) || large {
				t.Errorf("after %d bytes: %v, %v", size, large, err)
			}
		}
	}
}

// Two large answers are read at a time; whoever waits for a turn waits no longer than they
// may, and small ones do not wait.
func TestBulkTakesTurns(t *testing.T) {
	t.Parallel()
	var b Bulk
	var now, most atomic.Int64
	enough := make(chan struct{})
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			at := 0
			from := readerFunc(func(p []byte) (int, error) {
				if at += len(p); at > handy+1 {
					most.Store(max(most.Load(), now.Add(1)))
					defer now.Add(-1)
					<-enough
					return 0, io.EOF
				}
				return len(p), nil
			})
			if _, _, err := b.ReadAll(t.Context(), from, 4*handy); err != nil {
				t.Error(err)
			}
		})
	}
	for now.Load() < bulky {
		continue
	}
	if small, _, err := b.ReadAll(t.Context(), bytes.NewReader([]byte("small")), 4*handy); err != nil || string(small) != "small" {
		t.Errorf("%q, %v", small, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := b.ReadAll(ctx, bytes.NewReader(make([]byte, 2*handy)), 4*handy); !errors.Is(err, context.Canceled) {
		t.Errorf("it waited: %v", err)
	}
	close(enough)
	readers.Wait()
	if most.Load() > bulky {
		t.Errorf("%d large answers at once", most.Load())
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
