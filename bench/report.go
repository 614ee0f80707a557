package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// report prints the table and keeps it, unless it was a quick look.
func (b *bench) report(table []*line) error {
	f := factsOf(b)
	var text strings.Builder
	fmt.Fprintf(&text, "# Patchwork beside the floor, %s\n\n%s\n", f.when.Format("2 January 2006"), f.text())
	heading(&text)
	wrong := 0
	for _, l := range table {
		l.write(&text)
		wrong += l.wrongAnswers
	}
	text.WriteString(legend)
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
	file := filepath.Join(b.results, f.when.Format(time.DateOnly)+"-"+f.commit+".md")
	fmt.Fprintln(os.Stderr, "kept in", file)
	return os.WriteFile(file, []byte(text.String()), 0o600)
}

func heading(text *strings.Builder) {
	columns := []string{"work", "server", "CPU ms", "CPU × floor", "CPU × grouped floor", "aim", "p50/p99 ms, sources at 50 ms", "own overhead p50 ms", "p50/p99 ms, sources at 0 ms",
		"requests/s", "peak RSS MB", "calls", "KB in", "KB out", "allocations"}
	fmt.Fprintf(text, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
}

// aimOverhead stands beside how much longer we take than the floor.
const aimOverhead = " (aim ≤ 9)"

// write adds the rows of one work.
func (l *line) write(text *strings.Builder) {
	cpu := func(s sample) float64 { return s.cpu }
	ratio := func(a, b sample) float64 { return a.cpu / b.cpu }
	overhead := between(l.ours, l.floor, func(a, b sample) float64 { return quantile(a.far, 0.5) - quantile(b.far, 0.5) })
	row(text, l.work.name, "floor", over(l.floor, cpu).text(2), "1", between(l.floor, l.grouped, ratio).text(2), "", "", l.floorPeak, l.floor)
	if len(l.grouped) > 0 {
		row(text, "", "floor, grouped calls", over(l.grouped, cpu).text(2), between(l.grouped, l.floor, ratio).text(2), "1", "", "", math.NaN(), l.grouped)
	}
	row(text, "", "**patchwork**", over(l.ours, cpu).text(2), "**"+between(l.ours, l.floor, ratio).text(2)+"**",
		between(l.ours, l.grouped, ratio).text(2), l.work.aim, overhead.text(1)+aimOverhead, l.ourPeak, l.ours)
}

func row(text *strings.Builder, work, server, cpu, ratio, grouped, aim, overhead string, peak float64, all []sample) {
	far := func(s sample) []time.Duration { return s.far }
	near := func(s sample) []time.Duration { return s.near }
	latency := func(of func(sample) []time.Duration) string {
		if len(pooled(all, of)) == 0 {
			return "–"
		}
		p50 := over(all, func(s sample) float64 { return quantile(of(s), 0.5) })
		return fmt.Sprintf("%s / %.0f", p50.text(1), quantile(pooled(all, of), 0.99))
	}
	mallocs := "–"
	if m := over(all, func(s sample) float64 { return s.mallocs }); m.median > 0 && strings.Contains(server, "patchwork") {
		mallocs = m.text(0)
	}
	fmt.Fprintf(text, "| %s |\n", strings.Join([]string{work, server, cpu, ratio, grouped, aim, latency(far), overhead, latency(near),
		over(all, func(s sample) float64 { return s.perSecond }).text(0), spreadOf([]float64{peak}).text(0),
		fmt.Sprintf("%.1f", last(all).calls), fmt.Sprintf("%.0f", last(all).bytesIn/1e3), fmt.Sprintf("%.0f", last(all).bytesOut/1e3), mallocs}, " | "))
}

// legend says how to read the table.
const legend = `
Each figure is the median over the rounds (lowest–highest); p99 is over all rounds together. CPU is user and system
time of the server's process per request with 16 requests in flight and sources that answer at once; ratios are within
one round. The floor makes the same calls as Patchwork and copies a few fields out; the grouped floor gets the same
bytes in as few calls as the peers' measurement had (28 for q1, 12 for q2). Throughput is bounded by the sources and the
load generator, which share a core. Peak RSS is of a fresh process with 16 requests in flight, 64 for q2. Nothing is
remembered between requests; Patchwork has met everybody before (q1new: nobody). Every answer is checked with one
request in flight, one in so many with more.
`
