package policy

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// what one set says differently from the built-in one, after a change of its text.
func differs(t *testing.T, alter func(*Set)) *Difference {
	t.Helper()
	other, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	alter(other)
	set, err := NewSet("other", other.Policies)
	if err != nil {
		t.Fatal(err)
	}
	e, err := NewEdition(set, schema, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return Diff(builtIn(t), e)
}

// A change of the policies is one line for each kind of change, however many contexts
// and roles it is about.
func TestDiffSentences(t *testing.T) {
	t.Parallel()
	remove := func(id string) func(*Set) {
		return func(s *Set) {
			s.Policies = slices.DeleteFunc(s.Policies, func(p Policy) bool { return p.ID == id })
		}
	}
	on := func(id string, change func(*Policy)) func(*Set) {
		return func(s *Set) { change(s.Find(id)) }
	}
	for name, c := range map[string]struct {
		alter func(*Set)
		want  []string
	}{
		"nothing":      {func(*Set) {}, nil},
		"other words":  {on("receptionists-not-why", func(p *Policy) { p.Description = "Another reason." }), nil},
		"another name": {on("receptionists-not-why", func(p *Policy) { p.ID = "reasons" }), nil},
		"a deny less": {remove("receptionists-not-why"), []string{
			"receptionist",
			"  gains: appointments.code, appointments.note, appointments.reason, appointments.service (to read or list; for CAREMGT or TREAT, with a relationship, without objection, without label)",
		}},
		"one field": {on("receptionists-not-why", func(p *Policy) { p.Resources = p.Resources[1:] }), []string{
			"receptionist", "  gains: appointments.reason (to read or list; for CAREMGT or TREAT, with a relationship, without objection, without label)",
		}},
		"an allow less": {remove("pharmacists-in-hospital-and-practice-read-results"), []string{
			"pharmacist",
			"  loses: results (to read or list; in acute, community, gp or mental-health, for CAREMGT, ETREAT or TREAT, with a relationship, with the glass whole, without objection, without label)",
			"  loses: results (to read or list; in acute, community, gp or mental-health, for CAREMGT, with a relationship, without objection, without label)",
		}},
		"told of":     {on("legally-restricted-is-concealed", func(p *Policy) { p.Mode = "" }), nil},
		"a privilege": {remove("administrators-change-policies"), []string{"administrator", "  loses: policy:administer (to administer; without objection)"}},
	} {
		got := differs(t, c.alter)
		lines := got.Sentences()
		if name == "told of" {
			if len(lines) == 0 || len(lines) > 50 || !strings.Contains(strings.Join(lines, "\n"), "is now told of: aboutMe, alerts, allergies, consents") {
				t.Errorf("%s:\n%s", name, strings.Join(lines, "\n"))
			}
			continue
		}
		if !slices.Equal(lines, c.want) || len(got.Cut) > 0 {
			t.Errorf("%s (cut %v):\n%s\nwant\n%s", name, got.Cut, strings.Join(lines, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// Where two sets decide a question differently, Diff names the role, and the resource;
// where it names something, they do.
func TestDiffFindsAll(t *testing.T) {
	t.Parallel()
	pairs, questions := 250, 400
	if testing.Short() {
		pairs = 20
	}
	r := chance{rand.New(rand.NewPCG(11, 3))}
	different, alike := 0, 0
	for n := range pairs {
		var policies []Policy
		for i := range 1 + r.IntN(5) {
			policies = append(policies, r.policy(i))
		}
		before := chanceEdition(t, policies)
		policies = slices.Clone(policies)
		switch r.IntN(3) {
		case 0:
			policies = append(policies, r.policy(99))
		case 1:
			policies[0] = r.policy(0)
		default:
			if len(policies) > 1 {
				policies = slices.Delete(policies, 0, 1)
			}
		}
		after := chanceEdition(t, policies)
		d := Diff(before, after)
		if len(d.Cut) > 0 {
			continue
		}
		found := false
		for range questions {
			class := sortedKeys(chanceSchema)[r.IntN(len(chanceSchema))]
			q := question{r.facts(), []Action{Read, List}[r.IntN(2)], class}
			if q.scopes != "" && !slices.Contains(strings.Split(q.scopes, " "), class) {
				q.scopes = "" // such a session asks nothing of the class
			}
			for l := range labels {
				if l > 0 && class == "patient:read" || sameSeen(before, after, q, l) {
					continue
				}
				found = true
				if missed := d.misses(before, after, q, l); missed != "" {
					t.Fatalf("pair %d: %+v labelled %s %s, and is not named:\n%s", n, q, labels[l].name, missed, strings.Join(d.Sentences(), "\n"))
				}
			}
		}
		if found {
			different++
		} else if len(d.Changes) == 0 {
			alike++
		}
	}
	if different < pairs/4 || alike < pairs/20 {
		t.Errorf("%d pairs differ and %d do not: too easy", different, alike)
	}
}

// Every key makes a difference, and is in the words.
func TestDiffKnowsEveryKey(t *testing.T) {
	t.Parallel()
	base := Policy{ID: "base", Effect: Allow, Roles: []string{"receptionist"}, Actions: []string{"read"}, Resources: []string{"record:problems"}}
	for key, c := range map[string]struct{ value, words string }{
		keyOrganisation: {"YZ901", "at YZ901"}, keyCareSetting: {"acute", "in acute"}, keyPurpose: {"TREAT", "for TREAT"}, keyRelationship: {"launch", "with relationship launch"},
		keyBreakGlass: {"yes", "with the glass broken"}, keyObjection: {"absolute", "against an objection that is absolute"}, keyRestrictedPerson: {"yes", "if the person may not be located"},
		keySource: {"hospital", "from source hospital"}, keySourceOrganisation: {"own", "from a source of the caller's own organisation"}, keyLabel: {"none", "without label"}, keyLaunch: {"no", "not opened by an EPR"},
		keyScope: {"record:problems", "narrowed by scopes"}, keyTime: {"22:00-06:00", "but at 06:00-22:00"}, keyWeekday: {"sunday", "on sunday"},
	} {
		p := base
		p.ID, p.Roles, p.Resources, p.When = "new", []string{"gp"}, []string{"record:allergies"}, map[string]Values{key: {In: []string{c.value}}}
		if key == keyScope {
			p.When[key] = Values{Not: []string{"all"}, In: []string{"record:problems", "record:allergies"}}
		}
		d := Diff(chanceEdition(t, []Policy{base}), chanceEdition(t, []Policy{base, p}))
		if len(d.Changes) != 1 || d.Changes[0].Became != Gained || !slices.Contains(d.Changes[0].When, c.words) || !slices.Equal(d.Changes[0].Resources, []string{"allergies"}) {
			t.Errorf("%s:\n%s\nwant %s", key, strings.Join(d.Sentences(), "\n"), c.words)
		}
		deny := p // of a section that is lost, all entries are
		deny.ID, deny.Effect = "deny", Deny
		all := p
		all.When = map[string]Values{keyLabel: {In: Labels()}, keyObjection: {In: objectedWords[:]}}
		d = Diff(chanceEdition(t, []Policy{all}), chanceEdition(t, []Policy{all, deny}))
		if len(d.Changes) != 1 || d.Changes[0].Became != Lost || key != keyLabel && !slices.Contains(d.Changes[0].When, c.words) {
			t.Errorf("deny, %s:\n%s\nwant %s", key, strings.Join(d.Sentences(), "\n"), c.words)
		}
	}
}

// misses says what of a question becomes different and is in no change.
func (d *Difference) misses(before, after *Edition, q question, label int) string {
	was, shown := before.seen(q, label)
	is, shows := after.seen(q, label)
	c := before.classes[q.class]
	for i := -1; i < len(c.fields); i++ {
		became, differs := change(was.of(i), is.of(i))
		if !differs || shown != shows && label > 0 && became > Lost {
			continue
		}
		section := strings.TrimPrefix(q.class, "record:")
		if !slices.ContainsFunc(d.Changes, func(c Change) bool {
			return c.Became == became && slices.Contains(c.Roles, q.role) && slices.Contains(c.Actions, q.action) &&
				slices.ContainsFunc(c.Resources, func(r string) bool { return r == "every section" || strings.HasPrefix(r, section) })
		}) {
			return became.String() + " of " + section
		}
	}
	return ""
}

func sameSeen(before, after *Edition, q question, label int) bool {
	was, shown := before.seen(q, label)
	is, shows := after.seen(q, label)
	return was == is || !shown && !shows && label > 0
}

func chanceEdition(t *testing.T, policies []Policy) *Edition {
	t.Helper()
	set, err := NewSet("v", policies)
	if err != nil {
		t.Fatal(err)
	}
	e, err := NewEdition(set, chanceSchema, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A grid that is too large is thinned, and says so.
func TestDiffIsBounded(t *testing.T) {
	t.Parallel()
	r := chance{rand.New(rand.NewPCG(5, 6))}
	var policies []Policy
	for i := range 60 {
		p := r.policy(i)
		p.When[keySource] = Values{In: []string{"s" + p.ID}}
		policies = append(policies, p)
	}
	d := Diff(chanceEdition(t, policies), chanceEdition(t, policies[1:]))
	if d.Contexts > mostDecisions || !slices.Contains(d.Cut, keySource) {
		t.Errorf("%d contexts, cut %v", d.Contexts, d.Cut)
	}
}
