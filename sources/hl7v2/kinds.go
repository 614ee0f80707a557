package hl7v2

import (
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// kind is a message's type and event, as ADT^A01.
type kind string

// of splits it.
func (k kind) of() (message, event string) {
	message, event, _ = strings.Cut(string(k), "^")
	return message, event
}

// events are what is understood, by message type.
var events = map[string][]string{
	"ADT": {"A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A11", "A12", "A13", "A28", "A31", "A40"},
	"ORU": {"R01"},
	"SIU": {"S12", "S13", "S14", "S15", "S16", "S17", "S18", "S19", "S20", "S21", "S22", "S23", "S24", "S26"},
	"MDM": {"T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10", "T11"},
}

// handles reports whether a kind, or a whole message type, is understood.
func handles(k string) bool {
	message, event := kind(k).of()
	known, ok := events[message]
	return ok && (event == "" || slices.Contains(known, event))
}

// offered are the sections that messages tell of.
func offered() []record.Section {
	return []record.Section{record.Demographics, record.GPPractice, record.Allergies, record.Problems, record.FutureAppointments,
		record.Contacts, record.Admissions, record.Discharges, record.PersonalContacts, record.Results, record.Documents}
}

// tells reports whether a kind of message may be about a section. What a kind that is
// not understood is about nobody knows: about any.
func (k kind) tells(section record.Section) bool {
	message, _ := k.of()
	switch message {
	case "ORU":
		return section == record.Results || section == record.Documents
	case "SIU":
		return section == record.FutureAppointments
	case "MDM":
		return section == record.Documents
	case "ADT":
		return section != record.Results && section != record.Documents && section != record.FutureAppointments
	}
	return true
}
