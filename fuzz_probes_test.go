package main

import (
	"slices"

	"github.com/patchworkcare/patchwork/fuzz/naive"
	"github.com/patchworkcare/patchwork/fuzz/operations"
	"github.com/patchworkcare/patchwork/fuzz/world"
	"github.com/patchworkcare/patchwork/record"
)

// probes compares what a section says of itself: counts, outcomes and the names of
// what is held back.
func (c *reading) probes(name string, s record.Section, value map[string]any, list []shown, told, failing map[string]bool) {
	if total := int(number(value[operations.ProbeTotal])); total != len(list) {
		c.leak("%s: total says %d, %d may be seen", name, total, len(list))
	}
	rows := map[string]object{}
	for _, o := range object(value).list(operations.ProbeOutcomes) {
		rows[o.text("source.id")] = o
	}
	for _, src := range c.region.world.Sources {
		c.outcome(name, s, src, rows[src.ID], list, told[src.ID], failing[src.ID])
	}
	c.withheldFields(name, s, value, list)
}

func (c *reading) outcome(name string, s record.Section, src world.Source, row object, list []shown, told, failing bool) {
	count := 0
	for _, e := range list {
		if e.source == src.ID {
			count++
		}
	}
	status := row.text("status")
	if row != nil && int(number(row["count"])) != count {
		c.leak("%s: the outcome of %s counts %v, %d may be seen", name, src.ID, row["count"], count)
	}
	if !slices.Contains(src.Offers, s) || len(c.region.world.People[c.person].In(src.ID)) == 0 {
		return
	}
	switch c.fuzzJudge.section(c.action, c.person, src.ID, s) {
	case naive.Withheld:
		if status != "WITHHELD" {
			c.drop("%s: %s is withheld, and its outcome says %q", name, src.ID, status)
		}
	case naive.Concealed:
		if status != "" && status != "NOT_OFFERED" {
			c.leak("%s: %s is concealed, and its outcome says %s", name, src.ID, status)
		}
	case naive.Shown:
		switch {
		case row == nil:
			c.drop("%s: there is no outcome of %s", name, src.ID)
		case failing && record.Status(status).Complete():
			c.drop("%s: %s could not be read, and its outcome says %s", name, src.ID, status)
		case told && record.Status(status).Complete():
			c.drop("%s: an entry of %s is withheld, and its outcome says %s", name, src.ID, status)
		case !told && status == "WITHHELD":
			c.leak("%s: nothing of %s is withheld (or it is concealed), and its outcome says so", name, src.ID)
		}
	}
}

// withheldFields: what is held back is named, what is concealed is not.
func (c *reading) withheldFields(name string, s record.Section, value map[string]any, list []shown) {
	named := map[string]bool{}
	names, _ := value[operations.ProbeWithheld].([]any)
	for _, n := range names {
		text, _ := n.(string)
		named[text] = true
	}
	disclosed, concealed := map[string]string{}, map[string]bool{}
	for _, e := range list {
		for _, field := range c.region.classes["record:"+s.Name()] {
			switch c.entry(c.action, c.person, e.source, s, field, e.entry.Labels) {
			case naive.Withheld:
				disclosed[field] = e.source
			case naive.Concealed:
				concealed[field] = true
			}
		}
	}
	for field, source := range disclosed {
		if !named[field] {
			c.drop("%s: %s is held back of %s and not named in withheldFields", name, field, source)
		}
	}
	for field := range concealed {
		if _, also := disclosed[field]; named[field] && !also && !c.disclosedAnywhere(s, field) {
			c.leak("%s: %s is concealed and named in withheldFields", name, field)
		}
	}
}

// disclosedAnywhere reports whether a field is held back, and said so, of entries of
// some source that need not exist.
func (c *reading) disclosedAnywhere(s record.Section, field string) bool {
	for _, src := range c.region.world.Sources {
		if c.entry(c.action, c.person, src.ID, s, field, nil) == naive.Withheld {
			return true
		}
	}
	return false
}
