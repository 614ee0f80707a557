package sources

import "time"

// Begin asks for keys and returns at once with one Read for each, in their order. It
// never waits for the source: equal reads in flight are joined, remembered answers
// are given, and all other keys go to the source together, in one Fetch under the
// source's own deadline and nobody's context. The caller waits on each Read for as
// long as it likes.
//
// The caller must have been allowed to read all of it (policy.Grant).
func (s *System) Begin(keys []Key) []*Read {
	reads := make([]*Read, len(keys))
	var b *batch
	var joined, remembered int
	now := time.Now()
	off := s.Off()
	s.mu.Lock()
	for i, k := range keys {
		if off != nil { // nobody is given what others asked or what is remembered either
			reads[i] = s.refused(k, off)
			continue
		}
		if f := s.flights[k]; f != nil {
			if !f.settled {
				joined++
				reads[i] = &f.joined
				continue
			}
			if now.Before(f.until) {
				remembered++
				reads[i] = &f.kept
				continue
			}
			s.forget(f)
		}
		if e := s.refusal(k); e != nil {
			reads[i] = s.refused(k, e)
			continue
		}
		if b == nil {
			b = s.newBatch(now, len(keys)-i)
		}
		f := newFlight(k, b)
		s.flights[k] = f
		b.flights = append(b.flights, f)
		b.keys = append(b.keys, k)
		reads[i] = &f.fresh
	}
	if b != nil {
		s.inFlight += len(b.flights)
		s.running.Add(1)
	}
	s.mu.Unlock()
	s.meters.begun(b.size(), joined, remembered)
	if b != nil {
		go b.run()
	}
	return reads
}

// refusal is why k is not even asked for; nil for an ordinary key.
func (s *System) refusal(k Key) *Error {
	switch {
	case s.closed:
		return closedError()
	case !s.offers[k.Section]:
		return &Error{Kind: Unavailable, Code: "not-offered", Reason: "It does not offer this section", unasked: true}
	case k.LocalID == "":
		// An empty id would match a record that carries none.
		return &Error{Kind: Unavailable, Code: "no-local-id", Reason: "It was asked without an identifier", unasked: true}
	case s.stuck >= s.settings.Concurrency:
		return &Error{Kind: Unavailable, Code: "connector-stuck", Reason: "Earlier reads of it have not ended", unasked: true}
	}
	return s.shut()
}

// refused is a Read that is answered already.
func (s *System) refused(k Key, e *Error) *Read {
	f := newFlight(k, s.newBatch(time.Now(), 0))
	f.settled = true
	f.answer = Answer{Result: Result{Err: e}, Source: s.Origin(), Retrieved: f.batch.asked}
	close(f.done)
	f.fresh.how = NotAsked
	return &f.fresh
}
