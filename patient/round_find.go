package patient

import (
	"context"
	"errors"
	"fmt"

	"github.com/patchworkcare/patchwork/record"
)

// find asks one system. That one person has too many namesakes says nothing of the others.
func (r *round) find(system int, asked []put) arrival {
	a := r.findAll(system, asked)
	if a.err == nil || len(asked) == 1 {
		return a
	}
	if code, _ := why(a.err); !ofOnePerson(code) {
		return a
	}
	a.people, a.errs = make([][]record.Person, len(asked)), make([]error, len(asked))
	for i := range asked {
		one := r.findAll(system, asked[i:i+1])
		if a.errs[i] = one.err; one.err == nil {
			a.people[i] = one.people[0]
		}
	}
	return a
}

// ofOnePerson reports whether a failure says something of one person among those asked
// about, so that the others must be asked about without them: too many are called the
// same, or they object, or what came back was not surely about them.
func ofOnePerson(code string) bool {
	switch code {
	case codeTooMany, "consent", "invalid-demographics", "wrong-patient":
		return true
	}
	return false
}

// findAll asks one system, within its own deadline and nobody else's.
func (r *round) findAll(system int, asked []put) arrival {
	s := &r.x.systems[system]
	deadline := s.Deadline
	if deadline <= 0 {
		deadline = defaultDeadline
	}
	ctx, cancel := context.WithTimeout(r.x.life, deadline)
	defer cancel()
	queries := make([]record.PersonQuery, len(asked))
	for i := range asked {
		queries[i] = asked[i].query
	}
	a := arrival{system: system, asked: asked}
	answered := make(chan struct{})
	var people [][]record.Person
	var err error
	go func() {
		defer close(answered)
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("a finder panicked: %T", p)
			}
		}()
		people, err = s.Finder.Find(ctx, queries)
	}()
	select {
	case <-answered:
		a.people, a.err = people, err
	case <-ctx.Done():
		a.err = ctx.Err()
	}
	if a.err == nil && len(a.people) != len(asked) {
		a.err = errMisaligned
	}
	return a
}

var errMisaligned = errors.New("a system's answer does not fit the question")

// why gives a failure in the reader's words.
func why(err error) (code, reason string) {
	var f Failure
	switch {
	case errors.As(err, &f):
		return f.Failure()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return "timeout", "It did not answer in time"
	case errors.Is(err, errMisaligned):
		return "malformed", "Its answer could not be understood"
	}
	return "failed", "It could not be asked whether it knows this person"
}
