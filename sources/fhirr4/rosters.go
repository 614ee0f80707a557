package fhirr4

import (
	"slices"

	"github.com/patchworkcare/patchwork/sources"
)

// Rosters says which team lists the server offers, and in what it keeps them. The zero
// Rosters offers none.
type Rosters struct {
	// Wards are Locations, with whom an Encounter in progress has there.
	Wards bool `yaml:"wards"`
	// WardType is the Location.type of wards, as "code" or "system|code". Without it
	// wards are the Locations whose physicalType is a ward (wa), looked for among all.
	WardType string `yaml:"ward_type"`
	// Clinics are "service" (HealthcareService) or "location", with whom an Appointment
	// of today has there. As Locations they need ClinicType, their Location.type.
	Clinics    string `yaml:"clinics"`
	ClinicType string `yaml:"clinic_type"`
	// Caseloads are "group" (the members of a Group), "list" (the entries of a List) or
	// "careteam" (the people of an Organization's active CareTeams).
	Caseloads string `yaml:"caseloads"`
	// CaseloadCode narrows Groups and Lists to those of a code.
	CaseloadCode string `yaml:"caseload_code"`
}

func (c *Rosters) none() bool { return !c.Wards && c.Clinics == "" && c.Caseloads == "" }

func (c *Rosters) problems() (all []sources.Problem) {
	add := func(path, text string) { all = append(all, sources.Problem{Path: "rosters." + path, Text: text}) }
	if !slices.Contains([]string{"", "service", "location"}, c.Clinics) {
		add("clinics", "must be service or location")
	}
	if !slices.Contains([]string{"", "group", "list", "careteam"}, c.Caseloads) {
		add("caseloads", "must be group, list or careteam")
	}
	if c.Clinics == "location" && c.ClinicType == "" {
		add("clinic_type", "say which type of Location is a clinic")
	}
	if c.ClinicType != "" && c.Clinics != "location" {
		add("clinic_type", "goes with clinics: location")
	}
	if c.WardType != "" && !c.Wards {
		add("ward_type", "goes with wards: true")
	}
	if c.CaseloadCode != "" && c.Caseloads != "group" && c.Caseloads != "list" {
		add("caseload_code", "goes with caseloads: group or list")
	}
	return all
}

// keeping is in what a server keeps the rosters of one kind.
type keeping struct {
	kind sources.RosterKind
	// of is the resource type that stands for a roster, and also narrows the search for
	// all of them.
	of, also string
	// is tells a roster from other resources of that type.
	is func(head) bool
	// members is a search parameter of that type whose people are on the roster; "" where
	// other resources say who is.
	members string
}

// kept are the kinds of roster that the server offers.
func (c *Rosters) kept() (all []keeping) {
	active := func(h head) bool { return h.status == "" || h.status == "active" }
	typed := func(name, value string) string {
		if value == "" {
			return ""
		}
		return "&" + name + "=" + escapeToken(value)
	}
	if c.Wards {
		all = append(all, keeping{kind: sources.Ward, of: "Location", also: typed("type", c.WardType),
			is: func(h head) bool { return active(h) && (h.ward || c.WardType != "") }})
	}
	switch c.Clinics {
	case "service":
		all = append(all, keeping{kind: sources.Clinic, of: "HealthcareService", is: func(h head) bool { return !h.inactive }})
	case "location":
		all = append(all, keeping{kind: sources.Clinic, of: "Location", also: typed("type", c.ClinicType), is: active})
	}
	switch c.Caseloads {
	case "group":
		all = append(all, keeping{kind: sources.Caseload, of: "Group", also: "&type=person" + typed("code", c.CaseloadCode), members: "member",
			is: func(h head) bool { return !h.inactive && !h.abstract && h.what == "person" }})
	case "list":
		all = append(all, keeping{kind: sources.Caseload, of: "List", also: "&status=current" + typed("code", c.CaseloadCode), members: "item",
			is: func(h head) bool { return h.status == "current" && !h.personal }})
	case "careteam":
		all = append(all, keeping{kind: sources.Caseload, of: "CareTeam", also: "&status=active",
			is: func(h head) bool { return h.status == "active" && h.personal && h.by.to != "" }})
	}
	return all
}
