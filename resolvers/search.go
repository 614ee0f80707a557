package resolvers

import (
	"context"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
)

// mostHits is how many people a search shows. PDS FHIR: at most 50 matches.
const mostHits = 50

// search asks every system that can search, at once, and puts what they found side by
// side. Where nobody anywhere fits exactly, those that know nobody are asked once more,
// for people who are similar.
func (r *Resolver) search(ctx context.Context, asked searchInput, wait *int) (*model.PatientSearch, error) {
	q := requestFrom(ctx)
	if err := q.errPinned(ctx); err != nil {
		return nil, err
	}
	question, err := r.understand(ctx, asked)
	if err != nil {
		return nil, err
	}
	done, err := r.admit(ctx, question)
	if err != nil {
		return nil, err
	}
	defer done()
	s := r.begin(ctx, question, r.waitFor(ctx, wait))
	if err := s.run(ctx); err != nil {
		return nil, err
	}
	result, err := r.finished(ctx, s)
	if err != nil {
		return nil, err
	}
	r.noteSearch(ctx, question, result)
	return result, nil
}

// finished puts what was found into one list, best first, and says who they are here.
func (r *Resolver) finished(ctx context.Context, s *search) (*model.PatientSearch, error) {
	f := s.sifted
	if f == nil {
		var err error
		if f, err = s.sift(ctx); err != nil {
			return nil, err
		}
	}
	result := &model.PatientSearch{Hits: []*model.PatientHit{}, Outcomes: f.outcomes}
	hits := ranked(joined(f.hits))
	if len(hits) > mostHits {
		hits, result.More = hits[:mostHits], true
	}
	if err := r.identifyHits(ctx, hits, f.linked); err != nil {
		return nil, err
	}
	for _, h := range hits {
		result.Hits = append(result.Hits, h.hit)
	}
	result.Similar = len(hits) > 0 && hits[0].hit.Match == model.HitMatchSimilar
	requestFrom(ctx).trail.searched(hits, result)
	return result, nil
}

// search is one search under way.
type search struct {
	r        *Resolver
	question question
	ctx      context.Context // of the asking; it ends when the reader waits no longer
	cancel   context.CancelFunc
	half     <-chan time.Time

	answers []answer // to the question, one for each system
	similar []answer // to the question for people who are similar
	arrived chan arrival
	closer  chan arrival // about people who are similar

	// sifted is what may be shown of all answers; nil while there may be more of them.
	sifted *sifted
}

// arrival is the answer of one system, by its place among the systems.
type arrival struct {
	system int
	answer answer
}

// begin asks all systems that the question is for.
func (r *Resolver) begin(ctx context.Context, qn question, until time.Time) *search {
	s := &search{r: r, question: qn, answers: make([]answer, len(r.Systems)), similar: make([]answer, len(r.Systems)),
		arrived: make(chan arrival, len(r.Systems)), closer: make(chan arrival, len(r.Systems))}
	s.ctx, s.cancel = context.WithDeadline(ctx, until)
	// Whoever is slow must not leave the others no time for the second question.
	s.half = time.After(time.Until(until) / 2)
	for i := range r.Systems {
		go func() {
			s.arrived <- arrival{i, r.find(s.ctx, r.Systems[i], qn, qn.query)}
		}()
	}
	return s
}

// run waits for the answers. When all are there, or half of the time is over, and nobody
// fits exactly, each system that knows nobody is asked for people who are similar.
func (s *search) run(ctx context.Context) error {
	defer s.cancel()
	waiting, asked, open := len(s.answers), 0, false
	var fresh []int
	for waiting > 0 {
		select {
		case a := <-s.arrived:
			s.answers[a.system] = a.answer
			fresh = append(fresh, a.system)
			waiting--
		case <-s.half:
			open = true
		}
		open = open || waiting == 0
		if !open || len(fresh) == 0 || !s.question.named() {
			continue
		}
		f, err := s.sift(ctx)
		if err != nil {
			return err
		}
		if !f.nobody() {
			if waiting == 0 && asked == 0 {
				s.sifted = f
			}
			continue
		}
		if asked == 0 {
			if err := s.r.admitSimilar(ctx); err != nil {
				return err
			}
		}
		for _, i := range fresh {
			if s.answers[i].outcome.Status.Complete() && s.answers[i].asked && s.ctx.Err() == nil {
				asked++
				s.askSimilar(i)
			}
		}
		fresh = nil
	}
	for range asked {
		a := <-s.closer
		s.similar[a.system] = a.answer
	}
	return nil
}

func (s *search) askSimilar(i int) {
	query := s.question.query
	query.Fuzzy = true
	go func() {
		s.closer <- arrival{i, s.r.find(s.ctx, s.r.Systems[i], s.question, query)}
	}()
}

// sifted is what of the answers so far may be shown.
type sifted struct {
	hits     []*hit
	outcomes []*record.Outcome
	linked   map[owned]*patient.Patient
	// held: somebody who fits exactly may not be shown, and that may be said.
	held bool
}

// nobody reports whether nobody fits exactly, as far as the caller may know.
func (f *sifted) nobody() bool {
	return !f.held && !slices.ContainsFunc(f.hits, func(h *hit) bool { return h.hit.Match == model.HitMatchExact })
}

// sift takes of the answers that are here what the caller may see.
func (s *search) sift(ctx context.Context) (*sifted, error) {
	who, err := s.r.identify(ctx, s.answers, s.similar)
	if err != nil {
		return nil, err
	}
	q, f := requestFrom(ctx), &sifted{linked: who.linked}
	sift := func(a *answer, similar bool) int {
		if !a.here {
			return 0
		}
		hits, held := q.hits(a, s.question, who, similar)
		f.hits, f.held = append(f.hits, hits...), f.held || held
		return len(hits)
	}
	counts := make([]int, len(s.answers))
	for i := range s.answers {
		counts[i] = sift(&s.answers[i], false)
	}
	exact := !f.nobody()
	for i := range s.answers {
		o := s.answers[i].outcome
		if !exact && s.similar[i].here {
			before := f.hits
			if more := sift(&s.similar[i], true); more > 0 {
				f.hits = append(before[:len(before):len(before)], newTo(before, f.hits[len(before):])...)
				counts[i] += len(f.hits) - len(before)
			}
			o = bothOutcomes(o, s.similar[i].outcome)
		}
		o.Count = counts[i]
		o = settled(o)
		f.outcomes = append(f.outcomes, &o)
	}
	return f, nil
}

// newTo are the hits whose local records are not among those before.
func newTo(before, more []*hit) []*hit {
	return slices.DeleteFunc(more, func(h *hit) bool {
		return slices.ContainsFunc(before, func(b *hit) bool { return b.locals[0] == h.locals[0] })
	})
}

// bothOutcomes is what a system says that answered who fits exactly, and was then asked
// for people who are similar. That it could not say the latter is told: it must not
// look as if nobody were there (hazard H-02).
func bothOutcomes(exact, similar record.Outcome) record.Outcome {
	took := exact.Took + similar.Took
	switch {
	case similar.Status == record.Answered:
		similar.Took = took
		return similar
	case similar.Status.Complete():
		exact.Took = took
		return exact
	}
	similar.Took = took
	similar.AsOf = exact.AsOf
	if exact.Status.Complete() {
		similar.Status = record.Partial
	}
	similar.Reason = "Nobody there fits exactly. Asked for similar people: " + similar.Reason
	return similar
}
