package naive

import (
	"testing"
	"time"
)

// The sentences of docs/policy.md, one by one.
func TestSentences(t *testing.T) {
	t.Parallel()
	d, err := Read([]byte(`policies:
  - {id: a, effect: allow, roles: [gp], actions: [read], resources: ["record:allergies"]}
  - {id: b, effect: deny, roles: [any], actions: [read], resources: ["record:allergies:reactions"], when: {relationship: {not: [any]}}}
  - {id: c, effect: deny, mode: conceal, roles: [gp], actions: [read], resources: ["record:allergies:note", "record:allergies:reactions"], when: {source: [gp]}}
  - {id: d, effect: allow, roles: [gp], actions: [read], resources: ["record:alerts:*"], when: {label: [none, restricted], time: ["22:00-08:00"]}}
  - {id: e, effect: allow, roles: [gp], actions: [read], resources: ["record:problems:note"]}
`))
	if err != nil {
		t.Fatal(err)
	}
	night := time.Date(2026, 3, 4, 7, 59, 0, 0, time.UTC)
	ask := func(role string, about About, source, class, field string, at time.Time, labels ...string) Answer {
		return d.Entry(Context(Caller{Role: role}, about, Source{ID: source}, class, at), "read", class, field, labels)
	}
	friend := About{Relationships: []string{"list"}}
	for name, got := range map[string]struct{ is, want Answer }{
		"an allow of the class shows its fields":       {ask("gp", friend, "", "record:allergies", "code", night), Shown},
		"what no policy allows is refused":             {ask("analyst", friend, "", "record:allergies", "", night), Withheld},
		"deny wins":                                    {ask("gp", About{}, "", "record:allergies", "reactions", night), Withheld},
		"any stands for all but none":                  {ask("gp", friend, "", "record:allergies", "reactions", night), Shown},
		"conceal wins":                                 {ask("gp", About{}, "gp", "record:allergies", "reactions", night), Concealed},
		"a deny of a field leaves the others":          {ask("gp", About{}, "gp", "record:allergies", "code", night), Shown},
		"what an allow does not mention is ordinary":   {ask("gp", friend, "", "record:allergies", "code", night, "restricted"), Withheld},
		"an allow may mention labels":                  {ask("gp", friend, "", "record:alerts", "code", night, "restricted"), Shown},
		"each label must be allowed":                   {ask("gp", friend, "", "record:alerts", "code", night, "restricted", "sensitive"), Withheld},
		"a window may pass midnight, without its end":  {ask("gp", friend, "", "record:alerts", "", night.Add(time.Minute)), Withheld},
		"an objection is not ordinary":                 {ask("gp", About{Objections: []Objection{{Section: "allergies"}}}, "", "record:allergies", "", night), Withheld},
		"an objection to another section is no matter": {ask("gp", About{Objections: []Objection{{Section: "alerts"}}}, "", "record:allergies", "", night), Shown},
		"a field needs its class":                      {ask("gp", friend, "", "record:problems", "note", night), Withheld},
	} {
		if got.is != got.want {
			t.Errorf("%s: %v", name, got.is)
		}
	}
}
