package resolvers

import (
	"context"
	"time"

	"github.com/patchworkcare/patchwork/graph/model"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/views"
)

// classApproves is the class of approving views.
const classApproves = "views:approve"

// mostRows is how many rows of a run one answer gives.
const mostRows = 1000

func (r *Resolver) viewList(ctx context.Context) ([]*model.View, error) {
	q := requestFrom(ctx)
	list, err := r.Views.List(ctx, false)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	q.trail.looked("", "views")
	return r.viewsOf(q, list), nil
}

func (r *Resolver) viewsToApprove(ctx context.Context) ([]*model.View, error) {
	q := requestFrom(ctx)
	list, err := r.Views.List(ctx, true)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	q.trail.looked("", "views")
	return r.viewsOf(q, list), nil
}

func (r *Resolver) viewByID(ctx context.Context, id string, version *int) (*model.View, error) {
	q := requestFrom(ctx)
	number := int64(0)
	if version != nil {
		number = int64(*version)
	}
	v, err := r.Views.Get(ctx, id, number)
	if err == nil && !r.Views.Sees(v, q.session, q.may(actionOf(classApproves), classApproves, nil).Allowed()) {
		err = views.ErrNotFound
	}
	return r.viewed(ctx, v, err)
}

// viewed shows what the room gave, after a reading or a change.
func (r *Resolver) viewed(ctx context.Context, v *views.View, err error) (*model.View, error) {
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	q := requestFrom(ctx)
	q.trail.looked("", "view:"+v.ID)
	return r.viewOf(q, v), nil
}

// viewFields are what columns can show, by section.
func (r *Resolver) viewFields() []*model.ViewSection {
	titles := map[string]string{views.Patient: "The person"}
	for _, h := range record.Headings() {
		titles[h.Name] = h.Title
	}
	var out []*model.ViewSection
	for _, f := range r.Views.Fields {
		if len(out) == 0 || out[len(out)-1].Section != f.Section {
			out = append(out, &model.ViewSection{Section: f.Section, Title: titles[f.Section]})
		}
		last := out[len(out)-1]
		last.Fields = append(last.Fields, &model.ViewField{Path: f.Path, Kind: f.Kind, Many: f.Many, Description: orNil(f.Description),
			Secondary: r.Views.Governance != nil && (f.Coordinate == "Patient.id" || r.Views.Governance.Allows(f.Coordinate))})
	}
	return out
}

// viewCohorts are the lists that the caller can run views over. An analyst keeps no lists and
// sees nobody on them: they see what those are called that were shared with them.
func (r *Resolver) viewCohorts(ctx context.Context) ([]*model.ViewCohort, error) {
	q := requestFrom(ctx)
	found, err := r.Lists.Of(ctx, q.keeper(), false)
	if err != nil {
		return nil, listRefusal(ctx, err)
	}
	q.trail.told(actionLists, "", "lists")
	out := make([]*model.ViewCohort, len(found))
	for i := range found {
		l := r.listOf(q, &found[i])
		out[i] = &model.ViewCohort{List: l.ID, Title: l.Title, Owner: l.Owner.Name, Team: l.Roster != nil}
	}
	return out, nil
}

func (r *Resolver) decideView(ctx context.Context, id string, version int, approved bool, until *record.Date, reason string) (*model.View, error) {
	var end time.Time
	if until != nil {
		day, err := time.ParseInLocation(time.DateOnly, string(*until), r.Zone)
		if err != nil {
			return nil, refuse(ctx, CodeBadInput, "`until` is a whole day, such as 2027-03-31")
		}
		end = day.AddDate(0, 0, 1) // the day itself still counts
	}
	v, err := r.Views.Decide(ctx, id, int64(version), approved, end, reason)
	return r.viewed(ctx, v, err)
}

// runView begins a run and waits a little for it to end.
func (r *Resolver) runView(ctx context.Context, id string, version *int, list *string, search *model.ViewSearchInput, wait *int) (*model.ViewRun, error) {
	number := int64(0)
	if version != nil {
		number = int64(*version)
	}
	var run *views.Run
	var err error
	switch {
	case (list == nil) == (search == nil):
		return nil, refuse(ctx, CodeBadInput, "Give either a `list` or a `search`")
	case list != nil:
		run, err = r.Views.Start(ctx, id, number, *list)
	default:
		run, err = r.runViewOverSearch(ctx, id, number, *search)
	}
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	return r.awaited(ctx, run, wait)
}

// awaited waits a little for a run to end, and gives it as it is then.
func (r *Resolver) awaited(ctx context.Context, run *views.Run, wait *int) (*model.ViewRun, error) {
	waiting, cancel := context.WithDeadline(ctx, r.waitFor(ctx, wait))
	defer cancel()
	r.Views.Await(waiting, run.ID)
	return r.viewRun(ctx, run.ID)
}

func (r *Resolver) viewRun(ctx context.Context, id string) (*model.ViewRun, error) {
	run, err := r.Views.Run(ctx, id)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	requestFrom(ctx).trail.looked("", "view-run:"+run.ID)
	return runOf(run), nil
}

func (r *Resolver) viewRuns(ctx context.Context, view *string) ([]*model.ViewRun, error) {
	found, err := r.Views.Runs(ctx, deref(view))
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	requestFrom(ctx).trail.looked("", "view-runs")
	out := make([]*model.ViewRun, len(found))
	for i, run := range found {
		out[i] = runOf(run)
	}
	return out, nil
}

func (r *Resolver) cancelViewRun(ctx context.Context, id string) (*model.ViewRun, error) {
	run, err := r.Views.Cancel(ctx, id)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	return runOf(run), nil
}

// viewPage gives rows of a run of the caller.
func (r *Resolver) viewPage(ctx context.Context, id string, offset, first int) ([]*model.ViewRow, error) {
	if offset < 0 || first < 1 || first > mostRows {
		return nil, refuse(ctx, CodeBadInput, "`first` must be from 1 to 1,000 and `offset` not below 0")
	}
	run, err := r.Views.Run(ctx, id)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	rows, err := r.Views.Page(ctx, run, offset, first)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	out := make([]*model.ViewRow, len(rows))
	for i, cells := range rows {
		out[i] = &model.ViewRow{Cells: make([]*string, len(cells))}
		for j, c := range cells {
			out[i].Cells[j] = cellText(c)
		}
	}
	return out, nil
}

func (r *Resolver) viewCounts(ctx context.Context, id string, by []string) ([]*model.ViewCount, error) {
	run, err := r.Views.Run(ctx, id)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	cells, err := r.Views.Counts(ctx, run, by)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	out := make([]*model.ViewCount, len(cells))
	for i, c := range cells {
		out[i] = &model.ViewCount{Total: []string{}}
		for j, v := range c.Values {
			out[i].Values = append(out[i].Values, orNil(v))
			if c.Totals[j] {
				out[i].Total = append(out[i].Total, by[j])
			}
		}
		if !c.Suppressed {
			n := int(c.People)
			out[i].People = &n
		}
	}
	return out, nil
}

// exportViewRun gives the address of a file.
func (r *Resolver) exportViewRun(ctx context.Context, id string, format model.ViewFormat) (*model.ViewExport, error) {
	run, err := r.Views.Run(ctx, id)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	form := views.FormOf(string(format))
	ticket, err := r.Views.Ticket(ctx, run, form.Name)
	if err != nil {
		return nil, viewRefusal(ctx, err)
	}
	return &model.ViewExport{URL: "/views/files/" + ticket, Filename: views.FileName(run, form)}, nil
}
