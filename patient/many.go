package patient

import (
	"context"
	"fmt"
	"slices"
)

// Many is Get for many at once, aligned with ids: nil where there is no such id. Ids of
// patients that turned out to be the same give the same one.
func (x *Index) Many(ctx context.Context, ids []string) ([]*Patient, error) {
	people := map[string]*stored{}
	for part := range slices.Chunk(ids, chunk) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := scanPatients(ctx, x.store.read, `SELECT `+patientColumns+` FROM patient p JOIN patient_number n ON n.patient_id = p.id
			WHERE p.id IN (SELECT COALESCE(o.merged_into, o.id) FROM patient o WHERE o.id IN (`+list(0, len(part))+`))`, args, people)
		if err != nil {
			return nil, fmt.Errorf("reading the patient index: %w", err)
		}
	}
	if err := loadRegistrations(ctx, x.store.read, people); err != nil {
		return nil, fmt.Errorf("reading the patient index: %w", err)
	}
	byID := make(map[string]*Patient, len(people))
	for _, s := range people {
		p := x.view(s)
		byID[p.ID] = p
		for _, former := range p.FormerIDs {
			byID[former] = p
		}
	}
	found := make([]*Patient, len(ids))
	for i, id := range ids {
		found[i] = byID[id]
	}
	return found, nil
}
