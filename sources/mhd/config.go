package mhd

import (
	_ "embed"
	"net/url"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/cda"
	"github.com/patchworkcare/patchwork/sources/dochttp"
)

// Sample is a commented stanza for patchwork.yaml.
//
//go:embed sample.yaml
var Sample string

// Config is the stanza of an archive. Zero values are the defaults given with each field.
type Config struct {
	// URL is the FHIR base of the document responder.
	URL string `yaml:"url"`
	// PatientSystem is the identifier system under which the archive numbers people: local
	// ids are the values, and people are asked about by patient.identifier.
	PatientSystem string `yaml:"patient_system"`
	// DocumentURLs are the addresses below which documents may lie, besides the base.
	DocumentURLs []string      `yaml:"document_urls"`
	Auth         dochttp.Login `yaml:"auth"`
	TLS          dochttp.TLS   `yaml:"tls"`
	// Types and Categories restrict what is asked for, each "system|code".
	Types      []string `yaml:"types"`
	Categories []string `yaml:"categories"`
	// SearchByGet puts patients' numbers into addresses, for archives without POST _search.
	SearchByGet bool `yaml:"search_by_get"`
	// NoInclude leaves out _include=DocumentReference:patient, for archives that refuse it
	// and name the person in each entry.
	NoInclude bool `yaml:"no_include"`
	// SectionsFrom says which documents are read into sections. The person is then named in
	// the document under CDAAuthority, an OID.
	SectionsFrom struct {
		CDA *cda.Rule `yaml:"cda"`
	} `yaml:"sections_from"`
	CDAAuthority string `yaml:"cda_authority"`
	// PageSize is how many a page holds; default 200. MaxPages are read; default 20.
	PageSize int `yaml:"page_size"`
	MaxPages int `yaml:"max_pages"`
	// MaxBody is how many bytes of one page are read; default 16 MiB.
	MaxBody int `yaml:"max_body"`
}

// Validate reports every problem of the stanza; see sources.Connector.
func (c *Config) Validate() []sources.Problem {
	var all []sources.Problem
	add := func(path, text string) { all = append(all, sources.Problem{Path: path, Text: text}) }
	if text := dochttp.AddressProblem(c.URL); text != "" {
		add("url", text)
	}
	for _, u := range c.DocumentURLs {
		if text := dochttp.AddressProblem(u); text != "" {
			add("document_urls", text)
		} else if p, err := url.Parse(u); err == nil && !strings.HasSuffix(p.Path, "/") {
			add("document_urls", "must end with a slash, so that nothing beside it is meant too")
		}
	}
	if c.PatientSystem == "" || strings.ContainsAny(c.PatientSystem, "|,$\\ ") {
		add("patient_system", "must be the identifier system of patients' numbers, such as https://fhir.nhs.uk/Id/nhs-number")
	}
	for path, codes := range map[string][]string{"types": c.Types, "categories": c.Categories} {
		for _, code := range codes {
			if system, value, ok := strings.Cut(code, "|"); !ok || system == "" || value == "" || strings.ContainsAny(value, "|,$\\") {
				add(path, "each is written system|code")
				break
			}
		}
	}
	if c.SectionsFrom.CDA != nil && c.CDAAuthority == "" {
		add("cda_authority", "is needed with sections_from: the OID under which documents name the person")
	}
	for _, n := range []struct {
		path        string
		value, most int
	}{{"page_size", c.PageSize, 1000}, {"max_pages", c.MaxPages, 1000}, {"max_body", c.MaxBody, 128 << 20}} {
		if n.value < 0 || n.value > n.most {
			add(n.path, "must not be negative nor beyond its limit (1000, 1000 pages, 128 MiB)")
		}
	}
	all = append(all, c.Auth.Problems("auth")...)
	all = append(all, c.TLS.Problems("tls")...)
	all = append(all, c.SectionsFrom.CDA.Problems("sections_from.cda")...)
	slices.SortStableFunc(all, func(a, b sources.Problem) int { return strings.Compare(a.Path, b.Path) })
	return all
}

// withDefaults fills what the stanza leaves out.
func (c Config) withDefaults() Config {
	def := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	def(&c.PageSize, 200)
	def(&c.MaxPages, 20)
	def(&c.MaxBody, 16<<20)
	c.URL = strings.TrimRight(c.URL, "/")
	return c
}
