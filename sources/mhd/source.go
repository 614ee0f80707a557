package mhd

import (
	"context"
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/cda"
	"github.com/patchworkcare/patchwork/sources/dochttp"
)

// source is one archive.
type source struct {
	Config
	env    sources.Env
	client *dochttp.Client
}

var (
	_ sources.Connector      = (*Config)(nil)
	_ sources.DocumentOpener = (*source)(nil)
)

// Open makes the source ready. It reads secrets and certificates, but calls nobody.
func (c *Config) Open(_ context.Context, env sources.Env) (sources.Source, error) {
	s := &source{Config: c.withDefaults(), env: env}
	var err error
	if s.client, err = dochttp.New(c.Auth, c.TLS, env.Now); err != nil {
		return nil, err
	}
	return s, nil
}

// Offers implements sources.Source.
func (s *source) Offers() []record.Section {
	return append(s.SectionsFrom.CDA.Offers(), record.Documents)
}

// Close implements sources.Source.
func (s *source) Close() error {
	s.client.Close()
	return nil
}

// Fetch implements sources.Source: one search for each person, which is what the profile
// offers, and one document more for those whose sections come from one.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	asked := map[string][]record.Section{}
	for _, k := range keys {
		if !slices.Contains(asked[k.LocalID], k.Section) {
			asked[k.LocalID] = append(asked[k.LocalID], k.Section)
		}
	}
	var wg sources.Group
	for id, sections := range asked {
		wg.Go(func() { s.fetch(ctx, id, sections, answer) })
	}
	wg.Wait()
}

func (s *source) fetch(ctx context.Context, id string, sections []record.Section, answer func(sources.Key, sources.Result)) {
	left := slices.Clone(sections)
	give := func(section record.Section, r sources.Result) {
		left = slices.DeleteFunc(left, func(x record.Section) bool { return x == section })
		answer(sources.Key{Section: section, LocalID: id}, r)
	}
	dochttp.Safely(func() { s.read(ctx, id, sections, give) }, func(err error) {
		for _, section := range slices.Clone(left) {
			give(section, sources.Result{Err: err})
		}
	})
}

func (s *source) read(ctx context.Context, id string, sections []record.Section, give func(record.Section, sources.Result)) {
	documents := s.documents(ctx, id)
	whole := documents
	// Whose documents are not all theirs is not read on.
	if slices.ContainsFunc(documents.Entries, func(e record.Entry) bool { return e.Common().Subject != id }) {
		whole = sources.Result{Err: &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient",
			Reason: "It answered about another person; nothing of that answer is shown"}}
	}
	within := s.SectionsFrom.CDA.Read(cda.Asked{LocalID: id, Documents: whole, Zone: s.env.Zone,
		Subject: func(d *cda.Document) string { return d.Subject(s.CDAAuthority) },
		Open: func(ref string, take func(sources.Document) error) error {
			return s.OpenDocument(ctx, id, ref, take)
		}})
	if slices.Contains(sections, record.Documents) {
		give(record.Documents, documents)
	}
	for _, section := range sections {
		if section != record.Documents {
			give(section, within(section))
		}
	}
}
