package local

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/lockout"
	"github.com/patchworkcare/patchwork/record"
)

// Issuer is the issuer of sessions of local accounts.
const Issuer = "local"

// ErrUnknown: there is no account of this name.
var ErrUnknown = errors.New("there is no account of this name")

// ErrExists: there is an account of this name already, in this or another spelling.
var ErrExists = errors.New("there is an account of this name already")

// User is one account, without its password.
type User struct {
	// Username is as it was added; signing in folds case and leaves out spaces.
	Username string
	// Name is what to show and to audit.
	Name         string
	Organisation record.Organisation
	Role         auth.Role
	CareSetting  string
}

// Users is the store of accounts. Safe for concurrent use.
type Users struct {
	// Lockout counts the failures; New makes one of its own over the same database.
	Lockout *lockout.Counter
	// Welcome refuses, with a *auth.Refusal, who has proved who they are and may not come in:
	// an administrator has switched them off. nil lets everybody in. Set it before the Users
	// are shared.
	Welcome func(ctx context.Context, session auth.Session) error
	// HashMemory is what making a hash takes, in KiB; New sets 19 MiB (OWASP). A test that
	// makes accounts by the thousand takes less. Set it before the Users are shared.
	HashMemory uint32

	write, read *sql.DB
	ledger      *audit.Ledger
	now         func() time.Time
	argon       argon
}

// New keeps accounts in the database and audits every attempt in the ledger.
func New(write, read *bun.DB, ledger *audit.Ledger, now func() time.Time) *Users {
	return &Users{
		Lockout: lockout.New(write, read, now),
		write:   write.DB, read: read.DB, ledger: ledger, now: now,
		argon: newArgon(runtime.GOMAXPROCS(0)), HashMemory: defaultMemory,
	}
}

// Bounds of what is accepted.
const (
	minPassword = 8
	maxPassword = 1024 // bytes
	maxUsername = 256  // bytes
)

// Add makes an account. The password has at least 8 characters; ErrExists if the
// name is taken in any spelling.
func (u *Users) Add(ctx context.Context, user User, password string) error {
	key := fold(user.Username)
	switch {
	case key == "" || len(user.Username) > maxUsername:
		return errors.New("an account needs a user name of at most 256 bytes")
	case !user.Role.Valid():
		return fmt.Errorf("there is no role %q", user.Role)
	case utf8.RuneCountInString(password) < minPassword || len(password) > maxPassword:
		return fmt.Errorf("a password needs at least %d characters", minPassword)
	}
	phc, err := u.argon.hash(ctx, password, u.HashMemory)
	if err != nil {
		return err
	}
	done, err := u.write.ExecContext(ctx,
		`INSERT INTO auth_local_user (name_key, username, name, organisation, organisation_name, role, care_setting, password, created)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (name_key) DO NOTHING`,
		key, user.Username, user.Name, user.Organisation.ODS, user.Organisation.Name,
		string(user.Role), user.CareSetting, phc, u.now().UnixMicro())
	if err != nil {
		return fmt.Errorf("adding an account: %w", err)
	}
	if n, err := done.RowsAffected(); err == nil && n == 0 {
		return ErrExists
	}
	return nil
}

// SetDisabled lets an account sign in no more, or again. Its sessions are ended by
// auth.Sessions.EndAll(ctx, Issuer, Subject(username)).
func (u *Users) SetDisabled(ctx context.Context, username string, disabled bool) error {
	if _, err := u.write.ExecContext(ctx, `UPDATE auth_local_user SET disabled = $1 WHERE name_key = $2`, disabled, fold(username)); err != nil {
		return fmt.Errorf("changing an account: %w", err)
	}
	return nil
}

// Subject is the subject of the sessions of an account: its user name, folded.
func Subject(username string) string { return fold(username) }

// account is what stands in the database for a user.
type account struct {
	User
	key  string // the folded name
	phc  string // "" if there is no such account or it is disabled
	totp string // the secret of the second factor, base32; "" for none
}

// find reads the account of a folded name.
func (u *Users) find(ctx context.Context, key string) (account, error) {
	a := account{key: key}
	var role string
	var disabled bool
	err := u.read.QueryRowContext(ctx,
		`SELECT username, name, organisation, organisation_name, role, care_setting, password, disabled, totp FROM auth_local_user WHERE name_key = $1`, key).
		Scan(&a.Username, &a.Name, &a.Organisation.ODS, &a.Organisation.Name, &role, &a.CareSetting, &a.phc, &disabled, &a.totp)
	if errors.Is(err, sql.ErrNoRows) {
		return account{key: key}, nil
	}
	a.Role = auth.Role(role)
	if disabled {
		a.phc = ""
	}
	return a, err
}

// fold makes all spellings of a name one: case, spaces and invisible characters do
// not count. The same folding finds the account and counts its failures, so that a
// spelling that counts apart is another account.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return -1
		}
		return unicode.ToLower(unicode.ToUpper(r))
	}, strings.ToValidUTF8(name, ""))
}
