package sqlonfhir

import (
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"
)

// wide is a resource of one list of n numbers, and one of n objects.
func wide(n int) string {
	return `{"resourceType":"Person","a":[` + strings.TrimSuffix(strings.Repeat("1,", n), ",") +
		`],"b":[` + strings.TrimSuffix(strings.Repeat(`{"c":{"d":[1,2,3]}},`, n), ",") + `]}`
}

// deep is a resource that holds itself n times.
func deep(n int) string {
	return `{"resourceType":"Person","x":` + strings.Repeat(`{"x":[`, n) + `1` + strings.Repeat(`]}`, n) + `}`
}

// TestHostileDefinitions: none takes a server's memory or its time, and each says what ended it.
func TestHostileDefinitions(t *testing.T) {
	t.Parallel()
	const one = `"column":[{"name":"v","path":"1"}]`
	view := func(selects string) string { return `{"resource":"Person","select":[` + selects + `]}` }
	path := func(p string) string { return view(`{"column":[{"name":"v","path":"` + p + `"}]}`) }
	branches := strings.TrimSuffix(strings.Repeat(`{"forEach":"a",`+one+`},`, 100), ",")
	product := `{"forEach":"a","select":[{"forEach":"%resource.a","select":[{"forEach":"%resource.a",` + one + `}]}]}`
	for name, c := range map[string]struct{ view, resource, reason string }{
		"product of forEach":        {view(product), wide(100), "more than 50000 rows"},
		"side by side":              {view(`{"forEach":"a",` + one + `},{"forEach":"a","column":[{"name":"w","path":"1"}]},{"forEach":"a"}`), wide(100), "more than 50000 rows"},
		"unions of forEach":         {view(`{"forEach":"a","select":[{"unionAll":[` + strings.ReplaceAll(branches, `"a"`, `"%resource.a"`) + `]}]}`), wide(100), "more than 50000 rows"},
		"product without a column":  {view(`{"forEach":"a","select":[{"forEach":"%resource.a.where(false)",` + one + `}]}`), wide(5000), "steps"},
		"repeat over a product":     {view(`{"repeat":["%resource.b"],` + one + `}`), wide(300), "nested too deep"},
		"repeat two ways":           {view(`{"repeat":["x","x","x"],` + one + `}`), deep(40), "more than 50000 rows"},
		"repeat of itself":          {view(`{"repeat":["$this"],` + one + `}`), wide(1), "nested too deep"},
		"one list again and again":  {path(`%resource.a.select(%resource).a.count()`), wide(20_000), "more than 200000 values"},
		"a list in every row":       {view(`{"forEach":"a","column":[{"name":"v","path":"%resource.a","collection":true}]}`), wide(2000), "steps"},
		"trees that are equal":      {path(`b.where(%resource = %resource).count()`), wide(3000), "steps"},
		"unions that are quadratic": {path(`(a.select($this & '') | b).count()`), wide(20_000), "kinds"},
		"members":                   {path(`b.where($this in %resource.b).count()`), wide(20_000), "steps"},
		"text that doubles":         {path(`%t` + strings.Repeat(` & %t`, 200)), "", "steps"},
		"text in a thousand rows":   {path(`a.select(%t & %t).join('')`), wide(1000), "steps"},
	} {
		definition := c.view
		if strings.Contains(definition, "%t") {
			definition = strings.Replace(definition, `{"resource"`, `{"constant":[{"name":"t","valueString":"`+strings.Repeat("x", 1<<20)+`"}],"resource"`, 1)
		}
		resource := c.resource
		if resource == "" {
			resource = wide(1)
		}
		v, err := Compile([]byte(definition))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if v.steps != maxSteps {
			t.Fatalf("a view takes %d steps", v.steps)
		}
		v.steps /= 10 // the race detector is slow
		value, _ := readValue([]byte(resource))
		tree, _ := value.(map[string]any)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began, rows, last := time.Now(), 0, error(nil)
		for _, err := range v.Rows(tree) {
			rows++
			last = err
		}
		runtime.ReadMemStats(&after)
		var wrong *RowError
		if !errors.As(last, &wrong) || !strings.Contains(wrong.Reason, c.reason) {
			t.Errorf("%s: got %d rows and %v", name, rows, last)
		}
		if made := (after.TotalAlloc - before.TotalAlloc) >> 20; made > 1024 {
			t.Errorf("%s: %d MB were made", name, made)
		} else {
			t.Logf("%-26s %6d rows, %5d MB made in all, %5.2f s", name, rows, made, time.Since(began).Seconds())
		}
	}
}

// TestLargePersonIsNoAttack: what a record may hold is within the bounds.
func TestLargePersonIsNoAttack(t *testing.T) {
	t.Parallel()
	const one = `{"code":{"text":"Potassium","codings":[{"code":"1","display":"Potassium"},{"code":"2"}]},"value":{"number":4.1,"unit":"mmol/L"},"at":"2026-01-01T10:00:00Z"},`
	text := `{"resourceType":"Person","observations":[` + strings.TrimSuffix(strings.Repeat(one, 20_000), ",") + `]}`
	var columns []string
	for i, path := range []string{"code.text", "code.codings.first().code", "code.codings.where(code = '2').display", "value.number", "value.unit", "at",
		"%resource.resourceType", "%rowIndex", "at > @2025-01-01", "iif(value.number > 5, 'high', 'not')"} {
		quoted, _ := json.Marshal(path)
		columns = append(columns, `{"name":"c`+string(rune('a'+i))+`","path":`+string(quoted)+`}`)
	}
	_, rows, err := runText(t, json.RawMessage(`{"resource":"Person","select":[{"forEach":"observations","column":[`+strings.Join(columns, ",")+`]}]}`), []json.RawMessage{json.RawMessage(text)})
	if err != nil || len(rows) != 20_000 {
		t.Errorf("got %d rows and %v", len(rows), err)
	}
}
