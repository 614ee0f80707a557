package review_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/uptrace/bun"
)

// fault is a connection that dies at a statement: before it, or after it was done.
type fault struct {
	db            *bun.DB
	at            int
	after         bool
	seen          int
	within, alone bool // a transaction is under way; the one that died was in none
}

var errKilled = errors.New("killed")

func (f *fault) Driver() driver.Driver { return f.db.Driver() }

func (f *fault) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := f.db.DB.Conn(ctx)
	if err != nil {
		return nil, err
	}
	dying := &dyingConn{fault: f, held: c}
	err = c.Raw(func(raw any) error { dying.Conn = raw.(driver.Conn); return nil })
	return dying, err
}

// step counts one statement and does it unless the connection is dead by then.
func (f *fault) step(do func() error) error {
	f.seen++
	if f.seen > f.at || f.seen == f.at && !f.after {
		return errKilled
	}
	if err := do(); err != nil {
		return err
	}
	if f.seen == f.at {
		f.alone = !f.within
		return errKilled
	}
	return nil
}

type dyingConn struct {
	driver.Conn
	*fault
	held *sql.Conn
}

func (c *dyingConn) Close() error { return c.held.Close() }

func (c *dyingConn) CheckNamedValue(v *driver.NamedValue) error {
	if n, ok := c.Conn.(driver.NamedValueChecker); ok {
		return n.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

func (c *dyingConn) ExecContext(ctx context.Context, q string, args []driver.NamedValue) (r driver.Result, err error) {
	err = c.step(func() error { r, err = c.Conn.(driver.ExecerContext).ExecContext(ctx, q, args); return err })
	return r, err
}

func (c *dyingConn) QueryContext(ctx context.Context, q string, args []driver.NamedValue) (driver.Rows, error) {
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, q, args)
}

func (c *dyingConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	c.within = true
	tx, err := c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
	return &dyingTx{tx, c.fault}, err
}

type dyingTx struct {
	driver.Tx
	*fault
}

func (t *dyingTx) Rollback() error {
	t.within = false
	return t.Tx.Rollback()
}

func (t *dyingTx) Commit() error {
	t.within = false
	err := t.step(t.Tx.Commit)
	if t.seen > t.at || t.seen == t.at && !t.after {
		_ = t.Tx.Rollback() // as the database does when the client is gone
	}
	return err
}
