package check

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// nobodysNumber is a valid number of the range for tests, which no list of test people
// uses; nobodysName is a name that nobody has.
const (
	nobodysNumber = "9998887658"
	nobodysName   = "Zzqqxv-Probe"
	nobodysBirth  = "1901-02-03"
)

// nobody searches for somebody who does not exist. The error is why it cannot be
// searched.
func (r *run) nobody(ctx context.Context) *sources.Error {
	if !r.system.CanFind() {
		r.finds.skip(search, "it cannot look people up")
		return nil
	}
	queries := []record.PersonQuery{
		{NHSNumber: nobodysNumber}, {FamilyName: nobodysName, BirthDate: nobodysBirth},
	}
	answered := 0
	for _, q := range queries {
		found, err := r.system.Find(ctx, []record.PersonQuery{q})
		switch e := sources.AsError(err); {
		case e != nil && e.Code == sources.CodeSearchNotOffered:
		case e != nil:
			return e
		default:
			answered++
			if len(found[0]) > 0 {
				r.finds.add("search-anybody", "", "")
			}
		}
	}
	if answered == 0 {
		r.finds.skip(search, "it can be searched neither by number nor by name")
	}
	return nil
}

// find looks a sample person up by their local id, and by their NHS number; nil where
// that cannot be done.
func (r *run) find(ctx context.Context, number int, id string) *record.Person {
	who := place(number)
	if !r.system.CanFind() {
		return nil
	}
	found, err := r.system.Find(ctx, []record.PersonQuery{{LocalID: id}})
	if e := sources.AsError(err); e != nil {
		if e.Code != sources.CodeSearchNotOffered && ctx.Err() == nil {
			r.failed(outright(r.fault(e, "search-failed")), e)
		}
		return nil
	}
	switch people := found[0]; {
	case len(people) == 0:
		r.finds.add("search-missing", record.Demographics, who)
		return nil
	case len(people) > 1:
		r.finds.add("search-several", record.Demographics, who)
		return nil
	case people[0].Subject != id:
		r.finds.add("wrong-subject", record.Demographics, who)
		return nil
	default:
		r.byNumber(ctx, who, &people[0])
		return &people[0]
	}
}

func (r *run) byNumber(ctx context.Context, who string, p *record.Person) {
	if p.NHSNumber == "" {
		return
	}
	found, err := r.system.Find(ctx, []record.PersonQuery{{NHSNumber: p.NHSNumber}})
	if err != nil {
		if e := sources.AsError(err); e.Code != sources.CodeSearchNotOffered && ctx.Err() == nil {
			r.failed(outright(r.fault(e, "search-failed")), e)
		}
		return
	}
	if !slices.ContainsFunc(found[0], func(o record.Person) bool { return o.Subject == p.Subject }) {
		rule := "search-other"
		if grouped(p) {
			rule = "search-spaced"
		}
		r.finds.add(rule, record.Demographics, who)
	}
}

// grouped reports whether the system writes the person's NHS number otherwise than in ten
// digits.
func grouped(p *record.Person) bool {
	return slices.ContainsFunc(p.Identifiers, func(i record.Identifier) bool {
		n, err := record.ParseNHSNumber(i.Value)
		return err == nil && n == p.NHSNumber && i.Value != string(n)
	})
}

// mostLists is how many wards, clinics and caseloads are opened for sample people.
const mostLists = 20

// sample are the local ids to read, or why there are none.
func (r *run) sample(ctx context.Context) (people []string, why string) {
	for _, id := range r.People {
		if !slices.Contains(people, id) {
			people = append(people, id)
		}
	}
	if len(people) == 0 && r.system.CanRoster() {
		people = r.listed(ctx)
	}
	if len(people) == 0 && r.Known != nil && ctx.Err() == nil {
		people = r.known(ctx)
	}
	people = people[:min(len(people), r.Most)]
	if r.Least > 0 { // nobody reads out of a place in the report who stands there on a list
		rand.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	}
	switch {
	case len(people) == 0:
		return nil, "no sample people: configure rosters, or name people of the system to patchwork source check (--person, --people)"
	case len(people) < r.Least:
		return nil, fmt.Sprintf("of fewer than %d sample people nothing is counted: the counts would tell of one of them", r.Least)
	}
	return people, ""
}

// listed are people of its wards, clinics and caseloads.
func (r *run) listed(ctx context.Context) (people []string) {
	lists, err := r.system.Rosters(ctx)
	for _, list := range lists[:min(len(lists), mostLists)] {
		if len(people) >= r.Most || err != nil {
			break
		}
		var on []record.Person
		on, err = r.system.Roster(ctx, list.Kind, list.ID)
		for _, p := range on {
			if len(people) < r.Most && !slices.Contains(people, p.Subject) {
				people = append(people, p.Subject)
			}
		}
	}
	if e := sources.AsError(err); e != nil && ctx.Err() == nil {
		r.failed(outright(r.fault(e, "roster-failed")), e)
	}
	r.finds.say(search, fmt.Sprintf("%d sample people are from its wards, clinics and caseloads", len(people)))
	return people
}

// known are people of whom the asker knows that they are in the system; none if it cannot
// say just now.
func (r *run) known(ctx context.Context) []string {
	people, err := r.Known(ctx, r.Most)
	if err != nil || len(people) == 0 {
		return nil
	}
	r.finds.say(search, fmt.Sprintf("%d sample people are some who were found in it before", len(people)))
	return people
}
