package views_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/views"
)

// chartCase is one of testdata/charts.json, which the viewer's judging is held to as well.
type chartCase struct {
	Name      string
	Secondary bool
	Chart     json.RawMessage
	Says      string
}

// What loads, runs or has no bound is no chart, and says so; what is harmless is kept as it is.
func TestWhatIsNoChart(t *testing.T) {
	t.Parallel()
	h := build(t, dbtest.Open(t, dbtest.SQLite(t)), 0)
	text, err := os.ReadFile("testdata/charts.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []chartCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 80 {
		t.Errorf("only %d cases", len(cases))
	}
	for _, c := range cases {
		v, err := h.Save(ann, "", 0, body(func(b *views.Body) {
			b.Columns = append(b.Columns, views.Column{Name: "n", Section: "allergies", Take: views.Count})
			b.Chart = c.Chart
			if c.Secondary {
				b.Purpose = auth.PurposeOperations
			}
		}))
		var input *views.InputError
		switch {
		case c.Says == "" && err != nil:
			t.Errorf("%s: %v", c.Name, err)
		case c.Says == "":
			if got, want := compact(t, v.Chart), compact(t, c.Chart); got != want {
				t.Errorf("%s: kept as %s", c.Name, got)
			}
		case !errors.As(err, &input) || !strings.HasPrefix(err.Error(), "The chart: ") || !strings.Contains(err.Error(), c.Says):
			t.Errorf("%s: %v", c.Name, err)
		}
	}
	for name, chart := range map[string]string{"no JSON": `{`, "two": `{} {}`, "a number beyond numbers": `{"height":1e999}`, "deep": strings.Repeat(`{"layer":[`, 20_000)} {
		if _, err := h.Save(ann, "", 0, body(func(b *views.Body) { b.Chart = json.RawMessage(chart) })); err == nil {
			t.Errorf("%s was kept", name)
		}
	}
}

func compact(t *testing.T, text json.RawMessage) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
