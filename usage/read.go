package usage

import (
	"context"
	"fmt"
	"time"
)

// Row is how much the record was used on one day, in one role of one organisation, through one door.
type Row struct {
	Day                            string
	Organisation, OrganisationName string
	Role                           string
	Door                           Door
	Users, Opened, Searches        int
}

// Rows gives those of so many days back, newest day first.
func (c *Counter) Rows(ctx context.Context, days int) ([]Row, error) {
	rows, err := c.read.QueryContext(ctx, `SELECT d.day, d.organisation, d.organisation_name, d.role, d.door, d.opened, d.searches,
			(SELECT COUNT(*) FROM usage_user u WHERE u.day = d.day AND u.organisation = d.organisation AND u.role = d.role AND u.door = d.door)
		FROM usage_day d WHERE d.day > $1 ORDER BY d.day DESC, d.organisation, d.role, d.door`, c.before(days))
	if err != nil {
		return nil, fmt.Errorf("reading usage: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Row
	for rows.Next() {
		var r Row
		if err := rows.Scan(&r.Day, &r.Organisation, &r.OrganisationName, &r.Role, &r.Door, &r.Opened, &r.Searches, &r.Users); err != nil {
			return nil, fmt.Errorf("reading usage: %w", err)
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading usage: %w", err)
	}
	return list, nil
}

// before is the day before the first of so many days, of which today is the last.
func (c *Counter) before(days int) string {
	return c.now().In(c.Zone).AddDate(0, 0, -days).Format(time.DateOnly)
}
