package columns

import (
	"cmp"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

func carePlans() layout {
	return layout{
		fields: join(one(
			text("status", "the source's word: draft, active, on-hold, revoked, completed …"), text("title", "its title"),
		), period("when it holds"), one(
			date("review_date", "when it is to be looked at again"),
			text("concern", "the problems that it is about, by ;"),
			text("goal", "what it is to achieve; several by ; or on several rows of one id"),
			text("goal_status", "the goal's own status"), date("goal_due", "by when"),
			text("activity", "what it says to do; several by ; or on several rows of one id"),
			text("activity_status", "the activity's own status"),
			text("activity_who", "who is to do it"), text("care_team", "who carries it out, by ;"),
		)),
		build: func(r *row) record.Entry {
			p := r.period()
			c := &record.CarePlan{Base: r.base(p.Start), Status: r.text("status"), Title: r.text("title"), Period: p, ReviewDate: r.date("review_date")}
			for _, s := range several(r.text("concern")) {
				c.Concerns = append(c.Concerns, record.Text(s))
			}
			for _, s := range several(r.text("care_team")) {
				c.CareTeam = append(c.CareTeam, record.Actor{Name: s})
			}
			r.planned(c)
			return c
		},
		merge: func(e record.Entry, r *row) { r.planned(e.(*record.CarePlan)) },
	}
}

// planned adds the goals and activities of a row.
func (r *row) planned(c *record.CarePlan) {
	status, due := r.text("goal_status"), r.date("goal_due")
	for _, s := range several(r.text("goal")) {
		c.Goals = append(c.Goals, record.PlanGoal{Description: record.Text(s), Status: status, Due: due})
	}
	state, name := r.text("activity_status"), r.text("activity_who")
	for _, s := range several(r.text("activity")) {
		a := record.PlanActivity{What: record.Text(s), Status: state}
		if name != "" {
			a.Who = &record.Actor{Name: name}
		}
		c.Activities = append(c.Activities, a)
	}
}

// several takes a text apart that lists things by semicolons.
func several(s string) []string {
	var all []string
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

func aboutMe() layout {
	return layout{
		fields: join(one(text("status", "the source's word: preliminary, final, amended …"), text("title", "its title"),
			date("review_date", "when it is to be looked at again")),
			concept("topic", "the heading; several rows of one id are several headings"),
			one(text("text", "what the person says"))),
		build: func(r *row) record.Entry {
			a := &record.AboutMe{Base: r.base(""), Status: r.text("status"), Title: r.text("title"), ReviewDate: r.date("review_date")}
			r.says(a)
			return a
		},
		merge: func(e record.Entry, r *row) { r.says(e.(*record.AboutMe)) },
	}
}

// says adds the heading of a row.
func (r *row) says(a *record.AboutMe) {
	i := record.AboutMeItem{Topic: r.concept("topic"), Text: r.text("text")}
	if !i.Topic.IsZero() || i.Text != "" {
		a.Items = append(a.Items, i)
	}
}

func endOfLife() layout {
	kinds := []string{record.ReSPECT, record.CPRDecision, record.AdvanceDecision, record.PreferredPlace, record.EmergencyPlan, record.OtherDirective}
	return layout{
		fields: one(
			choice("kind", "what it is", kinds...),
			text("status", "the source's word: active, draft, inactive, revoked …"),
			choice("cpr", "what it says of resuscitation", record.AttemptCPR, record.DoNotAttemptCPR),
			text("decision", "what was decided, in words"),
			date("review_date", "when it is to be looked at again"),
			text("original", "where the signed original is"),
		),
		build: func(r *row) record.Entry {
			e := &record.EndOfLife{
				Base: r.base(""), Kind: r.choice("kind"), Status: r.text("status"), CPR: r.choice("cpr"),
				Decision: r.text("decision"), ReviewDate: r.date("review_date"), Original: r.text("original"),
			}
			if kind, cpr, ok := record.DirectiveOf(e.Code); ok { // the code says it, where no column does
				e.Kind = cmp.Or(e.Kind, kind)
				if e.CPR != "" && cpr != "" && e.CPR != cpr {
					cpr, e.CPR = "", "" // the row contradicts itself: people must read it
					r.lacks(BadValue, "cpr")
				}
				e.CPR = cmp.Or(e.CPR, cpr)
			}
			e.Kind = cmp.Or(e.Kind, record.OtherDirective)
			return e
		},
	}
}
