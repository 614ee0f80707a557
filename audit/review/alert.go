package review

import (
	"context"
	"time"
)

// alertWithin is how long the server that made an item has to alert about it; after
// that another one, or itself restarted, takes the alert over.
const alertWithin = 30 * time.Second

// alert tells about the broken glass among the items that this server has just made.
func (q *Queue) alert(ctx context.Context, fresh []*finding) error {
	for _, one := range fresh {
		if one.due == 0 {
			continue
		}
		q.Alert(one.item)
		if err := q.alerted(ctx, one.item.ID); err != nil {
			return err
		}
	}
	return nil
}

// overdueAlerts takes over what a killed server left. Taking moves the time on, so that
// of two servers one gets it.
func (q *Queue) overdueAlerts(ctx context.Context) error {
	if q.Alert == nil {
		return nil
	}
	now := q.now()
	due := map[string]int64{}
	err := each(ctx, q.read, `SELECT id, alert_due FROM review_item WHERE alert_due > 0 AND alert_due <= $1`, []any{now.UnixMicro()}, func(scan scanner) error {
		var id string
		var at int64
		err := scan(&id, &at)
		due[id] = at
		return err
	})
	if err != nil {
		return err
	}
	for id, at := range due {
		taken, err := changed(q.write.ExecContext(ctx, `UPDATE review_item SET alert_due = $1 WHERE id = $2 AND alert_due = $3`,
			now.Add(alertWithin).UnixMicro(), id, at))
		if err != nil {
			return err
		}
		if !taken {
			continue
		}
		item, err := q.Item(ctx, id)
		if err != nil {
			return err
		}
		q.Alert(item)
		if err := q.alerted(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (q *Queue) alerted(ctx context.Context, id string) error {
	_, err := q.write.ExecContext(ctx, `UPDATE review_item SET alert_due = 0 WHERE id = $1`, id)
	return err
}
