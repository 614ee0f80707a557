package resolvers

import (
	"context"
	"time"

	"github.com/patchworkcare/patchwork/graph/model"
)

// usualDays and mostDays are how many days of usage are told.
const usualDays, mostDays = 28, 366

func daysOf(ctx context.Context, days *int) (int, error) {
	switch {
	case days == nil:
		return usualDays, nil
	case *days < 1 || *days > mostDays:
		return 0, refuse(ctx, CodeBadInput, "`days` is from 1 to 366")
	}
	return *days, nil
}

func (r *Resolver) usage(ctx context.Context, days *int) ([]*model.UsageRow, error) {
	n, err := daysOf(ctx, days)
	if err != nil {
		return nil, err
	}
	rows, err := r.Usage.Rows(ctx, n)
	if err != nil {
		return nil, err
	}
	requestFrom(ctx).trail.looked("", "usage")
	list := make([]*model.UsageRow, len(rows))
	for i, row := range rows {
		list[i] = &model.UsageRow{Day: row.Day, Organisation: orNil(row.Organisation), OrganisationName: orNil(row.OrganisationName),
			Role: row.Role, Door: model.UsageDoor(row.Door), Users: row.Users, Opened: row.Opened, Searches: row.Searches}
	}
	return list, nil
}

func (r *Resolver) firstPaints(ctx context.Context, days *int) ([]*model.FirstPaint, error) {
	n, err := daysOf(ctx, days)
	if err != nil {
		return nil, err
	}
	waits, err := r.Usage.Paints(ctx, n)
	if err != nil {
		return nil, err
	}
	list := make([]*model.FirstPaint, len(waits))
	for i, w := range waits {
		list[i] = &model.FirstPaint{Organisation: orNil(w.Organisation), Count: w.Count, P50Milliseconds: w.P50, P75Milliseconds: w.P75, P95Milliseconds: w.P95}
		if w.Door != "" {
			list[i].Door = ptr(model.UsageDoor(w.Door))
		}
	}
	return list, nil
}

// tellFirstPaint counts how long somebody waited. It writes nothing of anybody, and no event.
func (r *Resolver) tellFirstPaint(ctx context.Context, milliseconds int) *bool {
	took := time.Duration(0)
	if milliseconds > 0 && milliseconds <= int(time.Hour/time.Millisecond) { // more would run over
		took = time.Duration(milliseconds) * time.Millisecond
	}
	return ptr(r.Usage.Paint(requestFrom(ctx).session, took))
}
