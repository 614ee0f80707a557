package csvfile

import (
	"context"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
)

// source is one configured extract.
type source struct {
	config   *Config
	env      sources.Env
	place    place
	sections map[record.Section]*part
	order    []record.Section
	people   *part // nil if people cannot be looked up
	given    handedOut
	sizes    sizes
}

// part is the rows of one section: its file and how they are read.
type part struct {
	section record.Section
	file    File
	mapping *columns.Mapping
}

// finder is a source whose people can be looked up.
type finder struct{ *source }

// Open looks at nothing yet: the folder may not be there at this moment.
func (c *Config) Open(_ context.Context, env sources.Env) (sources.Source, error) {
	s := &source{config: c, env: env, place: folder(c.Location), sections: map[record.Section]*part{}}
	if c.remote() {
		share, err := newShare(c, env.Now)
		if err != nil {
			return nil, err
		}
		s.place = share
	}
	for name, f := range c.Sections {
		if section, ok := record.SectionNamed(name); ok {
			s.sections[section] = s.part(section, f)
		}
	}
	if c.People != nil {
		s.people = s.part(record.Demographics, *c.People)
		if _, own := s.sections[record.Demographics]; !own {
			s.sections[record.Demographics] = s.people
		}
	}
	for _, h := range record.Headings() {
		if _, ok := s.sections[h.Section]; ok {
			s.order = append(s.order, h.Section)
		}
	}
	if s.people == nil {
		return s, nil
	}
	if c.Rosters == nil {
		return &finder{s}, nil
	}
	return &rostering{&finder{s}, c.Rosters, s.part(record.Demographics, c.Rosters.plain())}, nil
}

func (s *source) part(section record.Section, f File) *part {
	if f.Delimiter == "" {
		f.Delimiter = s.config.Delimiter
	}
	if f.Charset == "" {
		f.Charset = s.config.Charset
	}
	d := s.config.defaults()
	d.Zone, d.Serial = s.env.Zone, isSheet(f.File)
	return &part{section: section, file: f, mapping: columns.New(section, f.Stanza, d, false)}
}

// Offers lists the configured sections.
func (s *source) Offers() []record.Section { return append([]record.Section(nil), s.order...) }

// Close closes idle connections.
func (s *source) Close() error {
	s.place.close()
	return nil
}

// Probe opens one file and reads nothing of it.
func (s *source) Probe(ctx context.Context) error {
	p := s.people
	if p == nil {
		p = s.sections[s.order[0]]
	}
	return s.env.Call(ctx, func(ctx context.Context) error { return s.there(ctx, p.file.File) })
}

// there opens a file of the stanza and reads nothing of it.
func (s *source) there(ctx context.Context, file string) error {
	name, _, err := s.newest(file)
	if err != nil {
		return explain(ctx, file, err)
	}
	x, err := s.place.open(ctx, name)
	if err != nil {
		return explain(ctx, file, err)
	}
	_ = x.Close()
	return nil
}

// callFor is a call that reads one file. That it is missing, and nothing else, is not told to
// the breaker, which would keep us from all other files.
func (s *source) callFor(ctx context.Context, file string, do func(context.Context) error) error {
	var gone error
	err := s.env.Call(ctx, func(ctx context.Context) error {
		gone = nil
		err := do(ctx)
		if s.alone(ctx, file, err) {
			gone, err = err, nil
		}
		return err
	})
	if err == nil {
		return gone
	}
	return err
}

// alone reports whether a file that is missing is the matter of its own sections: the
// people file is there or, where there is none, another file. Then the system is not down,
// and what it has beside that file is still asked for.
func (s *source) alone(ctx context.Context, file string, err error) bool {
	if e := sources.AsError(err); e == nil || e.Code != "file-missing" {
		return false
	}
	if s.people != nil {
		return s.people.file.File != file && s.there(ctx, s.people.file.File) == nil
	}
	return slices.ContainsFunc(s.order, func(section record.Section) bool {
		other := s.sections[section].file.File
		return other != file && s.there(ctx, other) == nil
	})
}

// or is n, or what is meant by leaving it out.
func or(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

func (c *Config) maxFile(name string) int64 {
	if isSheet(name) {
		return int64(or(c.MaxSheetMB, 32)) << 20
	}
	return int64(or(c.MaxFileMB, 200)) << 20
}

// maxAge is how far into the future an extract's time may be before the clocks are
// not to be trusted.
const maxAhead = 5 * time.Minute
