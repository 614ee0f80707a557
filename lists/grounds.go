package lists

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// GroundsLast is how long an addition lets the others of a list look at the person.
const GroundsLast = 28 * 24 * time.Hour

// Grounds is why a list gives the caller a relationship with a person who is on it.
type Grounds struct {
	// List is its id.
	List string
	// Kind is the relationship that who added the person had then.
	Kind string
	// Added is when they did; Until is when the grounds end, UTC.
	Added, Until time.Time
}

// lending are the kinds of relationship that somebody can lend to those with whom they keep
// a list. That of a list is not among them, or it would go from list to list; nor is one
// that somebody says they have.
func lending() []string {
	return []string{"registration", "admission", "appointment", "referral", "launch"}
}

// OnSharedLists gives, of those of the patients for whom there are any, the grounds that
// lists give the caller: the person was added in the last 28 days, by somebody else, who
// had a relationship of their own then, to a list in use that is the caller's or shared
// with them. So nobody gives themselves access by adding a person (docs/lists.md).
// Those of a team list are not among them: who is on it, its system knows.
func (s *Store) OnSharedLists(ctx context.Context, c Caller, patients []string) (map[string]Grounds, error) {
	out := map[string]Grounds{}
	if !c.isSomebody() || !sharesWith(c.Role) {
		return out, nil
	}
	me, err := s.known(ctx, c)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range patients {
		if storable(p) {
			ids = append(ids, p)
		}
	}
	slices.Sort(ids)
	a := asking{me, s.moment().UnixMicro(), string(c.Role), c.ods()}
	for part := range slices.Chunk(slices.Compact(ids), MaxAtOnce) {
		if err := s.grounds(ctx, a, part, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// known is the caller's handle, "" if they have none: asking about a patient writes nothing.
func (s *Store) known(ctx context.Context, c Caller) (id string, err error) {
	if id, ok := s.register.lately(c, s.moment()); ok {
		return id, nil
	}
	err = s.read.QueryRowContext(ctx, `SELECT id FROM list_user WHERE issuer = $1 AND subject = $2`, c.Issuer, c.Subject).Scan(&id)
	if err != nil && !isNoRow(err) {
		return "", fmt.Errorf("reading lists: %w", err)
	}
	return id, nil
}

func (s *Store) grounds(ctx context.Context, a asking, patients []string, out map[string]Grounds) error {
	kinds := lending()
	rows, err := s.read.QueryContext(ctx, `SELECT i.patient, i.list, i.grounds, i.added FROM list_item i JOIN list l ON l.id = i.list
		WHERE i.patient IN (`+placeholders(6+len(kinds), len(patients))+`) AND i.added > $5 AND i.added_by <> $1
		AND i.grounds IN (`+placeholders(6, len(kinds))+`) AND l.archived = 0 AND l.roster_source = ''
		AND (l.owner = $1 OR EXISTS (SELECT 1 FROM list_share s WHERE s.list = l.id AND `+applies+`))
		ORDER BY i.added, i.list`,
		anys(anys(a.args(a.now-GroundsLast.Microseconds()), kinds), patients)...)
	if err != nil {
		return fmt.Errorf("reading lists: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var p string
		var g Grounds
		var added int64
		if err := rows.Scan(&p, &g.List, &g.Kind, &added); err != nil {
			return fmt.Errorf("reading lists: %w", err)
		}
		g.Added, g.Until = at(added), at(added).Add(GroundsLast)
		out[p] = g // the latest comes last, and lasts longest
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading lists: %w", err)
	}
	return nil
}
