package pgwire

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// maxMessage bounds one client message in bytes. The longest honest one is an
// IN list of some hundred identifiers; anything larger is refused unread.
const maxMessage = 1 << 20

// message is one typed client message without its header.
type message struct {
	kind byte
	body []byte
}

// readMessage reads one typed message and refuses a length it will not hold.
func readMessage(r *bufio.Reader) (message, error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return message{}, err
	}
	n := int64(int32(binary.BigEndian.Uint32(head[1:])))
	if n < 4 || n > maxMessage {
		return message{}, &sqlError{code: "08P01", text: fmt.Sprintf("invalid message length: %d", n), fatal: true}
	}
	body := make([]byte, n-4)
	_, err := io.ReadFull(r, body)
	return message{head[0], body}, err
}

var errShort = errors.New("message is shorter than its fields")

// fields reads the fields of a message in order. The first field that is not
// there makes it short, and every later one zero, so that a caller checks once.
type fields struct {
	b     []byte
	short bool
}

func (f *fields) take(n int) []byte {
	if n < 0 || n > len(f.b) {
		f.short, f.b = true, nil
		return nil
	}
	v := f.b[:n]
	f.b = f.b[n:]
	return v
}

func (f *fields) byte() byte {
	if v := f.take(1); v != nil {
		return v[0]
	}
	return 0
}

func (f *fields) int16() int {
	if v := f.take(2); v != nil {
		return int(int16(binary.BigEndian.Uint16(v)))
	}
	return 0
}

func (f *fields) int32() int {
	if v := f.take(4); v != nil {
		return int(int32(binary.BigEndian.Uint32(v)))
	}
	return 0
}

// string reads a zero-terminated string.
func (f *fields) string() string {
	for i, c := range f.b {
		if c == 0 {
			s := string(f.b[:i])
			f.b = f.b[i+1:]
			return s
		}
	}
	f.short, f.b = true, nil
	return ""
}

// int16s reads a counted list of two-byte numbers, such as format codes.
func (f *fields) int16s() []int {
	n := f.int16()
	if n < 0 || 2*n > len(f.b) {
		f.short = true
		return nil
	}
	v := make([]int, n)
	for i := range v {
		v[i] = f.int16()
	}
	return v
}

func (f *fields) err() error {
	if f.short {
		return errShort
	}
	return nil
}

// output collects server messages until they are sent.
type output struct {
	b     []byte
	start int
}

func (o *output) begin(kind byte) {
	o.b = append(o.b, kind)
	o.start = len(o.b)
	o.b = append(o.b, 0, 0, 0, 0)
}

func (o *output) end() {
	binary.BigEndian.PutUint32(o.b[o.start:], uint32(len(o.b)-o.start))
}

func (o *output) byte(v byte)     { o.b = append(o.b, v) }
func (o *output) int16(v int)     { o.b = binary.BigEndian.AppendUint16(o.b, uint16(v)) }
func (o *output) int32(v int)     { o.b = binary.BigEndian.AppendUint32(o.b, uint32(v)) }
func (o *output) string(s string) { o.b = append(append(o.b, s...), 0) }

// empty writes a message that has no fields.
func (o *output) empty(kind byte) {
	o.begin(kind)
	o.end()
}

// text writes a message of one string, such as CommandComplete.
func (o *output) text(kind byte, s string) {
	o.begin(kind)
	o.string(s)
	o.end()
}

func (o *output) parameter(name, value string) {
	o.begin('S')
	o.string(name)
	o.string(value)
	o.end()
}

func (o *output) ready(transaction byte) {
	o.begin('Z')
	o.byte(transaction)
	o.end()
}
