package policy

import (
	"slices"
	"strings"
	"time"

	"github.com/ory/ladon"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/record"
)

// The keys of the typed context. Every request has all of them (docs/policy.md).
const (
	keyRole               = "role"
	keyOrganisation       = "organisation"
	keyCareSetting        = "careSetting"
	keyPurpose            = "purpose"
	keyRelationship       = "relationship"
	keyBreakGlass         = "breakGlass"
	keyObjection          = "objection"
	keyRestrictedPerson   = "restrictedPerson"
	keySource             = "source"
	keySourceOrganisation = "sourceOrganisation"
	keyLabel              = "label"
	keyLaunch             = "launch"
	keyView               = "view"
	keyScope              = "scope"
	keyTime               = "time"
	keyWeekday            = "weekday"
)

// none is the value of a key that has none.
const none = "none"

// Keys lists the keys of the context, in the order in which people read them.
func Keys() []string {
	return []string{
		keyRole, keyOrganisation, keyCareSetting, keyPurpose, keyRelationship, keyBreakGlass, keyObjection,
		keyRestrictedPerson, keySource, keySourceOrganisation, keyLabel, keyLaunch, keyView, keyScope, keyTime, keyWeekday,
	}
}

// objected is how strongly a patient objects.
type objected uint8

const (
	notObjected objected = iota
	overridable
	absolute
)

var objectedWords = [...]string{none, "overridable", "absolute"}

// viewed is whether the reading is a custom view being run, and for what.
type viewed uint8

const (
	notViewed viewed = iota
	viewedForCare
	viewedOtherwise
)

var viewedWords = [...]string{"no", "care", "secondary"}

func viewedBy(s *auth.Session) viewed {
	switch {
	case s.View == nil:
		return notViewed
	case s.View.Secondary:
		return viewedOtherwise
	}
	return viewedForCare
}

// facts is all that a decision depends on, but for the label of an entry: comparable,
// and without anything that names a patient, so that a decision can be remembered.
type facts struct {
	role               auth.Role
	organisation       string
	careSetting        string
	purpose            auth.Purpose
	relationships      kinds
	broken             bool
	objection          objected
	restricted         bool
	source             string
	sourceOrganisation string
	launch             bool
	view               viewed
	scopes             string // classes, joined; "" if not narrowed
	minute             int16  // of the region's day
	weekday            int8
}

// kinds is a set of relationship kinds, by their place in relationship.Kinds.
type kinds uint8

func kindsOf(list []relationship.Relationship) kinds {
	var k kinds
	for _, r := range list {
		if i := slices.Index(relationship.Kinds(), r.Kind); i >= 0 {
			k |= 1 << i
		}
	}
	return k
}

func (k kinds) words() []string {
	var words []string
	for i, kind := range relationship.Kinds() {
		if k&(1<<i) != 0 {
			words = append(words, string(kind))
		}
	}
	if words == nil {
		return []string{none}
	}
	return words
}

// About is what stands between a caller and one patient, as decisions need it. A nil
// About is about nobody: no relationship, nothing broken, nothing objected.
type About struct {
	kinds      kinds
	broken     bool
	restricted bool
	objections []relationship.Objection
}

// AboutPatient prepares decisions about one patient. restricted says that the patient
// is under a national restriction (S-flag).
func AboutPatient(s relationship.Standing, restricted bool) *About {
	return &About{kinds: kindsOf(s.Relationships), broken: s.BreakGlass != nil, restricted: restricted, objections: s.Objections}
}

// Related reports whether there is any legitimate relationship.
func (a *About) Related() bool { return a != nil && a.kinds != 0 }

// Broken reports whether the caller has broken the glass.
func (a *About) Broken() bool { return a != nil && a.broken }

func (a *About) objection(source, section, organisation string) objected {
	strongest := notObjected
	for _, o := range a.objections {
		if !o.Covers(source, section, organisation) {
			continue
		}
		if o.Absolute {
			return absolute
		}
		strongest = overridable
	}
	return strongest
}

// gather makes the facts of one question.
func (e *Edition) gather(s *auth.Session, r *reach, about *About, class string, source *record.Origin) facts {
	f := facts{
		role: s.Role, organisation: s.Organisation.ODS, careSetting: s.CareSetting, purpose: s.Purpose,
		launch: s.Launch.Opened(), view: viewedBy(s), minute: -1, weekday: -1,
	}
	if r != nil {
		f.scopes = r.words
	}
	if source != nil {
		f.source, f.sourceOrganisation = source.ID, source.Organisation.ODS
	}
	if about != nil {
		f.relationships, f.broken, f.restricted = about.kinds, about.broken, about.restricted
		if len(about.objections) > 0 {
			f.objection = about.objection(f.source, strings.TrimPrefix(class, "record:"), f.organisation)
		}
	}
	if e.uses[keyTime] || e.uses[keyWeekday] {
		now := e.now()
		f.minute, f.weekday = int16(now.Hour()*60+now.Minute()), int8(now.Weekday()) //nolint:gosec // below 1440 and 7
	}
	return e.without(f)
}

// without clears what no policy of the edition looks at, so that more questions are one.
func (e *Edition) without(f facts) facts {
	if !e.uses[keySource] {
		f.source = ""
	}
	if !e.uses[keySourceOrganisation] {
		f.sourceOrganisation = ""
	}
	if !e.uses[keyCareSetting] {
		f.careSetting = ""
	}
	if !e.uses[keyView] {
		f.view = notViewed
	}
	if !e.uses[keyTime] {
		f.minute = -1
	}
	if !e.uses[keyWeekday] {
		f.weekday = -1
	}
	return f
}

// context is the typed context that Ladon's conditions see: every key, each a list of
// values that is never empty.
func (f facts) context(label int) ladon.Context {
	return ladon.Context{
		keyRole: one(string(f.role)), keyOrganisation: one(f.organisation), keyCareSetting: one(f.careSetting),
		keyPurpose: one(string(f.purpose)), keyRelationship: f.relationships.words(), keyBreakGlass: yes(f.broken),
		keyObjection: one(objectedWords[f.objection]), keyRestrictedPerson: yes(f.restricted),
		keySource: one(f.source), keySourceOrganisation: f.owner(), keyLabel: one(labels[label].name),
		keyLaunch: yes(f.launch), keyView: one(viewedWords[f.view]), keyScope: f.scopeWords(), keyTime: f.clock(), keyWeekday: f.day(),
	}
}

func one(s string) []string {
	if s == "" {
		return []string{none}
	}
	return []string{s}
}

func yes(b bool) []string {
	if b {
		return []string{"yes"}
	}
	return []string{"no"}
}

func (f facts) owner() []string {
	owner := one(f.sourceOrganisation)
	if f.sourceOrganisation != "" && f.sourceOrganisation == f.organisation {
		owner = append(owner, "own")
	}
	return owner
}

func (f facts) scopeWords() []string {
	if f.scopes == "" {
		return []string{"all"}
	}
	return strings.Split(f.scopes, " ")
}

// clock is the wall clock as "15:04", so that explanations read well.
func (f facts) clock() []string {
	if f.minute < 0 {
		return []string{none}
	}
	return []string{time.Date(0, 1, 1, int(f.minute)/60, int(f.minute)%60, 0, 0, time.UTC).Format("15:04")}
}

func (f facts) day() []string {
	if f.weekday < 0 {
		return []string{none}
	}
	return []string{strings.ToLower(time.Weekday(f.weekday).String())}
}

// weekdays are the values of the key weekday.
func weekdays() []string {
	days := make([]string, 7)
	for i := range days {
		days[i] = strings.ToLower(time.Weekday((i + 1) % 7).String())
	}
	return days
}
