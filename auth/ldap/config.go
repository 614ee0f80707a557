package ldap

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/go-ldap/ldap/v3"

	"github.com/patchworkcare/patchwork/auth"
)

// Config is the `connect` part of a login of type ldap. It implements auth.Connector. Zero
// values are the defaults given with each field.
type Config struct {
	// URL is ldaps://HOST[:PORT], or ldap://HOST[:PORT] with StartTLS.
	URL      string `yaml:"url"`
	StartTLS bool   `yaml:"start_tls"`
	// InsecureLoopback allows plain ldap:// to a loopback address.
	InsecureLoopback bool `yaml:"insecure_loopback"`
	// CAFile is PEM of the authorities that may have signed the directory's certificate;
	// default the system's.
	CAFile string `yaml:"ca_file"`
	// ServerName is the name that the certificate must have; default the host of URL.
	ServerName string `yaml:"server_name"`
	// BindDN and its password are a service account that may read people and groups.
	// Active Directory takes user@domain for a DN.
	BindDN           string `yaml:"bind_dn"`
	BindPassword     string `yaml:"bind_password"`
	BindPasswordFile string `yaml:"bind_password_file"`
	// BaseDN is where people stand, at any depth.
	BaseDN string `yaml:"base_dn"`
	// UserFilter finds one person: RFC 4515 with exactly one {username}, which an attribute
	// is compared with; default (&(objectClass=person)(uid={username})).
	UserFilter string `yaml:"user_filter"`
	// SubjectAttribute is the id that never changes hands; default entryUUID (RFC 4530).
	// objectGUID is written as a GUID.
	SubjectAttribute string `yaml:"subject_attribute"`
	// Attributes become claims of these names, each a list of strings; default displayName,
	// cn, mail. The claim `name` is added if none of them is called so: displayName, else cn.
	Attributes []string `yaml:"attributes"`
	Groups     Groups   `yaml:"groups"`
	// Disabled is a filter that people match who may not sign in; default none. {now} is the
	// time as 20060102150405Z, {filetime} as Active Directory counts it.
	Disabled string `yaml:"disabled"`
	// DecoyDN is what is bound to for unknown names; default a name that nobody has.
	DecoyDN string `yaml:"decoy_dn"`
	// Timeout is for one sign-in, everything included; default 5s, at most 30s.
	Timeout time.Duration `yaml:"timeout"`
	// PoolSize is how many sign-ins and re-checks may be under way; default 8, at most 64.
	PoolSize int `yaml:"pool_size"`
}

// Groups is how the groups of a person are found.
type Groups struct {
	// BaseDN is where groups stand, at any depth; "" looks for none.
	BaseDN string `yaml:"base_dn"`
	// Filter has {dn} or {username}; default (member={dn}).
	Filter string `yaml:"filter"`
	// NameAttribute becomes the claim; default cn.
	NameAttribute string `yaml:"name_attribute"`
	// Nested looks through groups within groups, by Active Directory's matching rule
	// 1.2.840.113556.1.4.1941 (MS-ADTS §3.1.1.3.4.4.3).
	Nested bool `yaml:"nested"`
}

// Defaults.
const (
	defaultUserFilter = "(&(objectClass=person)(uid={username}))"
	defaultSubject    = "entryUUID"
	defaultTimeout    = 5 * time.Second
	mostTimeout       = 30 * time.Second
	defaultPool       = 8
	mostPool          = 64
)

// attributeName is RFC 4512 §2.5 without options.
var attributeName = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9-]*|[0-9]+(\.[0-9]+)+)$`)

// Validate reports every problem; see auth.Connector.
func (c *Config) Validate() []auth.Problem {
	var all problems
	c.validateServer(&all)
	c.validateService(&all)
	all.dn("base_dn", c.BaseDN, "where people stand")
	if _, err := parseUserFilter(c.userFilter()); err != nil {
		all.add("user_filter", "%v", err)
	}
	all.attribute("subject_attribute", c.subjectAttribute())
	for i, name := range c.Attributes {
		path := fmt.Sprintf("attributes[%d]", i)
		all.attribute(path, name)
		if c.Groups.BaseDN != "" && name == groupsClaim {
			all.add(path, "is the claim of the group look-up: leave one of them out")
		}
	}
	c.Groups.validate(&all)
	if c.Disabled != "" {
		all.filter("disabled", fillMoment(c.Disabled, time.Unix(0, 0)))
	}
	if c.DecoyDN != "" {
		all.dn("decoy_dn", c.DecoyDN, "")
	}
	if c.Timeout < 0 || c.Timeout > mostTimeout {
		all.add("timeout", "must be between 1ms and %s, or left out", mostTimeout)
	}
	if c.PoolSize < 0 || c.PoolSize > mostPool {
		all.add("pool_size", "must be between 1 and %d, or left out", mostPool)
	}
	return all
}

func (c *Config) validateServer(all *problems) {
	u, err := url.Parse(c.URL)
	switch {
	case c.URL == "":
		all.add("url", "the directory's address is missing")
		return
	case err != nil || u.Hostname() == "" || u.Scheme != "ldaps" && u.Scheme != "ldap":
		all.add("url", "must be ldaps://HOST, or ldap://HOST with start_tls: true")
		return
	case u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		all.add("url", "must have no user, path, query or fragment; where people stand is base_dn")
	}
	loopback := auth.Loopback(u.Hostname())
	switch {
	case u.Scheme == "ldaps" && c.StartTLS:
		all.add("start_tls", "is for ldap:// only; ldaps:// is encrypted from the start")
	case u.Scheme == "ldap" && !c.StartTLS && !(c.InsecureLoopback && loopback):
		all.add("url", "passwords would travel in the clear: write ldaps://, or start_tls: true")
	}
	if c.InsecureLoopback && !loopback {
		all.add("insecure_loopback", "is for 127.0.0.1, ::1 and localhost only")
	}
}

func (c *Config) validateService(all *problems) {
	if c.BindDN == "" {
		all.add("bind_dn", "the service account is missing")
	}
	if (c.BindPassword == "") == (c.BindPasswordFile == "") {
		all.add("bind_password", "give exactly one of bind_password and bind_password_file")
	}
}

func (g *Groups) validate(all *problems) {
	if g.BaseDN == "" {
		if g.Filter != "" || g.NameAttribute != "" || g.Nested {
			all.add("groups.base_dn", "where groups stand is missing")
		}
		return
	}
	all.dn("groups.base_dn", g.BaseDN, "")
	all.attribute("groups.name_attribute", g.nameAttribute())
	if !strings.Contains(g.filter(), "={dn}") && !strings.Contains(g.filter(), "={username}") {
		all.add("groups.filter", "must compare with {dn} or {username}, as in (member={dn})")
	}
	if g.Nested && !strings.Contains(g.filter(), "={dn}") {
		all.add("groups.nested", "needs a filter that compares with {dn}")
	}
	all.filter("groups.filter", g.fill("cn=x", "x"))
}

func (c *Config) userFilter() string       { return or(c.UserFilter, defaultUserFilter) }
func (c *Config) subjectAttribute() string { return or(c.SubjectAttribute, defaultSubject) }
func (g *Groups) filter() string           { return or(g.Filter, "(member={dn})") }
func (g *Groups) nameAttribute() string    { return or(g.NameAttribute, "cn") }

func (c *Config) attributes() []string {
	if c.Attributes == nil {
		return []string{"displayName", "cn", "mail"}
	}
	return c.Attributes
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// address is where to connect: HOST:PORT. The URL has been validated.
func (c *Config) address() (host, address string, tls bool) {
	u, err := url.Parse(c.URL)
	if err != nil {
		return "", "", true
	}
	port := u.Port()
	if port == "" {
		port = map[bool]string{true: ldap.DefaultLdapsPort, false: ldap.DefaultLdapPort}[u.Scheme == "ldaps"]
	}
	return u.Hostname(), net.JoinHostPort(u.Hostname(), port), u.Scheme == "ldaps"
}

// issuer is the directory's name in proofs: url/base_dn, each in its canonical spelling, so
// that another spelling in the stanza makes nobody somebody else.
func (c *Config) issuer() string {
	scheme, _, _ := strings.Cut(c.URL, ":")
	_, address, _ := c.address()
	base := c.BaseDN
	if dn, err := ldap.ParseDN(base); err == nil {
		base = dn.String()
	}
	return strings.ToLower(scheme + "://" + address + "/" + base)
}

// Open makes the login ready; see auth.Connector.
func (c *Config) Open(_ context.Context, env auth.Env) (auth.Provider, error) { return open(c, env) }

type problems []auth.Problem

func (p *problems) add(path, format string, args ...any) {
	*p = append(*p, auth.Problem{Path: path, Text: fmt.Sprintf(format, args...)})
}

func (p *problems) dn(path, dn, what string) {
	if dn == "" {
		p.add(path, "%s is missing", what)
	} else if _, err := ldap.ParseDN(dn); err != nil {
		p.add(path, "is not a distinguished name, such as ou=staff,dc=example")
	}
}

func (p *problems) attribute(path, name string) {
	if !attributeName.MatchString(name) {
		p.add(path, "must be the name of an attribute")
	}
}

func (p *problems) filter(path, filter string) {
	if _, err := ldap.CompileFilter(filter); err != nil {
		p.add(path, "is not a filter, such as (objectClass=person)")
	}
}
