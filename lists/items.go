package lists

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// MostItems is how many people a page has at most.
const MostItems = 100

// Items gives a page of a list's people in its order, from 1 to MostItems (0 means
// MostItems), and the cursor to go on after; "" at the end. A page goes on after the person
// who was last, wherever they are now, or where they were if they have left. A team list
// has none.
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
	from, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	l, err := s.readable(ctx, a, id)
	if err != nil {
		return nil, "", err
	}
	return page(ctx, s.read, l, first, from)
}

// cursor is the last person of a page, and their place then.
type cursor struct {
	place   int64
	patient string
}

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(c.place, 10) + " " + c.patient))
}

// parseCursor gives a cursor before everybody for "".
func parseCursor(text string) (cursor, error) {
	if text == "" {
		return cursor{}, nil
	}
	bad := &InputError{"after", "`after` is not a cursor of this list"}
	plain, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(text) > 2*maxCode {
		return cursor{}, bad
	}
	place, patient, ok := strings.Cut(string(plain), " ")
	n, err := strconv.ParseInt(place, 10, 64)
	if err != nil || !ok || !storable(patient) {
		return cursor{}, bad
	}
	return cursor{n, patient}, nil
}

func page(ctx context.Context, q querier, l List, first int, from cursor) (items []Item, next string, err error) {
	where, args := ``, []any{l.ID}
	if from.patient != "" {
		where = `AND (i.place, i.patient) > (COALESCE((SELECT p.place FROM list_item p WHERE p.list = $1 AND p.patient = $2), $3), $2)`
		args = append(args, from.patient, from.place)
	}
	rows, err := q.QueryContext(ctx, `SELECT i.patient, i.place, i.added, i.grounds, i.added_by, i.version, COALESCE(b.name, '')
		FROM list_item i LEFT JOIN list_user b ON b.id = i.added_by
		WHERE i.list = $1 `+where+` ORDER BY i.place, i.patient LIMIT `+strconv.Itoa(first+1), args...)
	if err != nil {
		return nil, "", fmt.Errorf("reading a list's people: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var last cursor
	for rows.Next() {
		var i Item
		var place, added, version int64
		var by string
		if err := rows.Scan(&i.Patient, &place, &added, &i.Grounds, &by, &version, &i.By); err != nil {
			return nil, "", fmt.Errorf("reading a list's people: %w", err)
		}
		if len(items) == first {
			next = last.String()
			break
		}
		i.Added, i.New = at(added), by != l.me && version > l.seen
		items = append(items, i)
		last = cursor{place, i.Patient}
	}
	if err := rows.Err(); err != nil {
		return nil, "", fmt.Errorf("reading a list's people: %w", err)
	}
	return items, next, nil
}
