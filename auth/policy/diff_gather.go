package policy

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
)

// changeKey joins what differs only in its resource.
type changeKey struct {
	role   auth.Role
	action Action
	became Became
	when   string
}

const between = "\x00"

// add notes a change of a field, or of the class itself (-1).
func (d *comparison) add(t asking, c *class, k resourceChange, when []string) {
	key := changeKey{t.role, t.action, k.became, strings.Join(when, between)}
	change := d.found[key]
	if change == nil {
		change = &Change{Roles: []auth.Role{t.role}, Became: k.became, Actions: []Action{t.action}, When: when}
		d.found[key] = change
		d.order = append(d.order, key)
	}
	name := strings.TrimPrefix(t.class, "record:")
	if k.field >= 0 {
		name += "." + c.fields[k.field]
	}
	change.Resources = append(change.Resources, name)
}

// gather compresses: fields into their section, actions and roles that change alike
// into one.
func (d *comparison) gather() {
	sections := 0
	for name := range d.before.classes {
		if strings.HasPrefix(name, "record:") {
			sections++
		}
	}
	perRole := map[auth.Role][]*Change{}
	for _, key := range d.order {
		c := d.found[key]
		c.Resources = d.shorten(c.Resources, sections)
		merged := false
		for _, other := range perRole[key.role] {
			if other.Became == c.Became && slices.Equal(other.When, c.When) && slices.Equal(other.Resources, c.Resources) {
				other.Actions = append(other.Actions, c.Actions...)
				merged = true
				break
			}
		}
		if !merged {
			perRole[key.role] = append(perRole[key.role], c)
		}
	}
	var groups [][]auth.Role
	for _, role := range auth.Roles() {
		if perRole[role] == nil {
			continue
		}
		i := slices.IndexFunc(groups, func(g []auth.Role) bool { return alike(perRole[g[0]], perRole[role]) })
		if i < 0 {
			groups = append(groups, []auth.Role{role})
		} else {
			groups[i] = append(groups[i], role)
		}
	}
	for _, g := range groups {
		for _, c := range perRole[g[0]] {
			c.Roles = g
			d.out.Changes = append(d.out.Changes, *c)
		}
	}
}

func alike(a, b []*Change) bool {
	return slices.EqualFunc(a, b, func(x, y *Change) bool { return x.Sentence() == y.Sentence() })
}

// shorten names a section instead of its fields, "… but" where few are missing, and
// "every section" if it is every one.
func (d *comparison) shorten(resources []string, sections int) []string {
	has := set(resources)
	var out []string
	whole, plain := 0, 0
	done := map[string]bool{}
	for _, r := range resources {
		name, _, isField := strings.Cut(r, ".")
		if done[name] {
			continue
		}
		if !has[name] {
			if isField {
				out = append(out, r)
			}
			continue
		}
		done[name] = true
		c := d.before.classes["record:"+name]
		if c == nil {
			out = append(out, r)
			continue
		}
		var missing []string
		for _, f := range c.fields {
			if !has[name+"."+f] {
				missing = append(missing, f)
			}
		}
		plain++
		if missing == nil {
			whole++
			out = append(out, name)
		} else {
			out = append(out, name+" (without "+list(missing)+")")
		}
	}
	if whole == sections && plain == sections {
		others := slices.DeleteFunc(out, func(name string) bool { return d.before.classes["record:"+name] != nil })
		return append([]string{"every section"}, others...)
	}
	return out
}
