package tabular

import (
	"bytes"
	"encoding/json"
	"iter"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
)

// manyRows are n rows of about 100 bytes.
func manyRows(n int, every func()) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		row := make([]any, 6)
		for i := range n {
			if i%20_000 == 0 {
				every()
			}
			id := strconv.Itoa(i * 7919)
			row[0], row[1], row[2] = "person "+id+" of a region with many", int64(i), json.Number(strconv.Itoa(i%500)+".50")
			row[3], row[4], row[5] = i%2 == 0, "1970-01-0"+strconv.Itoa(1+i%9), "2026-11-28T06:00:00.000+00:00/"+id
			if !yield(row, nil) {
				return
			}
		}
	}
}

// count counts what is written and keeps nothing.
type count struct{ n int64 }

func (c *count) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

// TestMemoryStaysFlat: what is held is bounded by what a row group may be, not by the number
// of rows. PATCHWORK_TABULAR_ROWS=10000000 measures what a region's export takes.
func TestMemoryStaysFlat(t *testing.T) {
	rows := 150_000
	if text := os.Getenv("PATCHWORK_TABULAR_ROWS"); text != "" {
		rows, _ = strconv.Atoi(text)
	}
	for _, f := range Formats() {
		var before runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		peak := uint64(0)
		var out count
		began := time.Now()
		err := Write(&out, f, table(), manyRows(rows, func() {
			var now runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc-min(now.HeapAlloc, before.HeapAlloc))
		}))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%-8s %d rows, %4d MB, held at most %5.1f MB, %.1f s", f, rows, out.n>>20, float64(peak)/(1<<20), time.Since(began).Seconds())
		if peak > 64<<20 {
			t.Errorf("%s: %d MB were held", f, peak>>20)
		}
	}
}

// TestRowGroupsAreBounded: the writer holds one, so none may be larger than it should,
// however wide the rows are and however badly they compress.
func TestRowGroupsAreBounded(t *testing.T) {
	t.Parallel()
	of := Table{Name: "wide"}
	row := make([]any, 200)
	for i := range row {
		of.Columns = append(of.Columns, Column{Name: "c" + strconv.Itoa(i), Kind: String})
	}
	noise := uint64(1)
	var out bytes.Buffer
	if err := Write(&out, Parquet, of, func(yield func([]any, error) bool) {
		for range 3_000 {
			for i := range row {
				noise = noise*6364136223846793005 + 1442695040888963407
				row[i] = strconv.FormatUint(noise, 36) + strconv.FormatUint(noise*31, 36)
			}
			if !yield(row, nil) {
				return
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	rows, groups := int64(0), f.Metadata().RowGroups
	for _, group := range groups {
		rows += group.NumRows
		if group.TotalByteSize > groupBytes {
			t.Errorf("a group has %d MB", group.TotalByteSize>>20)
		}
	}
	if len(groups) < 2 || rows != 3_000 {
		t.Errorf("%d groups of %d rows", len(groups), rows)
	}
}
