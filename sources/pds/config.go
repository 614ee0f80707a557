package pds

import (
	_ "embed"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
)

// Sample is a commented stanza for patchwork.yaml.
//
//go:embed sample.yaml
var Sample string

// Config is the stanza of the Personal Demographics Service. Zero values are the
// defaults given with each field.
type Config struct {
	// URL is the FHIR base, for example
	// https://api.service.nhs.uk/personal-demographics/FHIR/R4.
	URL  string `yaml:"url"`
	Auth Auth   `yaml:"auth"`
	// Organisation is the ODS code of the organisation whose users look, sent with every
	// request if given.
	Organisation string `yaml:"organisation"`
	// SessionRole is the role (URID) in the user's national session, which user-restricted
	// access demands.
	SessionRole string `yaml:"session_role"`
	// Parallel is how many requests may be under way at once; default 4.
	Parallel int `yaml:"parallel"`
	// PerSecond is the register's own limit for this application; default 5.
	PerSecond int `yaml:"per_second"`
	// Repeats is how often a request that came too fast (429) is repeated, after the wait
	// the register asks for and only if that ends before the deadline; default 2.
	Repeats int `yaml:"repeats"`
	// MaxResults is how many people a search may give; default 50, and 1 with
	// application-restricted access (auth signed-jwt), which allows no more.
	MaxResults int `yaml:"max_results"`
	// History lets searches match former names and addresses too.
	History bool `yaml:"history"`
	// ExactMatch takes only people who match in everything that was asked.
	ExactMatch bool `yaml:"exact_match"`
	// MaxBody is how many bytes of one answer are read; default 2 MiB.
	MaxBody int `yaml:"max_body"`
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
		add("url", "the register's FHIR base address is missing")
	case err != nil || !isHTTP(u):
		add("url", "must be an address that begins with https:// or http://")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		add("url", "must have no user, query or fragment; put credentials under auth")
	}
	for _, n := range []struct {
		path        string
		value, most int
	}{{"parallel", c.Parallel, 64}, {"per_second", c.PerSecond, 1000}, {"repeats", c.Repeats, 5},
		{"max_results", c.MaxResults, 50}, {"max_body", c.MaxBody, 64 << 20}} {
		if n.value < 0 || n.value > n.most {
			add(n.path, "must be between 1 and %d, or left out", n.most)
		}
	}
	if c.Auth.Kind == kindSigned && c.MaxResults > 1 && c.MaxResults <= 50 {
		add("max_results", "must be 1 or left out: application-restricted access gives one person only")
	}
	if !isHeaderWord(c.Organisation) {
		add("organisation", "must be an ODS code: letters and digits")
	}
	if !isHeaderWord(c.SessionRole) {
		add("session_role", "must be a role's id: letters, digits and hyphens")
	}
	all = append(all, c.Auth.problems()...)
	slices.SortStableFunc(all, func(a, b sources.Problem) int { return strings.Compare(a.Path, b.Path) })
	return all
}

func isHTTP(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// isHeaderWord reports whether s may stand in a header as it is; "" may.
func isHeaderWord(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return len(s) <= 64
}

// withDefaults fills what the stanza leaves out.
func (c Config) withDefaults() Config {
	def := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	def(&c.Parallel, 4)
	def(&c.PerSecond, 5)
	def(&c.Repeats, 2)
	def(&c.MaxBody, 2<<20)
	if c.Auth.Kind != kindSigned {
		def(&c.MaxResults, 50)
	}
	c.URL = strings.TrimRight(c.URL, "/")
	return c
}
