package main

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/claims"
	"github.com/patchworkcare/patchwork/auth/signin"
)

var (
	odsForm    = regexp.MustCompile(`^[A-Z0-9]{3,10}$`)
	domainForm = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)
)

// publicURL checks where browsers reach this server: providers send them back there.
func (l *loading) publicURL(c *Config, root *yaml.Node) {
	n := child(root, "public_url")
	if c.PublicURL == "" {
		if len(c.Logins)+len(c.Launchers) > 0 {
			l.say(orNode(n, orNode(child(root, "logins"), child(root, "launchers"))), "public_url is missing: logins and launchers need the address at which browsers reach this server, such as https://care.example.nhs.uk")
		}
		return
	}
	u, err := url.Parse(c.PublicURL)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http":
		l.say(n, "public_url must be an address such as https://care.example.nhs.uk")
	case strings.TrimSuffix(c.PublicURL, "/") != u.Scheme+"://"+u.Host:
		l.say(n, "public_url must be the scheme and the host alone: no path, no query, no user")
	case u.Scheme == "http" && !auth.Loopback(u.Hostname()):
		l.say(n, "public_url must begin with https://; http:// is for this machine only (127.0.0.1)")
	}
	c.PublicURL = strings.TrimSuffix(c.PublicURL, "/")
}

// logins checks the stanzas and makes them ready.
func (l *loading) logins(c *Config, list *yaml.Node) {
	ids, domains := map[string]bool{}, map[string]bool{}
	shortest := 30 * time.Second
	if u, err := url.Parse(c.PublicURL); err == nil && auth.Loopback(u.Hostname()) {
		shortest = time.Second
	}
	for i := range c.Logins {
		s, n := &c.Logins[i], item(list, i)
		switch {
		case !idForm.MatchString(s.ID):
			l.say(orNode(child(n, "id"), n), "login %d: id must be lower-case letters, digits and hyphens, at most 40", i+1)
		case s.ID == signin.Local:
			l.say(child(n, "id"), "login %s: this id is that of Patchwork's own accounts; take another", s.ID)
		case ids[s.ID]:
			l.say(child(n, "id"), "login %s: this id is taken by another login above", s.ID)
		}
		ids[s.ID] = true
		if strings.TrimSpace(s.Name) == "" {
			l.say(orNode(child(n, "name"), n), "login %s: name is missing: it is what people pick", s.ID)
		}
		l.recheck(s, n, shortest)
		what := "login " + s.ID
		l.organisations(what, s.Organisations, n)
		l.domains(s, n, domains)
		l.loginConnector(s, n)
		s.mapping = l.who(what, s.Who, s.Organisations, n)
	}
}

func (l *loading) recheck(s *LoginConfig, n *yaml.Node, shortest time.Duration) {
	if s.Recheck == nil {
		often := defaultRecheck
		s.Recheck = &often
	}
	if r := *s.Recheck; r < 0 || r > 0 && r < shortest {
		l.say(orNode(child(n, "recheck"), n), "login %s: recheck must be %v or longer, or 0s for never", s.ID, shortest)
	}
}

// organisations checks those of a stanza; what names it.
func (l *loading) organisations(what string, list []claims.Organisation, n *yaml.Node) {
	if len(list) == 0 {
		l.say(orNode(child(n, "organisations"), n), "%s: organisations: at least one is needed, for whom the provider may vouch", what)
	}
	seen := map[string]bool{}
	for i, o := range list {
		where := item(child(n, "organisations"), i)
		if !odsForm.MatchString(o.ODS) {
			l.say(orNode(child(where, "ods"), where), "%s: organisation %d: ods must be an ODS code: 3 to 10 upper-case letters and digits", what, i+1)
		} else if seen[o.ODS] {
			l.say(child(where, "ods"), "%s: organisation %d: %s is there already", what, i+1, o.ODS)
		}
		seen[o.ODS] = true
		if strings.TrimSpace(o.Name) == "" {
			l.say(orNode(child(where, "name"), where), "%s: organisation %d: name is missing", what, i+1)
		}
	}
}

// domains checks those of one login; taken has those of the ones above.
func (l *loading) domains(s *LoginConfig, n *yaml.Node, taken map[string]bool) {
	for i, d := range s.Domains {
		where := item(child(n, "domains"), i)
		switch {
		case !domainForm.MatchString(d) || len(d) > 253:
			l.say(where, "login %s: domains: %q is no domain in lower case, such as riverside.nhs.uk", s.ID, d)
		case taken[d]:
			l.say(where, "login %s: domains: %s is listed already: it can lead to one login only", s.ID, d)
		}
		taken[d] = true
	}
}

func (l *loading) loginConnector(s *LoginConfig, n *yaml.Node) {
	makers := loginTypes()
	maker, ok := makers[s.Type]
	if !ok {
		l.say(orNode(child(n, "type"), n), "login %s: there is no type %q; there are %s",
			s.ID, s.Type, strings.Join(slices.Sorted(maps.Keys(makers)), ", "))
		return
	}
	s.connector = maker()
	connect := child(n, "connect")
	if connect == nil {
		l.say(n, "login %s: connect is missing: how to reach the provider (patchwork login init %s shows one)", s.ID, s.Type)
		return
	}
	before := len(l.problems)
	l.keys("login "+s.ID+": ", connect, s.connector, "connect")
	l.decoding("login "+s.ID+": connect: ", connect.Load(s.connector))
	if len(l.problems) > before {
		return // what was not read cannot be judged
	}
	for _, p := range s.connector.Validate() {
		l.say(orNode(at(connect, p.Path), connect), "login %s: connect.%s: %s", s.ID, p.Path, p.Text)
	}
}

// who compiles the rules of a stanza; what names it.
func (l *loading) who(what string, rules *claims.Rules, organisations []claims.Organisation, n *yaml.Node) *claims.Mapping {
	if rules == nil {
		l.say(orNode(child(n, "who"), n), "%s: who is missing: what the provider's claims mean here, at least one role", what)
		return nil
	}
	mapping, problems := claims.Compile(*rules, organisations)
	for _, p := range problems {
		l.say(orNode(at(child(n, "who"), p.Path), n), "%s: who.%s: %s", what, p.Path, p.Text)
	}
	return mapping
}
