package resolvers

import (
	"context"

	"github.com/patchworkcare/patchwork/auth/relationship"
	"github.com/patchworkcare/patchwork/patient"
)

// byLists adds the relationships that lists give: a colleague with grounds of their own
// has put the person onto a list that is the caller's too. It is asked each time, in one
// reading, of those only with whom nothing else stands.
func (r *Resolver) byLists(ctx context.Context, people []*patient.Patient, stands []relationship.Standing) error {
	q := requestFrom(ctx)
	if r.Lists == nil || q.session.Launch != nil || !q.policy.AsksForRelationships() {
		return nil
	}
	var ids []string
	for i, p := range people {
		if len(stands[i].Relationships) == 0 {
			ids = append(append(ids, p.ID), p.FormerIDs...)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := r.Lists.OnSharedLists(ctx, q.keeper(), ids)
	if err != nil {
		return err
	}
	for i, p := range people {
		for _, id := range append([]string{p.ID}, p.FormerIDs...) {
			g, ok := found[id]
			if !ok || len(stands[i].Relationships) > 0 {
				continue
			}
			stands[i].Relationships = append(stands[i].Relationships, relationship.Relationship{
				Patient: p.ID, Kind: relationship.Caseload, Issuer: q.session.Issuer, Subject: q.session.Subject,
				From: g.Added, Until: g.Until, Evidence: "on the shared list " + g.List + ", added on grounds of " + g.Kind,
			})
		}
	}
	return nil
}
