package main

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// linking checks how records without a verified NHS number are compared.
func (l *loading) linking(c *LinkingConfig, n *yaml.Node) {
	if !slices.Contains([]string{"", "link", "ask", "off"}, c.Scored) {
		l.say(child(n, "scored"), "linking: scored must be link, ask or off")
	}
	if c.Model == nil {
		return
	}
	for _, p := range c.Validate() {
		l.say(n, "linking: %s", p)
	}
}
