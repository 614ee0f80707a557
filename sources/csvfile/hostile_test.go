package csvfile

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// altered is a good workbook of one row, with one of its parts replaced and others added.
func altered(t *testing.T, part string, write func(io.Writer), more int) string {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range [][]any{{"id", "what"}, {"P1", "Dog"}} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	good, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	read, err := zip.NewReader(bytes.NewReader(good.Bytes()), int64(good.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range read.File {
		w, err := to.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			write(w)
			continue
		}
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, from); err != nil {
			t.Fatal(err)
		}
	}
	for i := range more {
		if _, err := to.Create(fmt.Sprintf("xl/media/../../../../tmp/%d.xml", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const sheetPart, textsPart = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"

// laughs is an XML document whose entities grow ten times with each step.
func laughs(element string) func(io.Writer) {
	return func(w io.Writer) {
		fmt.Fprint(w, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">`)
		for i := 1; i < 12; i++ {
			fmt.Fprintf(w, `<!ENTITY a%d "%s">`, i, strings.Repeat(fmt.Sprintf("&a%d;", i-1), 10))
		}
		fmt.Fprintf(w, `]>`+element, "&a11;")
	}
}

func repeated(before, text string, n int, after string) func(io.Writer) {
	return func(w io.Writer) {
		_, _ = io.WriteString(w, before)
		for range n {
			_, _ = io.WriteString(w, text)
		}
		_, _ = io.WriteString(w, after)
	}
}

const sheetHead = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`

// A workbook that is made to hurt costs little memory and little time, and never reads as
// having nothing in it.
func TestHostileWorkbooks(t *testing.T) {
	megabyte := strings.Repeat(" ", 1<<20)
	for name, body := range map[string]string{
		"a bomb in a sheet":   altered(t, sheetPart, repeated(sheetHead, megabyte, 40, "</sheetData></worksheet>"), 0),
		"a bomb in the texts": altered(t, textsPart, repeated(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>`, megabyte, 40, "</t></si></sst>"), 0),
		"laughs in a sheet":   altered(t, sheetPart, laughs(strings.Replace(sheetHead, "%", "%%", -1)+`<row r="1"><c t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>`), 0),
		"laughs in the texts": altered(t, textsPart, laughs(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si><si><t>what</t></si></sst>`), 0),
		"a file from outside": altered(t, sheetPart, func(w io.Writer) {
			fmt.Fprint(w, `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>`+sheetHead+`<row r="1"><c t="inlineStr"><is><t>&f;</t></is></c></row></sheetData></worksheet>`)
		}, 0),
		"a sheet that ends early": altered(t, sheetPart, func(w io.Writer) {
			fmt.Fprint(w, sheetHead+`<row r="1"><c t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>what</t></is></c></row><row r="2"><c t="inlineStr"><is><t>P9</t></is></c><c t="inlineStr"><is><t>Cat</t></is></c></row><row r="3"><c t="inl`)
		}, 0),
		"elements without end":    altered(t, sheetPart, repeated(sheetHead, "<row>", 200_000, ""), 0),
		"a header of all columns": altered(t, sheetPart, repeated(sheetHead+`<row r="1">`, `<c t="inlineStr"><is><t>x</t></is></c>`, 40_000, "</row></sheetData></worksheet>"), 0),
		"a cell beyond all columns": altered(t, sheetPart, func(w io.Writer) {
			fmt.Fprint(w, sheetHead+`<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></sheetData></worksheet>`)
		}, 0),
		"a row beyond all rows": altered(t, sheetPart, func(w io.Writer) {
			fmt.Fprint(w, sheetHead+`<row r="999999999999"><c r="A999999999999"><v>1</v></c></row></sheetData></worksheet>`)
		}, 0),
		"a text that is not there": altered(t, sheetPart, func(w io.Writer) {
			fmt.Fprint(w, sheetHead+`<row r="1"><c r="A1" t="s"><v>-7</v></c><c r="B1" t="s"><v>999999999</v></c></row></sheetData></worksheet>`)
		}, 0),
		"no sheet at all":       altered(t, sheetPart, func(io.Writer) {}, 0),
		"cut short":             altered(t, "", nil, 0)[:2000],
		"no workbook":           "PK\x03\x04" + strings.Repeat("x", 5000),
		"a name that leads out": altered(t, "", nil, 3) + "x",
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, stanza(t, "location: "+write(t, map[string]string{"alerts.xlsx": body})+strings.Replace(alertsOnly, "alerts.csv", "alerts.xlsx", 1)))
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			began := time.Now()
			r := one(t, s, record.Alerts, "P1")
			took := time.Since(began)
			runtime.ReadMemStats(&after)
			if name == "a name that leads out" && r.Err == nil && len(r.Entries) == 1 {
				return // what leads out is not read, and the rest is good
			}
			if e := sources.AsError(r.Err); e == nil || e.Kind != sources.Malformed {
				t.Errorf("%v with %d entries", r.Err, len(r.Entries))
			}
			if mib := (after.TotalAlloc - before.TotalAlloc) >> 20; mib > 1024 || took > 20*time.Second {
				t.Errorf("it cost %d MiB of allocations and %v", mib, took)
			} else {
				t.Logf("%d MiB, %v: %v", mib, took.Round(time.Millisecond), r.Err)
			}
		})
	}
}

// An extract that lost too many of its rows is refused, however whole it looks, until one
// has enough again.
func TestShrink(t *testing.T) {
	dir := write(t, map[string]string{"alerts.csv": "id,what\nP1,Dog\n"})
	extract := func(rows int) {
		t.Helper()
		text := "id,what\n" + strings.Repeat("P1,Dog\n", min(rows, 1)) + strings.Repeat("P9,Cat\n", max(rows-1, 0))
		if err := os.WriteFile(filepath.Join(dir, "alerts.csv"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, stanza(t, "location: "+dir+"\nshrink: {share: 0.2, least: {alerts.csv: 10}}"+alertsOnly))
	for i, c := range []struct {
		rows int
		want string
	}{{100, ""}, {100, ""}, {80, ""}, {64, ""}, {51, "extract-shrunk"}, {0, "extract-short"}, {9, "extract-short"}, {52, ""}, {500, ""}, {399, "extract-shrunk"}, {399, "extract-shrunk"}, {400, ""}} {
		extract(c.rows)
		r := one(t, s, record.Alerts, "P1")
		got := ""
		if e := sources.AsError(r.Err); e != nil {
			got = e.Code
		}
		if got != c.want || got == "" && len(r.Entries) != 1 {
			t.Errorf("%d: %d rows: %q and %d entries, want %q", i, c.rows, got, len(r.Entries), c.want)
		}
	}
	for text, want := range map[string]string{"{share: 1}": "shrink.share", "{share: -1}": "shrink.share", "{least: {other.csv: 1}}": "shrink.least.other.csv", "{least: {alerts.csv: 0}}": "shrink.least.alerts.csv"} {
		var c Config
		if err := yaml.Unmarshal([]byte("location: /x\nshrink: "+text+alertsOnly), &c); err != nil {
			t.Fatal(err)
		}
		if problems := c.Validate(); len(problems) != 1 || problems[0].Path != want {
			t.Errorf("%s: %v", text, problems)
		}
	}
}
