package docfolder

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// mostIndex is how large an index may be; it is read row by row.
const mostIndex = 256 << 20

// scan reads the index from its beginning to its end: what is cut, or changes while it is
// read, is none.
func (s *source) scan(ctx context.Context, take func(row), gap func(code, reason string)) error {
	f, err := s.place.open(ctx, s.Index.File)
	if isGone(err) {
		return &sources.Error{Kind: sources.Unavailable, Code: "no-index", Reason: "Its index is not there"}
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	raw := &tail{from: ending{ctx, f}, left: mostIndex}
	var from io.Reader = raw
	if s.Index.Charset == "windows-1252" {
		from = charmap.Windows1252.NewDecoder().Reader(raw)
	}
	r := csv.NewReader(from)
	r.Comma, _ = comma(s.Index.Delimiter)
	r.ReuseRecord = true
	if err := s.rows(r, take, gap); err != nil {
		if raw.err != nil {
			return raw.err
		}
		return err
	}
	if raw.last != '\n' {
		return httpfault.Malformed("index-cut", "Its index ends in the middle of a row")
	}
	if f.intact != nil {
		return f.intact()
	}
	return nil
}

func (s *source) rows(r *csv.Reader, take func(row), gap func(code, reason string)) error {
	head, err := r.Read()
	if err != nil {
		return notCSV(err)
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	at := map[string]int{}
	for field, heading := range s.Index.Columns {
		i := slices.Index(head, heading)
		if i < 0 || slices.Index(head[i+1:], heading) >= 0 {
			return httpfault.Malformed("no-column", "Its index does not have the columns that it should have, each once")
		}
		at[field] = i
	}
	for n := 0; ; n++ {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return notCSV(err)
		}
		if n >= s.MaxFiles {
			return httpfault.Malformed("too-many", "Its index has more rows than are read")
		}
		cell := func(field string) string {
			i, ok := at[field]
			if !ok {
				return ""
			}
			// The row's memory is the reader's, and used again.
			return strings.Clone(strings.TrimSpace(cells[i]))
		}
		_, labelled := at["confidentiality"]
		x := row{patient: cell("patient"), file: cell("file"), date: cell("date"), kind: cell("type"), title: cell("title"), contentType: cell("content_type"),
			author: cell("author"), organisation: cell("organisation"), label: cell("confidentiality"), labelled: labelled}
		if !valid(x) {
			return httpfault.Malformed("charset", "Its index is not written in the character set that it should be")
		}
		if x.file == "" {
			gap("no-file", "Of some documents it does not say where they are")
			continue
		}
		take(x)
	}
}

func valid(r row) bool {
	return utf8.ValidString(r.patient) && utf8.ValidString(r.file) && utf8.ValidString(r.kind) && utf8.ValidString(r.title) &&
		utf8.ValidString(r.author) && utf8.ValidString(r.organisation) && utf8.ValidString(r.label)
}

// notCSV words what is wrong with an index. The library's text quotes nothing, but says
// where; that is no help to who reads it, and the rest is not read.
func notCSV(err error) error {
	var known *sources.Error
	if errors.As(err, &known) {
		return known
	}
	return httpfault.Malformed("not-csv", "Its index cannot be read as rows of equal length")
}

// tail bounds a file, and knows the last byte that was read.
type tail struct {
	from io.Reader
	left int64
	last byte
	err  error
}

// Read implements io.Reader.
func (t *tail) Read(p []byte) (int, error) {
	n, err := t.from.Read(p)
	if n > 0 {
		t.last = p[n-1]
	}
	if t.left -= int64(n); t.left < 0 {
		err = httpfault.Malformed("too-large", "Its index is larger than is read")
	}
	if err != nil && !errors.Is(err, io.EOF) {
		t.err = err
	}
	return n, err
}
