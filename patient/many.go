package patient

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Many is Get for many at once, aligned with ids: nil where there is no such id. Ids of
// patients that turned out to be the same give the same one.
func (x *Index) Many(ctx context.Context, ids []string) ([]*Patient, error) {
	// What no id can be is not worth asking a database that refuses NUL.
	asked := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !utf8.ValidString(id) || strings.ContainsRune(id, 0) })
	people, err := loadIDs(ctx, x.store.read, asked)
	if err != nil {
		return nil, fmt.Errorf("reading the patient index: %w", err)
	}
	byID := make(map[string]*Patient, len(people))
	for _, s := range people {
		p, _ := x.seen(ctx, s)
		if p == nil {
			continue
		}
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
