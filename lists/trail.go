package lists

import (
	"context"
	"errors"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// Actions of the ledger. Target is "list:" and the list's id, or "team:" and the team's; of
// the first three Patient is who came, went or was moved, and Relationship the kind of
// relationship that the adder had, which the list may lend.
const (
	ActionAdd    = "added-to-list"
	ActionRemove = "removed-from-list"
	ActionMove   = "moved-on-list"
	// ActionChange is any other change of a list: Reason says which.
	ActionChange = "list-change"
	// ActionTeam is a change of a team.
	ActionTeam = "team-change"
)

// event begins an event about what a caller does to a list or team. The request is the
// context's.
func event(ctx context.Context, c Caller, action, target string) audit.Event {
	e := auth.EventOf(ctx, action, audit.Permit)
	e.Target = target
	if c.isSomebody() && (e.Actor.Issuer != c.Issuer || e.Actor.Subject != c.Subject) {
		e.Actor = audit.Actor{
			Issuer: c.Issuer, Subject: c.Subject, Name: c.Name, Role: string(c.Role),
			Organisation: c.Organisation.ODS, OrganisationName: c.Organisation.Name,
		}
	}
	return e
}

// trail is what the ledger has of one change.
type trail struct {
	store  *Store
	caller Caller
	target string
	keys   map[string]bool
}

// has reports whether the ledger has all of them.
func (t *trail) has(events []entry) bool {
	for _, e := range events {
		if !t.keys[e.key] {
			return false
		}
	}
	return true
}

// record puts those into the ledger that it does not have.
func (t *trail) record(ctx context.Context, events []entry) error {
	var missing []audit.Event
	for _, e := range events {
		if !t.keys[e.key] {
			missing = append(missing, e.event)
		}
	}
	if err := t.store.ledger.Record(ctx, missing...); err != nil {
		return err
	}
	if t.keys == nil {
		t.keys = map[string]bool{}
	}
	for _, e := range events {
		t.keys[e.key] = true
	}
	return nil
}

// refuse gives the refusal, after the ledger has it: where somebody tried what they may not
// do, and where the ledger said already that it was done. If it cannot be written, it gives
// the ledger's error.
func (t *trail) refuse(ctx context.Context, l List, refusal error) error {
	var bad *InputError
	known := errors.As(refusal, &bad)
	for _, err := range []error{ErrNotFound, ErrNotAllowed, ErrChanged, ErrNoTeam} {
		known = known || errors.Is(refusal, err)
	}
	tried := errors.Is(refusal, ErrNotAllowed) || errors.Is(refusal, ErrNotFound) && l.ID != ""
	if !known || !tried && len(t.keys) == 0 {
		return refusal
	}
	e := event(ctx, t.caller, ActionChange, t.target)
	e.Decision, e.Reason = audit.Deny, refusal.Error()
	if err := t.store.ledger.Record(ctx, e); err != nil {
		return err
	}
	return refusal
}
