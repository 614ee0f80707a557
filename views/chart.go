package views

import (
	"bytes"
	_ "embed" // the grammar of charts
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A chart is a Vega-Lite specification of which only what is named in chart.json may be kept:
// nothing that loads (data, addresses, images), nothing that runs (expressions, signals,
// parameters), no colours, which are the page's, and nothing without a bound. The viewer
// judges by the same file before it draws (web/src/pages/views/chart/check.ts), and
// testdata/charts.json holds the two together.

//go:embed chart.json
var chartGrammar []byte

// chartRule is what may stand in a place; one of its parts is set.
type chartRule struct {
	// Object has the rule of each property; Needs are those that must be there.
	Object map[string]string `json:"object"`
	Needs  []string          `json:"needs"`
	// Any are rules of which that applies whose kind of value it is and whose needs it has.
	Any []string `json:"any"`
	// List is the rule of each item; Most is how many there may be.
	List string `json:"list"`
	// One are the words that may stand; Like what a word looks like; Text how long it may be.
	One  []string `json:"one"`
	Like string   `json:"like"`
	Text int      `json:"text"`
	// Least and Most bound a number.
	Least *float64 `json:"least"`
	Most  *float64 `json:"most"`
	// Column is a name of one of the view's columns, Yes a truth value and None null.
	Column bool `json:"column"`
	Yes    bool `json:"yes"`
	None   bool `json:"none"`
}

var chartRules = readChartRules(chartGrammar)

func readChartRules(text []byte) map[string]chartRule {
	var rules map[string]chartRule
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&rules); err != nil {
		panic("views/chart.json: " + err.Error())
	}
	return rules
}

// chartCheck is one judging of a chart.
type chartCheck struct {
	columns []string
	used    []string
}

// checkChart says what keeps a chart from being kept: one sentence, or nil. Of a view for
// other purposes than care it shows numbers of people, by one column or two.
func checkChart(text json.RawMessage, columns []string, secondary bool) error {
	if len(text) == 0 {
		return nil
	}
	var spec any
	if err := json.Unmarshal(text, &spec); err != nil {
		return wrong("The chart is not JSON.")
	}
	c := chartCheck{columns: columns}
	rule := "view"
	if secondary {
		rule = "counts"
	}
	if fault := c.judge(rule, spec, ""); fault != "" {
		return wrong("The chart: %s.", fault)
	}
	object, _ := spec.(map[string]any)
	if _, layered := object["layer"]; layered == (object["mark"] != nil || object["encoding"] != nil) || !layered && (object["mark"] == nil || object["encoding"] == nil) {
		return wrong("The chart: it has a mark and an encoding, or layers.")
	}
	if secondary && (len(c.used) == 0 || len(c.used) > 2) {
		return wrong("The chart: for this purpose it counts people by one column or two.")
	}
	return nil
}

// judge says what is wrong with the value at a path; "" if nothing is.
func (c *chartCheck) judge(name string, value any, path string) string {
	rule := chartRules[name]
	if len(rule.Any) > 0 {
		name = suited(rule.Any, value)
		rule = chartRules[name]
	}
	here := "`" + path + "`"
	if path == "" {
		here = "it"
	}
	switch v := value.(type) {
	case map[string]any:
		if rule.Object != nil {
			return c.object(rule, v, path, here)
		}
	case []any:
		if rule.List != "" {
			return c.list(rule, v, path, here)
		}
	case string:
		if fault, ok := c.word(rule, v, here); ok {
			return fault
		}
	case float64:
		switch {
		case rule.Least == nil:
		case v < *rule.Least || v > *rule.Most:
			return fmt.Sprintf("%s is a number from %s to %s", here, plain(*rule.Least), plain(*rule.Most))
		default:
			return ""
		}
	case bool:
		if rule.Yes {
			return ""
		}
	case nil:
		if rule.None {
			return ""
		}
	}
	return here + " cannot be that: a kept chart has no such thing there"
}

func (c *chartCheck) object(rule chartRule, v map[string]any, path, here string) string {
	names := make([]string, 0, len(v))
	for name := range v {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if _, ok := rule.Object[name]; !ok {
			return fmt.Sprintf("`%s` cannot be kept: a chart loads nothing, runs nothing and has the page's colours. What may stand there: %s", clipped(below(path, name)), strings.Join(keys(rule.Object), ", "))
		}
	}
	for _, need := range rule.Needs {
		if _, ok := v[need]; !ok {
			return fmt.Sprintf("%s needs %s", here, need)
		}
	}
	for _, name := range names {
		if fault := c.judge(rule.Object[name], v[name], below(path, name)); fault != "" {
			return fault
		}
	}
	return ""
}

func (c *chartCheck) list(rule chartRule, v []any, path, here string) string {
	if float64(len(v)) > *rule.Most || len(v) == 0 {
		return fmt.Sprintf("%s has 1 to %s items", here, plain(*rule.Most))
	}
	for i, item := range v {
		if fault := c.judge(rule.List, item, fmt.Sprintf("%s[%d]", path, i)); fault != "" {
			return fault
		}
	}
	return ""
}

// word judges a text; ok is false if no text may stand there.
func (c *chartCheck) word(rule chartRule, v, here string) (fault string, ok bool) {
	switch {
	case rule.Column && !slices.Contains(c.columns, v):
		return fmt.Sprintf("%s is no column of the view: `%s`", here, clipped(v)), true
	case rule.Column:
		if !slices.Contains(c.used, v) {
			c.used = append(c.used, v)
		}
	case len(rule.One) > 0 && !slices.Contains(rule.One, v):
		return fmt.Sprintf("%s is one of %s", here, strings.Join(rule.One, ", ")), true
	case rule.Like != "" && !regexp.MustCompile(rule.Like).MatchString(v):
		return fmt.Sprintf("%s is not written as it may be", here), true
	case rule.Text > 0 && utf8.RuneCountInString(v) > rule.Text:
		return fmt.Sprintf("%s has at most %d characters", here, rule.Text), true
	case !rule.Column && len(rule.One) == 0 && rule.Like == "" && rule.Text == 0:
		return "", false
	}
	return "", true
}

// suited is the first rule of a value's kind that has what it needs, else the last of that kind.
func suited(names []string, value any) string {
	last := names[0]
	for _, name := range names {
		rule := chartRules[name]
		switch v := value.(type) {
		case map[string]any:
			if rule.Object == nil {
				continue
			}
			last = name
			if slices.ContainsFunc(rule.Needs, func(need string) bool { return v[need] == nil }) {
				continue
			}
			return name
		case []any:
			if rule.List == "" {
				continue
			}
		case string:
			if !rule.Column && len(rule.One) == 0 && rule.Like == "" && rule.Text == 0 {
				continue
			}
		case float64:
			if rule.Least == nil {
				continue
			}
		case bool:
			if !rule.Yes {
				continue
			}
		default:
			if !rule.None {
				continue
			}
		}
		return name
	}
	return last
}

func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// clipped keeps what somebody wrote from filling a page.
func clipped(text string) string {
	if r := []rune(text); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return text
}

func keys(object map[string]string) []string {
	var all []string
	for name := range object {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
