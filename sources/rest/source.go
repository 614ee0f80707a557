package rest

import (
	"context"
	"iter"
	"maps"
	"net/http"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// source is one configured API.
type source struct {
	env      sources.Env
	client   *jsonapi.Client
	maxRows  int
	slots    chan struct{} // requests under way
	sections map[record.Section]*view
	order    []record.Section
	who      *view // lists people by local id; nil if it cannot
	probe    *asking
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
	s := &source{env: env, client: client, maxRows: or(c.MaxRows, defaultRows), slots: make(chan struct{}, or(c.Parallel, defaultParallel)),
		sections: map[record.Section]*view{}, probe: newAsking("probe", c.Probe)}
	d := c.defaults()
	d.Zone = env.Zone
	for name, section := range c.Sections {
		if h, ok := record.SectionNamed(name); ok {
			s.sections[h] = newView("sections."+name, &section.Ask, h, section.Stanza, d)
		}
	}
	f := s.withPeople(c.People, d)
	for _, h := range record.Headings() {
		if _, ok := s.sections[h.Section]; ok {
			s.order = append(s.order, h.Section)
		}
	}
	return s.with(f, c), nil
}

// newView makes a request and the mapping of its rows ready; nil of nil. Fields are by
// their names, since the mapping chose them.
func newView(key string, a *Ask, section record.Section, stanza columns.Stanza, d columns.Defaults) *view {
	if a == nil {
		return nil
	}
	v := &view{asking: newAsking(key, a), mapping: columns.New(section, stanza, d, true)}
	v.many = v.asking.many("ids")
	return v
}

func (s *source) withPeople(p *People, d columns.Defaults) *finder {
	if p == nil {
		return nil
	}
	made := map[string]*view{}
	for _, one := range p.all() {
		if *one.ask != nil {
			made[one.name] = newView("people."+one.name, p.own(*one.ask), record.Demographics, p.Stanza, d)
		}
	}
	f := &finder{s, made["by_nhs_number"], made["by_local_id"], made["by_name"], made["by_birth_date"], made["by_local_number"]}
	s.who = f.byLocalID
	if _, own := s.sections[record.Demographics]; !own && f.byLocalID != nil {
		s.sections[record.Demographics] = f.byLocalID
	}
	return f
}

// with is the source with what it can do besides: each ability is a type of its own,
// because it is found by assertion.
func (s *source) with(f *finder, c *Config) sources.Source {
	d := c.defaults()
	d.Zone = s.env.Zone
	var r *rostering
	if f != nil && c.Rosters != nil {
		r = &rostering{f, newAsking("rosters.list", c.Rosters.List), newView("rosters.people", c.Rosters.People, record.Demographics, c.People.Stanza, d)}
	}
	if c.Documents != nil {
		o := s.newOpener(c.Documents)
		switch {
		case r != nil:
			return &struct {
				*rostering
				*opener
			}{r, o}
		case f != nil:
			return &struct {
				*finder
				*opener
			}{f, o}
		}
		return &struct {
			*source
			*opener
		}{s, o}
	}
	switch {
	case r != nil:
		return r
	case f != nil:
		return f
	}
	return s
}

// Offers lists the configured sections.
func (s *source) Offers() []record.Section { return append([]record.Section(nil), s.order...) }

// Close lets go of connections.
func (s *source) Close() error {
	s.client.Close()
	return nil
}

// Probe asks what is configured, or for the base: there any answer will do that is no
// refusal and no fault.
func (s *source) Probe(ctx context.Context) error {
	if s.probe == nil {
		return s.client.Reachable(ctx)
	}
	_, _, err := s.read(ctx, s.probe, params{}, false, func(any) error { return nil })
	return err
}

func mapKeys(h http.Header) iter.Seq[string] { return maps.Keys(h) }
