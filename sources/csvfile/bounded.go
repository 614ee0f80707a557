package csvfile

import (
	"context"
	"io"
)

// maxRow bounds one row, in bytes.
const maxRow = 1 << 20

// boundedReader ends with the context, and refuses a file or a row that is too long:
// a row of the csv reader may span lines, so a quotation mark that is never closed
// would otherwise take the whole file into memory.
type boundedReader struct {
	ctx   context.Context
	from  io.Reader
	left  int64 // of the file
	row   int64 // since the last whole row
	last  byte  // the last byte read
	total int64
}

func (b *boundedReader) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := b.from.Read(p)
	if n > 0 {
		b.last = p[n-1]
	}
	b.left -= int64(n)
	b.row += int64(n)
	b.total += int64(n)
	switch {
	case b.left < 0:
		return 0, malformed("too-large", "Its file is larger than allowed")
	case b.row > maxRow:
		return 0, malformed("row-too-long", "Its file has a row that is too long")
	}
	return n, err
}

// whole tells that a row was read to its end.
func (b *boundedReader) whole() { b.row = 0 }
