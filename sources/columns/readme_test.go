package columns

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

var update = flag.Bool("update", false, "write README.md")

// The table of columns is written from the code, so that it cannot be wrong.
func TestReadme(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Columns\n\nThe fields of each section, as `sqlview` and `csvfile` know them. In `columns:` a field is given the column of your data\n" +
		"that holds it; in a query of `sqlview` a column of that very name needs no mention. Only `subject` is required.\n\n" +
		"A field `x` with `x_system` and `x_text` is something coded, worded or both. What a *choice* holds beside its values is left out and\n" +
		"named as missing: translate your codes with `values`. `status: entered-in-error` (also by `values`) leaves a row out.\n\n" +
		"This file is written by `go test ./sources/columns -run Readme -update`.\n\n" + lacking + "## Every section\n\n")
	fieldTable(&b, common())
	for _, name := range SectionNames() {
		section, _ := record.SectionNamed(name)
		fmt.Fprintf(&b, "\n## %s\n\n", name)
		fieldTable(&b, Fields(section)[len(common()):])
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile("README.md"); err != nil || string(got) != b.String() {
		t.Error("README.md is not what the code says; run with -update")
	}
}

// lacking is what a reader of a code wants to know: what it means and how it is mended.
const lacking = `## What could not be taken over

A row of which something cannot be understood is shown without it, and the answer is PARTIAL. The reason names the field and, where it is called otherwise, the
column: ` + "`start (column FROM_DT)`" + `; never what stood there. ` + "`patchwork source check`" + ` prints it beside the finding (*said*).

| code | what it means | mend |
|---|---|---|
| ` + "`bad-date`" + ` | the date is not written as configured, nor as ISO | ` + "`date_format`" + `, or ` + "`date_formats: {field: …}`" + ` for one field; day and month in their order |
| ` + "`bad-value`" + ` | a choice, a yes or no, or a number holds something else; a CPR decision contradicts its code | ` + "`values: {field: {yours: the record's}}`" + `, and "" for what says nothing; numbers as digits with a point |
| ` + "`bad-text`" + ` | the text is not in the character set that was expected; it is shown with U+FFFD in place of what is lost | ` + "`charset`" + ` of the file (` + "`windows-1252`" + `), or UTF-8 from the database |
| ` + "`cell-cap`" + ` | a cell of more than 256 KiB is left out | map another column, or have it shortened |

` + "`column-missing`" + ` and ` + "`column-twice`" + ` name a configured column that the data lacks, or has twice: then nothing of that file or query is shown.

`

func fieldTable(b *strings.Builder, fields []Field) {
	b.WriteString("| field | kind | what it holds |\n|---|---|---|\n")
	for _, f := range fields {
		kind := string(f.Kind)
		if f.Allowed != nil {
			kind = strings.Join(f.Allowed, ", ")
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", f.Name, kind, f.Means)
	}
}
