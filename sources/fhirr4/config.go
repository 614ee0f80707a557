package fhirr4

import (
	_ "embed"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// Sample is a commented stanza for patchwork.yaml.
//
//go:embed sample.yaml
var Sample string

// Config is the stanza of one FHIR R4 server. Zero values are the defaults given
// with each field.
type Config struct {
	// URL is the server's base, for example https://fhir.example.nhs.uk/R4.
	URL  string `yaml:"url"`
	Auth Auth   `yaml:"auth"`
	// Sections switches off or adjusts sections, by name ("allergies"). Default: all.
	Sections map[string]Section `yaml:"sections"`
	// Includes replaces what is sent along with a resource type, for example
	// {Condition: [Condition:asserter]}; an empty list asks for nothing.
	Includes map[string][]string `yaml:"includes"`
	// PageSize is how many resources a page holds for each person asked about (up to
	// 1000 a page); default 100.
	PageSize int `yaml:"page_size"`
	// MaxPages is how many pages of one search are read; default 20.
	MaxPages int `yaml:"max_pages"`
	// MaxEntries is how many entries of one section of one person are read; default 1000.
	MaxEntries int `yaml:"max_entries"`
	// MaxBody is how many bytes of one answer are read, unpacked; default 10 MiB.
	MaxBody int `yaml:"max_body"`
	// Batch asks all searches of a Fetch in one batch Bundle.
	Batch bool `yaml:"batch"`
	// PatientSearchLimit is how many people one search may ask about; default 50.
	PatientSearchLimit int `yaml:"patient_search_limit"`
	// SearchByGet allows NHS numbers and names in URLs for servers that do not take
	// POST _search. URLs end up in logs of proxies: leave it off where possible.
	SearchByGet bool `yaml:"search_by_get"`
	// Gzip asks for compressed answers: for servers far away. It costs CPU on both sides.
	Gzip bool `yaml:"gzip"`
	// Headers are sent with every request. Values may hold secrets and are never logged.
	Headers map[string]string `yaml:"headers"`
	// NHSNumberSystem identifies NHS numbers; default https://fhir.nhs.uk/Id/nhs-number.
	NHSNumberSystem string `yaml:"nhs_number_system"`
	// NHSNumberFormat is how the server writes them: "plain", ten digits, the default, or
	// "spaced", in groups of 3, 3 and 4; then people are asked for in both.
	NHSNumberFormat string `yaml:"nhs_number_format"`
	// TrustNHSNumbers is how to take numbers whose verification the server does not
	// state: "verified" or "unverified" (default).
	TrustNHSNumbers string `yaml:"trust_nhs_numbers"`
	// Rosters are the team lists it offers; none by default.
	Rosters Rosters `yaml:"rosters"`

	// version is another version of FHIR that the server speaks; nil for R4.
	version *Version
}

// Section adjusts one section.
type Section struct {
	// Off switches the section off.
	Off bool `yaml:"off"`
	// Category, for observations, is a comma-separated list of the only categories to
	// ask for, for example "vital-signs,survey".
	Category string `yaml:"category"`
	// Resources are the only resource types to ask for, of those that the section can
	// read (types, further). A server that has only some of them is joined with those.
	Resources []string `yaml:"resources"`
}

// Validate reports every problem of the stanza; see sources.Connector.
func (c *Config) Validate() []sources.Problem {
	var all []sources.Problem
	add := func(path, format string, args ...any) {
		all = append(all, sources.Problem{Path: path, Text: fmt.Sprintf(format, args...)})
	}
	u, err := url.Parse(c.URL)
	switch {
	case c.URL == "":
		add("url", "the server's base address is missing")
	case err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "":
		add("url", "must be an address that begins with https:// or http://")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		add("url", "must have no user, query or fragment; put credentials under auth")
	}
	for _, n := range []struct {
		path  string
		value int
		most  int
	}{{"page_size", c.PageSize, 1000}, {"max_pages", c.MaxPages, 1000}, {"max_entries", c.MaxEntries, 100_000},
		{"max_body", c.MaxBody, 256 << 20}, {"patient_search_limit", c.PatientSearchLimit, 200}} {
		if n.value < 0 || n.value > n.most {
			add(n.path, "must be between 1 and %d, or left out", n.most)
		}
	}
	switch c.NHSNumberFormat {
	case "", "plain", "spaced":
	default:
		add("nhs_number_format", "must be plain (ten digits) or spaced (groups of 3, 3 and 4 digits)")
	}
	switch c.TrustNHSNumbers {
	case "", "verified", "unverified":
	default:
		add("trust_nhs_numbers", "must be verified or unverified")
	}
	for name, values := range c.Includes {
		for _, v := range values {
			if !strings.HasPrefix(v, name+":") {
				add("includes."+name, "each must begin with %s: and name a search parameter", name)
			}
		}
	}
	all = append(all, c.sectionProblems()...)
	all = append(all, c.Auth.problems()...)
	all = append(all, c.Rosters.problems()...)
	slices.SortStableFunc(all, func(a, b sources.Problem) int { return strings.Compare(a.Path, b.Path) })
	return all
}

func (c *Config) sectionProblems() (all []sources.Problem) {
	on := 0
	for name, s := range c.Sections {
		path := "sections." + name
		section, ok := record.SectionNamed(name)
		if !ok {
			all = append(all, sources.Problem{Path: path, Text: "is not a section; sections are named as in allergies, medications, problems"})
			continue
		}
		if s.Category != "" && section != record.Observations {
			all = append(all, sources.Problem{Path: path + ".category", Text: "is for observations only"})
		}
		all = append(all, c.typeProblems(section, path+".resources")...)
	}
	for _, h := range record.Headings() {
		if !c.Sections[h.Name].Off {
			on++
		}
	}
	if on == 0 {
		all = append(all, sources.Problem{Path: "sections", Text: "all are switched off"})
	}
	return all
}

// withDefaults fills what the stanza leaves out.
func (c Config) withDefaults() Config {
	def := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	def(&c.PageSize, 100)
	def(&c.MaxPages, 20)
	def(&c.MaxEntries, 1000)
	def(&c.MaxBody, 10<<20)
	def(&c.PatientSearchLimit, 50)
	if c.NHSNumberSystem == "" {
		c.NHSNumberSystem = record.NHSNumberSystem
	}
	c.URL = strings.TrimRight(c.URL, "/")
	return c
}

// section returns the adjustments of s.
func (c *Config) section(s record.Section) Section { return c.Sections[s.Name()] }
