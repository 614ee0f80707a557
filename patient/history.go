package patient

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Event is one step in the history of a person's links.
type Event struct {
	At time.Time
	// Kind is LINKED or ENDED; of what was done by hand PROPOSED, CONFIRMED, REFUSED,
	// UNLINKED, BIRTH_DATE_ACCEPTED; MERGED by a system.
	Kind            string
	Source, LocalID string
	// Status and Evidence are of a link; Evidence of one that ended is why.
	Status   LinkStatus
	Evidence string
	// By and Reason are of what was done by hand.
	By, Reason string
}

// History gives what has happened to a person's links, newest first.
func (x *Index) History(ctx context.Context, patient string) ([]Event, error) {
	p, err := x.Get(ctx, patient)
	if err != nil {
		return nil, err
	}
	ids := append([]string{p.ID}, p.FormerIDs...)
	var events []Event
	for part := range slices.Chunk(ids, chunk) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		found, err := x.store.history(ctx, `IN (`+list(0, len(args))+`)`, args)
		if err != nil {
			return nil, fmt.Errorf("reading the history of links: %w", err)
		}
		events = append(events, found...)
	}
	slices.SortStableFunc(events, func(a, b Event) int { return b.At.Compare(a.At) })
	return events, nil
}

func (s store) history(ctx context.Context, in string, args []any) (events []Event, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT source, local_id, status, evidence, since, ended, ended_why, '', '' FROM patient_link WHERE patient_id `+in+`
		UNION ALL SELECT source, local_id, kind, '', at, NULL, '', by_name, reason FROM patient_decision WHERE patient_id `+in, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var e Event
		var word, why string
		var since int64
		var ended sql.NullInt64
		if err := rows.Scan(&e.Source, &e.LocalID, &word, &e.Evidence, &since, &ended, &why, &e.By, &e.Reason); err != nil {
			return nil, err
		}
		e.At = micro(since)
		if e.Evidence == "" { // a decision
			e.Kind = word
			events = append(events, e)
			continue
		}
		e.Kind, e.Status = "LINKED", LinkStatus(word)
		events = append(events, e)
		if ended.Valid {
			e.At, e.Kind, e.Evidence = micro(ended.Int64), "ENDED", why
			events = append(events, e)
		}
	}
	return events, rows.Err()
}

// Proposal gives one; ErrNoProposal if there is none of this id.
func (x *Index) Proposal(ctx context.Context, id string) (Proposal, error) {
	if !usable(id) {
		return Proposal{}, ErrNoProposal
	}
	found, err := scanProposals(ctx, x.store.read, `WHERE id = $1`, id)
	switch {
	case err != nil:
		return Proposal{}, fmt.Errorf("reading proposals: %w", err)
	case len(found) == 0:
		return Proposal{}, ErrNoProposal
	}
	return found[0], nil
}

// Proposals gives a page of those in a state, newest first, with the cursor to go on
// after ("" at the end) and how many there are. A cursor that is none begins anew.
func (x *Index) Proposals(ctx context.Context, state ProposalState, first int, after string) (page []Proposal, next string, total int, err error) {
	if err := x.store.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM patient_proposal WHERE state = $1`, string(state)).Scan(&total); err != nil {
		return nil, "", 0, fmt.Errorf("reading proposals: %w", err)
	}
	where, args := `WHERE state = $1`, []any{string(state), first + 1}
	if at, err := x.Proposal(ctx, strings.TrimSpace(after)); err == nil {
		where += ` AND (proposed < $3 OR proposed = $3 AND id < $4)`
		args = append(args, stamp(at.Proposed), at.ID)
	}
	if page, err = scanProposals(ctx, x.store.read, where+` ORDER BY proposed DESC, id DESC LIMIT $2`, args...); err != nil {
		return nil, "", 0, fmt.Errorf("reading proposals: %w", err)
	}
	if len(page) > first {
		page = page[:first]
		next = page[first-1].ID
	}
	return page, next, total, nil
}
