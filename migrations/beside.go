package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// A step that older programs may go on beside says so in a line of its own,
//
//	-- beside: 21
//
// the last step that a program must know: for a step that only adds (a table, a column with a
// default, an index) that is any step before it. One that takes away what programs before step
// 24 used says 24, and comes in a release after the one that ceased to use it. A step without
// the line is for programs that know it (decision 0016).
var besideLine = regexp.MustCompile(`(?m)^-- beside: ([0-9]+)$`)

func besideOf(number int, text string) (int, error) {
	said := besideLine.FindStringSubmatch(text)
	if said == nil {
		return number, nil
	}
	least, err := strconv.Atoi(said[1])
	if err != nil || least < 1 || least > number {
		return 0, fmt.Errorf("beside: %s is no step up to this one", said[1])
	}
	return least, nil
}

// beside is nil if a program that knows so many steps may go on with a database that has had
// more.
func beside(ctx context.Context, tx *sql.Tx, done, known int) error {
	var least int
	err := tx.QueryRowContext(ctx, `SELECT MAX(COALESCE(b.beside, s.number)) FROM schema_step s
		LEFT JOIN schema_beside b ON b.number = s.number WHERE s.number > $1`, known).Scan(&least)
	switch {
	case err != nil:
		return fmt.Errorf("the database cannot be brought up to date: %w", plain(err))
	case least > known:
		return fmt.Errorf("the database is newer than this program: it is at step %d, for programs that know step %d, and this program knows %d; "+
			"run the newer Patchwork or restore an older backup", done, least, known)
	}
	return nil
}

const (
	// lockWithin is how long a step waits for a table on PostgreSQL: everybody who comes after
	// it waits behind it.
	lockWithin = "1s"
	// mostTries and tryEvery are how often a step is tried whose table is held.
	mostTries = 60
	tryEvery  = 500 * time.Millisecond
)

// held reports whether a step failed because somebody else held a table for too long.
func held(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "55P03"
}
