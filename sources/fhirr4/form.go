package fhirr4

import (
	"context"
	"strings"
	"sync/atomic"

	"github.com/patchworkcare/patchwork/sources"
)

// A search names the person in one of two forms, patient=1 or patient=Patient/1
// (R4 §3.1.1.4.12). There are servers that know only one of them and answer the other
// with an empty Bundle, which would read as nothing recorded (hazard H-02). So an
// empty answer counts only once the server has answered that form with something; until
// then it is held back, and if all of a person's answers are empty they are asked for
// in the other form too.
type form struct{ known atomic.Int32 }

const (
	unknownForm int32 = iota
	bareForm
	typedForm
)

// learn remembers the form that was answered with something.
func (f *form) learn(typed bool) {
	if typed {
		f.known.Store(typedForm)
	} else {
		f.known.CompareAndSwap(unknownForm, bareForm)
	}
}

// is reports whether the server is known to answer the form.
func (f *form) is(typed bool) bool {
	return f.known.Load() == map[bool]int32{false: bareForm, true: typedForm}[typed]
}

// held is an empty answer that may only mean that the question was not understood.
type held struct {
	search *search
	reader *reader
}

// hold keeps an answer back if it is empty and nothing shows yet that the server
// understands the form of the search. The first answer that holds something lets
// those go that were held before it.
func (f *gathering) hold(q *search, r *reader, err error) bool {
	if q.by != "patient" || q.again || err != nil || len(r.gaps) > 0 {
		return false
	}
	if r.matches > 0 {
		f.form.learn(q.typed)
		f.mu.Lock()
		ready := f.held
		f.held = nil
		f.mu.Unlock()
		for _, h := range ready {
			f.settle(h.search, h.reader, nil)
		}
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.form.is(q.typed) {
		return false
	}
	f.held = append(f.held, held{q, r})
	return true
}

// askAgain asks what is still held back in the other form.
func (f *gathering) askAgain(ctx context.Context) {
	var wg sources.Group
	for _, h := range f.held {
		if f.form.is(h.search.typed) { // another read has shown it meanwhile
			f.settle(h.search, h.reader, nil)
			continue
		}
		wg.Go(func() {
			q := *h.search
			q.typed, q.again = !q.typed, true
			r := f.newReader(&q)
			err := f.read(ctx, &q, r)
			if e := sources.AsError(err); e != nil && e.Kind == sources.Unavailable && strings.HasPrefix(e.Code, "http-4") {
				// It does not know this form and says so: the first answer stands.
				f.spaces.give(r)
				f.settle(h.search, h.reader, nil)
				return
			}
			if err == nil && r.matches > 0 {
				f.form.learn(q.typed)
			}
			f.arrived(&q, r, err)
		})
	}
	wg.Wait()
}
