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
	fmt.Fprintf(&text, "# Patchwork beside the floor and its peers, %s\n\n%s\n", f.when.Format("2 January 2006"), f.text())
	heading(&text)
	wrong := 0
	for _, l := range table {
		l.write(&text)
		wrong += l.wrongAnswers
	}
	b.writeOut(&text, table)
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

// cpu is the figure that counts; its ratios have columns of their own.
var cpu = figure{"CPU ms", 2, false, each(func(s sample) float64 { return s.cpu })}

// figures are the columns after it, each with its ratio to the floor's and to the best peer's.
func figures() []figure {
	far := func(s sample) []time.Duration { return s.far }
	near := func(s sample) []time.Duration { return s.near }
	steady := func(s sample) []time.Duration { return s.steady }
	return []figure{
		{"requests/s", 0, true, each(func(s sample) float64 { return s.perSecond })},
		{"p50 ms, sources at 50 ms", 1, false, middle(far)}, {"p99", 0, false, slowest(far)},
		{"p50 ms at a fixed rate", 1, false, middle(steady)}, {"p99", 0, false, slowest(steady)},
		{"p50 ms, sources at 0 ms", 1, false, middle(near)}, {"p99", 0, false, slowest(near)},
		{"peak RSS MB", 0, false, once(func(r *row) float64 { return r.peak })},
		{"calls", 1, false, once(func(r *row) float64 { return last(r.samples).calls })},
	}
}

func heading(text *strings.Builder) {
	columns := []string{"work", "server", "CPU ms", "CPU × floor", "CPU × grouped floor", "CPU × best peer", "aim", "own overhead p50 ms"}
	for _, f := range figures() {
		columns = append(columns, f.title)
	}
	columns = append(columns, "KB in", "KB out", "allocations")
	fmt.Fprintf(text, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
}

// aimOverhead stands beside how much longer we take than the floor.
const aimOverhead = " (aim ≤ 9)"

// write adds the rows of one work.
func (l *line) write(text *strings.Builder) {
	floor, lean := l.of(bare), l.of(lean)
	title := l.work.name
	for _, r := range l.rows {
		if len(r.samples) == 0 {
			continue
		}
		mine, overhead, aim := floor, "", ""
		if r.kind == peer && lean != nil {
			mine = lean // the floor of the same calls
		}
		if r.kind == ours || r.kind == peer {
			overhead = between(r.samples, floor.samples, func(a, b sample) float64 { return quantile(a.far, 0.5) - quantile(b.far, 0.5) }).text(1)
		}
		if r.kind == ours {
			aim, overhead = l.work.aim, overhead+aimOverhead
		}
		cells := []string{title, r.name, cpu.spread(r).text(2), strong(r, cpu.ratio(r, mine).text(2)), cpu.ratio(r, lean).text(2), strong(r, cpu.ratio(r, cpu.best(l)).text(2)), aim, overhead}
		for _, f := range figures() {
			cells = append(cells, f.cell(r, floor, f.best(l)))
		}
		mallocs := "–"
		if m := over(r.samples, func(s sample) float64 { return s.mallocs }); m.median > 0 {
			mallocs = m.text(0)
		}
		cells = append(cells, fmt.Sprintf("%.0f", last(r.samples).bytesIn/1e3), fmt.Sprintf("%.0f", last(r.samples).bytesOut/1e3), mallocs)
		fmt.Fprintf(text, "| %s |\n", strings.Join(cells, " | "))
		title = ""
	}
}

// strong marks what Patchwork is judged by.
func strong(r *row, text string) string {
	if r.kind == ours && text != "–" {
		return "**" + text + "**"
	}
	return text
}

func (f figure) spread(r *row) spread { return spreadOf(f.of(r)) }

// cell is a figure and its ratios to the floor's and the best peer's.
func (f figure) cell(r, floor, best *row) string {
	v := f.median(r)
	if math.IsNaN(v) {
		return "–"
	}
	text := fmt.Sprintf("%.*f", f.digits, v)
	for _, by := range []*row{floor, best} {
		ratio := "–"
		if m := f.ratio(r, by).median; !math.IsNaN(m) {
			ratio = fmt.Sprintf("%.2f", m)
		}
		text += " · " + ratio
	}
	return text
}

// writeOut says which peers are not there, and why.
func (b *bench) writeOut(text *strings.Builder, table []*line) {
	said := map[string]bool{}
	for _, l := range table {
		for _, r := range l.rows {
			if r.wrong > 0 {
				fmt.Fprintf(text, "\n%d wrong answers (%s): %s\n", r.wrong, l.work.name, r.name)
			}
			if r.out == nil {
				continue
			}
			why := fmt.Sprintf("%s: %v", r.name, r.out)
			if !said[why] {
				fmt.Fprintf(text, "\nLeft out (%s): %.400s\n", l.work.name, why)
			}
			said[why] = true
		}
	}
}

// legend says how to read the table.
const legend = `
Each figure is the median over the rounds (lowest–highest); p99 is over all rounds together. After a figure stand its
ratios to the floor's and to that of the peer which is best in it. CPU is user and system time of the server's processes
per request with 16 requests in flight and sources that answer at once; ratios are within one round. The floor makes the
same calls as Patchwork and copies a few fields out; the grouped floor gets the same bytes in as few calls as the peers
make (28 for a whole record, 12 for a list), and is the floor of theirs. Throughput is bounded by the sources and the load
generator, which share a core. At a fixed rate (20 records, 10 lists, 50 searches a second, sources at 50 ms) time counts
from when a request was due. Peak RSS is of fresh processes with 16 requests in flight, 64 for lists. Nothing is
remembered between requests; Patchwork has met everybody before (q1new: nobody). Every answer is checked with one
request in flight, one in so many with more. No peer signs in, decides by policy or writes an audit; Patchwork does.
`
