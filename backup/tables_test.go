package backup

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// Of every table somebody has decided whether it may come back with an old database.
func TestEveryTableIsKeptOrEnded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		there, err := db.Tables(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range there {
			if _, ends := ended[table]; ends == slices.Contains(kept, table) {
				t.Errorf("%s has to be either kept or ended (tables.go)", table)
			}
		}
		if len(there) != len(kept)+len(ended) {
			t.Errorf("%d tables, and %d are named", len(there), len(kept)+len(ended))
		}
	})
}

// Where PostgreSQL's own programs are missing it is said which.
func TestAMissingProgramIsNamed(t *testing.T) {
	t.Parallel()
	var missing *NoClientError
	if err := client(context.Background(), "postgres://x@y/z", "pg_dump-that-nobody-has"); !errors.As(err, &missing) || missing.Program != "pg_dump-that-nobody-has" {
		t.Errorf("%v", err)
	}
}

// What a program complains of is passed on, but no row of a table: it may tell of people.
func TestAComplaintQuotesNoRow(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"pg_dump: error: server version mismatch\nmore\n": "server version mismatch",
		"pg_dump: warning: x\npg_dump: error: COPY failed for table \"patient_number\": 9434765919\nCONTEXT: COPY patient_number, line 1: 9434765919\n": "rows of a table cannot be copied",
		"": "it says nothing",
	} {
		if got := complaint("pg_dump", said); got != want {
			t.Errorf("%q: %q", said, got)
		}
	}
}
