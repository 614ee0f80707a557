package docfolder

import (
	"context"
	"io"
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/cda"
	"github.com/patchworkcare/patchwork/sources/dochttp"
)

// source is one folder.
type source struct {
	Config
	env     sources.Env
	place   place
	pattern *pattern // nil with an index
}

// place is where the files are.
type place interface {
	// open opens a file by its plain name; an error without such a file is isGone.
	open(ctx context.Context, name string) (*file, error)
	// list names the files below a folder; "" is all. It is whole, or an error; a folder
	// that is not there is empty if the place itself is there.
	list(ctx context.Context, below string, most int) ([]string, error)
	close()
}

// file is a file being read.
type file struct {
	io.ReadCloser
	size int64 // -1 if not known
	// intact is an error if it changed since it was opened; nil if that cannot be known.
	intact func() error
}

var (
	_ sources.Connector      = (*Config)(nil)
	_ sources.DocumentOpener = (*source)(nil)
	_ sources.Prober         = (*source)(nil)
)

// Open makes the source ready. It reads secrets, and looks at nothing else yet.
func (c *Config) Open(_ context.Context, env sources.Env) (sources.Source, error) {
	s := &source{Config: c.withDefaults(), env: env}
	var err error
	if c.Pattern != "" {
		if s.pattern, err = compile(c.Pattern); err != nil {
			return nil, &sources.Error{Kind: sources.Malformed, Code: "pattern", Reason: "Its pattern cannot be used"}
		}
	}
	s.place, err = c.open(env)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func (c *Config) open(env sources.Env) (place, error) {
	if !c.dav() && !c.bucket() {
		return folder(c.Location), nil
	}
	client, err := dochttp.New(c.Auth, c.TLS, env.Now)
	switch {
	case err != nil:
		return nil, err
	case c.dav():
		return newShare(c.Location, client)
	}
	return newBucket(c, client, env.Now)
}

// Offers implements sources.Source.
func (s *source) Offers() []record.Section {
	return append(s.SectionsFrom.CDA.Offers(), record.Documents)
}

// Close implements sources.Source.
func (s *source) Close() error {
	s.place.close()
	return nil
}

// Probe implements sources.Prober: it opens the index, or lists one folder that nobody has.
func (s *source) Probe(ctx context.Context) error {
	return s.env.Call(ctx, func(ctx context.Context) error {
		if s.Index == nil {
			_, err := s.place.list(ctx, "patchwork-probe", 1)
			return explain(ctx, err)
		}
		f, err := s.place.open(ctx, s.Index.File)
		if err != nil {
			return explain(ctx, err)
		}
		return f.Close()
	})
}

// Fetch implements sources.Source: the index, or the names, are read once for everybody
// asked about.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	asked := map[string][]record.Section{}
	var ids []string
	for _, k := range keys {
		if asked[k.LocalID] == nil {
			ids = append(ids, k.LocalID)
		}
		if !slices.Contains(asked[k.LocalID], k.Section) {
			asked[k.LocalID] = append(asked[k.LocalID], k.Section)
		}
	}
	all := s.documents(ctx, ids)
	for id, sections := range asked {
		s.answer(ctx, id, sections, all[id], answer)
	}
}

func (s *source) answer(ctx context.Context, id string, sections []record.Section, documents sources.Result, answer func(sources.Key, sources.Result)) {
	within := s.SectionsFrom.CDA.Read(cda.Asked{LocalID: id, Documents: documents, Zone: s.env.Zone,
		Subject: func(d *cda.Document) string { return d.Subject(s.CDAAuthority) },
		Open: func(ref string, take func(sources.Document) error) error {
			return s.read(ctx, ref, take)
		}})
	for _, section := range sections {
		if section == record.Documents {
			answer(sources.Key{Section: section, LocalID: id}, documents)
		} else {
			answer(sources.Key{Section: section, LocalID: id}, within(section))
		}
	}
}

// OpenDocument implements sources.DocumentOpener. Whose the document is, is asked again.
func (s *source) OpenDocument(ctx context.Context, localID, ref string, take func(sources.Document) error) error {
	if !plain(ref) || s.ignored(ref) {
		return sources.DocumentGone()
	}
	owner, err := s.owner(ctx, ref)
	switch {
	case err != nil:
		return err
	case owner == "":
		return sources.DocumentGone()
	case owner != localID:
		return dochttp.OtherPatient()
	}
	return s.read(ctx, ref, take)
}

func (s *source) read(ctx context.Context, name string, take func(sources.Document) error) error {
	return s.env.Call(ctx, func(ctx context.Context) error {
		f, err := s.place.open(ctx, name)
		if isGone(err) {
			return sources.DocumentGone()
		}
		if err != nil {
			return explain(ctx, err)
		}
		defer func() { _ = f.Close() }()
		return take(sources.Document{ContentType: mediaType(name), Size: f.size, Body: ending{ctx, f}})
	})
}

// ending ends a file's reading with its call, and words its errors.
type ending struct {
	ctx  context.Context
	from *file
}

// Read implements io.Reader.
func (e ending) Read(p []byte) (int, error) {
	if e.ctx.Err() != nil {
		return 0, explain(e.ctx, e.ctx.Err())
	}
	n, err := e.from.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // io.EOF is returned as it is
		err = explain(e.ctx, err)
	}
	return n, err
}
