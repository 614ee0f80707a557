package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
)

// sourceCheckCommand probes one source. What it prints is about the system, never about
// a person: entries are named by section and place.
type sourceCheckCommand struct {
	Source  string   `arg:"" help:"The source's id in the configuration."`
	Config  string   `required:"" placeholder:"FILE" help:"The configuration."`
	Persons []string `name:"person" placeholder:"LOCALID" help:"A sample person, by the system's own id of them; may be repeated. By default people of its wards, clinics and caseloads."`
	People  string   `placeholder:"FILE" help:"Sample people: a file of local ids, one a line."`
	Most    int      `default:"10" help:"How many sample people to read."`
	JSON    bool     `help:"Write the report as JSON."`
}

// Run probes it and writes the report. It fails if anything failed.
func (c *sourceCheckCommand) Run(t *terminal) error {
	config, err := configFrom(c.Config)
	if err != nil {
		return err
	}
	people, err := c.people()
	if err != nil {
		return err
	}
	for i := range config.Sources {
		s := &config.Sources[i]
		if s.ID != c.Source {
			continue
		}
		report, err := check.Run(t.ctx, s.connector, s.settings(), sources.Env{
			ID: s.ID, Log: slog.New(slog.DiscardHandler), Now: time.Now, Zone: config.zone,
		}, s.checking(check.Options{People: people, Most: c.Most, Wait: config.Answers.Wait}))
		if err != nil {
			return err
		}
		return c.write(t.out, report)
	}
	return usageError(fmt.Sprintf("there is no source %q in %s", c.Source, c.Config))
}

// people are the local ids of the command line and the file.
func (c *sourceCheckCommand) people() ([]string, error) {
	all := c.Persons
	if c.People == "" {
		return all, nil
	}
	text, err := os.ReadFile(c.People)
	if err != nil {
		return nil, usageError(fmt.Sprintf("the file of people cannot be read: %v", errors.Unwrap(err)))
	}
	for line := range strings.SplitSeq(strings.TrimPrefix(string(text), "\ufeff"), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	if len(all) == 0 {
		return nil, usageError("the file of people has none: it wants one local id a line")
	}
	return all, nil
}

func (c *sourceCheckCommand) write(out io.Writer, r *check.Report) error {
	var err error
	if c.JSON {
		lines := json.NewEncoder(out)
		lines.SetIndent("", "  ")
		err = lines.Encode(r)
	} else {
		err = writeReport(out, r)
	}
	if err != nil {
		return err
	}
	if r.Failed() {
		return fmt.Errorf("source %s is to be mended: %s", r.Source, strings.Join(r.Found(check.Fail), ", "))
	}
	return nil
}

// writeReport writes the report for people.
func writeReport(out io.Writer, r *check.Report) error {
	fmt.Fprintf(out, "%s (%s), %d sample people\n\n", r.Source, r.Type, r.People)
	for _, c := range r.Checks {
		fmt.Fprintf(out, "%-4s  %s", strings.ToUpper(string(c.Verdict)), c.Name)
		if c.Text != "" {
			fmt.Fprintf(out, ": %s", c.Text)
		}
		fmt.Fprintln(out)
		for _, f := range c.Findings {
			writeFinding(out, f)
		}
	}
	if l := r.Latency; l.Calls > 0 {
		fmt.Fprintf(out, "\n%d calls: p50 %s, p95 %s, slowest %s\n", l.Calls, rounded(l.P50), rounded(l.P95), rounded(l.Max))
	}
	if len(r.Sections) == 0 {
		return nil
	}
	return writeScorecard(out, r)
}

func writeFinding(out io.Writer, f check.Finding) {
	verdict := strings.ToUpper(string(f.Verdict))
	if f.Accepted {
		verdict = "ACCEPTED"
	}
	fmt.Fprintf(out, "      %s %s: %s.\n", verdict, f.Code, f.Text)
	for _, said := range f.Said {
		fmt.Fprintf(out, "        said: %s\n", said)
	}
	for _, w := range f.Where {
		fmt.Fprintf(out, "        in %s: %d of %d (%s)", w.Section, w.Count, w.Of, percent(w.Count, w.Of))
		if len(w.At) > 0 {
			fmt.Fprintf(out, "; first: %s", strings.Join(w.At, "; "))
		}
		fmt.Fprintln(out)
		if a := w.Accepted; a != nil {
			fmt.Fprintf(out, "          accepted until %s: %s\n", a.Until, a.Reason)
		}
	}
	fmt.Fprintf(out, "        mend: %s.\n", f.Mend)
}

func rounded(d time.Duration) time.Duration {
	if d > 10*time.Millisecond {
		return d.Round(time.Millisecond)
	}
	return d.Round(10 * time.Microsecond)
}

// writeScorecard writes the shares, and below them the items that are not always there.
func writeScorecard(out io.Writer, r *check.Report) error {
	fmt.Fprint(out, "\nScorecard against the PRSB Core Information Standard (of the sample people's entries)\n")
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SECTION\tPEOPLE\tENTRIES\tMANDATORY\tREQUIRED\tCODED\tCODES VALID\tDATES VALID\tDUPLICATES")
	for _, s := range r.Sections {
		name := s.Section
		if s.Mandatory {
			name += " *"
		}
		fmt.Fprintf(table, "%s\t%d\t%d\t%s\t%s\t%s\t%s\t%s\t%d\n", name, s.People, s.Entries, populated(s, "mandatory"), populated(s, "required"),
			percent(s.Coded, s.Statements), percent(s.ValidCodes, s.Codes), percent(s.ValidDates, s.Dates), s.Duplicates)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out, "* the standard wants this section of everybody; the others only where there is something to say")
	for _, s := range r.Sections {
		var missing []string
		for _, i := range s.Items {
			if i.Populated < s.Entries {
				missing = append(missing, fmt.Sprintf("%s %s (%s)", i.Name, percent(i.Populated, s.Entries), i.Class))
			}
		}
		if len(missing) > 0 {
			fmt.Fprintf(out, "  %s: %s\n", s.Section, strings.Join(missing, ", "))
		}
	}
	return nil
}

// populated is the share of an importance's items that are there.
func populated(s check.Score, class string) string {
	have, all := 0, 0
	for _, i := range s.Items {
		if i.Class == class {
			have, all = have+i.Populated, all+s.Entries
		}
	}
	return percent(have, all)
}

// percent never rounds up to all of them.
func percent(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%d%%", n*100/of)
}
