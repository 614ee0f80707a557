package main

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/local"
	"github.com/patchworkcare/patchwork/record"
)

// stages are what the configuration says of each source.
func (c *Config) stages() []record.StageRule {
	rules := make([]record.StageRule, len(c.Sources))
	for i := range c.Sources {
		rules[i] = record.StageRule{Source: c.Sources[i].ID, Stage: record.Live}
		if stage := c.Sources[i].Stage; stage != "" {
			rules[i].Stage = stage
		}
	}
	return rules
}

// testers checks who is named as one: a slip of the finger would name nobody.
func (l *loading) testers(c *Config, root *yaml.Node) {
	for i, t := range c.ClinicalSafety {
		n := item(child(root, "clinical_safety"), i)
		if t.User == "" {
			l.say(n, "clinical_safety %d: user is missing: the user name, or the provider's own id of them", i+1)
		}
		if t.Login != local.Issuer && !slices.ContainsFunc(c.Logins, func(login LoginConfig) bool { return login.ID == t.Login }) {
			l.say(n, "clinical_safety %d: login must be the id of a login, or local", i+1)
		}
	}
}

// tester tells who sees what is in clinical safety testing: a user of the list, on our own
// pages. What other apps show of it they would not mark as not for care.
func (c *Config) tester() func(*auth.Session) bool {
	return func(s *auth.Session) bool {
		login := s.Login
		if login == "" && s.Issuer == local.Issuer {
			login = local.Issuer
		}
		return (s.App == "" || s.App == viewerID) && slices.ContainsFunc(c.ClinicalSafety, func(t TesterConfig) bool {
			return t.Login == login && login != "" && t.User != "" && (t.User == s.Subject || t.User == s.Username)
		})
	}
}
