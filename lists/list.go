package lists

import "time"

// Permission is what somebody may do with a list. The zero Permission is none.
type Permission int

// The permissions, each with those before it.
const (
	// None: the list does not exist for them.
	None Permission = iota
	// Read: see it and its people.
	Read
	// Edit: its people and their order, title, description and columns.
	Edit
	// Own: also share it, give it away and put it away.
	Own
)

// String is the permission in the history and the ledger.
func (p Permission) String() string {
	switch p {
	case Read:
		return "read"
	case Edit:
		return "edit"
	case Own:
		return "own"
	}
	return "none"
}

// List is a list of patients as one caller has it.
type List struct {
	// ID is opaque, and stays.
	ID string
	// Version grows by one with every change.
	Version     int64
	Title       string
	Description string
	Owner       Colleague
	// Columns are what it shows of each person, in order.
	Columns []Column
	// Roster is where the people of a team list come from; nil for any other.
	Roster *Roster
	// Created and Changed are UTC; Archived is when it was put away, zero if it is not.
	Created, Changed, Archived time.Time
	// ChangedBy is the name of who changed it last; "" where Patchwork did by itself.
	ChangedBy string
	// Size is how many people are on it, 0 for a team list; News how many of them others
	// added since the caller last looked.
	Size, News int
	// May is what the caller may do.
	May Permission

	edited int64
	seen   int64  // the version that the caller last looked at
	me     string // the caller's handle
}

// Roster is a ward, clinic or caseload of a system.
type Roster struct {
	// Source is the system's id, Kind one of RosterKinds, ID the system's own.
	Source, Kind, ID, Name string
}

// RosterKinds lists the kinds of rosters. The slice is the caller's own.
func RosterKinds() []string { return []string{"WARD", "CLINIC", "CASELOAD"} }

// Item is one person on a list.
type Item struct {
	// Patient is Patchwork's opaque id.
	Patient string
	// Added is when they came onto it, UTC; By the name of who added them.
	Added time.Time
	By    string
	// Grounds is the kind of legitimate relationship that the adder had then, "" for none.
	Grounds string
	// New: others added them since the caller last looked.
	New bool
}
