package sources

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
)

const (
	// handy is how much of an answer is read at once with all others.
	handy = 512 << 10
	// bulky is how many answers beyond that are in memory at a time.
	bulky = 2
)

// Bulk reads the answers of one source so that large ones do not fill the memory: as many as
// the source's cap allows are read up to half a mebibyte each; beyond that they take turns, within
// their readers' deadlines. So a source that answers everything with far too much costs two
// answers' worth, not sixteen. The zero Bulk is ready; it must not be copied.
type Bulk struct {
	once  sync.Once
	turns chan struct{}
	space sync.Pool // *[]byte, for one large answer
}

// ReadAll reads an answer of at most most bytes; large says that there are more, and nothing
// is kept of them.
func (b *Bulk) ReadAll(ctx context.Context, from io.Reader, most int) (body []byte, large bool, err error) {
	var buf bytes.Buffer
	large, err = b.Fill(ctx, &buf, from, most)
	return buf.Bytes(), large, err
}

// Fill is ReadAll into an empty buffer of the caller's. With an error there may be anything in it.
func (b *Bulk) Fill(ctx context.Context, buf *bytes.Buffer, from io.Reader, most int) (large bool, err error) {
	// One byte more than allowed tells "more" from "just fits".
	first := min(handy, most)
	n, err := buf.ReadFrom(io.LimitReader(from, int64(first)+1))
	switch {
	case err != nil || n <= int64(first):
		return false, err
	case first == most:
		buf.Reset()
		return true, nil
	}
	b.once.Do(func() { b.turns = make(chan struct{}, bulky) })
	select {
	case b.turns <- struct{}{}:
		defer func() { <-b.turns }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	return b.rest(buf, from, most)
}

// rest reads on in a space that is used again, and keeps only what fits.
func (b *Bulk) rest(buf *bytes.Buffer, from io.Reader, most int) (large bool, err error) {
	space, _ := b.space.Get().(*[]byte)
	if space == nil || len(*space) <= most {
		made := make([]byte, most+1)
		space = &made
	}
	defer b.space.Put(space)
	begun := copy(*space, buf.Bytes())
	n := begun
	for n <= most && err == nil {
		var more int
		more, err = from.Read((*space)[n : most+1])
		n += more
	}
	buf.Reset()
	switch {
	case n > most:
		return true, nil
	case !errors.Is(err, io.EOF): // cut short, or late
		return false, err
	}
	_, _ = buf.Write((*space)[:n])
	return false, nil
}
