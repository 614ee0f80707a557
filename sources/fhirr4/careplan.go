package fhirr4

import (
	"slices"

	"github.com/patchworkcare/patchwork/record"
)

// carePlan maps CarePlan. R4 §9.5; PRSB CIS: Care and support plan, Contingency plan. One
// whose category says that it is about emergencies or the end of life (ReSPECT, advance
// care plan) stands under that heading instead: policy decides it as what it is.
func (r *reader) carePlan() {
	p := &record.CarePlan{}
	var author link
	var goals []link
	var who []link
	var description string
	d := directive{}
	for r.Next() {
		switch string(r.Name()) {
		case "status":
			p.Status = r.string()
		case "title":
			p.Title = r.string()
		case "description":
			description = r.string()
		case "category":
			p.Code = r.category(&d)
		case "period":
			p.Period = r.period()
		case "created":
			p.Recorded = r.date()
		case "author":
			author = r.link()
		case "contributor":
			if l := r.firstLink(); author == (link{}) {
				author = l
			}
		case "careTeam":
			p.CareTeam = r.carers()
		case "addresses":
			p.Concerns = r.concerns()
		case "goal":
			goals = r.links()
		case "activity":
			p.Activities, who = r.activities()
		case "supportingInfo":
			d.original = r.firstLink().display
		default:
			r.common(&p.Base)
		}
	}
	if p.Status == enteredInError {
		return
	}
	p.Note = lines(description, p.Note)
	p.Date = or(p.Period.Start, p.Recorded)
	r.actor(&p.Author, author)
	for i := range p.Activities {
		r.actor(&p.Activities[i].Who, who[i])
	}
	if d.known {
		r.planned(p, d)
		return
	}
	r.emit(record.CarePlans, p)
	r.goals(p, goals)
	r.later = append(r.later, func() { r.nameless(p) })
}

// nameless drops what a plan refers to and nobody named or sent, and says that it is
// missing.
func (r *reader) nameless(p *record.CarePlan) {
	all := len(p.Concerns) + len(p.CareTeam) + len(p.Goals)
	p.Concerns = slices.DeleteFunc(p.Concerns, record.Concept.IsZero)
	p.CareTeam = slices.DeleteFunc(p.CareTeam, record.Actor.IsZero)
	p.Goals = slices.DeleteFunc(p.Goals, func(g record.PlanGoal) bool { return g.Description.IsZero() })
	if len(p.Concerns)+len(p.CareTeam)+len(p.Goals) < all {
		r.marks = append(r.marks, mark{record.CarePlans, p.Subject, missingPart})
	}
}

// goals gives the plan its goals, once what came along is known.
func (r *reader) goals(p *record.CarePlan, goals []link) {
	if len(goals) == 0 {
		return
	}
	p.Goals = make([]record.PlanGoal, len(goals))
	for i, l := range goals {
		g := &p.Goals[i]
		g.Description.Text = l.display
		r.later = append(r.later, func() {
			if in := r.known[l.reference]; in != nil {
				g.Status, g.Due = in.state, in.due
				if !in.concept.IsZero() {
					g.Description = in.concept
				}
			}
		})
	}
}

// concerns takes the Conditions that a plan addresses.
func (r *reader) concerns() []record.Concept {
	all := r.links()
	concerns := make([]record.Concept, len(all))
	for i, l := range all {
		r.coded(&concerns[i], l)
	}
	return concerns
}

// carers takes references to CareTeams, which are named and not taken apart: their
// members are professional contacts.
func (r *reader) carers() []record.Actor {
	all := r.links()
	team := make([]record.Actor, len(all))
	for i, l := range all {
		r.place(&team[i].Name, l)
	}
	return team
}

// activities takes CarePlan.activity, and whom each falls to.
func (r *reader) activities() (all []record.PlanActivity, who []link) {
	for range r.each() {
		var a record.PlanActivity
		var by link
		if !r.Object() {
			continue
		}
		for r.Next() {
			switch string(r.Name()) {
			case "detail":
				by = r.activity(&a)
			case "reference":
				if l := r.link(); a.What.IsZero() {
					a.What.Text = l.display
				}
			}
		}
		all, who = append(all, a), append(who, by)
	}
	return all, who
}

func (r *reader) activity(a *record.PlanActivity) (by link) {
	if !r.Object() {
		return by
	}
	for r.Next() {
		switch string(r.Name()) {
		case "code":
			a.What = r.concept()
		case "description":
			a.Detail = r.string()
		case "status":
			a.Status = r.string()
		case "doNotPerform":
			a.DoNotPerform = r.Bool()
		case "performer":
			by = r.firstLink()
		}
	}
	return by
}

// due takes Goal.target and returns the first date by which it is due.
func (r *reader) due() (due record.Date) {
	for range r.each() {
		if !r.Object() {
			continue
		}
		for r.Next() {
			if string(r.Name()) == "dueDate" {
				due = or(due, r.date())
			}
		}
	}
	return due
}
