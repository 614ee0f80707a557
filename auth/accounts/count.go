package accounts

import (
	"context"
	"fmt"

	"github.com/patchworkcare/patchwork/auth"
)

// Counts is how many accounts there are of each; somebody with two positions of an
// organisation counts once there.
type Counts struct {
	// Organisations is by ODS code, Names what the accounts call them.
	Organisations map[string]int
	Names         map[string]string
	Roles         map[auth.Role]int
	Logins        map[string]int
}

// Count counts the accounts, Patchwork's own among them, switched off or not.
func (a *Accounts) Count(ctx context.Context) (Counts, error) {
	c := Counts{Organisations: map[string]int{}, Names: map[string]string{}, Roles: map[auth.Role]int{}, Logins: map[string]int{}}
	rows, err := a.read.QueryContext(ctx, everybody+`SELECT login, positions, role, ods, organisation_name, care_setting, COUNT(*)
		FROM everybody GROUP BY login, positions, role, ods, organisation_name, care_setting`)
	if err != nil {
		return c, fmt.Errorf("counting accounts: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var login, stored string
		var own ownPosition
		var n int
		if err := rows.Scan(&login, &stored, &own.role, &own.ods, &own.name, &own.careSetting, &n); err != nil {
			return c, fmt.Errorf("counting accounts: %w", err)
		}
		positions, err := own.or(stored)
		if err != nil {
			return c, fmt.Errorf("counting accounts: %w", err)
		}
		c.Logins[login] += n
		c.add(positions, n)
	}
	if err := rows.Err(); err != nil {
		return c, fmt.Errorf("counting accounts: %w", err)
	}
	return c, nil
}

// add counts n people of these positions.
func (c Counts) add(positions []auth.Position, n int) {
	roles, organisations := map[auth.Role]bool{}, map[string]bool{}
	for _, p := range positions {
		if !roles[p.Role] {
			roles[p.Role] = true
			c.Roles[p.Role] += n
		}
		if ods := p.Organisation.ODS; !organisations[ods] {
			organisations[ods] = true
			c.Organisations[ods] += n
			c.Names[ods] = p.Organisation.Name
		}
	}
}
