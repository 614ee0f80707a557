package resolvers

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/views"
)

// mostNotices is how many notices one answer gives.
const mostNotices = 100

func (r *Resolver) viewSchedules(ctx context.Context) ([]*model.ViewSchedule, error) {
	found, err := r.Views.Schedules(ctx)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	requestFrom(ctx).trail.looked("", "view-schedules")
	out := make([]*model.ViewSchedule, len(found))
	for i, c := range found {
		out[i] = r.scheduleOf(c)
	}
	return out, nil
}

func (r *Resolver) saveViewSchedule(ctx context.Context, id string, in model.ViewScheduleInput) (*model.ViewSchedule, error) {
	day, err := time.ParseInLocation(time.DateOnly, string(in.Until), r.Zone)
	if err != nil {
		return nil, refuse(ctx, CodeBadInput, "`until` is a whole day, such as 2027-03-31")
	}
	c, err := r.Views.SaveSchedule(ctx, id, views.Plan{
		View: in.View, Version: int64(in.Version), List: in.List, Alert: views.Alert(strings.ToLower(string(in.Alert))), Until: day.AddDate(0, 0, 1), // the day itself still counts
		When: views.When{Every: views.Every(strings.ToLower(string(in.Every))), Hour: in.Hour, Day: weekdayOf(in.Day)},
	})
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	requestFrom(ctx).trail.looked("", "view-schedule:"+c.ID)
	return r.scheduleOf(c), nil
}

func (r *Resolver) endViewSchedule(ctx context.Context, id string) (*bool, error) {
	if err := r.Views.EndSchedule(ctx, id); err != nil {
		return nil, viewRefusal(ctx, err)
	}
	done := true
	return &done, nil
}

// runViewScheduleNow begins a run and waits a little for it to end.
func (r *Resolver) runViewScheduleNow(ctx context.Context, id string, wait *int) (*model.ViewRun, error) {
	run, err := r.Views.RunNow(ctx, id)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	return r.awaited(ctx, run, wait)
}

func (r *Resolver) viewNotices(ctx context.Context, first int) (*model.ViewNotices, error) {
	if first < 0 || first > mostNotices {
		return nil, refuse(ctx, CodeBadInput, "`first` must be from 0 to 100")
	}
	found, unread, err := r.Views.Notices(ctx, first)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	requestFrom(ctx).trail.looked("", "view-notices")
	out := &model.ViewNotices{Unread: int(unread), Notices: make([]*model.ViewNotice, len(found))}
	for i, n := range found {
		out.Notices[i] = &model.ViewNotice{ID: n.ID, Schedule: n.Schedule, View: n.View, Title: n.Title, Run: orNil(n.Run), At: timeOrNil(n.At), Problem: orNil(n.Problem),
			New: int(n.New), Changed: int(n.Changed), Read: n.Read}
	}
	return out, nil
}

func (r *Resolver) readViewNotices(ctx context.Context, id, run string) (*model.ViewNotices, error) {
	if err := r.Views.ReadNotices(ctx, id, run); err != nil {
		return nil, viewRefusal(ctx, err)
	}
	return r.viewNotices(ctx, 20)
}

func (r *Resolver) scheduleOf(c *views.Schedule) *model.ViewSchedule {
	out := &model.ViewSchedule{
		ID: c.ID, View: c.View, Version: int(c.Version), Title: c.Title, List: c.List, Every: model.ViewEvery(strings.ToUpper(string(c.Every))), Alert: model.ViewAlert(strings.ToUpper(string(c.Alert))),
		Until: timeOrNil(c.Until), State: model.ViewScheduleStateActive, Problem: orNil(c.Problem), Created: timeOrNil(c.Created),
	}
	switch {
	case c.Over(r.Now()):
		out.State, out.Problem = model.ViewScheduleStateOver, nil
	case c.Paused:
		out.State = model.ViewScheduleStatePaused
	default:
		out.Next = timeOrNil(c.Next)
	}
	if c.Every != views.Hourly {
		out.Hour = &c.Hour
	}
	if c.Every == views.Weekly {
		day := days[(c.Day+6)%7]
		out.Day = &day
	}
	if c.Last != nil {
		out.LastRun = runOf(c.Last)
	}
	return out
}

// days begin with Monday.
var days = []model.ViewDay{
	model.ViewDayMonday, model.ViewDayTuesday, model.ViewDayWednesday, model.ViewDayThursday, model.ViewDayFriday, model.ViewDaySaturday, model.ViewDaySunday,
}

func weekdayOf(day model.ViewDay) time.Weekday {
	return time.Weekday((slices.Index(days, day) + 1) % 7)
}

func differencesOf(d *views.Differences) *model.ViewDifferences {
	if d == nil {
		return nil
	}
	return &model.ViewDifferences{Since: timeOrNil(d.Since), New: int(d.New), Changed: int(d.Changed), Gone: int(d.Gone), Unknown: int(d.Unknown), Came: int(d.Came), Left: int(d.Left)}
}
