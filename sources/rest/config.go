package rest

import (
	"maps"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// Config is the stanza of a JSON API in patchwork.yaml.
type Config struct {
	jsonapi.Config `yaml:",inline"`
	// Parallel is how many requests of one read may be under way at once; default 8.
	Parallel int `yaml:"parallel"`
	// MaxRows is how many rows one request and its pages give at most; default 5000. What
	// is beyond is named as missing.
	MaxRows int `yaml:"max_rows"`
	// PersonalURLs allows NHS numbers, names and birth dates in paths and queries, for an
	// API that takes them nowhere else. URLs end up in logs of proxies.
	PersonalURLs bool `yaml:"personal_urls"`
	// DateFormat and Values hold for all sections that say nothing else.
	DateFormat columns.OneOrMore            `yaml:"date_format"`
	Values     map[string]map[string]string `yaml:"values"`
	// TrustNHSNumbers is "verified" if this API's NHS numbers were traced, so that they may
	// link people by themselves; default "unverified".
	TrustNHSNumbers string `yaml:"trust_nhs_numbers"`
	// Probe is asked to see whether the API is there; default a GET of the base, which may
	// be answered by any status that is no refusal and no fault.
	Probe *Ask `yaml:"probe"`
	// Sections are keyed by the section's configuration name, for example carePlans.
	Sections map[string]Section `yaml:"sections"`
	// People makes people searchable; nil if they are not.
	People *People `yaml:"people"`
	// Rosters are the team lists it offers; nil if there are none.
	Rosters *Rosters `yaml:"rosters"`
	// Documents says how a document is opened; nil if it hands out none.
	Documents *Documents `yaml:"documents"`
}

// Section is how one section is read: by {id}, a request for each person, or by {ids}.
type Section struct {
	Ask            `yaml:",inline"`
	columns.Stanza `yaml:",inline"`
}

// People is how people are looked up. Rows, Expect and Pages hold for every request that
// has none of its own; all give the same columns.
type People struct {
	// ByNHSNumber takes {nhs_number} or {nhs_numbers}, ten digits each.
	ByNHSNumber *Ask `yaml:"by_nhs_number"`
	// ByLocalID takes {id} or {ids}. It also answers the section demographics, unless
	// Sections has one, and says who the people of a team list are.
	ByLocalID *Ask `yaml:"by_local_id"`
	// ByName takes {family_name} or {family_names} and {birth_date}, and may take
	// {given_name}, {postcode} and {gender}, which are left out where they are empty.
	ByName *Ask `yaml:"by_name"`
	// ByBirthDate takes {birth_date} or {birth_dates} and finds everybody born on them.
	ByBirthDate *Ask `yaml:"by_birth_date"`
	// ByLocalNumber takes {local_number} or {local_numbers}, as people read them from a
	// letter.
	ByLocalNumber  *Ask   `yaml:"by_local_number"`
	Rows           string `yaml:"rows"`
	Expect         string `yaml:"expect"`
	Pages          Pages  `yaml:"pages"`
	columns.Stanza `yaml:",inline"`
}

const (
	defaultParallel = 8
	defaultRows     = 5000
)

// Validate reports every problem of the stanza.
func (c *Config) Validate() []sources.Problem {
	v := &check{personal: c.PersonalURLs, problems: c.Config.Validate()}
	for _, n := range []struct {
		path    string
		n, most int
	}{{"parallel", c.Parallel, 64}, {"max_rows", c.MaxRows, 1_000_000}} {
		if n.n < 0 || n.n > n.most {
			v.add(n.path, "must not be negative, nor more than is sensible (parallel 64, max_rows 1000000)")
		}
	}
	if !slices.Contains([]string{"", "verified", "unverified"}, c.TrustNHSNumbers) {
		v.add("trust_nhs_numbers", "must be verified or unverified")
	}
	v.problems = append(v.problems, c.defaults().Validate()...)
	if len(c.Sections) == 0 && (c.People == nil || c.People.ByLocalID == nil) {
		v.add("sections", "name at least one section with its request")
	}
	for _, name := range slices.Sorted(maps.Keys(c.Sections)) {
		section, ok := record.SectionNamed(name)
		if _, readable := slices.BinarySearch(slices.Sorted(slices.Values(columns.SectionNames())), name); !ok || !readable {
			v.add("sections."+name, "is no section that is read from rows; those are "+strings.Join(columns.SectionNames(), ", "))
			continue
		}
		s := c.Sections[name]
		v.ask("sections."+name, &s.Ask, needs{oneOf: [][]string{{"id", "ids"}}, may: []string{"today"}, rows: true})
		v.problems = append(v.problems, s.Validate("sections."+name, section)...)
		v.members("sections."+name+".rows", s.Rows, section, s.Stanza)
	}
	if c.Probe != nil {
		v.ask("probe", c.Probe, needs{})
	}
	v.people(c.People)
	v.rosters(c)
	v.documents(c.Documents)
	return v.problems
}

func (c *Config) defaults() columns.Defaults {
	return columns.Defaults{DateFormat: c.DateFormat, Values: c.Values, Verified: c.TrustNHSNumbers == "verified"}
}

func (v *check) people(p *People) {
	if p == nil {
		return
	}
	if p.ByNHSNumber == nil && p.ByName == nil {
		v.add("people", "needs by_nhs_number or by_name")
	}
	for _, one := range p.all() {
		if *one.ask != nil {
			v.ask("people."+one.name, p.own(*one.ask), one.needs)
			if (*one.ask).Rows != "" {
				v.members("people."+one.name+".rows", (*one.ask).Rows, record.Demographics, p.Stanza)
			}
		}
	}
	v.problems = append(v.problems, p.Validate("people", record.Demographics)...)
	v.members("people.rows", p.Rows, record.Demographics, p.Stanza)
}

// lookedUp is one way to look people up.
type lookedUp struct {
	name  string
	ask   **Ask
	needs needs
}

func (p *People) all() []lookedUp {
	by := func(name string, ask **Ask, may []string, oneOf ...[]string) lookedUp {
		return lookedUp{name, ask, needs{oneOf: oneOf, may: append(may, "today"), rows: true}}
	}
	return []lookedUp{
		by("by_nhs_number", &p.ByNHSNumber, nil, []string{"nhs_number", "nhs_numbers"}),
		by("by_local_id", &p.ByLocalID, nil, []string{"id", "ids"}),
		by("by_name", &p.ByName, []string{"given_name", "postcode", "gender"}, []string{"family_name", "family_names"}, []string{"birth_date"}),
		by("by_birth_date", &p.ByBirthDate, nil, []string{"birth_date", "birth_dates"}),
		by("by_local_number", &p.ByLocalNumber, nil, []string{"local_number", "local_numbers"}),
	}
}

// own is the request with what it takes from all of People.
func (p *People) own(a *Ask) *Ask {
	out := *a
	if out.Rows == "" {
		out.Rows = p.Rows
	}
	if out.Expect == "" {
		out.Expect = p.Expect
	}
	if out.Pages == (Pages{}) {
		out.Pages = p.Pages
	}
	return &out
}
