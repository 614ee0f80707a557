package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/export"
	"github.com/patchworkcare/patchwork/migrations"
)

type auditExportCommand struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, for the state."`
	Format string `default:"ndjson" placeholder:"NAME" help:"ndjson, fhir (R4 AuditEvents, one a line) or syslog (ATNA, each with its length before it)."`
	From   int64  `placeholder:"SEQ" help:"The first event."`
	To     int64  `placeholder:"SEQ" help:"The last event."`
	Since  string `placeholder:"TIME" help:"Events from this time on: RFC 3339, or a date, in UTC."`
	Until  string `placeholder:"TIME" help:"Events before this time."`
	Output string `placeholder:"FILE" help:"A new file, for its owner only; without it the terminal."`
}

// Run writes the range. The export is itself audited, before its first byte; that event
// is not in it.
func (c *auditExportCommand) Run(t *terminal) (err error) {
	format, ok := export.Formats(hostname())[c.Format]
	if !ok {
		return usageError(fmt.Sprintf("there is no format %q; there are %s", c.Format, export.Names()))
	}
	r, err := c.bounds()
	if err != nil {
		return err
	}
	_, db, err := openState(t.ctx, c.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := c.settle(t, db, &r); err != nil {
		return err
	}
	if c.Output == "" {
		return c.write(t, t.out, db, r, format, io.Discard)
	}
	f, err := os.OpenFile(c.Output, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return usageError(fmt.Sprintf("%s is there already", c.Output))
	}
	if err != nil {
		return fmt.Errorf("the export cannot be written: %w", err)
	}
	return errors.Join(c.write(t, f, db, r, format, t.out), f.Sync(), f.Close())
}

// bounds reads the flags.
func (c *auditExportCommand) bounds() (audit.Range, error) {
	r := audit.Range{From: c.From, To: c.To}
	if c.From < 0 || c.To < 0 || c.To > 0 && c.From > c.To {
		return r, usageError("--from and --to are places in the ledger, from 1, the first before the last")
	}
	var err error
	if r.Since, err = moment("--since", c.Since); err != nil {
		return r, err
	}
	r.Until, err = moment("--until", c.Until)
	return r, err
}

// moment reads a time or a date; "" is the zero time.
func moment(flag, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, form := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(form, text); err == nil {
			return at, nil
		}
	}
	return time.Time{}, usageError(flag + " must be a time such as 2026-03-29T01:00:00Z or a date such as 2026-03-29")
}

// settle fixes the end of the range to what is there now, so that an export of a ledger
// that grows has an end, and that it says in the ledger what it was.
func (c *auditExportCommand) settle(t *terminal, db *migrations.DB, r *audit.Range) error {
	last, err := audit.LastSeq(t.ctx, db.Read)
	if r.To == 0 || r.To > last {
		r.To = last
	}
	return err
}

func (c *auditExportCommand) write(t *terminal, to io.Writer, db *migrations.DB, r audit.Range, format export.Format, say io.Writer) error {
	if err := recordUse(t, db, audit.ActionExport, c.Format+" "+rangeText(r)); err != nil {
		return err
	}
	if r.To == 0 { // there was nothing, and 0 would be no bound
		fmt.Fprintln(say, "0 events")
		return nil
	}
	buffered := bufio.NewWriterSize(to, 1<<16)
	n, err := export.Write(t.ctx, buffered, db.Read, r, format)
	if err := errors.Join(err, buffered.Flush()); err != nil {
		return err
	}
	fmt.Fprintf(say, "%d events\n", n)
	return nil
}

// rangeText is "from 1 to 12 since … until …".
func rangeText(r audit.Range) string {
	text := []string{fmt.Sprintf("from %d to %d", max(1, r.From), r.To)}
	if !r.Since.IsZero() {
		text = append(text, "since "+r.Since.UTC().Format(time.RFC3339))
	}
	if !r.Until.IsZero() {
		text = append(text, "until "+r.Until.UTC().Format(time.RFC3339))
	}
	return strings.Join(text, " ")
}
