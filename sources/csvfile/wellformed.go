package csvfile

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// wellFormed reads the sheets and texts of a workbook to their end as XML. The reader of
// rows takes whatever is wrong with one for its end: the rows behind it would be missing
// without a word (hazard H-02). What they unpack to has been bounded before.
func wellFormed(ctx context.Context, packed []byte, charset func(string, io.Reader) (io.Reader, error)) error {
	book, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return notSheet()
	}
	for _, f := range book.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if (!strings.HasPrefix(name, "xl/worksheets/") || !strings.HasSuffix(name, ".xml")) && name != "xl/sharedstrings.xml" {
			continue
		}
		part, err := f.Open()
		if err != nil {
			return notSheet()
		}
		err = toItsEnd(ctx, part, charset)
		_ = part.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func toItsEnd(ctx context.Context, part io.Reader, charset func(string, io.Reader) (io.Reader, error)) error {
	d := xml.NewDecoder(part)
	d.CharsetReader = charset
	for n := 1; ; n++ {
		_, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return notSheet()
		case n%4096 == 0 && ctx.Err() != nil:
			return ctx.Err()
		}
	}
}
