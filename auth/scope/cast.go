package scope

import (
	"slices"
	"strings"
)

// CastPrefix begins the scopes of FHIRcast: fhircast/EVENT.read lets an app hear of an event,
// fhircast/EVENT.write bring it about, and "*" stands for every event and for both. FHIRcast
// STU3 §2.2.
const CastPrefix = "fhircast/"

// CastRead and CastWrite are of every event.
const (
	CastRead  = CastPrefix + "*.read"
	CastWrite = CastPrefix + "*.write"
)

// castEvents are those that the hub knows, as the standard writes them.
var castEvents = []string{"Patient-open", "Patient-close", "SyncError", "UserLogout"}

// Cast reports whether scopes permit an app to hear of an event ("read"), or to bring it
// about ("write"). The names of events are compared without their case (FHIRcast STU3 §2.4).
func Cast(granted []string, event, may string) bool {
	i := slices.IndexFunc(castEvents, func(e string) bool { return strings.EqualFold(e, event) })
	return i >= 0 && slices.ContainsFunc(granted, func(g string) bool {
		return castScope(g) && castReaches(g, CastPrefix+castEvents[i]+"."+may)
	})
}

// IsCast reports whether it is a scope of FHIRcast.
func (s Scope) IsCast() bool { return s.Context == "" && castScope(s.Plain) }

// castParts takes one apart; "" for what is none.
func castParts(text string) (event, may string) {
	rest, ok := strings.CutPrefix(text, CastPrefix)
	if !ok {
		return "", ""
	}
	event, may, _ = strings.Cut(rest, ".")
	if event != "*" && !slices.Contains(castEvents, event) || may != "read" && may != "write" && may != "*" {
		return "", ""
	}
	return event, may
}

func castScope(text string) bool {
	event, _ := castParts(text)
	return event != ""
}

// castReaches reports whether one covers the other.
func castReaches(s, other string) bool {
	event, may := castParts(s)
	otherEvent, otherMay := castParts(other)
	return event != "" && otherEvent != "" && (event == "*" || event == otherEvent) && (may == "*" || may == otherMay)
}

// castWords says what one lets an app do; "" for what is none.
func castWords(text string) string {
	event, may := castParts(text)
	if event == "" {
		return ""
	}
	does := map[string]string{"read": "Follow", "write": "Tell", "*": "Follow and tell"}[may]
	what := "which patient is open in your patient record system"
	switch event {
	case "SyncError":
		what = "whether apps show the patient who is open in your patient record system"
	case "UserLogout":
		what = "when you sign out of your patient record system"
	}
	return does + " " + what
}
