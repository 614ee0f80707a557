package check

import (
	"fmt"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// view is one sample person's record being judged.
type view struct {
	*run
	// number is the person's place among the sample.
	number int
	// person is what the system says of them; nil if that is not known.
	person *record.Person
}

// answer judges what the system answered for one section.
func (v *view) answer(section record.Section, a sources.Answer) {
	t := v.tally(section)
	if a.Err != nil {
		e := sources.AsError(a.Err)
		v.finds.told(v.fault(e, "section-failed"), section, withCode(v.who(), cause(e)), e.Code, e.Reason)
		return
	}
	t.answers++
	t.asserted += len(a.Asserted)
	t.leftOut += a.LeftOut
	if a.Unknown && v.person != nil {
		t.unknown++
	}
	told := map[string]bool{}
	for _, g := range a.Gaps {
		rule := gap(g)
		v.gap(rule, section, g)
		told[consequence[rule]] = true
	}
	if len(a.Entries) > 0 {
		t.people++
	}
	seen := map[string]bool{}
	said := map[string]bool{}
	for i, e := range a.Entries {
		j := judgement{view: v, section: section, at: fmt.Sprintf("%s, entry %d", v.who(), i+1), entry: e, base: e.Common(), parts: partsOf(e), tally: t, told: told}
		t.entries++
		j.all()
		j.repeated(seen, said)
		t.items(e)
	}
}

// gap notes something missing, with the sentence where that is of the connector's own making:
// what a system says of its own record may tell of a person, such as since when they are there.
func (v *view) gap(rule string, section record.Section, g sources.Gap) {
	if at := withCode(v.who(), g.Code); rule == "source-warning" || rule == "held-back" {
		v.finds.add(rule, section, at)
	} else {
		v.finds.told(rule, section, at, g.Code, g.Reason)
	}
}

// consequence is what a connector's own word for a defect leaves in the entries, which
// is not to be told twice.
var consequence = map[string]string{"date-unreadable": "date-missing", "text-unreadable": "replacement-character"}

// who names the person by their place in the sample.
func (v *view) who() string { return place(v.number) }

// withCode puts the connector's own code beside a place: what the mending begins with.
func withCode(at, code string) string {
	if code == "" {
		return at
	}
	return at + ": " + code
}

// cause is what a failure begins to be mended with: what it is about, and its code.
func cause(e *sources.Error) string { return strings.TrimSpace(e.About + " " + e.Code) }

func place(number int) string { return fmt.Sprintf("person %d", number) }

// judgement is one entry being judged.
type judgement struct {
	*view
	section record.Section
	at      string
	entry   record.Entry
	base    *record.Base
	parts   *parts
	tally   *tally
	// bad are the rules that were broken by this entry.
	bad map[string]bool
	// told are the rules that the system itself has told to be broken.
	told map[string]bool
}

// found notes a defect of the entry.
func (j *judgement) found(rule string) {
	if j.told[rule] {
		return
	}
	if j.bad == nil {
		j.bad = map[string]bool{}
	}
	j.finds.add(rule, j.section, j.at)
	j.bad[rule] = true
}

// once notes a defect at most once for the entry.
func (j *judgement) once(rule string) {
	if !j.bad[rule] {
		j.found(rule)
	}
}

func (j *judgement) all() {
	j.codes()
	j.dates()
	j.statuses()
	j.numbers()
	j.provenance()
	j.encoding()
	j.units()
}

// repeated judges the entry among those of its section.
func (j *judgement) repeated(ids, said map[string]bool) {
	id := j.base.Provenance.LocalID
	switch {
	case id == "" && !registered[j.section]:
		j.found("id-missing")
	case id != "" && ids[id] && !registered[j.section]:
		j.found("duplicate-id")
	case said[j.parts.whole.String()]:
		j.found("duplicate-statement")
	}
	ids[id] = true
	said[j.parts.whole.String()] = true
	if id != strings.TrimSpace(id) {
		j.found("local-id-spaced")
	}
	if j.bad["duplicate-id"] || j.bad["duplicate-statement"] {
		j.tally.duplicates++
	}
}

// registered are sections whose entries are administrative facts, several of which may
// come out of one record of the system.
var registered = map[record.Section]bool{record.Demographics: true, record.GPPractice: true, record.PersonalContacts: true, record.ProfessionalContacts: true}
