package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// hazardLog is the log with what the last run says of each test.
func (c *Case) hazardLog() string {
	var b strings.Builder
	b.WriteString("# Hazard log\n\n")
	b.WriteString("| | hazard | initial | residual | controls | status |\n|---|---|---|---|---|---|\n")
	for _, h := range c.Log.Hazards {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | risk %d | risk %d | %d | %s |\n", h.ID, anchor(h), h.Title, h.Initial.Score(), h.Residual.Score(), len(h.Controls), h.Status)
	}
	for _, h := range c.Log.Hazards {
		c.hazard(&b, h)
	}
	return b.String()
}

func (c *Case) hazard(b *strings.Builder, h *Hazard) {
	fmt.Fprintf(b, "\n## %s: %s\n\n", h.ID, h.Title)
	b.WriteString("| | |\n|---|---|\n")
	fmt.Fprintf(b, "| Effect | %s |\n| Who comes to harm | %s |\n", cell(sentence(h.Effect)), cell(sentence(h.Affects)))
	for _, cause := range h.Causes {
		fmt.Fprintf(b, "| Cause | %s |\n", cell(sentence(cause)))
	}
	fmt.Fprintf(b, "| Owner | %s |\n| Status | %s: %s |\n\n", cell(h.Owner), h.Status, statuses[h.Status])
	b.WriteString("| risk | severity | likelihood | | |\n|---|---|---|---|---|\n")
	for _, r := range []struct {
		name string
		Risk
	}{{"initial", h.Initial}, {"residual", h.Residual}} {
		fmt.Fprintf(b, "| %s | %s | %s | risk %d | %s |\n", r.name, r.Severity, r.Likelihood, r.Score(), r.Acceptability())
	}
	for i, control := range h.Controls {
		fmt.Fprintf(b, "\n**Control %d.** %s\n\nKept in %s.\n\n", i+1, sentence(control.Does), codes(control.Where))
		b.WriteString("| test | last run |\n|---|---|\n")
		_, verdicts := c.Judge.Shown(control.references)
		for _, v := range verdicts {
			fmt.Fprintf(b, "| `%s` | %s |\n", cell(v.Text), v.Result)
		}
	}
	fmt.Fprintf(b, "\n**What remains.** %s\n", sentence(h.Remains))
	for _, d := range h.Deployment {
		fmt.Fprintf(b, "\n**For whoever deploys it (DCB0160).** %s\n", sentence(d))
	}
}

// columns of the log as a spreadsheet has them: a row for each control.
var columns = []string{
	"Hazard", "Title", "Causes", "Effect", "Who comes to harm",
	"Initial severity", "Initial likelihood", "Initial risk",
	"Control", "What it does", "Where", "Evidence", "Evidence of commit", "Shown",
	"Residual severity", "Residual likelihood", "Residual risk", "What remains", "Actions of the deploying organisation", "Owner", "Status",
}

func (c *Case) writeCSV(file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	rows := [][]string{columns}
	for _, h := range c.Log.Hazards {
		for i, control := range h.Controls {
			shown := "yes"
			if all, _ := c.Judge.Shown(control.references); !all {
				shown = "no"
			}
			rows = append(rows, []string{
				h.ID, h.Title, strings.Join(h.Causes, "; "), h.Effect, h.Affects,
				h.Initial.Severity, h.Initial.Likelihood, strconv.Itoa(h.Initial.Score()),
				strconv.Itoa(i + 1), control.Does, strings.Join(control.Where, "; "), strings.Join(control.Tests, "; "), c.Tree.Commit, shown,
				h.Residual.Severity, h.Residual.Likelihood, strconv.Itoa(h.Residual.Score()), h.Remains, strings.Join(h.Deployment, "; "), h.Owner, h.Status,
			})
		}
	}
	if err := w.WriteAll(rows); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
