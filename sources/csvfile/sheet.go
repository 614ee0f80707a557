package csvfile

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetRows reads one sheet of a workbook. The workbook is held in memory, packed
// and unpacked at most limit bytes, and never written to disk. Formulas are not
// worked out: a cell is what was last stored in it.
func sheetRows(from *boundedReader, limit int64, sheets []string, each func(sheet string) take) (err error) {
	defer func() {
		// A workbook can be broken in more ways than its reader expects.
		if p := recover(); p != nil {
			err = notSheet()
		}
	}()
	packed, err := io.ReadAll(rowless{from})
	if err != nil {
		return err
	}
	if start := bytes.TrimSpace(packed[:min(64, len(packed))]); len(start) > 0 && start[0] == '<' {
		return notCSV()
	}
	book, err := excelize.OpenReader(bytes.NewReader(packed), excelize.Options{
		UnzipSizeLimit: limit, UnzipXMLSizeLimit: limit, RawCellValue: true,
	})
	if err != nil {
		return notSheet()
	}
	defer func() { _ = book.Close() }()
	if err := wellFormed(from.ctx, packed, book.CharsetReader); err != nil {
		return err
	}
	if props, err := book.GetWorkbookProps(); err != nil || props.Date1904 != nil && *props.Date1904 {
		return malformed("dates-1904", "Its workbook counts days from 1904, which is not supported")
	}
	for _, name := range sheets {
		if err := oneSheet(from, book, name, each(name)); err != nil {
			return err
		}
	}
	return nil
}

func notSheet() error {
	return malformed("not-xlsx", "Its file is no workbook, or damaged or too large")
}

// rowless reads without a bound on rows, which a packed file does not have.
type rowless struct{ *boundedReader }

func (r rowless) Read(p []byte) (int, error) {
	r.whole()
	return r.boundedReader.Read(p)
}

func oneSheet(from *boundedReader, book *excelize.File, name string, each take) error {
	if name == "" {
		name = book.GetSheetName(0)
	}
	rows, err := book.Rows(name)
	if err != nil {
		return malformed("sheet-missing", "Its workbook lacks the configured sheet")
	}
	defer func() { _ = rows.Close() }()
	width := 0
	for n := 1; rows.Next(); n++ {
		if err := from.ctx.Err(); err != nil {
			return err
		}
		cells, err := rows.Columns()
		if err != nil {
			return notSheet()
		}
		switch {
		case width == 0 && len(cells) > 0:
			width = len(cells)
		case len(cells) == 0:
			continue
		case len(cells) > width:
			return malformed("ragged-row", "Its file has too many columns in row "+strconv.Itoa(n))
		}
		// Empty cells at the end of a row are not stored.
		cells = append(cells, make([]string, width-len(cells))...)
		for i := range cells {
			cells[i] = stored(cells[i])
		}
		if err := each(cells); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return notSheet()
	}
	if width == 0 {
		return malformed("no-header", "Its file has no header")
	}
	return nil
}

// stored undoes the binary fraction of a stored number: 7.1 is kept as
// 7.0999999999999996, and spreadsheets show fifteen digits of it.
func stored(cell string) string {
	if len(cell) < 17 || !strings.ContainsAny(cell, ".E") {
		return cell
	}
	n, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return cell
	}
	return strconv.FormatFloat(n, 'G', 15, 64)
}
