package pgwire

import (
	"errors"
	"fmt"
	"strings"
)

// simple answers a simple Query: each command of the text in turn, up to the
// first that fails, then ReadyForQuery.
func (c *session) simple(f *fields) error {
	text := f.string()
	err := f.err()
	if err != nil {
		err = refusal("08P01", err.Error())
	} else {
		err = c.simpleText(text)
	}
	if err != nil {
		if err := c.failed(err); err != nil {
			return err
		}
	}
	c.out.ready(c.tx)
	return c.flush()
}

func (c *session) simpleText(text string) error {
	list := queries(text)
	if len(list) == 0 {
		c.out.empty('I')
	}
	for i := range list {
		if err := c.simpleQuery(&list[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c *session) simpleQuery(q *query) error {
	if err := c.allowed(q); err != nil {
		return err
	}
	if !q.reads() {
		if r := c.setting(q); r != nil {
			return c.send(c.ctx, r, Fault{}, reply{describe: true, tag: "SHOW"})
		}
		c.out.text('C', c.control(q))
		return nil
	}
	if len(q.params) > 0 {
		return refusal("42P02", "there is no parameter $1")
	}
	ctx, done := c.begin()
	defer done()
	r, fault, err := c.ask(ctx, q, nil)
	if err != nil {
		return c.interrupted(err)
	}
	r.settle()
	fault.rows(r)
	return c.send(ctx, r, fault, reply{describe: true})
}

// interrupted says what a query ended by its context tells the client: nothing
// when the client has gone, "cancelled" when it asked for that.
func (c *session) interrupted(err error) error {
	if c.ctx.Err() != nil {
		return errDrop
	}
	var known *sqlError
	if errors.As(err, &known) {
		return known
	}
	return err
}

// allowed refuses what changes data, and everything but an end of the
// transaction once it has failed.
func (c *session) allowed(q *query) error {
	verb := strings.ToUpper(q.words[0].text)
	switch {
	case c.tx == 'E' && verb != "ROLLBACK" && verb != "COMMIT" && verb != "ABORT" && verb != "END":
		return refusal("25P02", "current transaction is aborted, commands ignored until end of transaction block")
	case q.err != nil:
		return q.err
	case q.reads() || controls(verb):
		return nil
	}
	return refusal("25006", fmt.Sprintf("cannot execute %.40s in a read-only transaction", verb))
}

func controls(verb string) bool {
	switch verb {
	case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SET", "RESET", "SHOW", "DEALLOCATE", "DISCARD":
		return true
	}
	return false
}

// control carries out a command that does not reach the database, and gives its
// completion tag. Transactions are kept in name only: the server reads.
func (c *session) control(q *query) string {
	verb := strings.ToUpper(q.words[0].text)
	was := c.tx
	switch verb {
	case "BEGIN", "START":
		c.tx = 'T'
		return "BEGIN"
	case "COMMIT", "END":
		c.tx = 'I'
		if was == 'E' {
			return "ROLLBACK"
		}
		return "COMMIT"
	case "ROLLBACK", "ABORT":
		c.tx = 'I'
		return "ROLLBACK"
	case "DEALLOCATE":
		clear(c.statements)
	}
	return verb
}

// setting answers SHOW; nil for any other command.
func (c *session) setting(q *query) *result {
	if !q.words[0].is("show") || len(q.words) < 2 {
		return nil
	}
	name, value := q.words[1].name(), ""
	for _, p := range settings() {
		if strings.EqualFold(p[0], name) {
			value = p[1]
		}
	}
	return &result{columns: []column{{name, oidText}}, rows: [][]any{{value}}}
}
