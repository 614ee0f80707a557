package resolvers

import (
	"context"

	"github.com/patchworkcare/patchwork/record"
)

// identifyHits says who the people found are here. Only a link tells that, never a
// number alone: a record that has somebody's number may be another person's (hazard H-01).
func (r *Resolver) identifyHits(ctx context.Context, hits []*hit) error {
	var numbers []record.NHSNumber
	for _, h := range hits {
		if h.hit.NhsNumber != nil {
			numbers = append(numbers, *h.hit.NhsNumber)
		}
	}
	known, err := r.Index.Known(ctx, numbers)
	if err != nil {
		return err
	}
	for _, h := range hits {
		if h.hit.NhsNumber == nil {
			continue
		}
		p := known[*h.hit.NhsNumber]
		if p == nil {
			continue
		}
		for _, l := range p.Links {
			for _, own := range h.locals {
				if own.told && l.Source == own.source && l.LocalID == own.id {
					h.hit.ID = ptr(p.ID)
				}
			}
		}
	}
	return nil
}
