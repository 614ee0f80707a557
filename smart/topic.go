package smart

import (
	"context"
	"slices"

	"github.com/patchworkcare/patchwork/auth/scope"
)

// Topics begins those of FHIRcast, for package smart/cast.
type Topics interface {
	// Begin keeps a topic on which the EPR has a patient open, and gives its name and the id
	// of the event that opened them.
	Begin(ctx context.Context, epr, number, birthDate string) (topic, event string, err error)
}

// HubURL is where FHIRcast's hub is asked: hub.url.
func (s *Server) HubURL() string { return s.Public + "/smart/cast" }

// tellTopic adds where the app hears that the EPR has moved on, if it may. FHIRcast STU3 §2.1.
func (s *Server) tellTopic(l *LaunchContext, granted []string, context map[string]any) {
	if l.Topic == "" || !slices.ContainsFunc(scope.ParseAll(granted), scope.Scope.IsCast) {
		return
	}
	context["hub.url"], context["hub.topic"] = s.HubURL(), l.Topic
	context["hub_event"] = l.Event // not of the standard: which event the launch belongs to
}
