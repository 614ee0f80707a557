package pgwire

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"
)

// reply says how a result is written.
type reply struct {
	describe bool   // name the columns first (simple protocol)
	suspend  bool   // more rows follow when the portal is executed again
	formats  []int  // text or binary, by column
	tag      string // of the completion; "" is SELECT and the number of rows
}

// ask passes a query through the gate and then runs it. Its errors already have
// their SQLSTATE.
func (c *session) ask(ctx context.Context, q *query, args []any) (*result, Fault, error) {
	fault := c.server.gate(ctx, "/"+q.table)
	if err := fault.before(ctx); err != nil {
		return nil, fault, asSQLError(ctx, err)
	}
	r, err := load(ctx, c.server.db, q.sql, args, -1)
	if err != nil {
		return nil, fault, asSQLError(ctx, err)
	}
	return r, fault, nil
}

// send writes a result, and plays the faults that spoil it on its way.
func (c *session) send(ctx context.Context, r *result, fault Fault, how reply) error {
	if how.describe {
		c.out.columns(r.columns, how.formats)
	}
	var err error
	switch fault.Kind {
	case "huge":
		return c.flood(ctx, r, how)
	case "reset":
		return c.reset(r, how)
	case "bad-json":
		return c.last("\xee\x00\x00\x00\x0c{\"garbage\xff\xfe")
	case "html":
		return c.last("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" +
			"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>")
	case "outcome-in-200":
		half := len(r.rows) / 2
		if err := c.out.rows(r, 0, half, how.formats); err != nil {
			return err
		}
		return refusal("58030", "could not read the rest of the table")
	case "drip":
		if err = c.complete(r, how); err == nil {
			err = c.drip(ctx, fault.Delay)
		}
		return err
	}
	return c.complete(r, how)
}

// complete collects the rows and the completion, sending as it goes.
func (c *session) complete(r *result, how reply) error {
	for i := range r.rows {
		if err := c.out.rows(r, i, i+1, how.formats); err != nil {
			return err
		}
		if len(c.out.b) > 1<<16 {
			if c.flush() != nil {
				return errDrop
			}
		}
	}
	switch {
	case how.suspend:
		c.out.empty('s')
	case how.tag != "":
		c.out.text('C', how.tag)
	default:
		c.out.text('C', fmt.Sprintf("SELECT %d", len(r.rows)))
	}
	return nil
}

// drip sends what is collected byte by byte. A cancelled drip can only hang up:
// it is in the middle of a message.
func (c *session) drip(ctx context.Context, pause time.Duration) error {
	if pause == 0 {
		pause = time.Second
	}
	for i := range c.out.b {
		if _, err := c.conn.Write(c.out.b[i : i+1]); err != nil {
			return errDrop
		}
		if wait(ctx, pause) != nil {
			return errDrop
		}
	}
	c.out.b = c.out.b[:0]
	return nil
}

// reset breaks the connection off in the middle of a row.
func (c *session) reset(r *result, how reply) error {
	if len(r.rows) == 0 {
		c.out.begin('D') // even no rows can be cut short
		c.out.end()
	}
	if err := c.out.rows(r, 0, (len(r.rows)+1)/2, how.formats); err != nil {
		return err
	}
	c.out.b = c.out.b[:len(c.out.b)-2]
	_ = c.flush()
	if tcp, ok := c.conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // RST, not FIN
	}
	return errDrop
}

// last sends what is collected and then bytes that are not the protocol.
func (c *session) last(bytes string) error {
	c.out.b = append(c.out.b, bytes...)
	_ = c.flush()
	return errDrop
}

// maxFlood is where "huge" ends, in bytes.
const maxFlood = 200 << 20

// flood sends the rows over and over, or padding when there are none.
func (c *session) flood(ctx context.Context, r *result, how reply) error {
	if len(r.rows) == 0 {
		r.rows = [][]any{padding(r.columns)}
	}
	rows := output{}
	for len(rows.b) < 1<<16 {
		before := len(rows.b)
		if err := rows.rows(r, 0, len(r.rows), how.formats); err != nil {
			return err
		}
		if len(rows.b) == before {
			break
		}
	}
	for sent := 0; sent < maxFlood; sent += len(rows.b) {
		if ctx.Err() != nil {
			return c.interrupted(asSQLError(ctx, ctx.Err()))
		}
		c.out.b = append(c.out.b, rows.b...)
		if c.flush() != nil {
			return errDrop
		}
	}
	return c.complete(&result{columns: r.columns}, how)
}

func padding(columns []column) []any {
	row := make([]any, len(columns))
	for i, c := range columns {
		switch c.oid {
		case oidInt:
			row[i] = int64(0)
		case oidReal:
			row[i] = float64(0)
		default:
			row[i] = strings.Repeat("x", 1024)
		}
	}
	return row
}

// columns writes a RowDescription, or NoData when there are none.
func (o *output) columns(columns []column, formats []int) {
	if len(columns) == 0 {
		o.empty('n')
		return
	}
	o.begin('T')
	o.int16(len(columns))
	for i, c := range columns {
		size := -1
		if c.oid != oidText {
			size = 8
		}
		o.string(c.name)
		o.int32(0) // of no table
		o.int16(0)
		o.int32(c.oid)
		o.int16(size)
		o.int32(-1)
		o.int16(format(formats, i))
	}
	o.end()
}

// rows writes the rows from one to before another.
func (o *output) rows(r *result, from, to int, formats []int) error {
	for _, row := range r.rows[from:to] {
		o.begin('D')
		message := o.start - 1
		o.int16(len(row))
		for i, value := range row {
			if value == nil {
				o.int32(-1)
				continue
			}
			b, err := encode(value, r.columns[i].oid, format(formats, i))
			if err != nil {
				o.b = o.b[:message]
				return err
			}
			o.int32(len(b))
			o.b = append(o.b, b...)
		}
		o.end()
	}
	return nil
}
