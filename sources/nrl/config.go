package nrl

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/dochttp"
)

// Sample is a commented stanza for patchwork.yaml.
//
//go:embed sample.yaml
var Sample string

// Config is the stanza of the National Record Locator. Zero values are the defaults
// given with each field.
type Config struct {
	// URL is the FHIR base of the consumer API, for example
	// https://api.service.nhs.uk/record-locator/consumer/FHIR/R4.
	URL  string        `yaml:"url"`
	Auth dochttp.Login `yaml:"auth"`
	TLS  dochttp.TLS   `yaml:"tls"`
	// Organisation is the ODS code of the organisation whose users look, sent with every
	// request.
	Organisation string `yaml:"organisation"`
	// Types are the SNOMED CT codes of the pointers that are asked for; default all that
	// the organisation may see. Each is one request.
	Types []string `yaml:"types"`
	// LinkHosts are the hosts whose pages are offered as links, to be opened in their own
	// system; default none: then a pointer says only where its record is.
	LinkHosts []string `yaml:"link_hosts"`
	// SearchByGet puts NHS numbers into addresses, for gateways without POST _search.
	SearchByGet bool `yaml:"search_by_get"`
	// MaxBody is how many bytes of one answer are read; default 8 MiB.
	MaxBody int `yaml:"max_body"`
}

// Validate reports every problem of the stanza; see sources.Connector.
func (c *Config) Validate() []sources.Problem {
	var all []sources.Problem
	add := func(path, text string) { all = append(all, sources.Problem{Path: path, Text: text}) }
	if text := dochttp.AddressProblem(c.URL); text != "" {
		add("url", text)
	}
	if c.Organisation == "" || !word(c.Organisation) {
		add("organisation", "must be the ODS code of the organisation whose users look: letters and digits")
	}
	for _, t := range c.Types {
		if t == "" || strings.Trim(t, "0123456789") != "" || len(t) > 18 {
			add("types", "each must be a SNOMED CT code, such as 736253002")
			break
		}
	}
	if len(c.Types) > 20 {
		add("types", "must be at most 20: each is a request")
	}
	for _, h := range c.LinkHosts {
		if h == "" || strings.ContainsAny(h, "/:@*? ") || h != strings.ToLower(h) {
			add("link_hosts", "each must be a host's name in lower case, without scheme, port and asterisk")
			break
		}
	}
	if c.MaxBody < 0 || c.MaxBody > 64<<20 {
		add("max_body", "must be at most 64 MiB, or left out")
	}
	all = append(all, c.Auth.Problems("auth")...)
	all = append(all, c.TLS.Problems("tls")...)
	slices.SortStableFunc(all, func(a, b sources.Problem) int { return strings.Compare(a.Path, b.Path) })
	return all
}

func word(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
			return false
		}
	}
	return len(s) <= 20
}

// withDefaults fills what the stanza leaves out.
func (c Config) withDefaults() Config {
	if c.MaxBody == 0 {
		c.MaxBody = 8 << 20
	}
	c.URL = strings.TrimRight(c.URL, "/")
	return c
}
