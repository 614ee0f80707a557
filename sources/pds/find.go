package pds

import (
	"context"
	"slices"
	"sync"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Find implements sources.Finder: a read for each number, a search for each name with
// birth date. One that fails fails all: an answer that lacks somebody would read as
// nobody.
func (s *source) Find(ctx context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	found := make([][]record.Person, len(queries))
	byNumber := map[record.NHSNumber][]int{}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	correlation := newUUID()
	var wg sources.Group
	var mu sync.Mutex
	var failed error
	run := func(do func() error) {
		wg.Go(func() {
			err := do()
			mu.Lock()
			defer mu.Unlock()
			if err != nil && failed == nil { // the others then end by our own cancel
				failed = err
				cancel()
			}
		})
	}
	for i, q := range queries {
		switch {
		case q.NHSNumber != "" || q.LocalID != "":
			if n := wanted(q); n != "" {
				byNumber[n] = append(byNumber[n], i)
			}
		case q.Identifier != "": // it keeps no numbers of organisations, and must not say that nobody has it
			return nil, sources.SearchNotOffered()
		case q.FamilyName != "" && q.BirthDate != "":
			run(func() (err error) {
				found[i], err = s.search(ctx, q, correlation)
				return err
			})
		}
	}
	for n, which := range byNumber {
		run(func() error {
			got, err := s.read(ctx, n, correlation)
			if err != nil || got.patient == nil {
				return err
			}
			if got.patient.number() != n && !got.superseded {
				return sources.Strayed()
			}
			for _, i := range which {
				if p, ok := got.fits(queries[i], n); ok {
					found[i] = append(found[i], p)
				}
			}
			return nil
		})
	}
	wg.Wait()
	if failed != nil {
		return nil, failed
	}
	return found, nil
}

// wanted is the number a query asks by; "" if it names none, which nobody has. The
// register's local ids are its NHS numbers.
func wanted(q record.PersonQuery) record.NHSNumber {
	if q.NHSNumber != "" && q.LocalID != "" && string(q.NHSNumber) != q.LocalID {
		return ""
	}
	text := string(q.NHSNumber)
	if text == "" {
		text = q.LocalID
	}
	n, err := record.ParseNHSNumber(text)
	if err != nil || string(n) != text {
		return ""
	}
	return n
}

// fits gives the person for a query by number, if they are who was asked for. The number
// that was replaced is among the former ones, so that who asks follows.
func (g *reading) fits(q record.PersonQuery, asked record.NHSNumber) (record.Person, bool) {
	p := found(g.patient)
	if g.superseded {
		p.FormerNHSNumbers = append(slices.Clone(p.FormerNHSNumbers), asked)
	}
	switch {
	case p.NHSNumber != asked && !g.superseded:
		return p, false
	case q.LocalID != "" && p.Subject != q.LocalID:
		return p, false
	case q.BirthDate != "" && p.BirthDate.Day() != q.BirthDate.Day():
		return p, false
	}
	return p, true
}

// found is a patient as Find gives people: known by their number.
func found(p *patient) record.Person {
	x := p.person
	x.Provenance.LocalID = x.Subject
	return x
}

var errTooMany = &sources.Error{Kind: sources.Refused, Code: "too-many-matches",
	Reason: "It found more people than it may give; say more of whom you look for"}
