package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"time"
)

// doctorCommand goes through an installation. What it writes is about systems and files, never
// about a person, and holds no secret. It changes nothing.
type doctorCommand struct {
	Config string        `required:"" placeholder:"FILE" help:"The configuration."`
	Within time.Duration `default:"15s" help:"How long a system, a provider or the ledger may take; default ${default}."`
	JSON   bool          `name:"json" help:"Write JSON."`
}

// Run looks at everything and exits with 0 if all is well, 1 if something is to be looked at,
// 2 if something does not work.
func (c *doctorCommand) Run(t *terminal) error {
	d := &doctor{ctx: t.ctx, file: c.Config, within: c.Within, now: time.Now(), disk: diskOf, memory: machineMemory, limit: uint64(max(0, debug.SetMemoryLimit(-1)))}
	d.all()
	var err error
	if c.JSON {
		err = d.writeJSON(t.out)
	} else {
		err = d.write(t.out)
	}
	if err != nil {
		return err
	}
	switch d.worst() {
	case sick:
		return exitStatus(2)
	case doubtful:
		return exitStatus(1)
	}
	return nil
}

// exitStatus ends the program after everything has been said.
type exitStatus int

// Error says the status.
func (e exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// health is how one thing is.
type health string

// The healths, as they are written.
const (
	well     health = "ok"
	doubtful health = "warning"
	sick     health = "failure"
)

// symptom is one line: what was looked at, how it is, why, and how it is mended.
type symptom struct {
	Check  string `json:"check"`
	Health health `json:"health"`
	Text   string `json:"text"`
	Mend   string `json:"mend,omitempty"`
}

// doctor goes through one installation.
type doctor struct {
	ctx    context.Context
	file   string
	within time.Duration
	now    time.Time
	// disk and memory ask the machine; tests say what it has.
	disk   func(path string) (free, size uint64, ok bool)
	memory func() (bytes uint64, ok bool)
	// limit is the bound of memory that a server would have here.
	limit uint64

	config *Config
	found  []symptom
}

// all looks at everything, in the order in which one thing needs another. What could not be
// looked at is said too: never tried is not well.
func (d *doctor) all() {
	d.program()
	if !d.configuration() {
		return
	}
	d.files()
	d.certificates()
	d.address()
	d.space()
	d.bounds()
	d.database()
	d.reach()
}

func (d *doctor) ok(check, format string, a ...any) {
	d.found = append(d.found, symptom{check, well, fmt.Sprintf(format, a...), ""})
}

func (d *doctor) warn(check, text, mend string) {
	d.found = append(d.found, symptom{check, doubtful, text, mend})
}

func (d *doctor) fail(check, text, mend string) {
	d.found = append(d.found, symptom{check, sick, text, mend})
}

func (d *doctor) worst() health {
	worst := well
	for _, s := range d.found {
		if s.Health == sick || s.Health == doubtful && worst == well {
			worst = s.Health
		}
	}
	return worst
}

func (d *doctor) write(out io.Writer) error {
	count := map[health]int{}
	for _, s := range d.found {
		count[s.Health]++
		text := strings.TrimSuffix(s.Text, ".")
		if s.Mend != "" {
			if !strings.HasSuffix(text, "?") {
				text += "."
			}
			text += " Mend: " + strings.TrimSuffix(s.Mend, ".")
		}
		if _, err := fmt.Fprintf(out, "%-8s %-22s %s\n", s.Health, s.Check, strings.Join(strings.Fields(text), " ")); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "%d ok, %s, %s\n", count[well], counted(count[doubtful], "warning"), counted(count[sick], "failure"))
	return err
}

func (d *doctor) writeJSON(out io.Writer) error {
	lines := json.NewEncoder(out)
	lines.SetIndent("", "  ")
	lines.SetEscapeHTML(false)
	return lines.Encode(struct {
		Health health    `json:"health"`
		Checks []symptom `json:"checks"`
	}{d.worst(), d.found})
}
