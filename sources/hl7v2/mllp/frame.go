package mllp

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"time"
)

// The bytes of a frame.
const (
	begin  = 0x0B
	end    = 0x1C
	finish = 0x0D
)

// Frame writes body as a frame.
func Frame(body []byte) []byte {
	framed := make([]byte, 0, len(body)+3)
	framed = append(framed, begin)
	framed = append(framed, body...)
	return append(framed, end, finish)
}

var (
	// ErrTooLarge ends a frame that is larger than is read.
	ErrTooLarge = errors.New("mllp: the frame is too large")
	// ErrNoise is too much between two frames.
	ErrNoise = errors.New("mllp: too much that is in no frame")
	// ErrCut is a connection that ended, or a frame that took too long, within a frame.
	ErrCut = errors.New("mllp: the frame was cut off")
	// ErrBusy is a large frame for which there is no memory now.
	ErrBusy = errors.New("mllp: no memory for so large a frame now")
)

// maxNoise is how many bytes may stand between two frames: some senders end lines there.
const maxNoise = 1024

// reader takes frames out of a stream.
type reader struct {
	from *bufio.Reader
	// most is how large a frame may be.
	most int
	// began is called when a frame begins, grow before its buffer gets larger by so many
	// bytes; nil calls nobody.
	began func()
	grow  func(int) bool
}

// step is by how much a large frame's buffer grows.
const step = 256 << 10

// next reads a frame. io.EOF is the end of the stream between frames. Of a frame that is
// too large its beginning comes with ErrTooLarge.
func (r *reader) next() ([]byte, error) {
	if err := r.seek(); err != nil {
		return nil, err
	}
	if r.began != nil {
		r.began()
	}
	body, room := make([]byte, 0, 4<<10), step
	for {
		piece, err := r.from.ReadSlice(end)
		if err == nil {
			piece = piece[:len(piece)-1]
		}
		if i := bytes.LastIndexByte(piece, begin); i >= 0 { // it began anew: what came before was cut
			body, piece = body[:0], piece[i+1:]
		}
		switch {
		case len(body)+len(piece) > r.most:
			return append(body, piece[:max(0, r.most-len(body))]...), ErrTooLarge
		case len(body)+len(piece) > room:
			if r.grow != nil && !r.grow(step) {
				return nil, ErrBusy
			}
			room += step
		}
		body = append(body, piece...)
		switch {
		case err == nil:
			return body, r.over()
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return nil, ErrCut
		default:
			return nil, errors.Join(ErrCut, err)
		}
	}
}

// seek reads to the beginning of a frame.
func (r *reader) seek() error {
	for range maxNoise {
		c, err := r.from.ReadByte()
		if err != nil || c == begin {
			return err
		}
	}
	return ErrNoise
}

// over takes the last byte of a frame; a sender that leaves it out is forgiven, but not
// waited for: what comes next is looked at when it comes.
func (r *reader) over() error {
	if r.from.Buffered() == 0 {
		return nil // seek passes over it
	}
	if c, err := r.from.ReadByte(); err == nil && c != finish {
		return r.from.UnreadByte()
	}
	return nil
}

// Limits bound connections and frames. Zero values are the defaults given with each field.
type Limits struct {
	// Bytes is how large a frame may be; default 4 MiB.
	Bytes int
	// Connections is how many there may be at once; default 64.
	Connections int
	// Idle is how long a connection may be silent between frames; default 10m.
	Idle time.Duration
	// Frame is how long one frame may take from its first byte to its last, and an answer
	// to be taken; default 30s.
	Frame time.Duration
	// Memory is what all large frames may use together; default 64 MiB.
	Memory int64
}

func (l Limits) withDefaults() Limits {
	if l.Bytes == 0 {
		l.Bytes = 4 << 20
	}
	if l.Connections == 0 {
		l.Connections = 64
	}
	if l.Idle == 0 {
		l.Idle = 10 * time.Minute
	}
	if l.Frame == 0 {
		l.Frame = 30 * time.Second
	}
	if l.Memory == 0 {
		l.Memory = max(64<<20, int64(l.Bytes)*2)
	}
	return l
}
