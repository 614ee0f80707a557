package main

import (
	"net/url"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/signin"
	"github.com/patchworkcare/patchwork/auth/smartlogin"
)

// launchers checks the stanzas and makes them ready. They follow the logins: an account, and
// what is switched off, is named by either's id.
func (l *loading) launchers(c *Config, list *yaml.Node) {
	ids := map[string]string{signin.Local: "Patchwork's own accounts"}
	for _, s := range c.Logins {
		ids[s.ID] = "a login"
	}
	for i := range c.Launchers {
		s, n := &c.Launchers[i], item(list, i)
		switch {
		case !idForm.MatchString(s.ID):
			l.say(orNode(child(n, "id"), n), "launcher %d: id must be lower-case letters, digits and hyphens, at most 40", i+1)
		case ids[s.ID] != "":
			l.say(child(n, "id"), "launcher %s: this id is taken by %s; take another", s.ID, ids[s.ID])
		}
		ids[s.ID] = "another launcher above"
		what := "launcher " + s.ID
		if strings.TrimSpace(s.Name) == "" {
			l.say(orNode(child(n, "name"), n), "%s: name is missing: it is what people call the EPR", what)
		}
		if s.Type != smartlogin.Type {
			l.say(orNode(child(n, "type"), n), "%s: there is no type %q; there is %s", what, s.Type, smartlogin.Type)
		}
		l.organisations(what, s.Organisations, n)
		l.frames(c, s, n)
		l.launcherConnector(c, i, n)
		s.mapping = l.who(what, s.Who, s.Organisations, n)
	}
}

// frames are origins, spelt as browsers do.
func (l *loading) frames(c *Config, s *LauncherConfig, n *yaml.Node) {
	for i, frame := range s.Frames {
		u, err := url.Parse(frame)
		ok := err == nil && u.Hostname() != "" && frame == u.Scheme+"://"+u.Host && strings.ToLower(frame) == frame && !strings.ContainsAny(frame, " ;,*'\"")
		if !ok || u.Scheme != "https" && !(u.Scheme == "http" && auth.Loopback(u.Hostname())) {
			l.say(item(child(n, "frames"), i), "launcher %s: frames: each must be an origin, such as https://epr.example.nhs.uk: no path, no slash at the end", s.ID)
		}
	}
}

func (l *loading) launcherConnector(c *Config, i int, n *yaml.Node) {
	s := &c.Launchers[i]
	connect := child(n, "connect")
	if connect == nil {
		l.say(n, "launcher %s: connect is missing: how to reach the EPR (patchwork launcher init shows one)", s.ID)
		return
	}
	before := len(l.problems)
	l.keys("launcher "+s.ID+": ", connect, &s.connector, "connect")
	l.decoding("launcher "+s.ID+": connect: ", connect.Load(&s.connector))
	if len(l.problems) > before {
		return // what was not read cannot be judged
	}
	for _, p := range s.connector.Validate() {
		l.say(orNode(at(connect, p.Path), connect), "launcher %s: connect.%s: %s", s.ID, p.Path, p.Text)
	}
	switch iss := s.connector.Iss; {
	case iss == "":
	case smartlogin.SameIss(iss, c.PublicURL+"/fhir"):
		l.say(child(connect, "iss"), "launcher %s: connect.iss: this is Patchwork's own FHIR base, which needs no launcher", s.ID)
	case slices.ContainsFunc(c.Launchers[:i], func(o LauncherConfig) bool { return smartlogin.SameIss(o.connector.Iss, iss) }):
		l.say(child(connect, "iss"), "launcher %s: connect.iss: a launcher above has it already: which is meant nobody could say", s.ID)
	}
}
