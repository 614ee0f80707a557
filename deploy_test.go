package main

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
)

const (
	alertRules   = "deploy/prometheus/alerts.yaml"
	dashboard    = "deploy/grafana/patchwork.json"
	alertRunbook = "docs/operate/alerts.md"
)

// rule is one alert.
type rule struct {
	Alert       string
	Expr        string
	Labels      map[string]string
	Annotations map[string]string
}

func rules(t *testing.T) (list []rule) {
	t.Helper()
	text, err := os.ReadFile(alertRules)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct{ Rules []rule }
	}
	if err := yaml.Load(text, &file); err != nil {
		t.Fatal(err)
	}
	for _, g := range file.Groups {
		list = append(list, g.Rules...)
	}
	return list
}

// panelExprs are the expressions of the dashboard.
func panelExprs(t *testing.T) (list []string) {
	t.Helper()
	text, err := os.ReadFile(dashboard)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Panels []struct {
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	for _, p := range file.Panels {
		for _, target := range p.Targets {
			list = append(list, target.Expr)
		}
	}
	return list
}

var (
	quoted    = regexp.MustCompile(`"[^"]*"`)
	grouping  = regexp.MustCompile(`\b(?:by|without|on|ignoring)\s*\(([^)]*)\)`)
	selection = regexp.MustCompile(`([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(\{[^}]*\})?`)
	labelName = regexp.MustCompile(`([a-zA-Z_][a-zA-Z0-9_]*)\s*(?:=~|!~|!=|=)`)
)

// wanted are the metrics of an expression with the labels by which they are chosen, and the labels
// by which it groups.
func wanted(expr string) (metrics map[string][]string, groups []string) {
	expr = quoted.ReplaceAllString(expr, `""`)
	for _, g := range grouping.FindAllStringSubmatch(expr, -1) {
		for label := range strings.SplitSeq(g[1], ",") {
			groups = append(groups, strings.TrimSpace(label))
		}
	}
	expr = grouping.ReplaceAllString(expr, "")
	metrics = map[string][]string{}
	for _, m := range selection.FindAllStringSubmatchIndex(expr, -1) {
		name := expr[m[2]:m[3]]
		after := strings.TrimSpace(expr[m[1]:])
		if m[4] < 0 && (strings.HasPrefix(after, "(") || slices.Contains([]string{"and", "or", "unless", "Inf", "m", "h", "s", "d", "__rate_interval"}, name)) {
			continue
		}
		labels := []string{}
		if m[4] >= 0 {
			for _, l := range labelName.FindAllStringSubmatch(expr[m[4]:m[5]], -1) {
				labels = append(labels, l[1])
			}
		}
		metrics[name] = append(metrics[name], labels...)
	}
	return metrics, groups
}

func TestWanted(t *testing.T) {
	t.Parallel()
	metrics, groups := wanted(`histogram_quantile(0.95, sum by (source, le) (rate(a_bucket{job="x{y",kind=~"b|c"}[10m]))) > 5 and max(up) == 1 or b_total < Inf`)
	names := slices.Sorted(maps.Keys(metrics))
	if !slices.Equal(names, []string{"a_bucket", "b_total", "up"}) || !slices.Equal(metrics["a_bucket"], []string{"job", "kind"}) || !slices.Equal(groups, []string{"source", "le"}) {
		t.Error(metrics, groups)
	}
}

// Every metric and label that the dashboard and the alerts name is one that a running server has:
// an alert about a metric that was renamed would never fire.
func TestDashboardAndAlertsNameWhatThereIs(t *testing.T) {
	t.Parallel()
	c := startCollector(t)
	all := 1.0
	r := startRegion(t, demo.Options{Patients: 60, Feed: true}, func(config *Config) { config.Telemetry = TelemetryConfig{OTLP: c.URL, Sample: &all} })
	r.post(t, r.tokens[auth.RoleGP], operation(t, "full-record"), map[string]any{"nhsNumber": r.Scenario("everything").NHSNumber})
	r.ask(t, auth.RoleGP, `mutation { tellFirstPaint(milliseconds: 850) }`, nil)
	_, page := r.get(t, "/metrics")
	has := map[string]map[string]bool{"up": {}} // Prometheus's own
	everywhere := []string{"job", "instance"}
	for line := range strings.Lines(string(page)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		m := selection.FindStringSubmatch(line)
		if has[m[1]] == nil {
			has[m[1]] = map[string]bool{}
		}
		for _, l := range labelName.FindAllStringSubmatch(quoted.ReplaceAllString(m[2], ""), -1) {
			has[m[1]][l[1]] = true
		}
	}
	exprs := panelExprs(t)
	if len(exprs) < 30 {
		t.Errorf("the dashboard has %d expressions", len(exprs))
	}
	for _, r := range rules(t) {
		exprs = append(exprs, r.Expr)
	}
	for _, expr := range exprs {
		metrics, groups := wanted(expr)
		if len(metrics) == 0 {
			t.Errorf("no metric in %s", expr)
		}
		for name, labels := range metrics {
			if has[name] == nil {
				t.Errorf("there is no %s: %s", name, expr)
				continue
			}
			for _, l := range append(labels, groups...) {
				if !has[name][l] && !slices.Contains(everywhere, l) {
					t.Errorf("%s has no label %s: %s", name, l, expr)
				}
			}
		}
	}
}

// Every alert says how bad it is, and leads to an entry of the runbook; and the runbook has none
// that is of no alert.
func TestEveryAlertHasARunbook(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(alertRunbook)
	if err != nil {
		t.Fatal(err)
	}
	var entries []string
	for _, m := range regexp.MustCompile(`(?m)^## (\S+)\n\S`).FindAllStringSubmatch(string(text), -1) {
		entries = append(entries, m[1])
	}
	var alerts []string
	for _, r := range rules(t) {
		alerts = append(alerts, r.Alert)
		if !slices.Contains([]string{"page", "ticket"}, r.Labels["severity"]) || r.Annotations["summary"] == "" ||
			r.Annotations["runbook"] != alertRunbook+"#"+strings.ToLower(r.Alert) {
			t.Errorf("%s: severity, summary or runbook: %+v", r.Alert, r)
		}
	}
	slices.Sort(entries)
	slices.Sort(alerts)
	if !slices.Equal(entries, alerts) {
		t.Errorf("entries of the runbook: %v\nalerts: %v", entries, alerts)
	}
}

// Prometheus's own tool reads the rules, where it is installed.
func TestPrometheusReadsTheAlerts(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("skipped: there is no promtool; the rules are held to the running server by their names")
	}
	if out, err := exec.CommandContext(t.Context(), tool, "check", "rules", alertRules).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
