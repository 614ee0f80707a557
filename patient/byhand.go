package patient

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/record"
)

// By is who decides something about links, as they were at that moment.
type By struct{ Issuer, Subject, Name, Role, Organisation string }

// Refusals of decisions, each one plain sentence for the user.
var (
	// ErrNoProposal: there is none of this id.
	ErrNoProposal = errors.New("there is no such proposal")
	// ErrDecided: somebody was faster, or it was withdrawn.
	ErrDecided = errors.New("it is not open any more: look at it again")
	// ErrNoLink: the record is not linked with the person.
	ErrNoLink = errors.New("this record is not linked with the person")
	// ErrLinked: it is linked with the person already.
	ErrLinked = errors.New("this record is linked with the person already")
	// ErrHeld: it is linked with somebody else, and not by its score alone.
	ErrHeld = errors.New("this record is linked with another person: unlink it there first")
	// ErrContradicts: what the record states cannot be of the person.
	ErrContradicts = errors.New("the record has another birth date, or somebody else's verified NHS number: it cannot be linked with the person")
	// ErrGone: its system does not have the record any more.
	ErrGone = errors.New("its system has no such record")
	// ErrOwn: it is the record from which the person is known.
	ErrOwn = errors.New("the person is known only from this record: there is nothing to unlink it from")
	// ErrSilent: its system did not answer, so that the record cannot be checked.
	ErrSilent = errors.New("its system did not answer: what cannot be checked is not linked; try again later")
	// ErrNoBirthDate: the system does not state one birth date with the person's number.
	ErrNoBirthDate = errors.New("that system states no single full birth date with this person's verified NHS number")
)

// InputError: what was given is not acceptable, and nothing changed. Its text is for the
// user and never repeats what was given.
type InputError struct{ text string }

// Error is one plain sentence.
func (e *InputError) Error() string { return e.text }

// BadInput marks errors whose text a surface may show to the user.
func (e *InputError) BadInput() bool { return true }

// Bounds of reasons, in characters.
const (
	leastReason = 10
	mostReason  = 500
)

// CheckReason makes a reason one line of plain text, or says as an *InputError what is wrong.
func CheckReason(text string) (string, error) {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, " ")), " ")
	odd := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
	switch n := utf8.RuneCountInString(text); {
	case strings.ContainsFunc(text, odd):
		return "", &InputError{"The reason has control characters: write plain text"}
	case n < leastReason:
		return "", &InputError{fmt.Sprintf("The reason needs at least %d characters: say in a few words why", leastReason)}
	case n > mostReason:
		return "", &InputError{fmt.Sprintf("The reason may have %d characters at most", mostReason)}
	}
	return text, nil
}

// Confirm links a proposed record with the person, at once. Its system is asked for the
// record first: what contradicts is not linked, whatever anybody says (hazard H-01).
func (x *Index) Confirm(ctx context.Context, by By, id, reason string) (Proposal, error) {
	reason, err := CheckReason(reason)
	if err != nil {
		return Proposal{}, err
	}
	before, err := x.Proposal(ctx, id)
	if err != nil {
		return Proposal{}, err
	}
	c, err := x.reread(ctx, before.Source, before.LocalID)
	if err != nil {
		return Proposal{}, err
	}
	return x.decide(ctx, id, by, reason, ProposalConfirmed, func(w *settling, p *stored, d *proposal) error {
		if err := contradiction(p, c); err != nil {
			return err
		}
		at := d.pair().owned
		switch holder := w.owners[at]; {
		case holder.patient == "" || holder.patient == p.id:
		case holder.status == LinkOwn || holder.status == LinkProbable:
			if err := w.yield(at, p, "somebody confirmed that it is another person's"); err != nil {
				return err
			}
		default:
			return ErrHeld
		}
		r := w.registration(p, d.Source)
		for i := range r.Links {
			if r.Links[i].LocalID == d.LocalID && !r.Links[i].Status.scored() {
				return nil // it has come to be linked by its number
			}
		}
		r.Links = append(without(r.Links, d.LocalID), Link{Source: d.Source, LocalID: d.LocalID, Status: LinkConfirmed, Since: w.now, Evidence: evidenceConfirmed})
		r.label(c.labels)
		return w.settleBy(p, r)
	})
}

// Refuse says that a proposed record is not the person's: it is neither proposed nor
// linked again by itself.
func (x *Index) Refuse(ctx context.Context, by By, id, reason string) (Proposal, error) {
	reason, err := CheckReason(reason)
	if err != nil {
		return Proposal{}, err
	}
	return x.decide(ctx, id, by, reason, ProposalRefused, func(w *settling, p *stored, d *proposal) error {
		r := w.registration(p, d.Source)
		r.Links = without(r.Links, d.LocalID)
		return w.settleBy(p, r)
	})
}

// decide closes an open proposal, in one transaction with what follows from it.
func (x *Index) decide(ctx context.Context, id string, by By, reason string, as ProposalState, then func(*settling, *stored, *proposal) error) (Proposal, error) {
	var decided Proposal
	err := x.store.change(ctx, x.now(), func(w *settling) error {
		found, err := scanProposals(w.ctx, w.tx, `WHERE id = $1`, id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ErrNoProposal
		}
		if found[0].State != ProposalOpen {
			return ErrDecided
		}
		p, err := w.with(found[0].Patient, found[0].LocalID)
		if err != nil {
			return err
		}
		d := w.pairs[(&proposal{found[0]}).pair()]
		d.State, d.Decided, d.DecidedBy, d.Reason = as, w.now, by.Name, reason
		w.changed[d.pair()] = true
		if err := then(w, p, d); err != nil {
			return err
		}
		decided = d.Proposal
		return w.decision(d.pair(), string(as), by, reason)
	})
	return decided, err
}

// Unlink ends a link, whatever it rests on, at once, and refuses the record for the
// future.
func (x *Index) Unlink(ctx context.Context, by By, patient, source, localID, reason string) error {
	reason, err := CheckReason(reason)
	if err != nil {
		return err
	}
	return x.store.change(ctx, x.now(), func(w *settling) error {
		p, err := w.with(patient, localID)
		if err != nil {
			return err
		}
		r := w.registration(p, source)
		i := indexOf(r.Links, localID)
		switch {
		case i < 0:
			return ErrNoLink
		case r.Links[i].Status == LinkOwn:
			return ErrOwn
		}
		proven := !r.Links[i].Status.scored()
		at := owned{source, localID}
		w.propose(p.id, at, nil)
		d := w.pairs[pair{p.id, at}]
		d.State, d.Decided, d.DecidedBy, d.Reason = ProposalRefused, w.now, by.Name, reason
		w.changed[d.pair()] = true
		r.Links = without(r.Links, localID)
		if err := w.settleBy(p, r); err != nil {
			return err
		}
		if proven && len(r.Links) == 0 {
			r.State, r.Code, r.Reason = Conflict, codeRefused, reasonRefused
		}
		return w.decision(d.pair(), kindUnlinked, by, reason)
	})
}

// Propose has somebody decide whether a record is a person's. One that was refused is
// open again.
func (x *Index) Propose(ctx context.Context, by By, patient string, l Local, reason string) (Proposal, error) {
	reason, err := CheckReason(reason)
	if err != nil {
		return Proposal{}, err
	}
	c, err := x.reread(ctx, l.Source, l.LocalID)
	if err != nil {
		return Proposal{}, err
	}
	var proposed Proposal
	err = x.store.change(ctx, x.now(), func(w *settling) error {
		p, err := w.with(patient, l.LocalID)
		if err != nil {
			return err
		}
		if err := contradiction(p, c); err != nil {
			return err
		}
		r := w.registration(p, l.Source)
		if indexOf(r.Links, l.LocalID) >= 0 {
			return ErrLinked
		}
		at := owned{l.Source, l.LocalID}
		if d := w.pairs[pair{p.id, at}]; d != nil && d.State != ProposalOpen {
			d.State, d.Proposed, d.Decided, d.DecidedBy = ProposalWithdrawn, w.now, time.Time{}, ""
		}
		w.propose(p.id, at, nil)
		d := w.pairs[pair{p.id, at}]
		d.ProposedBy, d.Reason = by.Name, reason
		proposed = d.Proposal
		if err := w.settleBy(p, r); err != nil {
			return err
		}
		return w.decision(d.pair(), kindProposed, by, reason)
	})
	return proposed, err
}

// AcceptBirthDate takes the birth date that a system states with the person's verified
// number for the person's. All links end, and everybody is asked again.
func (x *Index) AcceptBirthDate(ctx context.Context, by By, patient, source, reason string) error {
	reason, err := CheckReason(reason)
	if err != nil {
		return err
	}
	before, err := x.Get(ctx, patient)
	if err != nil {
		return err
	}
	birth, err := x.stated(ctx, source, before.NHSNumber)
	if err != nil {
		return err
	}
	return x.store.change(ctx, x.now(), func(w *settling) error {
		p, err := w.with(patient)
		if err != nil {
			return err
		}
		if p.current != before.NHSNumber {
			return ErrDecided
		}
		for _, statement := range []struct {
			text string
			args []any
		}{
			{`UPDATE patient SET birth_date = $1 WHERE id = $2`, []any{string(birth), p.id}},
			{`UPDATE patient_link SET ended = $1, ended_why = $2 WHERE patient_id = $3 AND ended IS NULL`, []any{stamp(w.now), "another birth date was accepted", p.id}},
			{`DELETE FROM patient_registration WHERE patient_id = $1`, []any{p.id}},
		} {
			if err := w.exec(statement.text, statement.args...); err != nil {
				return err
			}
		}
		return w.decision(pair{p.id, owned{source: source}}, kindBirthDate, by, reason)
	})
}

// contradiction is why a record cannot be the person's.
func contradiction(p *stored, c *candidate) error {
	others := c.verified && p.current != "" && c.number != p.current && !contains(p.formers, c.number)
	if others || c.birth != "" && p.birth != "" && c.birth != p.birth {
		return ErrContradicts
	}
	return nil
}

// reread asks a system for one record.
func (x *Index) reread(ctx context.Context, source, localID string) (*candidate, error) {
	people, err := x.question(ctx, source, record.PersonQuery{LocalID: localID})
	if err != nil {
		return nil, err
	}
	for i := range people {
		if c, ok := candidateOf(&people[i]); ok && c.localID == localID {
			return &c, nil
		}
	}
	return nil, ErrGone
}

// stated is the birth date that a system states with a number.
func (x *Index) stated(ctx context.Context, source string, n record.NHSNumber) (record.Date, error) {
	if n == "" {
		return "", ErrNoBirthDate
	}
	people, err := x.question(ctx, source, record.PersonQuery{NHSNumber: n})
	if err != nil {
		return "", err
	}
	var birth record.Date
	for i := range people {
		c, ok := candidateOf(&people[i])
		switch {
		case !ok || !c.verified || c.number != n || c.birth == "":
		case birth != "" && birth != c.birth:
			return "", ErrNoBirthDate
		default:
			birth = c.birth
		}
	}
	if birth == "" {
		return "", ErrNoBirthDate
	}
	return birth, nil
}

// question asks one system one thing, for a caller who waits.
func (x *Index) question(ctx context.Context, source string, query record.PersonQuery) ([]record.Person, error) {
	for i := range x.systems {
		s := &x.systems[i]
		if s.ID != source || s.Finder == nil || query.NHSNumber == "" && !usable(query.LocalID) {
			continue
		}
		deadline := s.Deadline
		if deadline <= 0 {
			deadline = defaultDeadline
		}
		ctx, cancel := context.WithTimeout(ctx, deadline)
		defer cancel()
		people, err := s.Finder.Find(ctx, []record.PersonQuery{query})
		if err != nil || len(people) != 1 {
			return nil, ErrSilent
		}
		return people[0], nil
	}
	return nil, ErrGone
}
