package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/world"
	"github.com/patchworkcare/patchwork/record"
)

// fuzzJudge says what one caller may see under one set of policies at one minute, by
// package naive alone.
type fuzzJudge struct {
	region *fuzzRegion
	policy *naive.Document
	caller *fuzzCaller
	at     time.Time
	memory map[string]naive.Answer
}

func (r *fuzzRegion) judge(d *naive.Document, c *fuzzCaller) *fuzzJudge {
	return &fuzzJudge{r, d, c, time.Now().In(r.zone), map[string]naive.Answer{}}
}

// about is the question's context; source "" is none.
func (j *fuzzJudge) about(person int, source, class string) naive.Attributes {
	return naive.Context(j.caller.naive, j.caller.about[person], naive.Source{ID: source, Organisation: j.region.organisationOf(source)}, class, j.at)
}

// scoped reports whether SMART scopes let the class through: they can only narrow
// (design.md: one executor, each concern in one place).
func (j *fuzzJudge) scoped(class string) bool {
	return j.caller.naive.Scopes == nil || slices.Contains(j.caller.naive.Scopes, class)
}

// opens reports whether the caller may open the person by an action.
func (j *fuzzJudge) opens(person int, action string) bool {
	if l := j.caller.session.Launch; l != nil && l.Patient != j.region.ids[person] {
		return false
	}
	class := "patient:" + action
	return j.scoped(class) && j.policy.Class(j.about(person, "", class), action, class) == naive.Shown
}

// entry decides an entry's field, the entry itself (field ""), or a source's section
// (no labels, field "").
func (j *fuzzJudge) entry(action string, person int, source string, s record.Section, field string, labels []string) naive.Answer {
	class := "record:" + s.Name()
	key := fmt.Sprint(action, person, source, class, field, labels)
	if a, ok := j.memory[key]; ok {
		return a
	}
	a := naive.Withheld
	if j.scoped(class) && !slices.Contains(j.caller.scoping.lacks[class], field) {
		a = j.policy.Entry(j.about(person, source, class), action, class, field, labels)
	}
	j.memory[key] = a
	return a
}

// section decides a source's section.
func (j *fuzzJudge) section(action string, person int, source string, s record.Section) naive.Answer {
	return j.entry(action, person, source, s, "", nil)
}

// allows reports whether a canary may stand under a root field.
func (j *fuzzJudge) allows(root string, owners []world.Owner) bool {
	action := actionOf(root)
	for _, o := range owners {
		if o.Field == world.Secret || o.InHits != (action == "search") && o.Field == "postcode" {
			continue
		}
		var labels []string
		if o.Entry != nil {
			labels = o.Entry.Labels
		}
		if !j.left(action, o) {
			continue
		}
		if (action == "search" || j.opens(o.Person, opening(root))) && j.entry(action, o.Person, o.Source, o.Section, o.Field, labels) == naive.Shown {
			return true
		}
	}
	return false
}

// left reports whether the scopes leave the entry that a canary is of. Of a section of
// which they leave only some, statements of none are left out.
func (j *fuzzJudge) left(action string, o world.Owner) bool {
	class := "record:" + o.Section.Name()
	if !j.partly(class) || o.Entry == nil && o.Field == "" { // the section itself
		return true
	}
	return o.Entry != nil && j.inside(class, o.Entry.Value, func(field string) bool {
		return j.entry(action, o.Person, o.Source, o.Section, field, o.Entry.Labels) == naive.Shown
	})
}

// indexed decides the NHS number and birth date that the index keeps: "shown if a source
// that is linked to the person, and so states them, may show its own". Of a source that
// has the person twice the index keeps the labels of both together, so it must show
// them only where all of these may be seen.
func (j *fuzzJudge) indexed(action string, person int, field string) (may, must bool) {
	for _, rec := range j.region.world.People[person].Records {
		own := rec.Sections[record.Demographics].Entries[0].Labels
		may = may || j.entry(action, person, rec.Source, record.Demographics, field, own) == naive.Shown
		var all []string
		for _, other := range j.region.world.People[person].In(rec.Source) {
			all = append(all, other.Sections[record.Demographics].Entries[0].Labels...)
		}
		must = must || j.entry(action, person, rec.Source, record.Demographics, field, all) == naive.Shown
	}
	return may, must
}

// opening is the action by which a root field opens people.
func opening(root string) string {
	if root == "patientsByNHSNumber" || root == "list" {
		return "list"
	}
	return "read"
}

// actionOf is the action by which what stands under a root field is decided: what is
// below people is read, whether they were opened alone or as a list.
func actionOf(root string) string {
	if root == "searchPatients" {
		return "search"
	}
	return "read"
}

// finding is one thing that must not be.
type finding struct {
	kind string // leak or drop
	text string
}

func leak(format string, a ...any) finding { return finding{"leak", fmt.Sprintf(format, a...)} }
func drop(format string, a ...any) finding { return finding{"drop", fmt.Sprintf(format, a...)} }

func lower(s string) string { return strings.ToLower(s) }
