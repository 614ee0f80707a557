package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/patchworkcare/patchwork/auth"
)

// maker is who switches something.
type maker struct {
	// name is what to show beside it.
	name                string
	user                string // as auth_off has it
	role                auth.Role
	organisation, login string // "" if not known
}

func (a *Accounts) makerOf(ctx context.Context, session *auth.Session) (maker, error) {
	login, err := a.loginOf(ctx, session)
	m := maker{
		name: session.Name, user: userKey(session.Issuer, session.Subject), role: session.Role,
		organisation: session.Organisation.ODS, login: login,
	}
	if m.name == "" {
		m.name = session.Subject
	}
	return m, err
}

// loginOf is the login of the session, or else that by which the user last signed in; "" if
// they have no account.
func (a *Accounts) loginOf(ctx context.Context, session *auth.Session) (login string, err error) {
	switch {
	case session.Login != "":
		return session.Login, nil
	case session.Issuer == LocalLogin:
		return LocalLogin, nil
	}
	err = a.read.QueryRowContext(ctx, `SELECT login FROM auth_account WHERE issuer = $1 AND subject = $2`, session.Issuer, session.Subject).Scan(&login)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("reading accounts: %w", err)
	}
	return login, nil
}

// things are what the maker signs in as: while none of them is off, they can.
func (m maker) things() []thing {
	return []thing{{User, m.user}, {Role, string(m.role)}, {Organisation, m.organisation}, {Login, m.login}}
}

// spare refuses to switch off what would keep the maker, or every administrator, from
// switching it on again.
func (m maker) spare(t thing) error {
	own := map[thing]string{
		{Role, string(auth.RoleAdministrator)}: "Administrators cannot be switched off: nobody could switch them on again",
		{User, m.user}:                         "You cannot switch off yourself: ask another administrator",
		{Role, string(m.role)}:                 "You cannot switch off the role you act in",
		{Organisation, m.organisation}:         "You cannot switch off your own organisation: ask an administrator of another one",
		{Login, m.login}:                       "You cannot switch off the login that you sign in by: sign in another way first",
	}
	if why, ok := own[t]; ok {
		return &InputError{"what", why}
	}
	return nil
}
