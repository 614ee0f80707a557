package resolvers

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// addition is an adding of people on its way.
type addition struct {
	r    *Resolver
	id   string
	list lists.List
	out  *model.ListAddition
}

// addToList puts people onto a list whom the caller may see on one, with the grounds that
// the caller has for each. Whom the caller may not see cannot be told from nobody.
func (r *Resolver) addToList(ctx context.Context, id string, patients []string, numbers []record.NHSNumber, from *string) (*model.ListAddition, error) {
	q := requestFrom(ctx)
	switch n := len(patients) + len(numbers); {
	case n > mostPeople:
		return nil, refuse(ctx, CodeBadInput, "At most 50 people at a time")
	case n == 0 && from == nil:
		return nil, refuse(ctx, CodeBadInput, "Say who is to be added")
	}
	l, err := r.Lists.Get(ctx, q.keeper(), id)
	if err == nil && l.May < lists.Edit {
		err = lists.ErrNotAllowed
	}
	if err != nil {
		return nil, listRefusal(ctx, err)
	}
	a := &addition{r: r, id: id, list: l, out: &model.ListAddition{Problems: []*model.PastedNumber{}}}
	if err := a.named(ctx, patients, numbers); err != nil {
		return nil, err
	}
	if from != nil {
		if err := a.from(ctx, *from); err != nil {
			return nil, err
		}
	}
	a.out.List, err = r.listed(ctx, a.list, nil)
	return a.out, err
}

// named adds people by id and by number.
func (a *addition) named(ctx context.Context, ids []string, numbers []record.NHSNumber) error {
	people, err := a.r.Index.Many(ctx, ids)
	if err != nil {
		return err
	}
	done, err := a.r.mayLookUp(ctx, len(numbers))
	if err != nil {
		return err
	}
	defer done()
	found, problems, err := a.r.lookUp(ctx, numbers, a.r.waitFor(ctx, nil))
	if err != nil {
		return err
	}
	people = append(people, found...)
	if err := a.r.standAndLearn(ctx, distinct(people)); err != nil {
		return err
	}
	var items []lists.Item
	q := requestFrom(ctx)
	for i, p := range people {
		if q.seesListed(p) == sightShown {
			items = append(items, q.itemOf(p))
			continue
		}
		a.out.Refused++
		if n := i - len(ids); n >= 0 {
			if problems[n] == "" {
				problems[n] = CodePatientNotFound
			}
			a.out.Problems = append(a.out.Problems, &model.PastedNumber{NhsNumber: numbers[n], Problem: &problems[n]})
		}
	}
	a.r.countNumbers(ctx, numbers, problems)
	return a.put(ctx, items)
}

// from adds those of another list. Who is concealed there is not there.
func (a *addition) from(ctx context.Context, id string) error {
	q, cursor := requestFrom(ctx), ""
	l, err := a.r.Lists.Get(ctx, q.keeper(), id)
	switch {
	case err != nil:
		return listRefusal(ctx, err)
	case l.Roster != nil: // it keeps nobody, which would read as that nobody is there
		return refuse(ctx, CodeBadInput, "The people of a team list are read live: add those whom you choose")
	}
	for {
		items, next, err := a.r.Lists.Items(ctx, q.keeper(), id, lists.MaxAtOnce, cursor)
		if err != nil {
			return listRefusal(ctx, err)
		}
		ids := make([]string, len(items))
		for i := range items {
			ids[i] = items[i].Patient
		}
		people, err := a.r.Index.Many(ctx, ids)
		if err != nil {
			return err
		}
		if err := a.r.standAndLearn(ctx, distinct(people)); err != nil {
			return err
		}
		var found []lists.Item
		for _, p := range people {
			switch q.seesListed(p) {
			case sightShown:
				found = append(found, q.itemOf(p))
			case sightHidden:
				a.out.Refused++
			}
		}
		if err := a.put(ctx, found); err != nil {
			return err
		}
		if cursor = next; cursor == "" {
			return nil
		}
	}
}

func (a *addition) put(ctx context.Context, items []lists.Item) error {
	if len(items) == 0 {
		return nil
	}
	added, already, l, err := a.r.Lists.Add(ctx, requestFrom(ctx).keeper(), a.id, items)
	if err != nil {
		return listRefusal(ctx, err)
	}
	a.list, a.out.Added, a.out.Already = l, a.out.Added+added, a.out.Already+already
	return nil
}

// countNumbers counts, as for a list of numbers, how many led to nobody whom the caller
// may see: numbers that are pasted are tried out as easily as others.
func (r *Resolver) countNumbers(ctx context.Context, numbers []record.NHSNumber, problems []string) {
	if len(numbers) == 0 {
		return
	}
	lookups := make([]*model.PatientLookup, len(numbers))
	for i, n := range numbers {
		lookups[i] = &model.PatientLookup{NhsNumber: n, Problem: orNil(problems[i])}
	}
	r.numbersLookedUp(ctx, lookups)
}

// lookUp finds people by number in every system, aligned: nil and the code of the problem
// for nobody. Whoever calls it has asked mayLookUp.
func (r *Resolver) lookUp(ctx context.Context, numbers []record.NHSNumber, until time.Time) ([]*patient.Patient, []string, error) {
	people, problems := make([]*patient.Patient, len(numbers)), make([]string, len(numbers))
	if len(numbers) == 0 {
		return people, problems, nil
	}
	found, err := r.withNumbers(ctx, numbers, until)
	if err != nil {
		return nil, nil, err
	}
	var unanswered *patient.NotAllAnswered
	for i, f := range found {
		switch {
		case errors.As(f.Err, &unanswered):
			problems[i] = CodeLookupIncomplete
		case f.Err != nil:
			problems[i] = CodePatientNotFound
		default:
			people[i] = f.Patient
		}
	}
	return slices.Clip(people), problems, nil
}
