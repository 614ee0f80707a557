package csvfile

import (
	"context"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/sources"
)

// reader is who wants rows of a part: begin is given the header, each every row.
type reader struct {
	part  *part
	begin take
	each  take
}

// scan reads one file once, for all its readers, and says when it was written.
func (s *source) scan(ctx context.Context, m manifest, readers []reader) (time.Time, error) {
	configured := readers[0].part.file.File
	name, named, err := s.newest(configured)
	if err != nil {
		return time.Time{}, explain(ctx, configured, err)
	}
	x, err := s.place.open(ctx, name)
	if err != nil {
		return time.Time{}, explain(ctx, configured, err)
	}
	defer x.Close()
	limit := s.config.maxFile(name)
	if x.size > limit {
		return time.Time{}, malformed("too-large", "Its file is larger than allowed")
	}
	rows, err := s.rows(&boundedReader{ctx: ctx, from: x, left: limit}, name, limit, readers)
	if err == nil {
		err = x.intact()
	}
	if err == nil {
		err = m.agrees(name, rows)
	}
	if err == nil {
		err = s.shrunk(readers, rows)
	}
	written := map[string]time.Time{"": x.written, "mtime": x.written, "manifest": m.written, "name": named}
	return written[s.config.ExtractTime], explain(ctx, configured, err)
}

// agrees compares the rows read with the number that the manifest gives.
func (m manifest) agrees(name string, rows int) error {
	want, counted := m.rows[name]
	switch {
	case !counted || rows == want:
		return nil
	case rows < want:
		return truncated()
	}
	return malformed("row-count", "Its file has more rows than its manifest says")
}

// rows reads the file and counts its rows without the header; in a workbook those
// of all sheets that are read.
func (s *source) rows(from *boundedReader, name string, limit int64, readers []reader) (int, error) {
	count := 0
	if isSheet(name) {
		var sheets []string
		for _, r := range readers {
			if !slices.Contains(sheets, r.part.file.Sheet) {
				sheets = append(sheets, r.part.file.Sheet)
			}
		}
		err := sheetRows(from, limit, sheets, func(sheet string) take {
			return counted(&count, slices.DeleteFunc(slices.Clone(readers), func(r reader) bool { return r.part.file.Sheet != sheet }))
		})
		return count, err
	}
	f := readers[0].part.file
	delimiter, _ := comma(f.Delimiter)
	err := csvRows(from, delimiter, f.Charset, s.config.FinalNewline != "optional", counted(&count, readers))
	return count, err
}

// counted gives the first row to begin and the others to each.
func counted(count *int, readers []reader) take {
	header := true
	return func(cells []string) error {
		if !header {
			*count++
		}
		for _, r := range readers {
			to := r.each
			if header {
				to = r.begin
			}
			if err := to(cells); err != nil {
				return err
			}
		}
		header = false
		return nil
	}
}

// failure is the error of every key of a file.
func failure(err error) sources.Result { return sources.Result{Err: err} }
