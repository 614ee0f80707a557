package migrations

import (
	"context"
	"hash/fnv"
	"time"
)

// leadEvery is how often it is asked whether this server may lead, and whether it still does:
// the work of one that dies is taken up by another within about as long.
const leadEvery = time.Second

// Lead runs what only one server of this database is to do: while this server leads under the
// name, do runs with a context that ends when it ceases to; another takes its place then. A do
// that returns by itself is begun again. Lead returns when ctx has ended and do has. Who leads holds an advisory lock on a connection of its
// own, which PostgreSQL takes away when the connection breaks; do may then run twice for a few
// seconds, and must bear it. A file of SQLite has one server, which leads.
func (db *DB) Lead(ctx context.Context, name string, do func(ctx context.Context)) {
	for ctx.Err() == nil {
		if db.Dialect == Postgres {
			db.lead(ctx, name, do)
		} else {
			do(ctx)
		}
		waited(ctx, leadEvery)
	}
}

func (db *DB) lead(ctx context.Context, name string, do func(ctx context.Context)) {
	conn, channel, err := db.own(ctx)
	if err != nil {
		return
	}
	defer part(conn)
	key := fnv.New64a()
	_, _ = key.Write([]byte(channel + " " + name)) // never fails
	for ours := false; !ours; {
		asked, cancel := context.WithTimeout(ctx, answerWithin)
		err := conn.QueryRow(asked, `SELECT pg_try_advisory_lock($1)`, int64(key.Sum64())).Scan(&ours) //nolint:gosec // any 64 bits
		cancel()
		if err != nil || !ours && !waited(ctx, leadEvery) {
			return
		}
	}
	leading, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		do(leading)
	}()
	for waited(ctx, leadEvery) && alive(ctx, conn) == nil {
		select {
		case <-done: // it gave up by itself
			stop()
			return
		default:
		}
	}
	stop()
	<-done // the lock is held until then, if the connection stands
}

// waited is false when ctx ended meanwhile.
func waited(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
