package review

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/patchworkcare/patchwork/audit"
)

// Bounds of a note, in characters.
const (
	ShortestNote = 10
	LongestNote  = 1000
)

// move is a step that somebody wants to take.
type move struct {
	name    string
	to      State
	outcome Outcome
	note    string
	refuse  func(i *Item, who audit.Actor) error
}

// Begin takes a new item to look into it. by says who, and with which request
// (auth.EventOf begins such an event); it is audited before it takes effect, and a
// refusal is audited too. Refusals are *InputError; others mean that nothing changed.
func (q *Queue) Begin(ctx context.Context, by audit.Event, id string) (Item, error) {
	return q.step(ctx, by, id, move{name: "begin", to: StateInReview, refuse: func(i *Item, _ audit.Actor) error {
		switch i.State {
		case StateInReview:
			return ErrTaken
		case StateClosed:
			return ErrClosed
		}
		return nil
	}})
}

// Close ends a review that by's actor has begun. The note is for the privacy officers;
// it is not in the ledger. As Begin otherwise.
func (q *Queue) Close(ctx context.Context, by audit.Event, id string, outcome Outcome, note string) (Item, error) {
	return q.step(ctx, by, id, move{name: "close", to: StateClosed, outcome: outcome, note: note, refuse: func(i *Item, who audit.Actor) error {
		switch {
		case i.State == StateClosed:
			return ErrClosed
		case i.State != StateInReview:
			return ErrNotBegun
		case !same(i.Reviewer, who):
			return ErrNotReviewer
		case !slices.Contains(Outcomes(), outcome):
			return ErrOutcome
		}
		return checkNote(note)
	}})
}

// Reopen puts an item back into the queue, whether it was closed or somebody had begun
// and cannot go on. What was found before stays in the History. As Begin otherwise.
func (q *Queue) Reopen(ctx context.Context, by audit.Event, id, note string) (Item, error) {
	return q.step(ctx, by, id, move{name: "reopen", to: StateNew, note: note, refuse: func(i *Item, _ audit.Actor) error {
		if i.State == StateNew {
			return ErrNew
		}
		return checkNote(note)
	}})
}

// step audits a move and makes it. Nothing is held while the ledger writes; the move
// then takes effect only if the item has not moved since it was read, so of two
// reviewers at once one wins and the other is told.
func (q *Queue) step(ctx context.Context, by audit.Event, id string, m move) (Item, error) {
	if by.Actor.Issuer == "" || by.Actor.Subject == "" {
		return Item{}, errors.New("review: a step needs somebody who takes it")
	}
	m.note = strings.TrimSpace(m.note)
	i, err := q.Item(ctx, id)
	if err != nil {
		return Item{}, err
	}
	refusal := m.refuse(&i, by.Actor)
	if same(i.Actor, by.Actor) {
		refusal = ErrOwnDoing
	}
	if refusal == nil {
		if err := q.audit(ctx, by, &i, m, nil); err != nil {
			return Item{}, err
		}
		won, err := q.take(ctx, by.Actor, &i, m)
		if err != nil {
			return Item{}, fmt.Errorf("changing the review queue: %w", err)
		}
		if won {
			return q.Item(ctx, id)
		}
		refusal = ErrOvertaken
	}
	if err := q.audit(ctx, by, &i, m, refusal); err != nil {
		return Item{}, err
	}
	return Item{}, refusal
}

// audit records the move, or why it was refused. The note stays out of the ledger: it
// may say more about the patient than the ledger holds.
func (q *Queue) audit(ctx context.Context, by audit.Event, i *Item, m move, refusal error) error {
	e := by
	e.Action, e.Decision, e.Target, e.Patient = audit.ActionReview, audit.Permit, i.ID, i.Patient
	e.Reason = m.name
	if refusal != nil {
		e.Decision, e.Reason = audit.Deny, m.name+": "+refusal.Error()
	} else if m.outcome != "" {
		e.Reason = m.name + ": " + string(m.outcome)
	}
	return q.ledger.Record(ctx, e)
}

// take writes the move if the item still has as many steps as when it was read.
func (q *Queue) take(ctx context.Context, who audit.Actor, i *Item, m move) (won bool, err error) {
	actor, err := encodeActor(who)
	if err != nil {
		return false, err
	}
	now := q.now().UnixMicro()
	reviewer, closed := audit.Actor{Issuer: storable(who.Issuer), Subject: storable(who.Subject)}, int64(0)
	reviewerText := actor
	switch m.to {
	case StateNew:
		reviewer, reviewerText = audit.Actor{}, ""
	case StateClosed:
		closed = now
	}
	shown := m.note
	if m.to != StateClosed {
		shown = ""
	}
	tx, err := q.write.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }()
	won, err = changed(tx.ExecContext(ctx, `UPDATE review_item SET state = $1, steps = steps + 1, reviewer_issuer = $2, reviewer_subject = $3,
		reviewer = $4, outcome = $5, note = $6, closed = $7 WHERE id = $8 AND steps = $9`,
		string(m.to), reviewer.Issuer, reviewer.Subject, reviewerText, string(m.outcome), shown, closed, i.ID, i.steps))
	if err != nil || !won {
		return false, err
	}
	if err := insert(ctx, tx, `INSERT INTO review_step (item, number, at, step, issuer, subject, actor, outcome, note) VALUES `, ``, [][]any{{
		i.ID, i.steps + 1, now, m.name, storable(who.Issuer), storable(who.Subject), actor, string(m.outcome), m.note,
	}}); err != nil {
		return false, err
	}
	return true, tx.Commit()
}

// same reports whether two actors are one user, whatever their role at the time.
func same(a, b audit.Actor) bool {
	return storable(a.Issuer) == storable(b.Issuer) && storable(a.Subject) == storable(b.Subject)
}

// checkNote takes plain text: line breaks, but no other control characters.
func checkNote(note string) error {
	n := utf8.RuneCountInString(strings.TrimSpace(note))
	if n < ShortestNote || n > LongestNote || !plain(note) {
		return ErrNote
	}
	return nil
}

// plain reports whether text is valid and without control characters but line breaks
// and tabs.
func plain(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t'
	})
}
