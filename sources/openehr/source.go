package openehr

import (
	"context"
	"maps"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// source is one configured repository.
type source struct {
	env      sources.Env
	client   *jsonapi.Client
	maxRows  int
	uris     map[string]string
	sections map[record.Section]*view
	order    []record.Section
}

// view is one query with the mapping of its rows.
type view struct {
	Query
	key     string // of the configuration
	list    bool   // about many people at once
	section record.Section
	stanza  columns.Stanza
	mapping *columns.Mapping
}

// finder is a source whose people can be looked up.
type finder struct {
	*source
	namespace                      string
	byNHSNumber, byLocalID, byName *view
	verified                       bool
}

var (
	_ sources.Connector = (*Config)(nil)
	_ sources.Finder    = (*finder)(nil)
	_ sources.Prober    = (*source)(nil)
)

// Open makes the source ready. It reads secrets, but calls nobody.
func (c *Config) Open(_ context.Context, env sources.Env) (sources.Source, error) {
	client, err := jsonapi.Open(c.Config, env)
	if err != nil {
		return nil, err
	}
	s := &source{env: env, client: client, maxRows: or(c.MaxRows, 5000), uris: terminologies(), sections: map[record.Section]*view{}}
	maps.Copy(s.uris, c.Terminologies)
	d := c.defaults()
	d.Zone = env.Zone
	for name, section := range c.Sections {
		if h, ok := record.SectionNamed(name); ok {
			s.sections[h] = newView("sections."+name, &section.Query, h, section.Stanza, d, "ehr_ids")
		}
	}
	var made sources.Source = s
	if p := c.People; p != nil {
		people := func(name string, q *Query, list string) *view {
			return newView("people."+name, q, record.Demographics, p.Stanza, d, list)
		}
		f := &finder{s, p.Namespace, people("by_nhs_number", p.ByNHSNumber, "nhs_numbers"), people("by_local_id", p.ByLocalID, "ehr_ids"),
			people("by_name", p.ByName, ""), d.Verified}
		if _, own := s.sections[record.Demographics]; !own && f.byLocalID != nil {
			s.sections[record.Demographics] = f.byLocalID
		}
		made = f
	}
	for _, h := range record.Headings() {
		if _, ok := s.sections[h.Section]; ok {
			s.order = append(s.order, h.Section)
		}
	}
	return made, nil
}

func or(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

func newView(key string, q *Query, section record.Section, stanza columns.Stanza, d columns.Defaults, list string) *view {
	if q == nil {
		return nil
	}
	return &view{Query: *q, key: key, list: q.List || parameters(q.AQL)[list], section: section, stanza: stanza,
		mapping: columns.New(section, stanza, d, true)}
}

// size is how many people one request is about.
func (v *view) size() int {
	if v.list {
		return or(v.Batch, 50)
	}
	return 1
}

// Offers lists the configured sections.
func (s *source) Offers() []record.Section { return append([]record.Section(nil), s.order...) }

// Close lets go of connections.
func (s *source) Close() error {
	s.client.Close()
	return nil
}

// Probe asks whether the API is there.
func (s *source) Probe(ctx context.Context) error { return s.client.Reachable(ctx) }
