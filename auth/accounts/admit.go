package accounts

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/patchworkcare/patchwork/auth"
)

// Admit makes the account of who has just signed in by a login, or brings it up to date.
// Issuer and subject are the account, and nothing else: two people of one name or e-mail
// address are two (assurance.md §7). It gives the account with the positions that are not
// switched off; a *auth.Refusal with auth.RefusedOff if none is left, or the user or the login
// is switched off, and then nothing is written.
//
// Of login LocalLogin nothing is written: Patchwork's own accounts stand in their own table.
func (a *Accounts) Admit(ctx context.Context, login string, who auth.Identity) (Account, error) {
	open, err := a.Welcome(ctx, login, who)
	if err != nil {
		return Account{}, err
	}
	now := a.now().UTC().Truncate(time.Microsecond)
	account := Account{
		Issuer: who.Issuer, Subject: who.Subject, Login: login, Name: who.Name, Identifiers: who.Identifiers,
		Positions: open, Created: now, SignedIn: now,
	}
	if login == LocalLogin {
		account.ID, account.Created, account.SignedIn = localID(who.Subject), time.Time{}, time.Time{}
		return account, nil
	}
	return a.keep(ctx, account, who.Positions)
}

// Welcome is Admit without keeping anything: the positions that are not switched off.
func (a *Accounts) Welcome(ctx context.Context, login string, who auth.Identity) ([]auth.Position, error) {
	if refusal := acceptable(login, who); refusal != nil {
		return nil, refusal
	}
	off, err := a.offOf(ctx, who)
	if err != nil {
		return nil, err
	}
	return off.judge(login, who)
}

// keep writes the account in one statement, so that of many at once one makes it and the
// others find it. All positions are kept: what is switched off may be switched on again.
func (a *Accounts) keep(ctx context.Context, account Account, all []auth.Position) (Account, error) {
	positions, err := encodePositions(all)
	if err != nil {
		return Account{}, err
	}
	identifiers := ""
	if len(account.Identifiers) > 0 {
		if identifiers, err = encode(account.Identifiers); err != nil {
			return Account{}, err
		}
	}
	var created int64
	err = a.write.QueryRowContext(ctx, `INSERT INTO auth_account (id, issuer, subject, login, name, identifiers, positions, created, signed_in)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (issuer, subject) DO UPDATE SET login = excluded.login, name = excluded.name,
			identifiers = excluded.identifiers, positions = excluded.positions, signed_in = excluded.signed_in
		RETURNING id, created`,
		strings.ToLower(rand.Text()), account.Issuer, account.Subject, account.Login, account.Name, identifiers, positions,
		account.Created.UnixMicro(), account.SignedIn.UnixMicro()).Scan(&account.ID, &created)
	if err != nil {
		return Account{}, fmt.Errorf("keeping an account: %w", err)
	}
	account.Created = time.UnixMicro(created).UTC()
	return account, nil
}

// acceptable refuses what could be taken for somebody else: the key of a switched-off user
// is the issuer, a space and the subject, and the issuer of Patchwork's own accounts is not
// for a provider to claim.
func acceptable(login string, who auth.Identity) error {
	switch {
	case who.Issuer == "" || !storable(who.Issuer) || strings.ContainsFunc(who.Issuer, unicode.IsSpace):
		return auth.Refuse(auth.RefusedInvalid, "the issuer is empty, too long, or has spaces or control characters")
	case !auth.GoodSubject(who.Subject):
		return auth.Refuse(auth.RefusedInvalid, "the subject is empty, too long or not printable")
	case (login == LocalLogin) != (who.Issuer == LocalLogin):
		return auth.Refuse(auth.RefusedInvalid, "the issuer is that of Patchwork's own accounts, or the login is, but not both")
	}
	return nil
}

// localID is the id of Patchwork's own account.
func localID(subject string) string { return "local:" + subject }
