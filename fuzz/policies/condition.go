package policies

import (
	"fmt"
	"strings"

	"github.com/patchworkcare/patchwork/fuzz/naive"
)

// condition adds a condition on the key, with values close to the caller's.
func (g *maker) condition(p *naive.Policy, key string) {
	values := g.values(key)
	if len(values) == 0 {
		return
	}
	c := naive.Condition{In: values}
	switch g.IntN(6) {
	case 0, 1:
		c = naive.Condition{Not: values}
	case 2:
		c.Not = g.values(key)
	}
	if p.When == nil {
		p.When = map[string]naive.Condition{}
	}
	p.When[key] = c
}

func (g *maker) values(key string) []string {
	c := g.v.Caller
	switch key {
	case "role":
		return g.some([]string{c.Role, g.of(roles)}, 2)
	case "organisation":
		return g.some([]string{g.organisation(), "YZ999", "none"}, 2)
	case "careSetting":
		return g.some(append([]string{"none"}, settings...), 2)
	case "purpose":
		return g.some(append([]string{"TREAT"}, purposes...), 3)
	case "relationship":
		return g.some(relationships, 3)
	case "breakGlass", "restrictedPerson", "launch":
		return g.some(yesNo, 1)
	case "view":
		return g.some([]string{"no", "care", "secondary"}, 2)
	case "objection":
		return g.some(objections, 2)
	case "source":
		var ids []string
		for _, s := range g.v.Sources {
			ids = append(ids, s.ID)
		}
		return g.some(append(ids, "none"), 2)
	case "sourceOrganisation":
		ids := []string{"own", "none"}
		for _, s := range g.v.Sources {
			ids = append(ids, s.Organisation)
		}
		return g.some(ids, 2)
	case "label":
		return g.some(labels, 3)
	case "scope":
		return g.some([]string{"all", "record:allergies", "record:demographics", "record:medications", g.of(g.v.Names)}, 3)
	case "weekday":
		return g.some(append([]string{g.v.Weekday}, weekdays...), 4)
	case "time":
		return []string{g.window()}
	}
	return nil
}

// window is a window of the day, some around now, some through midnight.
func (g *maker) window() string {
	from := fmt.Sprintf("%02d:%02d", g.IntN(24), g.IntN(60))
	to := fmt.Sprintf("%02d:%02d", g.IntN(24), g.IntN(60))
	if hour, _, ok := strings.Cut(g.v.Now, ":"); ok && g.chance(0.4) {
		from = hour + ":00"
	}
	if from == to {
		to = "24:00"
	}
	return from + "-" + to
}
