package hl7v2

import (
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources/hl7v2/er7"
)

// Lists without action codes (AL1, NK1) are given as a whole: what a message brings takes
// the place of what the same sender gave before. HL7 v2.5.1 §2.10.4.1 (snapshot mode). A
// message without any leaves what is held; one whose only segment is null empties it.

// al1 takes the allergies. HL7 v2.5.1 §3.4.6.
func (c *chart) al1(m *er7.Message) {
	var items []*record.Allergy
	ids, said := distinct{}, false
	for _, one := range m.Segments {
		if one.Name != "AL1" {
			continue
		}
		said = true
		if one.Field(3).Absent() || one.Field(3).Null() {
			continue
		}
		a := &record.Allergy{Base: c.base(ids.id("AL1/" + c.from.Sender + "/" + key(one.Field(3))))}
		a.Code = c.s.code(one.Field(3))
		switch one.Field(2).Component(1).Text() {
		case "DA":
			a.Categories = []string{"medication"}
		case "FA":
			a.Categories = []string{"food"}
		case "EA", "AA", "PA", "LA":
			a.Categories = []string{"environment"}
		}
		severity := one.Field(4).Component(1).Text()
		reaction := record.Reaction{Severity: map[string]string{"SV": "severe", "MO": "moderate", "MI": "mild"}[severity], Onset: c.d.field(one.Field(6))}
		for r := range one.Field(5).Repetitions() {
			reaction.Manifestations = append(reaction.Manifestations, record.Text(r.Text()))
		}
		if len(reaction.Manifestations) > 0 || reaction.Severity != "" {
			a.Reactions = []record.Reaction{reaction}
		}
		a.Date = reaction.Onset
		items = append(items, a)
	}
	if said {
		c.allergies[c.from.Sender] = &list[*record.Allergy]{items}
	}
}

// nk1 takes the personal contacts. HL7 v2.5.1 §3.4.5.
func (c *chart) nk1(m *er7.Message) {
	var items []*record.PersonalContact
	ids, said := distinct{}, false
	for _, one := range m.Segments {
		if one.Name != "NK1" {
			continue
		}
		said = true
		n, _ := name(one.Field(2).First())
		if n.IsZero() {
			continue
		}
		x := &record.PersonalContact{Base: c.base(ids.id("NK1/" + c.from.Sender)), Name: n}
		x.Code = c.s.inTable(one.Field(3), "0063", relations)
		if role := c.s.inTable(one.Field(7), "0131", contactRoles); !role.IsZero() {
			x.Code.Codings = append(x.Code.Codings, role.Codings...)
			if x.Code.Text == "" {
				x.Code.Text = role.Text
			}
		}
		if all := addresses(one.Field(4), &c.d); len(all) > 0 {
			x.Address = all[0]
		}
		x.Telecoms = append(telecoms(one.Field(5), "home"), telecoms(one.Field(6), "work")...)
		x.Period = record.Period{Start: c.d.field(one.Field(8)), End: c.d.field(one.Field(9))}
		items = append(items, x)
	}
	if said {
		c.contacts[c.from.Sender] = &list[*record.PersonalContact]{items}
	}
}

// relations and contactRoles are the words of the tables 0063 and 0131.
var relations = map[string]string{"SPO": "Spouse", "PAR": "Parent", "MTH": "Mother", "FTH": "Father", "CHD": "Child", "SIB": "Sibling", "BRO": "Brother",
	"SIS": "Sister", "GRD": "Guardian", "GCH": "Grandchild", "GRP": "Grandparent", "EXF": "Extended family", "FND": "Friend", "CGV": "Care giver",
	"DOM": "Life partner", "EMC": "Emergency contact", "OTH": "Other", "UNK": "Unknown", "FCH": "Foster child", "SCH": "Stepchild", "NCH": "Natural child",
	"DEP": "Handicapped dependant", "EME": "Employee", "EMR": "Employer", "ASC": "Associate", "MGR": "Manager", "OAD": "Other adult", "OWN": "Owner",
	"SEL": "Self", "TRA": "Trainer", "WRD": "Ward of court"}

var contactRoles = map[string]string{"C": "Emergency contact", "N": "Next of kin", "E": "Employer", "F": "Federal agency", "I": "Insurance company", "S": "State agency", "U": "Unknown"}
