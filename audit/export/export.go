// Package export writes the ledger in the forms that others read: NDJSON, FHIR R4
// AuditEvents after IHE BALP, and ATNA syslog (DICOM audit messages), as a file or as a
// live feed.
//
// It owns the forms and the feed's cursor. It decides nothing about what is audited, and
// adds nothing: patients are Patchwork's opaque ids, as in the ledger.
package export

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
)

// Format appends an event in its form to b.
type Format func(b []byte, e *audit.Entry) ([]byte, error)

// Formats are the forms by name. observer is the name of the server that wrote the
// ledger, as other systems know it.
func Formats(observer string) map[string]Format {
	return map[string]Format{
		"ndjson": NDJSON,
		"fhir":   FHIR{Observer: observer}.Append,
		"syslog": Syslog{Host: observer}.Append,
	}
}

// Names lists the forms, for a message.
func Names() string {
	var names []string
	for name := range Formats("") {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// Write writes a range of the ledger and gives the number of events.
func Write(ctx context.Context, to io.Writer, db *bun.DB, r audit.Range, format Format) (events int64, err error) {
	var b []byte
	for after := int64(0); ; {
		page, err := audit.Entries(ctx, db, r, after)
		if err != nil || len(page) == 0 {
			return events, err
		}
		for i := range page {
			if b, err = format(b[:0], &page[i]); err != nil {
				return events, err
			}
			if _, err := to.Write(b); err != nil {
				return events, fmt.Errorf("the export cannot be written: %w", err)
			}
			events++
		}
		after = page[len(page)-1].Seq
	}
}
