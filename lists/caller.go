package lists

import (
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/record"
)

// User is somebody: the same subject of two issuers is two people. It never leaves the
// server; Colleague.ID does.
type User struct{ Issuer, Subject string }

// Caller is who asks, as they act now. The zero Caller is nobody and may nothing. The
// teams they belong to are not of it: they are read at every question.
type Caller struct {
	User
	Name         string
	Role         auth.Role
	Organisation record.Organisation
}

// CallerOf gives the session's caller; nobody for nil.
func CallerOf(s *auth.Session) Caller {
	if s == nil {
		return Caller{}
	}
	name := s.Name
	if name == "" || !printable(name) {
		name = s.Subject
	}
	return Caller{User: User{s.Issuer, s.Subject}, Name: name, Role: s.Role, Organisation: s.Organisation}
}

// isSomebody reports whether rows can belong to the caller.
func (c Caller) isSomebody() bool { return printable(c.Issuer) && printable(c.Subject) }

// ods is the caller's organisation as shares with its roles have it; "" matches none.
func (c Caller) ods() string {
	if !storable(c.Organisation.ODS) {
		return ""
	}
	return c.Organisation.ODS
}

// Colleague is a user as the others see them: as they were when they last used lists.
type Colleague struct {
	// ID is an opaque handle, and stays.
	ID           string
	Name         string
	Role         auth.Role
	Organisation record.Organisation
}
