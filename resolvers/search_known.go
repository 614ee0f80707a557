package resolvers

import (
	"context"

	"github.com/patchworkcare/patchwork/patient"
)

// identifyHits says who the people found are here. Only a link tells that, never a number
// alone: a record that has somebody's number may be another person's (hazard H-01). Who has
// no verified number is known here from their record from now on, so that they can be
// opened; everybody else is, once they were looked up. Where a record's number may not be
// seen, nothing is told: whether there is an id would tell whether there is a number.
func (r *Resolver) identifyHits(ctx context.Context, hits []*hit, linked map[owned]*patient.Patient) error {
	var numberless []patient.Local
	var adopting []*hit
	for _, h := range hits {
		if own := h.locals[0]; own.told && !own.numbered {
			numberless, adopting = append(numberless, own.Local), append(adopting, h)
		}
	}
	if len(numberless) > 0 {
		ids, err := r.Index.Adopt(ctx, numberless)
		if err != nil {
			return err
		}
		for i, h := range adopting {
			h.hit.ID = orNil(ids[i])
		}
	}
	for _, h := range hits {
		h.hit.ID = h.knownAs(linked)
	}
	return nil
}

// knownAs is the id to which what a hit shows leads; nil if its records are linked with two
// people: the name of one must not open the other.
func (h *hit) knownAs(linked map[owned]*patient.Patient) *string {
	id := h.hit.ID
	for _, l := range h.locals {
		switch as := linked[owned{l.Source, l.LocalID}]; {
		case as == nil || !l.told:
		case id != nil && *id != as.ID:
			return nil
		default:
			id = &as.ID
		}
	}
	return id
}
