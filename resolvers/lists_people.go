package resolvers

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/lists"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// listPeople is a page of a list's people. Each is decided as if they were opened by
// themselves. Who is concealed is not there: the page goes on until it is full without
// them, so that not even its length tells. All that the selection wants of the page is
// asked for at once.
func (r *Resolver) listPeople(ctx context.Context, l *model.PatientList, first int, after *string, wait *int) (*model.ListPeople, error) {
	q := requestFrom(ctx)
	if first < 1 || first > mostPeople {
		return nil, refuse(ctx, CodeBadInput, "`first` must be from 1 to 50")
	}
	if !q.takePeople(first) {
		return nil, refuse(ctx, CodeBadInput, "An operation shows at most 50 people of lists; ask for the rest in another request")
	}
	until := r.waitFor(ctx, wait)
	if l.Roster != nil {
		return r.rosterPeople(ctx, l.Roster, first, deref(after), until)
	}
	page := &pageOfPeople{out: &model.ListPeople{People: []*model.ListPerson{}}, on: map[string]bool{}}
	cursor := deref(after)
	for room := first; room > 0; room = first - len(page.out.People) - page.out.Hidden {
		items, next, err := r.Lists.Items(ctx, q.keeper(), l.ID, room, cursor)
		if err != nil {
			return nil, listRefusal(ctx, err)
		}
		if err := r.decideItems(ctx, page, items, until); err != nil {
			return nil, err
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	if cursor != "" && q.mightConceal() {
		follows, err := r.someFollow(ctx, page, l.ID, cursor, until)
		if err != nil {
			return nil, err
		}
		if !follows {
			cursor = ""
		}
	}
	page.out.Next = orNil(cursor)
	r.open(ctx, until, page.opened, selectedOfListed(ctx))
	return page.out, nil
}

// someFollow reports whether anybody is after the page of whom the next would tell: one
// that had nobody would tell of who is concealed.
func (r *Resolver) someFollow(ctx context.Context, page *pageOfPeople, list, cursor string, until time.Time) (bool, error) {
	q := requestFrom(ctx)
	for cursor != "" {
		items, next, err := r.Lists.Items(ctx, q.keeper(), list, mostPeople, cursor)
		if err != nil {
			return false, listRefusal(ctx, err)
		}
		ids := make([]string, len(items))
		for i := range items {
			ids[i] = items[i].Patient
		}
		people, err := r.many(ctx, ids, until)
		if err != nil {
			return false, err
		}
		if err := r.standAndLearn(ctx, distinct(people)); err != nil {
			return false, err
		}
		for _, p := range people {
			if seen := q.seesListed(p); seen == sightHidden || seen == sightShown && !page.on[p.ID] {
				return true, nil
			}
		}
		cursor = next
	}
	return false, nil
}

// takePeople counts the people whom the operation's lists show: several lists, or one
// several times, are no way to more of them.
func (q *request) takePeople(n int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.listed+n > mostPeople {
		return false
	}
	q.listed += n
	return true
}

// pageOfPeople is a page on the way.
type pageOfPeople struct {
	out    *model.ListPeople
	opened []*patient.Patient
	on     map[string]bool // by patient id: two that turned out to be one are shown once
}

func (p *pageOfPeople) add(person *model.ListPerson) {
	if !p.on[person.Patient.ID] {
		p.on[person.Patient.ID] = true
		p.out.People = append(p.out.People, person)
		p.opened = append(p.opened, person.Patient)
	}
}

// decideItems puts those of the items onto the page who may be seen.
func (r *Resolver) decideItems(ctx context.Context, page *pageOfPeople, items []lists.Item, until time.Time) error {
	ids := make([]string, len(items))
	for i := range items {
		ids[i] = items[i].Patient
	}
	people, err := r.many(ctx, ids, until)
	if err != nil {
		return err
	}
	if err := r.standAndLearn(ctx, distinct(people)); err != nil {
		return err
	}
	r.mendItems(ctx, items, people)
	q := requestFrom(ctx)
	for i, p := range people {
		switch seen := q.seesListed(p); {
		case seen == sightShown:
			page.add(&model.ListPerson{Patient: p, Added: timeOrNil(items[i].Added), AddedBy: orNil(items[i].By), New: items[i].New})
		case seen == sightHidden:
			page.out.Hidden++
		}
	}
	return nil
}

// mendWithin is how long the page of a list waits for its mending.
const mendWithin = time.Second

// mendItems puts who turned out to be another into that one's place, on every list. That it
// fails, or that another list of theirs is held by a change, is no reason to show nobody:
// the page has them right, and the next to read a list of theirs mends it.
func (r *Resolver) mendItems(ctx context.Context, items []lists.Item, people []*patient.Patient) {
	mending, cancel := context.WithTimeout(ctx, mendWithin)
	defer cancel()
	for i, p := range people {
		if p == nil || p.ID == items[i].Patient {
			continue
		}
		if err := r.Lists.Moved(mending, items[i].Patient, p.ID); err != nil {
			if !errors.Is(err, context.Canceled) {
				r.Log.Warn("people who turned out to be one are not put together on lists", "request", auth.CallerFrom(ctx).RequestID)
			}
			return
		}
	}
}

// sight is what of a person on a list is told.
type sight uint8

// The zero sight is that somebody is there whom the caller may not see.
const (
	sightHidden sight = iota
	sightConcealed
	sightShown
)

// seesListed decides a person on a list; one whom the index has lost is hidden.
func (q *request) seesListed(p *patient.Patient) sight {
	if p == nil || q.pins(p.ID, p.FormerIDs...) || q.standing(p) == nil {
		return sightHidden
	}
	if q.opens(classListed, p) {
		return sightShown
	}
	if q.decide(grantKey{actionOf(classListed), classListed, p.ID, nil}, q.standing(p).about).Conceals() {
		return sightConcealed
	}
	return sightHidden
}

// many gives people by id as the index has them, aligned, nil for nobody; systems that
// have not said lately whether they know them are asked, each once for all.
func (r *Resolver) many(ctx context.Context, ids []string, until time.Time) ([]*patient.Patient, error) {
	people, err := r.Index.Many(ctx, ids)
	if err != nil {
		return nil, err
	}
	return people, r.refresh(ctx, people, until)
}

// refresh puts the people as they are now into their places. Those who are known only
// locally are looked for one by one, beside the others.
func (r *Resolver) refresh(ctx context.Context, people []*patient.Patient, until time.Time) error {
	var numbers []record.NHSNumber
	var asking sync.WaitGroup
	failed := make([]error, len(people))
	for i, p := range people {
		switch {
		case p == nil:
		case p.NHSNumber != "":
			numbers = append(numbers, p.NHSNumber)
		default:
			asking.Go(func() { people[i], failed[i] = r.Index.Refresh(ctx, p, time.Until(until)) })
		}
	}
	found, err := r.Index.ByNHSNumbers(ctx, numbers, time.Until(until))
	asking.Wait()
	if err := errors.Join(append(failed, err)...); err != nil {
		return err
	}
	fresh := map[string]*patient.Patient{}
	for i := range found {
		if p := found[i].Patient; p != nil {
			fresh[p.ID] = p
			for _, former := range p.FormerIDs {
				fresh[former] = p
			}
		}
	}
	for i, p := range people {
		if p != nil && fresh[p.ID] != nil {
			people[i] = fresh[p.ID]
		}
	}
	return nil
}

// distinct leaves out nobody's places, and who is there twice.
func distinct(people []*patient.Patient) []*patient.Patient {
	var out []*patient.Patient
	seen := map[string]bool{}
	for _, p := range people {
		if p != nil && !seen[p.ID] {
			seen[p.ID] = true
			out = append(out, p)
		}
	}
	return out
}

// selectedOfListed are the fields of Patient that a page of people selects.
func selectedOfListed(ctx context.Context) []graphql.CollectedField {
	oc := graphql.GetOperationContext(ctx)
	var selected []graphql.CollectedField
	for _, page := range graphql.CollectFieldsCtx(ctx, nil) {
		if page.Name != "people" {
			continue
		}
		for _, person := range graphql.CollectFields(oc, page.Selections, []string{"ListPerson"}) {
			if person.Name == "patient" {
				selected = append(selected, graphql.CollectFields(oc, person.Selections, []string{"Patient"})...)
			}
		}
	}
	return selected
}
