package naive

import (
	"strings"
	"time"
)

// Attributes are the context of one decision: every key with its values.
type Attributes map[string][]string

// With is the attributes with one key changed.
func (a Attributes) With(key string, values ...string) Attributes {
	changed := Attributes{}
	for k, v := range a {
		changed[k] = v
	}
	changed[key] = values
	return changed
}

// Caller is who asks, for the table of docs/policy.md.
type Caller struct {
	Role, Organisation, CareSetting, Purpose string
	// Launched says that an EPR opened the session on one person.
	Launched bool
	// View is "care" or "secondary" where a custom view is run; "" where the caller reads.
	View string
	// Scopes are the classes that SMART scopes name; nil if the session is not narrowed.
	Scopes []string
}

// About is what stands between the caller and one person.
type About struct {
	Relationships []string
	Broken        bool
	Restricted    bool // under a national restriction (S-flag)
	Objections    []Objection
}

// Objection is a person's wish; what is "" does not narrow it.
type Objection struct {
	Source, Section, Organisation string
	Absolute                      bool
}

// Source is the system whose data is decided; zero for what belongs to none.
type Source struct{ ID, Organisation string }

// Context makes the attributes of a question about a class, with label none.
func Context(c Caller, about About, s Source, class string, now time.Time) Attributes {
	return Attributes{
		"role": {orNone(c.Role)}, "organisation": {orNone(c.Organisation)}, "careSetting": {orNone(c.CareSetting)},
		"purpose": {orNone(c.Purpose)}, "relationship": orOnlyNone(about.Relationships), "breakGlass": {yes(about.Broken)},
		"objection":        {about.objection(c.Organisation, s.ID, class)},
		"restrictedPerson": {yes(about.Restricted)}, "source": {orNone(s.ID)},
		"sourceOrganisation": s.organisations(c.Organisation), "label": {none}, "launch": {yes(c.Launched)}, "view": {orNo(c.View)},
		"scope": scopes(c.Scopes), "time": {now.Format("15:04")},
		"weekday": {strings.ToLower(now.Weekday().String())},
	}
}

// objection is "the strongest objection of the person against the caller's
// organisation, this source and this section".
func (a About) objection(organisation, source, class string) string {
	section := strings.TrimPrefix(class, "record:")
	strongest := none
	for _, o := range a.Objections {
		switch {
		case o.Organisation != "" && o.Organisation != organisation:
		case o.Source != "" && o.Source != source:
		case o.Section != "" && o.Section != section:
		case o.Absolute:
			return "absolute"
		default:
			strongest = "overridable"
		}
	}
	return strongest
}

func (s Source) organisations(callers string) []string {
	switch {
	case s.Organisation == "":
		return []string{none}
	case s.Organisation == callers:
		return []string{s.Organisation, "own"}
	}
	return []string{s.Organisation}
}

func scopes(classes []string) []string {
	if classes == nil {
		return []string{"all"}
	}
	return orOnlyNone(classes)
}

func orNone(s string) string {
	if s == "" {
		return none
	}
	return s
}

func orNo(s string) string {
	if s == "" {
		return "no"
	}
	return s
}

func orOnlyNone(list []string) []string {
	if len(list) == 0 {
		return []string{none}
	}
	return list
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
