package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/check"
)

// AcceptedConfig is a finding of `source check` that was agreed with the supplier.
type AcceptedConfig struct {
	// Finding is its code, such as author-missing.
	Finding string `yaml:"finding"`
	// Sections are those in which it is accepted; none is all.
	Sections []string `yaml:"sections"`
	// Reason is what was agreed, and with whom. It stands in reports: it names no patient.
	Reason string `yaml:"reason"`
	// Until is the last day on which it is accepted, YYYY-MM-DD.
	Until string `yaml:"until"`
}

// accepted checks what a stanza accepts: only what is about quality, for a reason, until a day.
func (l *loading) accepted(s *SourceConfig, n *yaml.Node) {
	for i, a := range s.Accepted {
		where := item(child(n, "accepted"), i)
		can := check.Acceptable()
		switch {
		case slices.Contains(can, a.Finding):
		case check.Known(a.Finding):
			l.say(orNode(child(where, "finding"), where), "source %s: accepted: %s cannot be accepted, since it is about more than how good the data is; what can: %s", s.ID, a.Finding, strings.Join(can, ", "))
		default:
			did := ""
			if near := nearestOf(a.Finding, can); near != "" {
				did = fmt.Sprintf("; did you mean %q?", near)
			}
			l.say(orNode(child(where, "finding"), where), "source %s: accepted: there is no finding %q%s", s.ID, a.Finding, did)
		}
		for _, name := range a.Sections {
			if _, ok := record.SectionNamed(name); !ok {
				l.say(orNode(child(where, "sections"), where), "source %s: accepted: there is no section %q", s.ID, name)
			}
		}
		if strings.TrimSpace(a.Reason) == "" {
			l.say(where, "source %s: accepted: reason is missing: what was agreed, and with whom", s.ID)
		}
		if _, err := time.Parse(time.DateOnly, a.Until); err != nil {
			l.say(orNode(child(where, "until"), where), "source %s: accepted: until is the last day on which it is accepted, such as 2027-03-31", s.ID)
		}
	}
}

// checking is how the stanza's source is checked, whoever asks.
func (s *SourceConfig) checking(o check.Options) check.Options {
	for _, a := range s.Accepted {
		o.Accepted = append(o.Accepted, check.Acceptance(a))
	}
	o.TrustUnsaid = s.trustUnsaid()
	return o
}

// trustUnsaid is the setting that says how far NHS numbers are trusted, where the type has it
// and the stanza does not; else "".
func (s *SourceConfig) trustUnsaid() string {
	const setting = "trust_nhs_numbers"
	maker, ok := connectors()[s.Type]
	if !ok || child(&s.Connect, setting) != nil {
		return ""
	}
	if yaml.Load([]byte(setting+": unverified"), maker(), yaml.WithKnownFields()) != nil {
		return "" // this type has no such setting
	}
	return setting
}
