package review

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/audit"
)

// write puts the round's findings into the database.
func (f *findings) write(ctx context.Context, tx *sql.Tx) error {
	for _, one := range f.order {
		if err := one.write(ctx, tx); err != nil {
			return err
		}
	}
	return f.custom.write(ctx, tx)
}

func (one *finding) write(ctx context.Context, tx *sql.Tx) error {
	i := &one.item
	switch {
	case one.known && one.most:
		_, err := tx.ExecContext(ctx, `UPDATE review_item SET events = $1 WHERE unique_key = $2 AND events < $1`, i.Events, one.key)
		return err
	case one.known:
		_, err := tx.ExecContext(ctx, `UPDATE review_item SET events = events + $1 WHERE unique_key = $2`, i.Events, one.key)
		return err
	}
	who, err := encodeActor(i.Actor)
	if err != nil {
		return err
	}
	if err := insert(ctx, tx, `INSERT INTO review_item (id, unique_key, kind, patient, issuer, subject, actor, reason, seq, events, opened,
			state, steps, reviewer_issuer, reviewer_subject, reviewer, outcome, note, closed, alert_due) VALUES `, ``, [][]any{{
		i.ID, one.key, string(i.Kind), i.Patient, storable(i.Actor.Issuer), i.Actor.Subject, who, i.Reason, i.Seq, i.Events, i.Opened.UnixMicro(),
		string(StateNew), int64(0), "", "", "", "", "", int64(0), one.due,
	}}); err != nil {
		return err
	}
	rows := make([][]any, 0, len(i.Organisations))
	for _, o := range i.Organisations {
		rows = append(rows, []any{o, i.ID})
	}
	return insert(ctx, tx, `INSERT INTO review_scope (organisation, item) VALUES `, ``, rows)
}

// write keeps who was opened last and the busiest hours, and forgets what no longer
// counts.
func (c *custom) write(ctx context.Context, tx *sql.Tx) error {
	if len(c.actors) == 0 {
		return nil
	}
	var last, hours [][]any
	for actor, o := range c.actors {
		for patient, p := range o.last {
			if p.changed {
				last = append(last, []any{actor, patient, p.at, p.seq})
			}
		}
		for hour, n := range o.hours {
			hours = append(hours, []any{actor, hour, n})
		}
	}
	if err := insert(ctx, tx, `INSERT INTO review_opening (actor, patient, at, seq) VALUES `,
		` ON CONFLICT (actor, patient) DO UPDATE SET at = excluded.at, seq = excluded.seq`, last); err != nil {
		return err
	}
	if err := insert(ctx, tx, `INSERT INTO review_hour (actor, hour, patients) VALUES `,
		` ON CONFLICT (actor, hour) DO UPDATE SET patients = CASE WHEN excluded.patients > review_hour.patients THEN excluded.patients ELSE review_hour.patients END`,
		hours); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM review_opening WHERE at <= $1`, c.since()); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM review_hour WHERE hour < $1`,
		c.oldest.AddDate(0, 0, -customDays-2).UnixMicro()/time.Hour.Microseconds())
	return err
}

// insert writes rows, fifty to a statement.
func insert(ctx context.Context, tx *sql.Tx, into, after string, rows [][]any) error {
	for len(rows) > 0 {
		n := min(50, len(rows))
		var b strings.Builder
		b.WriteString(into)
		var args []any
		for i, r := range rows[:n] {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString("(" + list(len(args), len(r)) + ")")
			args = append(args, r...)
		}
		b.WriteString(after)
		if _, err := tx.ExecContext(ctx, b.String(), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// encodeActor writes an actor but for issuer and subject, which have columns.
func encodeActor(a audit.Actor) (string, error) {
	a.Issuer = ""
	b, err := json.Marshal(a)
	return string(b), err
}

// decodeActor reads what encodeActor wrote; "" is nobody.
func decodeActor(text, issuer, subject string) (a audit.Actor, err error) {
	if text != "" {
		err = json.Unmarshal([]byte(text), &a)
	}
	a.Issuer, a.Subject = issuer, subject
	return a, err
}
