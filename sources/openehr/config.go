package openehr

import (
	_ "embed"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/columns"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// Sample is a commented stanza for patchwork.yaml.
//
//go:embed sample.yaml
var Sample string

// Config is the stanza of an openEHR repository in patchwork.yaml. Its url is the base of
// the REST API, for example https://cdr.example.nhs.uk/rest/openehr/v1.
type Config struct {
	jsonapi.Config `yaml:",inline"`
	// MaxRows is how many rows one query and its pages give at most; default 5000. What is
	// beyond is named as missing.
	MaxRows int `yaml:"max_rows"`
	// Terminologies gives the code system's URI for a terminology id, beside those that are
	// known: {"NHS-local": "https://example.nhs.uk/codes"}.
	Terminologies map[string]string `yaml:"terminologies"`
	// DateFormat and Values hold for all sections that say nothing else.
	DateFormat columns.OneOrMore            `yaml:"date_format"`
	Values     map[string]map[string]string `yaml:"values"`
	// TrustNHSNumbers is "verified" if this repository's NHS numbers were traced; default
	// "unverified".
	TrustNHSNumbers string `yaml:"trust_nhs_numbers"`
	// Sections are keyed by the section's configuration name, for example allergies.
	Sections map[string]Section `yaml:"sections"`
	// People makes people searchable; nil if they are not.
	People *People `yaml:"people"`
}

// Query is one query: AQL, or the name of one that is stored there.
type Query struct {
	// AQL uses $ehr_id, a request for each person, or $ehr_ids, a list.
	AQL string `yaml:"aql"`
	// Stored is a stored query's name, with its version if need be:
	// org.example::allergies/1.0.0.
	Stored string `yaml:"stored"`
	// List says that a stored query takes $ehr_ids.
	List bool `yaml:"list"`
	// Batch is how many people one request is about where it takes a list; default 50.
	Batch int   `yaml:"batch"`
	Pages Pages `yaml:"pages"`
}

// Pages is how a result set goes on. The query must have an order, so that pages do not
// overlap.
type Pages struct {
	// By is "none" (default), "fetch" (offset and fetch beside the query) or "limit" (LIMIT
	// and OFFSET at the end of the AQL).
	By string `yaml:"by"`
	// Size is how many rows a page has; default 500. Max is how many pages are read;
	// default 20. What is beyond is named as missing.
	Size int `yaml:"size"`
	Max  int `yaml:"max"`
	// ShortEnds says that a page with fewer rows than Size is the last. Without it another
	// is asked for until one is empty: a server may give fewer than were asked for.
	ShortEnds bool `yaml:"short_ends"`
}

// Section is how one section is read.
type Section struct {
	Query          `yaml:",inline"`
	columns.Stanza `yaml:",inline"`
}

// People is how people are looked up.
type People struct {
	// Namespace is that of subject ids that are NHS numbers: the EHR is then asked for by
	// GET /ehr?subject_id&subject_namespace, as the standard has it. The number stands in
	// the URL: where by_nhs_number can be written, it is better.
	Namespace string `yaml:"namespace"`
	// ByNHSNumber takes $nhs_numbers (or $nhs_number), ten digits each.
	ByNHSNumber *Query `yaml:"by_nhs_number"`
	// ByLocalID takes $ehr_ids or $ehr_id. It also answers the section demographics, unless
	// Sections has one.
	ByLocalID *Query `yaml:"by_local_id"`
	// ByName takes $family_name and $birth_date (YYYY-MM-DD).
	ByName         *Query `yaml:"by_name"`
	columns.Stanza `yaml:",inline"`
}

// Validate reports every problem of the stanza.
func (c *Config) Validate() []sources.Problem {
	v := &check{problems: c.Config.Validate()}
	if c.MaxRows < 0 || c.MaxRows > 1_000_000 {
		v.add("max_rows", "must be between 1 and 1000000")
	}
	if !slices.Contains([]string{"", "verified", "unverified"}, c.TrustNHSNumbers) {
		v.add("trust_nhs_numbers", "must be verified or unverified")
	}
	v.problems = append(v.problems, c.defaults().Validate()...)
	if len(c.Sections) == 0 && (c.People == nil || c.People.ByLocalID == nil) {
		v.add("sections", "name at least one section with its query")
	}
	for _, name := range slices.Sorted(maps.Keys(c.Sections)) {
		section, ok := record.SectionNamed(name)
		if !ok || !slices.Contains(columns.SectionNames(), name) {
			v.add("sections."+name, "is no section that is read from rows; those are "+strings.Join(columns.SectionNames(), ", "))
			continue
		}
		s := c.Sections[name]
		v.query("sections."+name, &s.Query, []string{"ehr_id", "ehr_ids"})
		v.problems = append(v.problems, s.Validate("sections."+name, section)...)
	}
	if p := c.People; p != nil {
		if p.Namespace == "" && p.ByNHSNumber == nil && p.ByName == nil {
			v.add("people", "needs namespace, by_nhs_number or by_name")
		}
		v.query("people.by_nhs_number", p.ByNHSNumber, []string{"nhs_number", "nhs_numbers"})
		v.query("people.by_local_id", p.ByLocalID, []string{"ehr_id", "ehr_ids"})
		v.query("people.by_name", p.ByName, []string{"family_name"}, []string{"birth_date"})
		v.problems = append(v.problems, p.Validate("people", record.Demographics)...)
	}
	return v.problems
}

func (c *Config) defaults() columns.Defaults {
	return columns.Defaults{DateFormat: c.DateFormat, Values: c.Values, Verified: c.TrustNHSNumbers == "verified"}
}

// check gathers problems of a stanza.
type check struct{ problems []sources.Problem }

func (v *check) add(path, text string) {
	v.problems = append(v.problems, sources.Problem{Path: path, Text: text})
}

var (
	parameter   = regexp.MustCompile(`\$([a-zA-Z_][a-zA-Z0-9_]*)`)
	quotation   = regexp.MustCompile(`'[^']*'|"[^"]*"`)
	aqlComment  = regexp.MustCompile(`--[^\n]*`)
	selects     = regexp.MustCompile(`(?is)^\s*select\s`)
	ordered     = regexp.MustCompile(`(?i)\border\s+by\b`)
	limited     = regexp.MustCompile(`(?i)\blimit\b`)
	storedShape = regexp.MustCompile(`^[a-zA-Z0-9_.-]+(::[a-zA-Z0-9_.-]+)?(/[0-9]+(\.[0-9]+){0,2})?$`)
)

// plainAQL is AQL without texts and comments, in which a $ is no parameter.
func plainAQL(aql string) string {
	return aqlComment.ReplaceAllString(quotation.ReplaceAllString(aql, "''"), " ")
}

// parameters are those that a query's AQL uses.
func parameters(aql string) map[string]bool {
	used := map[string]bool{}
	for _, m := range parameter.FindAllStringSubmatch(plainAQL(aql), -1) {
		used[m[1]] = true
	}
	return used
}

// query reports what is wrong with one query; nil is none.
func (v *check) query(path string, q *Query, oneOf ...[]string) {
	if q == nil {
		return
	}
	plain := plainAQL(q.AQL)
	switch {
	case (q.AQL == "") == (q.Stored == ""):
		v.add(path+".aql", "give exactly one of aql and stored")
	case q.Stored != "" && !storedShape.MatchString(q.Stored):
		v.add(path+".stored", "must be a name as org.example::name, with a version after a slash if need be")
	case q.AQL != "" && !selects.MatchString(plain):
		v.add(path+".aql", "must begin with SELECT")
	case q.AQL != "" && strings.Contains(plain, ";"):
		v.add(path+".aql", "must be one query")
	}
	if q.AQL != "" {
		v.uses(path+".aql", parameters(q.AQL), oneOf)
	}
	if q.Batch < 0 || q.Batch > 500 {
		v.add(path+".batch", "must be between 1 and 500")
	}
	p := q.Pages
	if p.Size < 0 || p.Size > 100_000 || p.Max < 0 || p.Max > 1000 {
		v.add(path+".pages", "size must be between 1 and 100000, and max between 1 and 1000")
	}
	switch p.By {
	case "", "none":
	case "fetch", "limit":
		if q.AQL != "" && !ordered.MatchString(plain) {
			v.add(path+".pages.by", "needs ORDER BY in the query: without an order, pages overlap and leave rows out")
		}
		if q.AQL != "" && limited.MatchString(plain) {
			v.add(path+".pages.by", "goes with a query that has no LIMIT of its own")
		}
		if p.By == "limit" && q.Stored != "" {
			v.add(path+".pages.by", "must be fetch for a stored query, whose text is not ours")
		}
	default:
		v.add(path+".pages.by", "must be none, fetch or limit")
	}
}

func (v *check) uses(path string, used map[string]bool, oneOf [][]string) {
	known := slices.Concat(oneOf...)
	for _, name := range slices.Sorted(maps.Keys(used)) {
		if !slices.Contains(known, name) {
			v.add(path, "$"+name+" is no parameter here; there are $"+strings.Join(known, ", $"))
		}
	}
	for _, group := range oneOf {
		n := 0
		for _, name := range group {
			if used[name] {
				n++
			}
		}
		if n != 1 {
			v.add(path, "must use $"+strings.Join(group, " or $"))
		}
	}
}
