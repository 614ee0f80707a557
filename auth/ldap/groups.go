package ldap

import (
	"context"

	"github.com/go-ldap/ldap/v3"

	"github.com/patchworkcare/patchwork/auth"
)

// mostGroups is how many groups somebody may have.
const mostGroups = 1000

// groups are the names of the person's groups. More than mostGroups are refused and not
// cut: a missing one might be what a requirement asks for.
func (p *provider) groups(ctx context.Context, who *person) ([]any, error) {
	g := &p.config.Groups
	found, tooMany, err := p.search(ctx, g.BaseDN, ldap.ScopeWholeSubtree, mostGroups,
		g.fill(who.entry.DN, who.name), []string{g.nameAttribute()})
	switch {
	case err != nil:
		return nil, err
	case tooMany:
		return nil, auth.Refuse(auth.RefusedInvalid, "the person is in too many groups")
	}
	names := []any{}
	for _, entry := range found {
		names = append(names, texts(entry.GetEqualFoldAttributeValues(g.nameAttribute()))...)
	}
	return names, nil
}
