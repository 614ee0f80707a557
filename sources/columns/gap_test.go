package columns

import (
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

// What could not be read of a row names its field and column, and nothing that stood there.
func TestGapsNameTheField(t *testing.T) {
	t.Parallel()
	m := New(record.Medications, Stanza{Columns: map[string]OneOrMore{"subject": {"pid"}, "kind": {"KIND_CD"}, "start": {"FROM_DT", "FROM_TM"},
		"code_text": {"DRUG"}, "quantity": {"quantity"}, "recorded": {"WRITTEN"}}}, Defaults{}, false)
	b, err := m.Bind([]string{"pid", "KIND_CD", "FROM_DT", "FROM_TM", "DRUG", "quantity", "WRITTEN", "CANARY_UNUSED"})
	if err != nil {
		t.Fatal(err)
	}
	c := b.Collect([]string{"P1"})
	c.Add([]string{"P1", "canary", "canary", "", "canary\xff", "canary", "2026-01-02", "\xffcanary"})
	c.Add([]string{"P1", "canary", "canary", "", "canary", "canary", "canary", strings.Repeat("x", MaxCell+1)})
	want := map[string]string{
		BadText:  "could not be read: code_text (column DRUG), a column that no field uses",
		BadValue: "left out: kind (column KIND_CD), quantity",
		BadDate:  "left out: recorded (column WRITTEN), start (column FROM_DT, FROM_TM)",
		CellCap:  "left out: a column that no field uses",
	}
	gaps := c.Results()["P1"].Gaps
	for _, g := range gaps {
		named := strings.Split(strings.TrimPrefix(g.Reason, reason(g.Code)+": "), ", ")
		wanted := want[g.Code]
		if strings.Contains(strings.ToLower(g.Reason), "canary") {
			t.Errorf("%s quotes the data: %s", g.Code, g.Reason)
		}
		for _, field := range named {
			if !strings.Contains(wanted, field) || len(named) != len(strings.Split(wanted, ", ")) {
				t.Errorf("%s: %q, not %q", g.Code, g.Reason, wanted)
			}
		}
		delete(want, g.Code)
	}
	for code := range want {
		t.Errorf("%s is not told: %v", code, gaps)
	}
}
