package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
)

// LocalLogin is the login of the accounts that Patchwork itself keeps, and their issuer.
const LocalLogin = "local"

// Refusals, each one plain sentence for the user.
var (
	// ErrNobody: nobody is signed in.
	ErrNobody = errors.New("you are not signed in")
	// ErrNotFound: there is no account of this id.
	ErrNotFound = errors.New("there is no account of this id")
)

// Account is somebody who signed in by a provider, as the login's mapping understood them
// the last time; or an account that Patchwork itself keeps.
type Account struct {
	// ID is opaque, and stays.
	ID string
	// Issuer and Subject are the user; Login is the id of the login they last came by.
	Issuer, Subject, Login string
	// Name is what to show.
	Name string
	// Identifiers are professional ones by kind, as auth.Identity has them; nil for none.
	Identifiers map[string]string
	// Positions are those they may take. Admit leaves out what is switched off; List and
	// Find give all.
	Positions []auth.Position
	// Created is when they first came, SignedIn when they last did, UTC; SignedIn is zero
	// for Patchwork's own accounts, which do not keep it.
	Created, SignedIn time.Time
	// Disabled: the operator has disabled Patchwork's own account (`patchwork user`).
	Disabled bool
	// Off is what an administrator has switched off by itself; nil if they have not. Its
	// role, organisation or login may be off besides.
	Off *Off
}

// Accounts keeps who signed in, and what is switched off. Nothing is remembered between
// calls: what one server switches off is off on every server at once. Safe for concurrent
// use.
//
// It does not ask whether the user may do what they do: policy decides before.
type Accounts struct {
	write, read *sql.DB
	// lock is what a transaction begins with, so that no other changes auth_off beside it;
	// "" where a transaction has the whole database to itself.
	lock   string
	ledger *audit.Ledger
	now    func() time.Time
}

// New keeps accounts in the database and audits every switch in the ledger; now is the
// clock.
func New(write, read *bun.DB, ledger *audit.Ledger, now func() time.Time) *Accounts {
	a := &Accounts{write: write.DB, read: read.DB, ledger: ledger, now: now}
	if write.Dialect().Name() == dialect.PG {
		a.lock = `LOCK TABLE auth_off IN SHARE ROW EXCLUSIVE MODE`
	}
	return a
}

// Find gives the account of an id, or ErrNotFound.
func (a *Accounts) Find(ctx context.Context, id string) (Account, error) {
	if !storable(id) {
		return Account{}, ErrNotFound
	}
	return a.one(ctx, `WHERE a.id = $1`, id)
}

// Of gives the account of a user, or ErrNotFound.
func (a *Accounts) Of(ctx context.Context, issuer, subject string) (Account, error) {
	if !storable(issuer) || !storable(subject) {
		return Account{}, ErrNotFound
	}
	return a.one(ctx, `WHERE a.issuer = $1 AND a.subject = $2`, issuer, subject)
}

func (a *Accounts) one(ctx context.Context, where string, args ...any) (Account, error) {
	found, err := a.query(ctx, where, args...)
	switch {
	case err != nil:
		return Account{}, err
	case len(found) == 0:
		return Account{}, ErrNotFound
	}
	return found[0], nil
}

// everybody is both kinds of accounts as one table. An account of Patchwork's own has one
// position, which stands in columns, and its id is its key.
const everybody = `WITH everybody AS (
	SELECT id, issuer, subject, login, name, identifiers, positions,
		'' AS role, '' AS ods, '' AS organisation_name, '' AS care_setting, created, signed_in, FALSE AS disabled
	FROM auth_account
	UNION ALL
	SELECT 'local:' || name_key, 'local', name_key, 'local', name, '', '',
		role, organisation, organisation_name, care_setting, created, 0, disabled
	FROM auth_local_user)
`

// query reads accounts with what is switched off of them; where may speak of a (everybody)
// and o (auth_off).
func (a *Accounts) query(ctx context.Context, where string, args ...any) (out []Account, err error) {
	rows, err := a.read.QueryContext(ctx, everybody+`SELECT a.id, a.issuer, a.subject, a.login, a.name, a.identifiers, a.positions,
		a.role, a.ods, a.organisation_name, a.care_setting, a.created, a.signed_in, a.disabled, o.at, o.maker, o.reason
		FROM everybody a LEFT JOIN auth_off o ON o.kind = 'user' AND o.what = a.issuer || ' ' || a.subject `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading accounts: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		account, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("reading accounts: %w", err)
		}
		out = append(out, account)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading accounts: %w", err)
	}
	return out, nil
}

// scan reads one row of query.
func scan(rows *sql.Rows) (Account, error) {
	var a Account
	var own ownPosition
	var identifiers, positions string
	var created, signedIn int64
	var offAt sql.NullInt64
	var maker, reason sql.NullString
	if err := rows.Scan(&a.ID, &a.Issuer, &a.Subject, &a.Login, &a.Name, &identifiers, &positions,
		&own.role, &own.ods, &own.name, &own.careSetting, &created, &signedIn, &a.Disabled, &offAt, &maker, &reason); err != nil {
		return a, err
	}
	var err error
	if a.Identifiers, err = decodeIdentifiers(identifiers); err != nil {
		return a, err
	}
	if a.Positions, err = own.or(positions); err != nil {
		return a, err
	}
	a.Created = time.UnixMicro(created).UTC()
	if signedIn != 0 {
		a.SignedIn = time.UnixMicro(signedIn).UTC()
	}
	if offAt.Valid {
		a.Off = &Off{Kind: User, What: userKey(a.Issuer, a.Subject), At: time.UnixMicro(offAt.Int64).UTC(), Maker: maker.String, Reason: reason.String}
	}
	return a, nil
}
