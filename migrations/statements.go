package migrations

import (
	"context"
	"database/sql/driver"
	"slices"
)

// mostPrepared is how many statements one connection keeps: more than Patchwork has, unless
// lists of every length are asked for.
const mostPrepared = 250

// prepared is a connector whose connections compile a statement once and keep it, as pgx does
// for PostgreSQL. SQLite compiles in about the time in which it finds a few rows.
type prepared struct{ driver.Connector }

// Connect implements driver.Connector.
func (p prepared) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	whole, ok := c.(sqliteConn)
	if !ok {
		return c, nil
	}
	return &preparedConn{sqliteConn: whole, kept: map[string]*keptStmt{}}, nil
}

// sqliteConn is what database/sql finds by assertion in a connection of SQLite's driver.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.Pinger
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

// preparedConn is used by one goroutine at a time, as every driver.Conn is.
type preparedConn struct {
	sqliteConn
	kept  map[string]*keptStmt
	order []*keptStmt // the one that was wanted last at the end
}

// keptStmt is a statement that was compiled. While rows are read from it another of the same
// text is compiled for itself.
type keptStmt struct {
	text string
	stmt sqliteStmt
	busy bool
}

// sqliteStmt is a statement of SQLite's driver.
type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// statement gives the kept statement of a text, compiled if it is new; nil if it is in use, or
// is none that can be kept.
func (c *preparedConn) statement(ctx context.Context, text string) (*keptStmt, error) {
	k := c.kept[text]
	if k == nil {
		made, err := c.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		s, ok := made.(sqliteStmt)
		if !ok {
			return nil, made.Close()
		}
		k = &keptStmt{text: text, stmt: s}
		c.kept[text] = k
		c.order = append(c.order, k)
		return k, c.forget()
	}
	if k.busy {
		return nil, nil
	}
	if last := len(c.order) - 1; c.order[last] != k {
		at := slices.Index(c.order, k)
		copy(c.order[at:], c.order[at+1:])
		c.order[last] = k
	}
	return k, nil
}

// forget lets go of the statements that nobody has wanted for longest.
func (c *preparedConn) forget() error {
	for i := 0; len(c.order) > mostPrepared && i < len(c.order)-1; {
		k := c.order[i]
		if k.busy {
			i++
			continue
		}
		c.order = slices.Delete(c.order, i, i+1)
		delete(c.kept, k.text)
		if err := k.stmt.Close(); err != nil {
			return err
		}
	}
	return nil
}

// ExecContext implements driver.ExecerContext.
func (c *preparedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 { // scripts, pragmas and the like: seldom, or cheap
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	k, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	return k.stmt.ExecContext(ctx, args)
}

// QueryContext implements driver.QueryerContext.
func (c *preparedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	k, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return c.sqliteConn.QueryContext(ctx, query, args)
	}
	rows, err := k.stmt.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	k.busy = true
	return &keptRows{rows, k}, nil
}

// Close implements driver.Conn.
func (c *preparedConn) Close() error {
	for _, k := range c.order {
		_ = k.stmt.Close() // the connection goes, and what it holds with it
	}
	c.kept, c.order = nil, nil
	return c.sqliteConn.Close()
}

// keptRows gives its statement back when they are closed.
type keptRows struct {
	driver.Rows
	of *keptStmt
}

// Close implements driver.Rows.
func (r *keptRows) Close() error {
	r.of.busy = false
	return r.Rows.Close()
}
