package pgwire

// statement is a parsed command with the types of its parameters and columns.
type statement struct {
	query   *query // nil for an empty command
	params  []int
	columns []column // known after the first Describe or Bind
	known   bool
}

// portal is a statement bound to values, and what is left of its answer.
type portal struct {
	statement *statement
	args      []any
	formats   []int
	result    *result // nil until executed
	sent      int
}

// maxNamed bounds the statements and the portals one client may keep.
const maxNamed = 1000

func (c *session) parse(f *fields) error {
	name, text := f.string(), f.string()
	n := f.int16()
	types := make([]int, 0, 8)
	for i := 0; i < n && !f.short; i++ {
		types = append(types, f.int32())
	}
	if f.short {
		return refusal("08P01", errShort.Error())
	}
	list := queries(text)
	if len(list) > 1 {
		return refusal("42601", "cannot insert multiple commands into a prepared statement")
	}
	s := &statement{}
	if len(list) == 1 {
		s.query = &list[0]
		if err := c.allowed(s.query); err != nil {
			return err
		}
		s.params = s.query.params
		// A client's own view of a type wins, but not over what ANY needs.
		for i, oid := range types {
			if i < len(s.params) && oid != 0 && s.params[i] != oidTexts {
				s.params[i] = oid
			}
		}
	}
	if len(c.statements) >= maxNamed {
		return refusal("54000", "too many prepared statements")
	}
	c.statements[name] = s
	c.out.empty('1')
	return nil
}

func (c *session) bind(f *fields) error {
	name, from := f.string(), f.string()
	formats := f.int16s()
	n := f.int16()
	raw := make([][]byte, 0, 8)
	for i := 0; i < n && !f.short; i++ {
		if size := f.int32(); size == -1 {
			raw = append(raw, nil)
		} else {
			raw = append(raw, append([]byte{}, f.take(size)...))
		}
	}
	p := &portal{formats: f.int16s()}
	if f.short {
		return refusal("08P01", errShort.Error())
	}
	if p.statement = c.statements[from]; p.statement == nil {
		return refusal("26000", "prepared statement does not exist")
	}
	if len(raw) != len(p.statement.params) {
		return refusal("08P01", "bind message supplies another number of parameters than the statement has")
	}
	for i, b := range raw {
		v, err := decode(b, p.statement.params[i], format(formats, i))
		if err != nil {
			return err
		}
		p.args = append(p.args, v)
	}
	if len(c.portals) >= maxNamed {
		return refusal("54000", "too many portals")
	}
	c.portals[name] = p
	c.out.empty('2')
	return nil
}

// format is the code that applies to field i: one for all, one each, or text.
func format(codes []int, i int) int {
	switch {
	case len(codes) == 1:
		return codes[0]
	case i < len(codes):
		return codes[i]
	}
	return 0
}

func (c *session) describe(f *fields) error {
	kind, name := f.byte(), f.string()
	if f.short {
		return refusal("08P01", errShort.Error())
	}
	if kind == 'P' {
		p := c.portals[name]
		if p == nil {
			return refusal("34000", "portal does not exist")
		}
		if err := c.know(p.statement); err != nil {
			return err
		}
		c.out.columns(p.statement.columns, p.formats)
		return nil
	}
	s := c.statements[name]
	if s == nil {
		return refusal("26000", "prepared statement does not exist")
	}
	if err := c.know(s); err != nil {
		return err
	}
	c.out.begin('t')
	c.out.int16(len(s.params))
	for _, oid := range s.params {
		c.out.int32(oid)
	}
	c.out.end()
	c.out.columns(s.columns, nil)
	return nil
}

// know finds the columns of a statement, once.
func (c *session) know(s *statement) (err error) {
	if s.known {
		return nil
	}
	switch {
	case s.query == nil:
	case s.query.reads():
		ctx, done := c.begin()
		defer done()
		q := *s.query
		q.params = s.params
		if s.columns, err = shape(ctx, c.server.db, &q); err != nil {
			return c.interrupted(asSQLError(ctx, err))
		}
	default:
		if r := c.setting(s.query); r != nil {
			s.columns = r.columns
		}
	}
	s.known = true
	return nil
}

func (c *session) execute(f *fields) error {
	name, limit := f.string(), f.int32()
	if f.short {
		return refusal("08P01", errShort.Error())
	}
	p := c.portals[name]
	switch {
	case p == nil:
		return refusal("34000", "portal does not exist")
	case p.statement.query == nil:
		c.out.empty('I')
		return nil
	}
	if err := c.allowed(p.statement.query); err != nil {
		return err
	}
	if !p.statement.query.reads() {
		return c.executeControl(p)
	}
	ctx, done := c.begin()
	defer done()
	var fault Fault
	if p.result == nil {
		if err := c.know(p.statement); err != nil {
			return err
		}
		r, played, err := c.ask(ctx, p.statement.query, p.args)
		if err != nil {
			return c.interrupted(err)
		}
		r.columns = p.statement.columns
		played.rows(r)
		p.result, fault = r, played
	}
	rest := &result{columns: p.result.columns, rows: p.result.rows[p.sent:]}
	how := reply{formats: p.formats}
	if limit > 0 && len(rest.rows) > limit {
		rest.rows, how.suspend = rest.rows[:limit], true
	}
	p.sent += len(rest.rows)
	return c.send(ctx, rest, fault, how)
}

func (c *session) executeControl(p *portal) error {
	if r := c.setting(p.statement.query); r != nil {
		return c.send(c.ctx, r, Fault{}, reply{formats: p.formats, tag: "SHOW"})
	}
	c.out.text('C', c.control(p.statement.query))
	return nil
}

// close forgets a statement or a portal; one that is not there is no error.
func (c *session) close(f *fields) error {
	kind, name := f.byte(), f.string()
	if f.short {
		return refusal("08P01", errShort.Error())
	}
	if kind == 'P' {
		delete(c.portals, name)
	} else {
		delete(c.statements, name)
	}
	c.out.empty('3')
	return nil
}
