package xds

import (
	_ "embed"
	"maps"
	"regexp"
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
	// Registry is the address of the registry's stored query (ITI-18).
	Registry string `yaml:"registry"`
	// Repositories are the addresses of document retrieval (ITI-43), by each repository's
	// unique id, an OID. Documents of others are listed and do not open.
	Repositories map[string]string `yaml:"repositories"`
	// PatientAuthority is the OID under which the archive numbers people: local ids are the
	// numbers.
	PatientAuthority string `yaml:"patient_authority"`
	// LocalIDs is "nhs-number" where these numbers are NHS numbers: people are then found by
	// theirs. Default: nobody is found, and links are made otherwise.
	LocalIDs string `yaml:"local_ids"`
	// TrustNHSNumbers is "verified" where the archive takes only traced numbers; default
	// "unverified".
	TrustNHSNumbers string        `yaml:"trust_nhs_numbers"`
	Auth            dochttp.Login `yaml:"auth"`
	TLS             dochttp.TLS   `yaml:"tls"`
	// Classes restrict what is asked for: codes of documents' classes, "code^^scheme".
	Classes []string `yaml:"classes"`
	// ReferenceIDs restrict what is asked for to documents that bear one of these ids
	// (CXi), by FindDocumentsByReferenceId.
	ReferenceIDs []string `yaml:"reference_ids"`
	// Confidentiality says what the archive's own confidentiality codes mean in HL7's: U, L,
	// M, N, R or V. One that is not listed is taken for V.
	Confidentiality map[string]string `yaml:"confidentiality"`
	// SectionsFrom says which documents are read into sections.
	SectionsFrom struct {
		CDA *cda.Rule `yaml:"cda"`
	} `yaml:"sections_from"`
	// MaxDocuments of one person are read; default 1000.
	MaxDocuments int `yaml:"max_documents"`
	// MaxBody is how many bytes of one answer in XML are read; default 16 MiB.
	MaxBody int `yaml:"max_body"`
}

var oid = regexp.MustCompile(`^[0-2](\.(0|[1-9][0-9]*))+$`)

// Validate reports every problem of the stanza; see sources.Connector.
func (c *Config) Validate() []sources.Problem {
	var all []sources.Problem
	add := func(path, text string) { all = append(all, sources.Problem{Path: path, Text: text}) }
	if text := dochttp.AddressProblem(c.Registry); text != "" {
		add("registry", text)
	}
	for _, id := range slices.Sorted(maps.Keys(c.Repositories)) {
		if !oid.MatchString(id) {
			add("repositories."+id, "a repository is named by its unique id, an OID such as 1.2.3.4")
		} else if text := dochttp.AddressProblem(c.Repositories[id]); text != "" {
			add("repositories."+id, text)
		}
	}
	if !oid.MatchString(c.PatientAuthority) {
		add("patient_authority", "must be the OID under which the archive numbers people, such as 2.16.840.1.113883.2.1.4.1")
	}
	if c.LocalIDs != "" && c.LocalIDs != "nhs-number" {
		add("local_ids", "must be nhs-number, or left out")
	}
	if !slices.Contains([]string{"", "verified", "unverified"}, c.TrustNHSNumbers) {
		add("trust_nhs_numbers", "must be verified or unverified")
	}
	for code, means := range c.Confidentiality {
		if len(means) != 1 || !strings.Contains("ULMNRV", means) {
			add("confidentiality."+code, "must be one of U, L, M, N, R and V")
		}
	}
	for path, codes := range map[string][]string{"classes": c.Classes, "reference_ids": c.ReferenceIDs} {
		for _, code := range codes {
			if path == "classes" && (strings.Count(code, "^^") != 1 || strings.HasPrefix(code, "^")) || strings.ContainsAny(code, "'\r\n\x00") || code == "" {
				add(path, map[string]string{"classes": "a class is written code^^scheme, without quotes", "reference_ids": "an id must not be empty nor hold quotes"}[path])
				break
			}
		}
	}
	if len(c.Classes) > 0 && len(c.ReferenceIDs) > 0 {
		add("reference_ids", "cannot be given together with classes")
	}
	for _, n := range []struct {
		path        string
		value, most int
	}{{"max_documents", c.MaxDocuments, 20_000}, {"max_body", c.MaxBody, 128 << 20}} {
		if n.value < 0 || n.value > n.most {
			add(n.path, "must not be negative nor beyond its limit (20000 documents, 128 MiB)")
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
	if c.MaxDocuments == 0 {
		c.MaxDocuments = 1000
	}
	if c.MaxBody == 0 {
		c.MaxBody = 16 << 20
	}
	return c
}
