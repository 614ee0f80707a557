package csvfile

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"
)

// take is given each row; the header is the first. The slice is not kept.
type take func(cells []string) error

// csvRows reads text to its end, or to the first thing wrong with it.
func csvRows(from *boundedReader, delimiter rune, charset string, finalNewline bool, each take) error {
	text := bufio.NewReaderSize(decoded(from, charset), 32<<10)
	if err := begin(text); err != nil {
		return err
	}
	r := csv.NewReader(text)
	r.Comma, r.ReuseRecord = delimiter, true
	for n := 0; ; n++ {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return end(n, from, finalNewline)
		}
		if err != nil {
			return err
		}
		from.whole()
		if n == 0 && !readable(cells) {
			return malformed("bad-charset", "Its file is not in the configured charset")
		}
		if err := each(cells); err != nil {
			return err
		}
	}
}

// begin passes over a byte order mark, and refuses a web page.
func begin(text *bufio.Reader) error {
	if mark, _ := text.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = text.Discard(3)
	}
	start, err := text.Peek(64)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if start = bytes.TrimSpace(start); len(start) > 0 && start[0] == '<' {
		return notCSV()
	}
	return nil
}

// end looks at how the file ended. A file without so much as a header says nothing
// at all, which is not the same as having no rows.
func end(rows int, from *boundedReader, finalNewline bool) error {
	switch {
	case rows == 0:
		return malformed("no-header", "Its file has no header")
	case finalNewline && from.last != '\n' && from.last != '\r' && from.last != 0:
		return truncated()
	}
	return nil
}

func readable(cells []string) bool {
	for _, c := range cells {
		if !utf8.ValidString(c) {
			return false
		}
	}
	return true
}
