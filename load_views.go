package main

import (
	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/views/disclosure"
)

// views checks how custom views are run.
func (l *loading) views(c *ViewsConfig, n *yaml.Node) {
	for key, bad := range map[string]bool{"keep": c.Keep < 0, "people": c.People < 0, "at_once": c.AtOnce < 0} {
		if bad {
			l.say(at(n, key), "views: %s cannot be below 0", key)
		}
	}
	s := c.Secondary
	if s == nil {
		return
	}
	n = child(n, "secondary")
	if s.OptOuts == "" {
		l.say(n, "views: secondary needs opt_outs, the file of who has opted out: without it no view may be run for other purposes than care")
	}
	if s.Smallest != 0 && s.Smallest < disclosure.MinK {
		l.say(at(n, "smallest"), "views: smallest is at least %d", disclosure.MinK)
	}
	for key, bad := range map[string]bool{"opt_outs_age": s.OptOutsAge < 0, "rounding": s.Rounding < 0, "remember": s.Remember < 0} {
		if bad {
			l.say(at(n, key), "views: %s cannot be below 0", key)
		}
	}
}
