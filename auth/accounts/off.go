package accounts

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/auth"
)

// Kind is the kind of what can be switched off. The zero Kind is none.
type Kind string

// The kinds.
const (
	User         Kind = "user"
	Role         Kind = "role"
	Organisation Kind = "organisation"
	Login        Kind = "login"
	Client       Kind = "client"
)

// Off is something that an administrator has switched off.
type Off struct {
	Kind Kind
	// What it is: of a user the issuer, a space and the subject; the role; the organisation's
	// ODS code; the id of the login, or of the client.
	What string
	// At is when, UTC.
	At time.Time
	// Maker is who did it, by name; Reason is why.
	Maker, Reason string
}

// User gives issuer and subject of what is of kind User.
func (o Off) User() (issuer, subject string) {
	issuer, subject, _ = strings.Cut(o.What, " ")
	return issuer, subject
}

// userKey is a user as auth_off has one. Issuers have no space.
func userKey(issuer, subject string) string { return issuer + " " + subject }

// Offs gives all that is switched off, newest first.
func (a *Accounts) Offs(ctx context.Context) ([]Off, error) {
	return a.offs(ctx, `ORDER BY at DESC, kind, what`)
}

func (a *Accounts) offs(ctx context.Context, where string, args ...any) (out []Off, err error) {
	rows, err := a.read.QueryContext(ctx, `SELECT kind, what, at, maker, reason FROM auth_off `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading what is switched off: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var o Off
		var at int64
		if err := rows.Scan(&o.Kind, &o.What, &at, &o.Maker, &o.Reason); err != nil {
			return nil, fmt.Errorf("reading what is switched off: %w", err)
		}
		o.At = time.UnixMicro(at).UTC()
		out = append(out, o)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading what is switched off: %w", err)
	}
	return out, nil
}

// thing is one of what can be switched off.
type thing struct {
	kind Kind
	what string
}

// offSet is what is switched off of what concerns somebody.
type offSet map[thing]bool

// offOf asks what is switched off of somebody who signs in. There are few roles,
// organisations and logins, so that all of them are read; of users only this one.
func (a *Accounts) offOf(ctx context.Context, who auth.Identity) (offSet, error) {
	found, err := a.offs(ctx, `WHERE kind <> 'user' OR what = $1`, userKey(who.Issuer, who.Subject))
	if err != nil {
		return nil, err
	}
	off := offSet{}
	for _, o := range found {
		off[thing{o.Kind, o.What}] = true
	}
	return off, nil
}

// judge gives the positions that are left, or the refusal.
func (off offSet) judge(login string, who auth.Identity) ([]auth.Position, error) {
	switch {
	case off[thing{User, userKey(who.Issuer, who.Subject)}]:
		return nil, auth.Refuse(auth.RefusedOff, "the user is switched off")
	case off[thing{Login, login}]:
		return nil, auth.Refuse(auth.RefusedOff, "the login is switched off")
	}
	var open []auth.Position
	for _, p := range who.Positions {
		if !off[thing{Role, string(p.Role)}] && !off[thing{Organisation, p.Organisation.ODS}] {
			open = append(open, p)
		}
	}
	if len(open) == 0 {
		return nil, auth.Refuse(auth.RefusedOff, "the role or the organisation of every position is switched off")
	}
	return open, nil
}
