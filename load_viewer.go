package main

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/viewer"
	"github.com/patchworkcare/patchwork/web"
)

// viewer checks how the viewer looks and what it keeps.
func (l *loading) viewer(c *ViewerConfig, n *yaml.Node) {
	for key, text := range map[string]string{"name": c.Name, "short_name": c.ShortName, "support.text": c.Support.Text} {
		most := map[string]int{"name": 60, "short_name": 30, "support.text": 200}[key]
		if utf8.RuneCountInString(text) > most || strings.ContainsFunc(text, unicode.IsControl) {
			l.say(at(n, key), "viewer: %s must be one line of at most %d characters", key, most)
		}
	}
	for key, address := range map[string]string{"support.url": c.Support.URL, "help": c.Help} {
		if address != "" && !leadsOut(address) {
			l.say(at(n, key), "viewer: %s must be https://… or mailto:…", key)
		}
	}
	if c.Support.URL != "" && c.Support.Text == "" {
		l.say(at(n, "support"), "viewer: support has a url and no text to show for it")
	}
	if c.Colour != "" {
		if err := web.CheckColour(c.Colour); err != nil {
			l.say(child(n, "colour"), "viewer: colour %s", err)
		}
	}
	if c.Logo != "" {
		var err error
		if c.logo, err = readLogo(c.Logo); err != nil {
			l.say(child(n, "logo"), "viewer: logo %s", err)
		}
	}
	for key, days := range map[string]*int{"recent_days": c.RecentDays, "look_days": c.LookDays} {
		if days != nil && (*days < 0 || *days > 3650) {
			l.say(child(n, key), "viewer: %s must be from 0, which keeps none, to 3650", key)
		}
	}
	l.summaries(c.Summary, child(n, "summary"))
}

// leadsOut reports whether an address is one that a link of the viewer may lead to.
func leadsOut(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" && u.Host != "" && u.User == nil || u.Scheme == "mailto" && u.Opaque != "")
}

// mostLogo is how large a logo may be, in bytes: it comes with every first page.
const mostLogo = 64 << 10

func readLogo(path string) (web.Logo, error) {
	f, err := os.Open(path) //nolint:gosec // the operator's own path
	if err != nil {
		return web.Logo{}, fmt.Errorf("cannot be read: %w", err)
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, mostLogo+1))
	switch {
	case err != nil:
		return web.Logo{}, fmt.Errorf("cannot be read: %w", err)
	case len(body) > mostLogo:
		return web.Logo{}, fmt.Errorf("is larger than %d KiB", mostLogo>>10)
	}
	return web.NewLogo(body)
}

// summaries checks the arrangements of the summary.
func (l *loading) summaries(list []SummaryConfig, n *yaml.Node) {
	seen := map[string]bool{}
	for i, s := range list {
		at := item(n, i)
		if !s.Role.Valid() {
			l.say(orNode(child(at, "role"), at), "viewer: summary %d: role must be one of %s", i+1, roleNames())
		}
		if key := string(s.Role) + "\n" + s.CareSetting; seen[key] {
			l.say(at, "viewer: summary %d: there is one for this role and care setting above", i+1)
		} else {
			seen[key] = true
		}
		if len(s.Sections)+len(s.Folded) == 0 {
			l.say(at, "viewer: summary %d: sections is missing: which come first, in order", i+1)
		}
		for key, names := range map[string][]string{"sections": s.Sections, "folded": s.Folded} {
			l.sectionNames(i, key, names, orNode(child(at, key), at))
		}
		for _, name := range s.Folded {
			if viewer.NeverFolded(name) {
				l.say(child(at, "folded"), "viewer: summary %d: %s cannot be folded away: nobody may miss it", i+1, name)
			}
		}
	}
}

func (l *loading) sectionNames(i int, key string, names []string, n *yaml.Node) {
	for j, name := range names {
		if _, ok := record.SectionNamed(name); !ok {
			l.say(orNode(item(n, j), n), "viewer: summary %d: there is no section %q", i+1, name)
		}
		if slices.Index(names, name) < j {
			l.say(orNode(item(n, j), n), "viewer: summary %d: %s has %q twice", i+1, key, name)
		}
	}
}

func roleNames() string {
	var names []string
	for _, r := range auth.Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}
