package tabular

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// broken ends a file that is not whole. The quote is never closed, so no reader of CSV and
// none of JSON takes it for a record.
const broken = `"INCOMPLETE: this file was not finished`

func writeCSV(w io.Writer, t Table, rows iter.Seq2[[]any, error]) error {
	out := bufio.NewWriterSize(w, 64<<10)
	line := []byte("\uFEFF")
	for i, c := range t.Columns {
		if i > 0 {
			line = append(line, ',')
		}
		line = append(line, c.Name...)
	}
	if _, err := out.Write(append(line, '\r', '\n')); err != nil {
		return err
	}
	for row, err := range rows {
		if err != nil {
			_, _ = out.WriteString(broken)
			_ = out.Flush() // the rows' error is the one to tell
			return err
		}
		line = line[:0]
		for i, value := range row {
			if i > 0 {
				line = append(line, ',')
			}
			line = appendCell(line, value)
		}
		if len(line) == 0 {
			line = append(line, '"', '"')
		}
		if _, err := out.Write(append(line, '\r', '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}

func appendCell(line []byte, value any) []byte {
	switch v := value.(type) {
	case bool:
		return strconv.AppendBool(line, v)
	case int64:
		return strconv.AppendInt(line, v, 10)
	case json.Number:
		return append(line, v...)
	case string:
		line = append(line, '"')
		line = append(line, strings.ReplaceAll(neutral(oneLineEnd(v)), `"`, `""`)...)
		return append(line, '"')
	}
	return line // NULL
}

var lineEnds = regexp.MustCompile(`\r+\n`)

// oneLineEnd writes line ends as LF.
func oneLineEnd(text string) string {
	if !strings.Contains(text, "\r\n") {
		return text
	}
	return lineEnds.ReplaceAllString(text, "\n")
}

// formulas are the signs that a formula may begin with, and the forms of them that
// compatibility folding (NFKC) makes the same.
const formulas = "=+-@" + "＝＋－＠" + "﹦﹢﹣﹫" + "⁼⁺⁻₌₊₋" + "−"

// neutral keeps a spreadsheet from running a text.
func neutral(text string) string {
	if text == "" {
		return text
	}
	if strings.IndexByte("'\t\r\n", text[0]) >= 0 {
		return "'" + text
	}
	for _, r := range text {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zs) {
			continue
		}
		if strings.ContainsRune(formulas, r) {
			return "'" + text
		}
		break
	}
	return text
}
