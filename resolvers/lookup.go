package resolvers

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// mostPeople is how many people one list may hold (assurance.md: worklist).
const mostPeople = 50

// byID opens a person by Patchwork's own id.
func (r *Resolver) byID(ctx context.Context, id string, wait *int) (*patient.Patient, error) {
	until := r.waitFor(ctx, wait)
	p, err := r.withID(ctx, id)
	if err != nil {
		return nil, err
	}
	if p, err = r.Index.Refresh(ctx, p, time.Until(until)); err != nil {
		return nil, err
	}
	return p, r.openOne(ctx, until, p)
}

// withID gives the person as the index has them; a session that is pinned to another
// finds nobody.
func (r *Resolver) withID(ctx context.Context, id string) (*patient.Patient, error) {
	if requestFrom(ctx).pins(id) {
		return nil, notFound(ctx)
	}
	p, err := r.Index.Get(ctx, id)
	if errors.Is(err, patient.ErrNotFound) {
		return nil, notFound(ctx)
	}
	return p, err
}

// byNumber finds a person by NHS number in every system.
func (r *Resolver) byNumber(ctx context.Context, n record.NHSNumber, wait *int) (*patient.Patient, error) {
	done, err := r.mayLookUp(ctx, 1)
	if err != nil {
		return nil, err
	}
	defer done()
	p, err := r.withNumber(ctx, n, wait)
	nobody := 0
	var refused *gqlerror.Error
	if errors.As(err, &refused) && refused.Extensions["code"] == CodePatientNotFound {
		nobody = 1
	}
	r.lookedUp(ctx, []numbered{nineDigits(n)}, nobody)
	return p, err
}

func (r *Resolver) withNumber(ctx context.Context, n record.NHSNumber, wait *int) (*patient.Patient, error) {
	until := r.waitFor(ctx, wait)
	found, err := r.withNumbers(ctx, []record.NHSNumber{n}, until)
	if err != nil {
		return nil, err
	}
	p, err := found[0].Patient, found[0].Err
	var unanswered *patient.NotAllAnswered
	switch {
	case errors.As(err, &unanswered):
		e := refuse(ctx, CodeLookupIncomplete, "No system that answered knows this NHS number, and some did not answer")
		e.Extensions["unanswered"] = unanswered.Sources
		return nil, e
	case errors.Is(err, patient.ErrNotFound) || err == nil && requestFrom(ctx).pins(p.ID, p.FormerIDs...):
		return nil, notFound(ctx)
	case err != nil:
		return nil, err
	}
	return p, r.openOne(ctx, until, p)
}

// withNumbers asks every system for people. For a session that is pinned to one patient
// nobody is asked for others: what the systems answer, or that one does not, would tell of
// them.
func (r *Resolver) withNumbers(ctx context.Context, ns []record.NHSNumber, until time.Time) ([]patient.Found, error) {
	q := requestFrom(ctx)
	if q.session.Launch == nil {
		return r.Index.ByNHSNumbers(ctx, ns, time.Until(until))
	}
	found := slices.Repeat([]patient.Found{{Err: patient.ErrNotFound}}, len(ns))
	own, err := r.Index.Get(ctx, q.session.Launch.Patient)
	switch {
	case errors.Is(err, patient.ErrNotFound) || err == nil && (own.NHSNumber == "" || !slices.Contains(ns, own.NHSNumber)):
		return found, nil
	case err != nil:
		return nil, err
	}
	one, err := r.Index.ByNHSNumbers(ctx, []record.NHSNumber{own.NHSNumber}, time.Until(until))
	if err != nil {
		return nil, err
	}
	for i, n := range ns {
		if n == own.NHSNumber {
			found[i] = one[0]
		}
	}
	return found, nil
}

// byNumbers finds the people of a list, all at once.
func (r *Resolver) byNumbers(ctx context.Context, ns []record.NHSNumber, wait *int) ([]*model.PatientLookup, error) {
	if len(ns) > mostPeople {
		return nil, refuse(ctx, CodeBadInput, "A list holds at most 50 people; ask for the rest in another request")
	}
	done, err := r.mayLookUp(ctx, len(ns))
	if err != nil {
		return nil, err
	}
	defer done()
	until := r.waitFor(ctx, wait)
	found, err := r.withNumbers(ctx, ns, until)
	if err != nil {
		return nil, err
	}
	lookups := make([]*model.PatientLookup, len(ns))
	people := make([]*patient.Patient, 0, len(ns))
	for i, f := range found {
		lookups[i] = &model.PatientLookup{NhsNumber: ns[i]}
		var unanswered *patient.NotAllAnswered
		switch {
		case errors.As(f.Err, &unanswered):
			lookups[i].Problem = ptr(CodeLookupIncomplete)
		case f.Err != nil || requestFrom(ctx).pins(f.Patient.ID, f.Patient.FormerIDs...):
			lookups[i].Problem = ptr(CodePatientNotFound)
		default:
			people = append(people, f.Patient)
		}
	}
	if err := r.standAndLearn(ctx, people); err != nil {
		return nil, err
	}
	class, opened := rootClass(ctx, r.schema), people[:0]
	for i, f := range found {
		switch {
		case lookups[i].Problem != nil:
		case requestFrom(ctx).opens(class, f.Patient):
			lookups[i].Patient = f.Patient
			opened = append(opened, f.Patient)
		default:
			lookups[i].Problem = ptr(CodePatientNotFound)
		}
	}
	r.numbersLookedUp(ctx, lookups)
	var selected []graphql.CollectedField
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		if f.Name == "patient" {
			selected = append(selected, graphql.CollectFields(graphql.GetOperationContext(ctx), f.Selections, []string{"Patient"})...)
		}
	}
	r.open(ctx, until, opened, selected)
	return lookups, nil
}

// openOne opens one person, if the caller may.
func (r *Resolver) openOne(ctx context.Context, until time.Time, p *patient.Patient) error {
	people := []*patient.Patient{p}
	if err := r.standAndLearn(ctx, people); err != nil {
		return err
	}
	if err := r.mayOpen(ctx, p); err != nil {
		return err
	}
	r.open(ctx, until, people, graphql.CollectFieldsCtx(ctx, nil))
	return nil
}

// open notes that these people are read in this request, and asks for everything that
// the selection will want of them, before any of it is waited for.
func (r *Resolver) open(ctx context.Context, until time.Time, people []*patient.Patient, selected []graphql.CollectedField) {
	q := requestFrom(ctx)
	for _, p := range people {
		q.waitUntil(p, until)
		q.trail.opened(p, q.standing(p).rests())
	}
	q.readAhead(ctx, people, wanted(graphql.GetOperationContext(ctx), selected), until)
}

// wanted are the sections that fields of Patient will read.
func wanted(oc *graphql.OperationContext, selected []graphql.CollectedField) []record.Section {
	seen := map[record.Section]bool{}
	var sections []record.Section
	add := func(s record.Section) {
		if !seen[s] {
			seen[s] = true
			sections = append(sections, s)
		}
	}
	for _, f := range selected {
		switch s, ok := record.SectionNamed(f.Name); {
		case ok:
			add(s)
		case f.Name == "person" || f.Name == "conflicts":
			add(record.Demographics)
		case f.Name == "timeline":
			names, _ := f.ArgumentMap(oc.Variables)["sections"].([]any)
			for _, s := range timelineReads(textsOf(names), facetsWanted(oc, f)) {
				add(s)
			}
		}
	}
	return sections
}

func textsOf(values []any) []string {
	var texts []string
	for _, v := range values {
		if s, ok := v.(string); ok {
			texts = append(texts, s)
		}
	}
	return texts
}

func notFound(ctx context.Context) error {
	return refuse(ctx, CodePatientNotFound, "There is no such person that you may open")
}

// preferred is the demographics to show first: those of the first system, in the
// region's order, that has any.
func (r *Resolver) preferred(ctx context.Context, p *patient.Patient) *record.Person {
	set := section[*record.Person](ctx, r, p, record.Demographics, nil)
	for _, s := range r.Systems {
		for _, e := range set.Entries {
			if e.Provenance.Source == s.Origin() {
				return e
			}
		}
	}
	return nil
}

func ptr[T any](v T) *T { return &v }

// orNil is nil for "": what a source does not say is null.
func orNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
