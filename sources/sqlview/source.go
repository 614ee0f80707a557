package sqlview

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// source is one configured database.
type source struct {
	env      sources.Env
	dialect  dialect
	db       *sql.DB
	drain    func() // waits for connections that were given up
	maxRows  int
	sections map[record.Section]*view
	order    []record.Section
	who      *view // lists people by local id; nil if it cannot
}

// view is one query with the mapping of its rows.
type view struct {
	statement statement
	mapping   *columns.Mapping
	warned    sync.Once
}

// finder is a source whose people can be looked up.
type finder struct {
	*source
	byNHSNumber, byLocalID, byName, byBirthDate, byLocalNumber *view
}

// Open prepares the connections; the first is made by the first query.
func (c *Config) Open(_ context.Context, env sources.Env) (sources.Source, error) {
	dsn, err := c.dsn()
	if err != nil {
		return nil, err
	}
	d := dialects()[c.Driver]
	conns := or(c.MaxConns, defaultConns)
	db, drain, err := d.open(dsn, conns)
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(conns)
	db.SetConnMaxIdleTime(2 * time.Minute)
	db.SetConnMaxLifetime(30 * time.Minute)
	s := &source{env: env, dialect: d, db: db, drain: drain, maxRows: or(c.MaxRows, defaultRows), sections: map[record.Section]*view{}}
	defaults := c.defaults()
	defaults.Zone = env.Zone
	for name, section := range c.Sections {
		if h, ok := record.SectionNamed(name); ok {
			s.sections[h] = s.view(section.Query, h, section.Stanza, defaults)
		}
	}
	return s.withPeople(c, defaults), nil
}

func or(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

func (s *source) view(query string, section record.Section, stanza columns.Stanza, d columns.Defaults) *view {
	if query == "" {
		return nil
	}
	st, _ := parse(s.dialect, query, nil, nil) // Validate has looked at it
	return &view{statement: st, mapping: columns.New(section, stanza, d, true)}
}

func (s *source) withPeople(c *Config, d columns.Defaults) sources.Source {
	defer s.inOrder()
	p := c.People
	if p == nil {
		return s
	}
	people := func(query string) *view { return s.view(query, record.Demographics, p.Stanza, d) }
	f := &finder{s, people(p.Query), people(p.ByLocalID), people(p.ByName), people(p.ByBirthDate), people(p.ByLocalNumber)}
	s.who = f.byLocalID
	if _, own := s.sections[record.Demographics]; !own && f.byLocalID != nil {
		s.sections[record.Demographics] = f.byLocalID
	}
	return f.withRosters(c.Rosters, p, d)
}

func (s *source) inOrder() {
	for _, h := range record.Headings() {
		if _, ok := s.sections[h.Section]; ok {
			s.order = append(s.order, h.Section)
		}
	}
}

// Offers lists the configured sections.
func (s *source) Offers() []record.Section { return append([]record.Section(nil), s.order...) }

// Close closes all connections.
func (s *source) Close() error {
	err := s.db.Close()
	s.drain()
	if err != nil {
		return lost()
	}
	return nil
}

// Probe asks the database for the number one.
func (s *source) Probe(ctx context.Context) error {
	return s.env.Call(ctx, func(ctx context.Context) error {
		q, end, err := s.reader(ctx)
		if err != nil {
			return s.dialect.explain(ctx, err)
		}
		defer end()
		rows, err := q.QueryContext(ctx, s.dialect.probe)
		if err != nil {
			return s.dialect.explain(ctx, err)
		}
		rows.Next()
		if err = rows.Close(); err == nil {
			err = rows.Err()
		}
		return s.dialect.explain(ctx, err)
	})
}
