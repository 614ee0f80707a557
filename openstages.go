package main

import (
	"slices"

	"github.com/patchworkcare/patchwork/auth"
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

// tester tells who sees what is in clinical safety testing: a user of the list, on our own
// pages. What other apps show of it they would not mark as not for care.
func (c *Config) tester() func(*auth.Session) bool {
	return func(s *auth.Session) bool {
		return (s.App == "" || s.App == viewerID) && slices.ContainsFunc(c.ClinicalSafety, func(t TesterConfig) bool {
			return t.Login == s.Login && t.User != "" && (t.User == s.Subject || t.User == s.Username)
		})
	}
}
