package patient

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/patchworkcare/patchwork/patient/match"
)

// ProposalState is what has become of a proposal.
type ProposalState string

const (
	// ProposalOpen: somebody must decide.
	ProposalOpen ProposalState = "OPEN"
	// ProposalConfirmed: somebody said that the record is the person's.
	ProposalConfirmed ProposalState = "CONFIRMED"
	// ProposalRefused: somebody said that it is not; it is not proposed or linked again.
	ProposalRefused ProposalState = "REFUSED"
	// ProposalWithdrawn: nothing speaks for it any more, or it was linked otherwise.
	ProposalWithdrawn ProposalState = "WITHDRAWN"
)

// Proposal is a record that may be of a person: somebody must say. It has identifiers
// and words, no names and no dates of birth.
type Proposal struct {
	ID string
	// Patient is the person's id.
	Patient string
	Source  string
	LocalID string
	State   ProposalState
	// Score is in bits; Scored is false if it was proposed by hand.
	Score  float64
	Scored bool
	// Agreements are what was compared, Rules what holds it back.
	Agreements []match.Agreement
	Rules      []string
	// Proposed is when, ProposedBy who did by hand, "" if the comparison did.
	Proposed   time.Time
	ProposedBy string
	// Decided is when, zero while open; DecidedBy and Reason who and why.
	Decided   time.Time
	DecidedBy string
	// Reason is of the decision, else of the proposal by hand.
	Reason string
}

// proposal is a Proposal in a transaction.
type proposal struct{ Proposal }

// pair is a person and a record.
type pair struct {
	patient string
	owned
}

func (p *proposal) pair() pair { return pair{p.Patient, owned{p.Source, p.LocalID}} }

const proposalColumns = `id, patient_id, source, local_id, state, score, agreements, rules, proposed, proposed_by, decided, decided_by, reason`

func scanProposals(ctx context.Context, q querier, query string, args ...any) (out []Proposal, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+proposalColumns+` FROM patient_proposal `+query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var p Proposal
		var score sql.NullInt64
		var agreements, rules string
		var proposed, decided int64
		if err := rows.Scan(&p.ID, &p.Patient, &p.Source, &p.LocalID, &p.State, &score, &agreements, &rules, &proposed, &p.ProposedBy,
			&decided, &p.DecidedBy, &p.Reason); err != nil {
			return nil, err
		}
		p.Score, p.Scored = float64(score.Int64)/1000, score.Valid
		p.Proposed, p.Decided = micro(proposed), micro(decided)
		if err := json.Unmarshal([]byte(agreements), &p.Agreements); err != nil {
			return nil, fmt.Errorf("a proposal cannot be read: %w", err)
		}
		if err := json.Unmarshal([]byte(rules), &p.Rules); err != nil {
			return nil, fmt.Errorf("a proposal cannot be read: %w", err)
		}
		out = append(out, p)
	}
	return out, rows.Err()
}

// loadProposals reads what was proposed for people, and of records.
func (w *settling) loadProposals(people, locals []string) error {
	for column, values := range map[string][]string{"patient_id": people, "local_id": locals} {
		for part := range slices.Chunk(values, chunk) {
			args := make([]any, len(part))
			for i, v := range part {
				args[i] = v
			}
			found, err := scanProposals(w.ctx, w.tx, `WHERE `+column+` IN (`+list(0, len(args))+`)`, args...)
			if err != nil {
				return err
			}
			for i := range found {
				if p := (&proposal{found[i]}); w.pairs[p.pair()] == nil {
					w.add(p)
				}
			}
		}
	}
	return nil
}

func (w *settling) add(p *proposal) {
	w.pairs[p.pair()] = p
	at := p.pair().owned
	w.records[at] = append(w.records[at], p)
}

// propose keeps that a record may be a person's; what was decided stays.
func (w *settling) propose(patient string, at owned, like *likeness) {
	p := w.pairs[pair{patient, at}]
	if p == nil {
		p = &proposal{Proposal{ID: newID(), Patient: patient, Source: at.source, LocalID: at.localID, Proposed: w.now, State: ProposalOpen}}
		w.add(p)
	}
	switch p.State {
	case ProposalConfirmed, ProposalRefused:
		return
	case ProposalWithdrawn:
		p.State, p.Proposed, p.Decided, p.DecidedBy, p.ProposedBy, p.Reason = ProposalOpen, w.now, time.Time{}, "", "", ""
	}
	if like != nil {
		p.Score, p.Scored, p.Agreements, p.Rules = like.Score, true, like.Agreements, like.Rules
	}
	w.changed[p.pair()] = true
}

// withdraw ends an open proposal.
func (w *settling) withdraw(p *proposal) {
	if p.State == ProposalOpen {
		p.State, p.Decided = ProposalWithdrawn, w.now
		w.changed[p.pair()] = true
	}
}

// inherit gives a proposal, with what was decided, to the patient into whom its own was
// merged. What nobody has decided there gives way to what somebody has; where one was
// confirmed and the other refused, somebody must say once more.
func (w *settling) inherit(p *proposal, into *stored) {
	at := p.pair().owned
	own := w.pairs[pair{into.id, at}]
	decided := p.State == ProposalConfirmed || p.State == ProposalRefused
	switch {
	case p.State == ProposalWithdrawn:
		return
	case own == nil:
		heir := *p
		heir.ID, heir.Patient = newID(), into.id
		own = &heir
		w.add(own)
	case !decided || own.State == p.State:
		w.withdraw(p)
		return
	case own.State == ProposalOpen, own.State == ProposalWithdrawn:
		own.State, own.Decided, own.DecidedBy, own.Reason = p.State, p.Decided, p.DecidedBy, p.Reason
	default:
		own.State, own.Proposed, own.Decided, own.DecidedBy = ProposalOpen, w.now, time.Time{}, ""
	}
	w.withdraw(p)
	w.changed[own.pair()] = true
}

// sever ends links of people into whom others were merged, where what was decided about the
// others stands against them.
func (w *settling) sever() error {
	for _, p := range w.heirs {
		for source := range p.registrations {
			r := w.registration(p, source)
			n := len(r.Links)
			r.Links = slices.DeleteFunc(r.Links, func(l Link) bool {
				is := w.decided(p.id, owned{source, l.LocalID})
				return l.Status != LinkOwn && is == ProposalRefused || l.Status == LinkConfirmed && is == ProposalOpen
			})
			if w.people[p.id] != p || len(r.Links) == n {
				continue
			}
			if err := w.settleBy(p, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// state of a person and a record; "" if nothing was proposed.
func (w *settling) decided(patient string, at owned) ProposalState {
	if p := w.pairs[pair{patient, at}]; p != nil {
		return p.State
	}
	return ""
}

// open are the open proposals of a person in a system.
func (w *settling) open(patient, source string) (out []*proposal) {
	for at, p := range w.pairs {
		if at.patient == patient && at.source == source && p.State == ProposalOpen {
			out = append(out, p)
		}
	}
	return out
}

func (w *settling) flushProposals() error {
	rows := make([][]any, 0, len(w.changed))
	for at := range w.changed {
		p := w.pairs[at]
		agreements, err := json.Marshal(append([]match.Agreement{}, p.Agreements...))
		if err != nil {
			return err
		}
		rules, err := json.Marshal(append([]string{}, p.Rules...))
		if err != nil {
			return err
		}
		var score any
		if p.Scored {
			score = int64(p.Score * 1000)
		}
		rows = append(rows, []any{p.ID, p.Patient, p.Source, p.LocalID, string(p.State), score, string(agreements), string(rules),
			stamp(p.Proposed), p.ProposedBy, stamp(p.Decided), p.DecidedBy, p.Reason})
	}
	return w.insert(`INSERT INTO patient_proposal (`+proposalColumns+`) VALUES `, rows,
		` ON CONFLICT (patient_id, source, local_id) DO UPDATE SET state = excluded.state, score = excluded.score, agreements = excluded.agreements,
			rules = excluded.rules, proposed = excluded.proposed, proposed_by = excluded.proposed_by, decided = excluded.decided,
			decided_by = excluded.decided_by, reason = excluded.reason`, false)
}

// confirmed are the records that were confirmed by hand for patients.
func (s store) confirmed(ctx context.Context, ids []string) (out []pair, err error) {
	for part := range slices.Chunk(ids, chunk) {
		args := []any{string(ProposalConfirmed)}
		for _, id := range part {
			args = append(args, id)
		}
		found, err := scanProposals(ctx, s.read, `WHERE state = $1 AND patient_id IN (`+list(1, len(part))+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			out = append(out, (&proposal{p}).pair())
		}
	}
	return out, nil
}
