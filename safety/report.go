package main

import (
	_ "embed"
	"fmt"
	"strings"
	"text/template"
)

//go:embed report.md
var reportTemplate string

var reports = template.Must(template.New("report").Parse(reportTemplate))

// reportData is what report.md is filled in with.
type reportData struct {
	Commit, Made                                string
	Dirty                                       bool
	Hazards, Controls, Tests                    int
	Matrix, Residuals, Undesirable, Transferred string
	Deployment, Parts                           string
}

// report is the clinical safety case report, in the order of DCB0129.
func (c *Case) report() string {
	controls, tests := c.Log.size()
	data := reportData{
		Commit: c.Tree.Commit, Made: c.Made.UTC().Format("2 January 2006"), Dirty: c.Tree.Dirty,
		Hazards: len(c.Log.Hazards), Controls: controls, Tests: tests,
		Matrix: c.Log.matrix(), Residuals: c.Log.residuals(), Undesirable: c.Log.undesirable(), Transferred: c.Log.transferred(),
		Deployment: c.Log.deployment(), Parts: c.runParts(),
	}
	var b strings.Builder
	if err := reports.Execute(&b, data); err != nil {
		return err.Error() // the template is ours, and a test fills it in
	}
	return b.String()
}

// matrix has each hazard in the cell of what remains of it.
func (l *Log) matrix() string {
	var b strings.Builder
	b.WriteString("| likelihood | " + strings.Join(severities, " | ") + " |\n|---|---|---|---|---|---|\n")
	for row := len(likelihoods) - 1; row >= 0; row-- {
		fmt.Fprintf(&b, "| **%s** |", likelihoods[row])
		for column := range severities {
			var here []string
			for _, h := range l.Hazards {
				if h.Residual.Severity == severities[column] && h.Residual.Likelihood == likelihoods[row] {
					here = append(here, h.ID)
				}
			}
			fmt.Fprintf(&b, " [%d] %s |", matrix[row][column], strings.Join(here, " "))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// residuals counts the hazards by their risk, before and after.
func (l *Log) residuals() string {
	var before, after [6]int
	for _, h := range l.Hazards {
		before[h.Initial.Score()]++
		after[h.Residual.Score()]++
	}
	var b strings.Builder
	b.WriteString("| risk | hazards before | hazards after | |\n|---|---|---|---|\n")
	for score := 5; score >= 1; score-- {
		fmt.Fprintf(&b, "| risk %d | %d | %d | %s |\n", score, before[score], after[score], acceptability[score])
	}
	return b.String()
}

// undesirable are the hazards of which 3 or more remains, with the reason that is given.
func (l *Log) undesirable() string {
	var b strings.Builder
	for _, h := range l.Hazards {
		if h.Residual.Score() >= 3 {
			fmt.Fprintf(&b, "* **%s** %s (%s). %s\n", h.ID, h.Title, h.Residual, sentence(h.Remains))
		}
	}
	return b.String()
}

func (l *Log) transferred() string {
	var b strings.Builder
	for _, h := range l.Hazards {
		if h.Status == "transferred" {
			fmt.Fprintf(&b, "* **%s** %s. %s\n", h.ID, h.Title, sentence(h.Remains))
		}
	}
	return b.String()
}

func (l *Log) deployment() string {
	var b strings.Builder
	b.WriteString("| hazard | what is to be done |\n|---|---|\n")
	for _, h := range l.Hazards {
		for _, d := range h.Deployment {
			fmt.Fprintf(&b, "| %s | %s |\n", h.ID, cell(sentence(d)))
		}
	}
	return b.String()
}

func (c *Case) runParts() string {
	var b strings.Builder
	b.WriteString("| part | passed | skipped | failed |\n|---|---|---|---|\n")
	for _, p := range c.Results.Parts {
		fmt.Fprintf(&b, "| %s | %d | %d | %d |\n", partNames[p.Name], p.Passed, p.Skipped, p.Failed)
	}
	return b.String()
}
