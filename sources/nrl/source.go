package nrl

import (
	"context"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/dochttp"
)

// source is the locator.
type source struct {
	Config
	env    sources.Env
	client *dochttp.Client
}

var (
	_ sources.Connector      = (*Config)(nil)
	_ sources.DocumentOpener = (*source)(nil)
	_ sources.Finder         = (*source)(nil)
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
func (s *source) Offers() []record.Section { return []record.Section{record.Documents} }

// Close implements sources.Source.
func (s *source) Close() error {
	s.client.Close()
	return nil
}

// Fetch implements sources.Source: the locator is asked about one person at a time.
func (s *source) Fetch(ctx context.Context, keys []sources.Key, answer func(sources.Key, sources.Result)) {
	var wg sources.Group
	seen := map[sources.Key]bool{}
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			wg.Go(func() {
				var r sources.Result
				dochttp.Safely(func() { r = s.pointers(ctx, k.LocalID) }, func(err error) { r = sources.Result{Err: err} })
				answer(k, r)
			})
		}
	}
	wg.Wait()
}

// OpenDocument implements sources.DocumentOpener. The locator keeps no documents: each
// pointer says itself how what it points to is reached.
func (s *source) OpenDocument(context.Context, string, string, func(sources.Document) error) error {
	return sources.DocumentGone()
}

// Find implements sources.Finder. Pointers are by NHS number, and so is everybody of
// whom there is one.
func (s *source) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(queries))
	for i, q := range queries {
		n := q.NHSNumber
		switch {
		case q.NHSNumber == "" && q.LocalID == "":
			return nil, sources.SearchNotOffered()
		case q.NHSNumber == "":
			n, _ = record.ParseNHSNumber(q.LocalID)
		}
		if n == "" || q.LocalID != "" && q.LocalID != string(n) {
			continue
		}
		r := s.pointers(ctx, string(n))
		if r.Err != nil {
			return nil, r.Err
		}
		if len(r.Entries) == 0 {
			continue
		}
		for _, e := range r.Entries {
			if e.Common().Subject != string(n) {
				return nil, dochttp.OtherPatient()
			}
		}
		p := record.Person{NHSNumber: n, NHSNumberStatus: record.NumberUnverified}
		p.Subject, p.Provenance.LocalID = string(n), string(n)
		found[i] = []record.Person{p}
	}
	return found, nil
}
