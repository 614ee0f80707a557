package gpconnect

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

// Config is the stanza of one GP practice's system. Zero values are the defaults given
// with each field.
type Config struct {
	// URL is the practice's FHIR base as the directory gives it, for example
	// https://gp.example.nhs.uk/Z99001/STU3/1/gpconnect/structured/fhir.
	URL string `yaml:"url"`
	// Proxy is the Spine Secure Proxy's address, which URL is put behind; "" asks the
	// practice itself.
	Proxy string `yaml:"proxy"`
	// From and To are the ASIDs of our system and of the practice's (Ssp-From, Ssp-To).
	From string `yaml:"from"`
	To   string `yaml:"to"`
	// Requester is who asks, as the token says it.
	Requester Requester `yaml:"requester"`
	// TLS is how both sides prove who they are.
	TLS TLS `yaml:"tls"`
	// Sections switches off sections, by name ("documents"). Default: all.
	Sections map[string]Section `yaml:"sections"`
	// MaxEntries is how many entries of one section of one person are read; default 2000.
	MaxEntries int `yaml:"max_entries"`
	// MaxBody is how many bytes of one answer are read; default 10 MiB.
	MaxBody int `yaml:"max_body"`
}

// Section adjusts one section.
type Section struct {
	// Off switches the section off.
	Off bool `yaml:"off"`
}

// Requester is what the token says of who asks. Every person whom the region's policy
// lets read is audited by the region; to the practice they ask as this one.
type Requester struct {
	// System is the address of our system, the token's issuer.
	System string `yaml:"system"`
	// Organisation is our ODS code, and OrganisationName its name.
	Organisation     string `yaml:"organisation"`
	OrganisationName string `yaml:"organisation_name"`
	// UserID is the token's subject, RoleID a national role profile ("UNK" if there is
	// none), and Family and Given the name.
	UserID string `yaml:"user_id"`
	RoleID string `yaml:"role_id"`
	Family string `yaml:"family"`
	Given  string `yaml:"given"`
	// Device identifies the machine that asks; default "patchwork".
	Device string `yaml:"device"`
}

// TLS names the files of mutual TLS, in PEM.
type TLS struct {
	// CertFile and KeyFile are our certificate with its chain, and its key.
	CertFile string `yaml:"cert_file"`
	KeyFile  string `yaml:"key_file"`
	// CAFile are the authorities whose certificates are trusted; "" trusts the system's.
	CAFile string `yaml:"ca_file"`
}

// Validate reports every problem of the stanza; see sources.Connector.
func (c *Config) Validate() []sources.Problem {
	var all []sources.Problem
	add := func(path, format string, args ...any) {
		all = append(all, sources.Problem{Path: path, Text: fmt.Sprintf(format, args...)})
	}
	if problem := address(c.URL); c.URL == "" {
		add("url", "the practice's FHIR base address is missing")
	} else if problem != "" {
		add("url", "%s", problem)
	}
	if problem := address(c.Proxy); c.Proxy != "" && problem != "" {
		add("proxy", "%s", problem)
	}
	for _, n := range []struct{ path, value, what string }{
		{"from", c.From, "the ASID of our own system"}, {"to", c.To, "the ASID of the practice's system"},
		{"requester.organisation", c.Requester.Organisation, "our ODS code"},
		{"requester.user_id", c.Requester.UserID, "the user in whose name is asked"},
	} {
		switch {
		case n.value == "":
			add(n.path, "is missing: %s", n.what)
		case !isHeaderWord(n.value):
			add(n.path, "must be letters, digits and hyphens")
		}
	}
	if problem := address(c.Requester.System); problem != "" {
		add("requester.system", "the address of our system: %s", problem)
	}
	if (c.TLS.CertFile == "") != (c.TLS.KeyFile == "") {
		add("tls", "cert_file and key_file go together")
	}
	for _, n := range []struct {
		path        string
		value, most int
	}{{"max_entries", c.MaxEntries, 100_000}, {"max_body", c.MaxBody, 64 << 20}} {
		if n.value < 0 || n.value > n.most {
			add(n.path, "must be between 1 and %d, or left out", n.most)
		}
	}
	on := len(areas)
	for name, s := range c.Sections {
		if areaNamed(name) == nil {
			add("sections."+name, "is not a section that GP Connect has")
		} else if s.Off {
			on--
		}
	}
	if on == 0 {
		add("sections", "all are switched off")
	}
	slices.SortStableFunc(all, func(a, b sources.Problem) int { return strings.Compare(a.Path, b.Path) })
	return all
}

// address says what is wrong with an address, "" if nothing is.
func address(s string) string {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return "must be an address that begins with https:// or http://"
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "must have no user, query or fragment"
	}
	return ""
}

// isHeaderWord reports whether s may stand in a header as it is.
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
	def(&c.MaxEntries, 2000)
	def(&c.MaxBody, 10<<20)
	c.URL, c.Proxy = strings.TrimRight(c.URL, "/"), strings.TrimRight(c.Proxy, "/")
	if c.Requester.RoleID == "" {
		c.Requester.RoleID = "UNK"
	}
	if c.Requester.Device == "" {
		c.Requester.Device = "patchwork"
	}
	return c
}
