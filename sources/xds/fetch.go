package xds

import (
	"context"
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/cda"
	"github.com/patchworkcare/patchwork/sources/dochttp"
)

// Fetch implements sources.Source: one query for each person, which is what the profile
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
	if documents.Err == nil && !about(id, documents) {
		whole = sources.Result{Err: &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient",
			Reason: "It answered about another person; nothing of that answer is shown"}}
	}
	within := s.SectionsFrom.CDA.Read(cda.Asked{LocalID: id, Documents: whole, Zone: s.env.Zone,
		Subject: func(d *cda.Document) string { return d.Subject(s.PatientAuthority) },
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

func about(id string, r sources.Result) bool {
	return !slices.ContainsFunc(r.Entries, func(e record.Entry) bool { return e.Common().Subject != id })
}

// documents are the person's documents. One whom the registry does not know has none.
func (s *source) documents(ctx context.Context, id string) sources.Result {
	found, err := s.ask(ctx, id)
	if err != nil {
		return sources.Result{Err: sources.AsError(err)}
	}
	r := sources.Result{Gaps: found.gaps}
	for _, e := range found.entries {
		r.Entries = append(r.Entries, &e.document)
	}
	return r
}
