package usage

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Flush writes what was counted. What cannot be written stays for the next time.
func (c *Counter) Flush(ctx context.Context) error {
	now := c.now()
	c.mu.Lock()
	days, paints := c.days, c.paints
	c.days, c.paints = map[place]*counts{}, map[paint]int{}
	for key, at := range c.looks {
		if now.Sub(at) >= sameLook {
			delete(c.looks, key)
		}
	}
	c.mu.Unlock()
	if len(days)+len(paints) == 0 {
		return nil
	}
	if err := c.writeAll(ctx, days, paints, now.Add(-keptFor).In(c.Zone).Format(time.DateOnly)); err != nil {
		c.giveBack(days, paints)
		return fmt.Errorf("counting usage: %w", err)
	}
	return nil
}

func (c *Counter) writeAll(ctx context.Context, days map[place]*counts, paints map[paint]int, oldest string) error {
	tx, err := c.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for p, n := range days {
		if err := n.write(ctx, tx, p); err != nil {
			return err
		}
	}
	for p, n := range paints {
		if _, err := tx.ExecContext(ctx, `INSERT INTO usage_paint (day, organisation, door, within, records) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (day, organisation, door, within) DO UPDATE SET records = usage_paint.records + excluded.records`,
			p.day, p.organisation, string(p.door), p.within, n); err != nil {
			return err
		}
	}
	for _, table := range []string{"usage_day", "usage_user", "usage_paint"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE day < $1`, oldest); err != nil { // #nosec G202 -- of the three above
			return err
		}
	}
	return tx.Commit()
}

func (n *counts) write(ctx context.Context, tx *sql.Tx, p place) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO usage_day (day, organisation, role, door, organisation_name, opened, searches) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (day, organisation, role, door) DO UPDATE SET organisation_name = excluded.organisation_name,
			opened = usage_day.opened + excluded.opened, searches = usage_day.searches + excluded.searches`,
		p.day, p.organisation, p.role, string(p.door), n.name, n.opened, n.searches); err != nil {
		return err
	}
	for who := range n.users {
		if _, err := tx.ExecContext(ctx, `INSERT INTO usage_user (day, organisation, role, door, who) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
			p.day, p.organisation, p.role, string(p.door), who); err != nil {
			return err
		}
	}
	return nil
}

// giveBack puts counts back that could not be written.
func (c *Counter) giveBack(days map[place]*counts, paints map[paint]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for p, n := range days {
		now := c.days[p]
		if now == nil {
			c.days[p] = n
			continue
		}
		now.opened, now.searches = now.opened+n.opened, now.searches+n.searches
		for who := range n.users {
			now.users[who] = true
		}
	}
	for p, n := range paints {
		c.paints[p] += n
	}
}
