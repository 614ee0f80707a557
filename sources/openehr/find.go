package openehr

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
	"github.com/patchworkcare/patchwork/sources/httpfault"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// Find looks people up: by NHS number and by the id of their EHR, as many at once as the
// queries take, and by name where a query can. A repository knows few other details of
// people.
func (f *finder) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(queries))
	var numbers, ids []string
	for i, q := range queries {
		switch {
		case q.NHSNumber != "":
			numbers = append(numbers, string(q.NHSNumber))
		case q.LocalID != "":
			ids = append(ids, q.LocalID)
		case q.FamilyName != "" && q.BirthDate != "" && !q.Fuzzy:
			if err := f.named(ctx, q, &found[i]); err != nil {
				return nil, err
			}
		default:
			return nil, sources.SearchNotOffered()
		}
	}
	stray := false
	each := func(p record.Person) {
		meant := false
		for i, q := range queries {
			if q.NHSNumber == "" && q.LocalID == "" {
				continue
			}
			if columns.Matches(&p, q) && !slices.ContainsFunc(found[i], func(o record.Person) bool { return o.Subject == p.Subject }) {
				found[i] = append(found[i], p)
			}
			q.BirthDate = "" // whoever has the number was meant
			meant = meant || columns.Matches(&p, q)
		}
		stray = stray || !meant
	}
	if f.byNHSNumber == nil && f.namespace != "" {
		for _, n := range numbers {
			if err := f.ofSubject(ctx, n, each); err != nil {
				return nil, err
			}
		}
	} else if err := f.by(ctx, f.byNHSNumber, "nhs_number", numbers, each); err != nil {
		return nil, err
	}
	if err := f.by(ctx, f.byLocalID, "ehr_id", ids, each); err != nil {
		return nil, err
	}
	if stray && slices.ContainsFunc(found, func(people []record.Person) bool { return len(people) == 0 }) {
		return nil, sources.Strayed()
	}
	return found, nil
}

// by asks for people by values of one kind.
func (f *finder) by(ctx context.Context, v *view, name string, values []string, each func(record.Person)) error {
	if len(values) == 0 {
		return nil
	}
	if v == nil {
		return sources.SearchNotOffered()
	}
	slices.Sort(values)
	for part := range slices.Chunk(slices.Compact(values), v.size()) {
		if err := f.people(ctx, v, about(name, v.list, part), each); err != nil {
			return err
		}
	}
	return nil
}

func (f *finder) named(ctx context.Context, q record.PersonQuery, found *[]record.Person) error {
	if f.byName == nil {
		return sources.SearchNotOffered()
	}
	params := map[string]any{"family_name": q.FamilyName, "birth_date": string(q.BirthDate)}
	return f.people(ctx, f.byName, params, func(p record.Person) {
		if columns.Matches(&p, q) {
			*found = append(*found, p)
		}
	})
}

// people runs one query for people. One of which something is missing is an error: whoever
// was asked for may be what is missing (hazard H-02).
func (f *finder) people(ctx context.Context, v *view, params map[string]any, each func(record.Person)) error {
	t, err := f.run(ctx, v, params)
	if err != nil {
		return err
	}
	if len(t.gaps) > 0 {
		if g := t.gaps[0]; g.Code != "row-cap" && g.Code != "page-cap" {
			return httpfault.Malformed(g.Code, g.Reason)
		}
		return sources.TooManyPeople()
	}
	return t.each(v, func(b *columns.Binding) func([]string) error {
		return func(cells []string) error {
			if !b.Left(cells) {
				each(b.Person(cells))
			}
			return nil
		}
	})
}

// ofSubject asks for the EHR of a subject (ITS-REST, EHR API): a 404 says that there is
// none. The answer must name the subject that was asked for.
func (f *finder) ofSubject(ctx context.Context, number string, each func(record.Person)) error {
	at := f.client.URL + "/ehr?" + url.Values{"subject_id": {number}, "subject_namespace": {f.namespace}}.Encode()
	answer, err := f.client.Ask(ctx, jsonapi.Request{Method: http.MethodGet, URL: at,
		Tolerate: func(a jsonapi.Answer) bool { return a.Status == 404 && a.JSON }})
	if err != nil || answer.Status == 404 {
		return err
	}
	p := record.Person{}
	p.Subject = textAt(answer.Value, "ehr_id", "value")
	p.Provenance.LocalID = p.Subject
	ref := []string{"ehr_status", "subject", "external_ref"}
	if p.Subject == "" || textAt(answer.Value, append(ref, "namespace")...) != f.namespace {
		return httpfault.Malformed("not-ehr", "Its answer is no EHR of a subject in the configured namespace")
	}
	p.NHSNumber, err = record.ParseNHSNumber(textAt(answer.Value, append(ref, "id", "value")...))
	if err != nil || string(p.NHSNumber) != number {
		return columns.WrongPatient()
	}
	p.NHSNumberStatus = record.NumberUnverified
	if f.verified {
		p.NHSNumberStatus = record.NumberVerified
	}
	if f.byLocalID == nil {
		each(p)
		return nil
	}
	// The EHR says no more of its subject than the number; the query may.
	stray := false
	err = f.by(ctx, f.byLocalID, "ehr_id", []string{p.Subject}, func(known record.Person) {
		if known.Subject != p.Subject { // the number is not theirs (hazard H-01)
			stray = true
			return
		}
		if known.NHSNumber == "" {
			known.NHSNumber, known.NHSNumberStatus = p.NHSNumber, p.NHSNumberStatus
		}
		each(known)
	})
	if err == nil && stray {
		return sources.Strayed()
	}
	return err
}

// textAt is the text at a path of members, "" if there is none.
func textAt(v any, path ...string) string {
	for _, name := range path {
		o, _ := v.(map[string]any)
		v = o[name]
	}
	text, _ := v.(string)
	return text
}
