package tabular

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"strconv"
)

// writeNDJSON writes one object a line, with every column in its order, NULL too.
func writeNDJSON(w io.Writer, t Table, rows iter.Seq2[[]any, error]) error {
	out := bufio.NewWriterSize(w, 64<<10)
	var line bytes.Buffer
	texts := json.NewEncoder(&line)
	texts.SetEscapeHTML(false)
	for row, err := range rows {
		if err != nil {
			_, _ = out.WriteString("{" + broken)
			_ = out.Flush() // the rows' error is the one to tell
			return err
		}
		line.Reset()
		for i, value := range row {
			line.WriteByte("{,"[min(i, 1)])
			line.WriteString(`"` + t.Columns[i].Name + `":`)
			switch v := value.(type) {
			case nil:
				line.WriteString("null")
			case bool:
				line.WriteString(strconv.FormatBool(v))
			case int64:
				line.WriteString(strconv.FormatInt(v, 10))
			case json.Number:
				line.WriteString(string(v))
			case string:
				if err := texts.Encode(v); err != nil {
					return err
				}
				line.Truncate(line.Len() - 1) // the encoder's own line end
			}
		}
		line.WriteString("}\n")
		if _, err := out.Write(line.Bytes()); err != nil {
			return err
		}
	}
	return out.Flush()
}
