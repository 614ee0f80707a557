package lists

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// MostItems is how many people a page has at most.
const MostItems = 100

// Items gives a page of a list's people in its order, from 1 to MostItems (0 means
// MostItems), and the cursor to go on after; "" at the end. A page goes on after the place
// where the person who was last stood, or stands if that is further up: where they were
// moved down, or everybody was spread, somebody may come twice, and nobody is skipped. A
// team list has none.
func (s *Store) Items(ctx context.Context, c Caller, id string, first int, after string) (items []Item, next string, err error) {
	a, err := s.asking(ctx, c)
	if err != nil {
		return nil, "", err
	}
	if first == 0 {
		first = MostItems
	}
	if first < 0 || first > MostItems {
		return nil, "", &InputError{"first", fmt.Sprintf("`first` must be from 1 to %d", MostItems)}
	}
	l, err := s.readable(ctx, a, id)
	if err != nil {
		return nil, "", err
	}
	from, err := s.cursorOf(ctx, l, after)
	if err != nil {
		return nil, "", err
	}
	items, last, err := page(ctx, s.read, l, first, from)
	if err != nil || last == (cursor{}) {
		return items, "", err
	}
	next, err = s.Seal(ctx, "list "+l.ID, last.String())
	return items, next, err
}

// cursorOf gives a cursor before everybody for "".
func (s *Store) cursorOf(ctx context.Context, l List, after string) (cursor, error) {
	if after == "" {
		return cursor{}, nil
	}
	plain, err := s.Unseal(ctx, "list "+l.ID, after)
	if err != nil {
		return cursor{}, err
	}
	return parseCursor(plain)
}

// cursor is the last person of a page, and their place then.
type cursor struct {
	place   int64
	patient string
}

func (c cursor) String() string { return strconv.FormatInt(c.place, 10) + " " + c.patient }

func parseCursor(text string) (cursor, error) {
	place, patient, ok := strings.Cut(text, " ")
	n, err := strconv.ParseInt(place, 10, 64)
	if err != nil || !ok || !storable(patient) {
		return cursor{}, errCursor
	}
	return cursor{n, patient}, nil
}

// page reads a page, and gives its last person if others follow; the zero cursor if not.
func page(ctx context.Context, q querier, l List, first int, from cursor) (items []Item, next cursor, err error) {
	where, args := ``, []any{l.ID}
	if from.patient != "" {
		where = `AND (i.place, i.patient) > (COALESCE((SELECT p.place FROM list_item p WHERE p.list = $1 AND p.patient = $2 AND p.place < $3), $3), $2)`
		args = append(args, from.patient, from.place)
	}
	rows, err := q.QueryContext(ctx, `SELECT i.patient, i.place, i.added, i.grounds, i.added_by, i.version, COALESCE(b.name, '')
		FROM list_item i LEFT JOIN list_user b ON b.id = i.added_by
		WHERE i.list = $1 `+where+` ORDER BY i.place, i.patient LIMIT `+strconv.Itoa(first+1), args...)
	if err != nil {
		return nil, cursor{}, fmt.Errorf("reading a list's people: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var last cursor
	for rows.Next() {
		var i Item
		var place, added, version int64
		var by string
		if err := rows.Scan(&i.Patient, &place, &added, &i.Grounds, &by, &version, &i.By); err != nil {
			return nil, cursor{}, fmt.Errorf("reading a list's people: %w", err)
		}
		if len(items) == first {
			next = last
			break
		}
		i.Added, i.New = at(added), by != l.me && version > l.seen
		items = append(items, i)
		last = cursor{place, i.Patient}
	}
	if err := rows.Err(); err != nil {
		return nil, cursor{}, fmt.Errorf("reading a list's people: %w", err)
	}
	return items, next, nil
}
