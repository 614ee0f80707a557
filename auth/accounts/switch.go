package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// SwitchOff switches something off, on every server from the next request on. What is the
// id of an account (Account.ID) for a User, and as Off has it for the other kinds; that there
// is such an organisation, login or client is the caller's to check. The reason has 5 to 500
// characters. Who does it is the context's session.
//
// It is in the ledger before it takes effect; if the ledger cannot be written, nothing
// changes and the error is the ledger's. What is off already stays as it is, and no error.
// An *InputError refuses what could lock administrators out: whoever switches something
// off must not be switched off by it, so that they can switch it on again.
func (a *Accounts) SwitchOff(ctx context.Context, kind Kind, what, reason string) error {
	return a.change(ctx, kind, what, reason, true)
}

// SwitchOn switches something on again, as SwitchOff does off. What is on stays as it is,
// and no error.
func (a *Accounts) SwitchOn(ctx context.Context, kind Kind, what, reason string) error {
	return a.change(ctx, kind, what, reason, false)
}

func (a *Accounts) change(ctx context.Context, kind Kind, what, reason string, off bool) error {
	session := auth.SessionFrom(ctx)
	if session == nil || session.Issuer == "" || session.Subject == "" {
		return ErrNobody
	}
	reason, err := Reason(reason)
	if err != nil {
		return err
	}
	t, err := a.thingOf(ctx, kind, what)
	if err != nil {
		return err
	}
	maker, err := a.makerOf(ctx, session)
	if err != nil {
		return err
	}
	if off {
		if err := maker.spare(t); err != nil {
			return err
		}
	}
	if now, err := a.isOff(ctx, t); err != nil || now == off {
		return err
	}
	if err := a.ledger.Record(ctx, eventOf(ctx, audit.Permit, t, reason, off)); err != nil {
		return err
	}
	if !off {
		return a.on(ctx, t)
	}
	err = a.off(ctx, t, maker, reason)
	if errors.Is(err, errMakerOff) { // the ledger says that it did not happen after all
		if err := a.ledger.Record(ctx, eventOf(ctx, audit.Deny, t, err.Error(), off)); err != nil {
			return err
		}
	}
	return err
}

// thingOf checks what is meant.
func (a *Accounts) thingOf(ctx context.Context, kind Kind, what string) (thing, error) {
	switch kind {
	case User:
		account, err := a.Find(ctx, what)
		return thing{User, userKey(account.Issuer, account.Subject)}, err
	case Role:
		if !auth.Role(what).Valid() {
			return thing{}, &InputError{"what", "There is no role of this name"}
		}
	case Organisation, Login, Client:
		if !storable(what) || strings.ContainsFunc(what, unicode.IsSpace) {
			return thing{}, &InputError{"what", "There is no " + string(kind) + " of this id"}
		}
	default:
		return thing{}, &InputError{"kind", "Only a user, role, organisation, login or client can be switched off"}
	}
	return thing{kind, what}, nil
}

func (a *Accounts) isOff(ctx context.Context, t thing) (bool, error) {
	found, err := a.offs(ctx, `WHERE kind = $1 AND what = $2`, string(t.kind), t.what)
	return len(found) > 0, err
}

func (a *Accounts) on(ctx context.Context, t thing) error {
	if _, err := a.write.ExecContext(ctx, `DELETE FROM auth_off WHERE kind = $1 AND what = $2`, string(t.kind), t.what); err != nil {
		return fmt.Errorf("switching on: %w", err)
	}
	return nil
}

// off writes the row, unless the maker has been switched off meanwhile: of two
// administrators who switch each other off at the same moment, one stays.
func (a *Accounts) off(ctx context.Context, t thing, m maker, reason string) error {
	tx, err := a.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("switching off: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if a.lock != "" {
		if _, err := tx.ExecContext(ctx, a.lock); err != nil {
			return fmt.Errorf("switching off: %w", err)
		}
	}
	if err := m.stillOn(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO auth_off (kind, what, at, maker, reason) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (kind, what) DO NOTHING`, string(t.kind), t.what, a.now().UnixMicro(), m.name, reason); err != nil {
		return fmt.Errorf("switching off: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("switching off: %w", err)
	}
	return nil
}

// errMakerOff is for the user.
var errMakerOff = &InputError{"what", "You have been switched off yourself: nothing was changed"}

// stillOn asks whether nothing of the maker is off.
func (m maker) stillOn(ctx context.Context, tx *sql.Tx) error {
	for _, t := range m.things() {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM auth_off WHERE kind = $1 AND what = $2`, string(t.kind), t.what).Scan(&n); err != nil {
			return fmt.Errorf("switching off: %w", err)
		}
		if n > 0 {
			return errMakerOff
		}
	}
	return nil
}

// eventOf says in its Reason which way it went.
func eventOf(ctx context.Context, decision string, t thing, reason string, off bool) audit.Event {
	e := auth.EventOf(ctx, audit.ActionAccess, decision)
	e.Target = string(t.kind) + ":" + t.what
	e.Reason = "switch on: " + reason
	if off {
		e.Reason = "switch off: " + reason
	}
	return e
}
