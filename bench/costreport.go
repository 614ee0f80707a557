package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// reportCosts prints the comparison and keeps it, unless it was a quick look.
func (b *bench) reportCosts(rivals []*rival) error {
	f := factsOf(b)
	var text strings.Builder
	fmt.Fprintf(&text, "# What audit and policy cost, %s\n\n%s\n", f.when.Format("2 January 2006"), f.text())
	b.costTable(&text, "Audit", rivals[:3], 0)
	b.costTable(&text, "Policies", rivals[3:], 0)
	text.WriteString(costLegend)
	wrong := 0
	for _, r := range rivals {
		wrong += r.line.wrongAnswers
	}
	if wrong > 0 {
		fmt.Fprintf(&text, "\n**%d answers were wrong: these figures count for nothing.**\n", wrong)
	}
	fmt.Print(text.String())
	if wrong > 0 {
		return fmt.Errorf("%d answers were wrong", wrong)
	}
	if b.quick {
		return nil
	}
	if err := os.MkdirAll(b.results, 0o750); err != nil {
		return err
	}
	file := filepath.Join(b.results, f.when.Format(time.DateOnly)+"-"+f.commit+"-costs.md")
	fmt.Fprintln(os.Stderr, "kept in", file)
	return os.WriteFile(file, []byte(text.String()), 0o600)
}

// costTable writes servers beside the one of the given place.
func (b *bench) costTable(text *strings.Builder, title string, rivals []*rival, base int) {
	columns := []string{title, "requests/s", "×", "CPU ms", "×", "p50 ms, sources at 50 ms", "more ms", "p50 ms, sources at 0 ms", "more ms", "allocations", "first page after a start, ms"}
	fmt.Fprintf(text, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
	of := rivals[base].samples
	far := func(s sample) float64 { return quantile(s.far, 0.5) }
	near := func(s sample) float64 { return quantile(s.near, 0.5) }
	rate := func(s sample) float64 { return s.perSecond }
	cpu := func(s sample) float64 { return s.cpu }
	ratio := func(of func(sample) float64) func(a, b sample) float64 {
		return func(a, b sample) float64 { return of(a) / of(b) }
	}
	more := func(of func(sample) float64) func(a, b sample) float64 {
		return func(a, b sample) float64 { return of(a) - of(b) }
	}
	for _, r := range rivals {
		var cold []float64
		for _, d := range r.cold {
			cold = append(cold, milliseconds(d))
		}
		fmt.Fprintf(text, "| %s |\n", strings.Join([]string{
			r.name, over(r.samples, rate).text(0), between(r.samples, of, ratio(rate)).text(2),
			over(r.samples, cpu).text(2), between(r.samples, of, ratio(cpu)).text(2),
			over(r.samples, far).text(1), between(r.samples, of, more(far)).text(1),
			over(r.samples, near).text(1), between(r.samples, of, more(near)).text(1),
			over(r.samples, func(s sample) float64 { return s.mallocs }).text(0), spreadOf(cold).text(0),
		}, " | "))
	}
	text.WriteString("\n")
}

// costLegend says how to read the tables.
const costLegend = `Question q1: one person's whole record. Each figure is the median over the rounds (lowest–highest); × and "more" are
against the first line of the table, within one round. Requests/s and CPU are with 16 requests in flight and sources
that answer at once. p50 is with one in flight, the servers asked in turn, request by request, and "more" the median of
the rounds' differences. In the rounds every server has met everybody and decided the same before.

Audit: the program as it is, on SQLite with synchronous=FULL, beside the same program built with one place of its ledger
replaced (bench/variant.go; no switch does that): one acknowledges at once and writes afterwards, so that the difference
is the waiting alone; one writes nothing, so that it also lacks what stands behind the ledger (notary, review queue).
Policies: so many in the database, 12 fields each, that all speak of the user and change nothing in the end. The first
page after a start is decided from nothing; it also opens connections and reads the operation.
`
