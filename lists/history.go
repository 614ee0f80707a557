package lists

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// Past is one change of a list.
type Past struct {
	// Version is the one it made.
	Version int64
	At      time.Time
	// By is who made it, by name; "" where Patchwork did by itself.
	By string
	// What it was, in words, without anybody's name or number.
	What string
}

// MostHistory is how many changes are given at most.
const MostHistory = 100

// History gives a list's changes before a version, or the last for 0, newest first, from 1
// to MostHistory (0 means MostHistory); ErrNotAllowed to who may not edit it.
func (s *Store) History(ctx context.Context, c Caller, id string, first int, before int64) (out []Past, err error) {
	a, err := s.asking(ctx, c)
	if err != nil {
		return nil, err
	}
	if first == 0 {
		first = MostHistory
	}
	if first < 0 || first > MostHistory {
		return nil, &InputError{"first", fmt.Sprintf("`first` must be from 1 to %d", MostHistory)}
	}
	l, err := s.readable(ctx, a, id)
	if err != nil {
		return nil, err
	}
	if l.May < Edit {
		return nil, ErrNotAllowed
	}
	rows, err := s.read.QueryContext(ctx, `SELECT h.version, h.at, h.what, COALESCE(b.name, '')
		FROM list_change h LEFT JOIN list_user b ON b.id = h.person
		WHERE h.list = $1 AND h.list <> '' AND (h.version < $2 OR $2 <= 0) ORDER BY h.version DESC LIMIT `+strconv.Itoa(first), l.ID, before)
	if err != nil {
		return nil, fmt.Errorf("reading a list's history: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var p Past
		var when int64
		if err := rows.Scan(&p.Version, &when, &p.What, &p.By); err != nil {
			return nil, fmt.Errorf("reading a list's history: %w", err)
		}
		p.At = at(when)
		out = append(out, p)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading a list's history: %w", err)
	}
	return out, nil
}
