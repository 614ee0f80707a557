package lists

import "github.com/patchworkcare/patchwork/record"

// Kind is the kind of whom a list is shared with. The zero Kind is nobody.
type Kind string

// The kinds.
const (
	KindPerson Kind = "person"
	KindTeam   Kind = "team"
	KindRole   Kind = "role"
)

// Grantee is whom a list is shared with.
type Grantee struct {
	Kind Kind
	// ID is the handle of a person, the id of a team, or the name of a role.
	ID string
	// Name is what to show; not needed to share.
	Name string
	// Organisation is whose role it is; of a person or team whose they are, not needed to
	// share.
	Organisation record.Organisation
}
