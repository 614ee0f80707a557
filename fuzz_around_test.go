package main

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/fuzz/world"
	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// registrations compares which systems are said to know the person: that a system
// knows somebody is part of its demographics.
func (c *reading) registrations(value any) {
	rows := map[string]object{}
	list, _ := value.([]any)
	for _, row := range list {
		if o, ok := row.(map[string]any); ok {
			if o[operations.ProbeState] == nil { // skipped
				return
			}
			rows[object(o).text(operations.ProbeSource+".id")] = o
		}
	}
	for _, src := range c.region.world.Sources {
		row := rows[src.ID]
		state := row.text(operations.ProbeState)
		linked := len(c.region.world.People[c.person].In(src.ID)) > 0
		switch answer := c.fuzzJudge.section(c.action, c.person, src.ID, record.Demographics); {
		case answer == naive.Concealed && row != nil:
			c.leak("the registration at %s is concealed, and there: %s", src.ID, state)
		case answer == naive.Withheld && state != "WITHHELD":
			c.leak("the registration at %s is withheld, and says %q", src.ID, state)
		case answer == naive.Shown && linked != (state == "LINKED"):
			c.drop("the registration at %s says %q", src.ID, state)
		}
		may := c.entry(c.action, c.person, src.ID, record.Demographics, "localId", nil) == naive.Shown
		for _, link := range row.list(operations.ProbeLinks) {
			if shown := link["localId"] != nil; shown != may {
				c.leak("the local id of the registration at %s may be seen %v and is %v", src.ID, may, shown)
			}
		}
	}
}

// access compares what stands between the caller and the person with what the test put
// there.
func (c *reading) access(value map[string]any) {
	if value[operations.ProbeKinds] == nil { // skipped
		return
	}
	var kinds []string
	for _, r := range object(value).list(operations.ProbeKinds) {
		kinds = append(kinds, strings.ReplaceAll(lower(r.text("kind")), "_", "-"))
	}
	if c.caller.naive.Scopes != nil { // what a relationship rests on is of the record
		if len(kinds) > 0 || value[operations.ProbeMayClaim] != false {
			c.leak("an app is told what stands between its user and person %d: %v", c.person, kinds)
		}
		return
	}
	want := slices.Sorted(slices.Values(c.caller.about[c.person].Relationships))
	slices.Sort(kinds)
	if !slices.Equal(kinds, want) {
		c.drop("relationships with person %d are %v, not %v", c.person, kinds, want)
	}
	may := c.may(c.person, "patient:claim") && !slices.Contains(want, "self-claimed")
	if value[operations.ProbeMayClaim] != may {
		c.leak("mayClaim of person %d says %v", c.person, value[operations.ProbeMayClaim])
	}
}

// explained compares an explanation with the decision.
func (j *fuzzJudge) explained(f operations.Field, person int, value map[string]any) []finding {
	resource, _ := f.Arguments["resource"].(string)
	source, _ := f.Arguments["source"].(string)
	label, _ := f.Arguments["label"].(string)
	name, field, _ := strings.Cut(resource, ".")
	section, _ := record.SectionNamed(name)
	var labels []string
	if label != "" {
		labels = []string{label}
	}
	shown := j.entry("read", person, source, section, field, labels) == naive.Shown
	if is := value[operations.ProbeShown]; is != nil && is != shown {
		return []finding{leak("explain %s of person %d from %q under %q says shown %v", resource, person, source, label, value[operations.ProbeShown])}
	}
	return nil
}

// search compares what a search finds with who may be found: whom some system holds under
// what was asked for, and all of which may be seen there. Where nobody fits exactly, and
// nobody is said to be held back, it is those with a similar name.
func (j *fuzzJudge) search(f operations.Field, value map[string]any) []finding {
	text := func(name string) string { s, _ := f.Arguments[name].(string); return s }
	q := record.PersonQuery{NHSNumber: record.NHSNumber(text("nhsNumber")), Identifier: text("localNumber"), FamilyName: text("familyName"),
		BirthDate: record.Date(text("birthDate")), GivenName: text("givenName"), Postcode: text("postcode"), Gender: text("gender")}
	if value[operations.ProbeOutcomes] == nil { // skipped
		return nil
	}
	rows := map[string]object{}
	exact, held := 0, false
	for _, o := range object(value).list(operations.ProbeOutcomes) {
		rows[o.text("source.id")] = o
		held = held || o.text("code") == "label"
	}
	counts, told := map[string]int{}, map[string]bool{}
	for _, src := range j.region.world.Sources {
		if o := text("organisation"); o == "" || o == src.ID {
			counts[src.ID], told[src.ID] = j.foundAt(src.ID, q)
			exact += counts[src.ID]
		}
	}
	if exact == 0 && !held && q.FamilyName != "" {
		q.Fuzzy = true
		for _, src := range j.region.world.Sources {
			counts[src.ID], _ = j.foundAt(src.ID, q)
		}
	}
	var findings []finding
	for _, src := range j.region.world.Sources {
		row, found := rows[src.ID], counts[src.ID]
		if n := int(number(row["count"])); n < found {
			findings = append(findings, drop("a search finds %d of %d at %s", n, found, src.ID))
		} else if n > found {
			findings = append(findings, leak("a search finds %d at %s, %d may be found", n, src.ID, found))
		}
		if code := row.text("code"); strings.HasPrefix(code, "label") && !told[src.ID] {
			findings = append(findings, leak("a search says that somebody is held back at %s, and nobody is, or they are concealed", src.ID))
		}
	}
	return findings
}

// foundAt counts the people of one source who are found; told says that somebody is held
// back, and that this may be said.
func (j *fuzzJudge) foundAt(source string, q record.PersonQuery) (count int, told bool) {
	there := j.region.world.Find(source, q)
	for i, p := range j.region.world.People {
		for _, rec := range p.In(source) {
			if !slices.ContainsFunc(there, func(d record.Person) bool { return d.Subject == rec.LocalID }) {
				continue
			}
			switch j.found(i, rec, q) {
			case naive.Shown:
				count++
			case naive.Withheld:
				told = true
			}
		}
	}
	return count, told
}

// found decides whether somebody is found by the fields that were asked by.
func (j *fuzzJudge) found(person int, rec *world.Record, q record.PersonQuery) naive.Answer {
	fields := []string{"", "name", "birthDate"}
	if q.NHSNumber != "" {
		fields = append(fields, "nhsNumber")
	}
	if q.Identifier != "" {
		fields = append(fields, "identifiers", "localId")
	}
	if q.Postcode != "" {
		fields = append(fields, "postcode", "addresses")
	}
	if q.Gender != "" {
		fields = append(fields, "gender")
	}
	sees := func(field string) naive.Answer {
		return j.entry("search", person, rec.Source, record.Demographics, field, rec.Sections[record.Demographics].Entries[0].Labels)
	}
	for _, field := range fields {
		if a := sees(field); a != naive.Shown {
			return a
		}
	}
	if q.Fuzzy && !alike(rec.Person(), q, sees("otherNames") == naive.Shown) {
		return naive.Concealed // somebody else
	}
	return naive.Shown
}

// alike reports whether a name that may be seen is similar to the one asked for.
func alike(p *record.Person, q record.PersonQuery, others bool) bool {
	names := []record.HumanName{p.Name}
	if others {
		names = append(names, p.OtherNames...)
	}
	return slices.ContainsFunc(names, func(n record.HumanName) bool {
		exchanged := slices.ContainsFunc(n.Given, func(g string) bool {
			return match.Similarity(g, q.FamilyName) >= 0.9 && (q.GivenName == "" || match.Similarity(n.Family, q.GivenName) >= 0.9)
		})
		return match.Similarity(n.Family, q.FamilyName) >= 0.84 || sources.NameFits(n.Family, q.FamilyName) || exchanged
	})
}

// searches reports whether the caller may search at all, which is decided about nobody.
func (j *fuzzJudge) searches() bool {
	if j.caller.session.Launch != nil || !j.scoped("patient:search") {
		return false
	}
	about := naive.Context(j.caller.naive, naive.About{}, naive.Source{}, "patient:search", j.at)
	return j.policy.Class(about, "search", "patient:search") == naive.Shown
}
