package lists

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
)

// errRoster: a team list's people are not kept.
var errRoster = &InputError{"id", "The people of a team list come from its system: nobody can be added, taken off or moved by hand"}

// Add puts people at the end of a list, at most MaxAtOnce, all or none; of an Item it takes
// Patient and Grounds. Who is on it already stays where they are, with whom and when it was.
// It gives how many came and how many were there.
func (s *Store) Add(ctx context.Context, c Caller, id string, items []Item) (added, already int, l List, err error) {
	if !c.isSomebody() {
		return 0, 0, List{}, ErrNobody
	}
	patients, grounds, err := wantedOn(items)
	if err != nil {
		return 0, 0, List{}, err
	}
	l, err = s.change(ctx, c, id, wanted{may: Edit, plan: func(ctx context.Context, q querier, a asking, l List) (*deed, error) {
		if l.Roster != nil {
			return nil, errRoster
		}
		on, err := whoIsOn(ctx, q, l.ID, patients)
		if err != nil {
			return nil, err
		}
		news := slices.DeleteFunc(slices.Clone(patients), func(p string) bool { return on[p] })
		added, already = len(news), len(on)
		if len(news) == 0 {
			return nil, nil
		}
		if l.Size+len(news) > MaxPeople {
			return nil, &InputError{"patients", fmt.Sprintf("A list has at most %d people", MaxPeople)}
		}
		events := entries(ctx, c, ActionAdd, l.ID, news)
		for i, p := range news {
			events[i].event.Relationship = grounds[p]
		}
		return &deed{
			what: counted(len(news)) + " added", events: events,
			apply: func(ctx context.Context, tx *sql.Tx, version int64) error {
				return putLast(ctx, tx, a, l.ID, version, news, grounds)
			},
		}, nil
	}})
	if err != nil {
		return 0, 0, List{}, err
	}
	return added, already, l, nil
}

// wantedOn gives the patients and each one's grounds.
func wantedOn(items []Item) (patients []string, grounds map[string]string, err error) {
	grounds = map[string]string{}
	for _, i := range items {
		if i.Grounds != "" && !storable(i.Grounds) {
			return nil, nil, &InputError{"grounds", "There is no relationship of this kind"}
		}
		patients = append(patients, i.Patient)
		grounds[i.Patient] = i.Grounds
	}
	patients, err = people(patients)
	return patients, grounds, err
}

// entries are one event for each patient.
func entries(ctx context.Context, c Caller, action, list string, patients []string) []entry {
	out := make([]entry, len(patients))
	for i, p := range patients {
		e := event(ctx, c, action, "list:"+list)
		e.Patient = p
		out[i] = entry{action + " " + p, e}
	}
	return out
}

// whoIsOn gives those of the patients who are on the list.
func whoIsOn(ctx context.Context, q querier, list string, patients []string) (map[string]bool, error) {
	rows, err := q.QueryContext(ctx, `SELECT patient FROM list_item WHERE list = $1 AND patient IN (`+placeholders(2, len(patients))+`)`,
		anys([]any{list}, patients)...)
	if err != nil {
		return nil, fmt.Errorf("reading a list's people: %w", err)
	}
	defer func() { _ = rows.Close() }()
	on := map[string]bool{}
	for rows.Next() {
		var p string
		if err := rows.Scan(&p); err != nil {
			return nil, fmt.Errorf("reading a list's people: %w", err)
		}
		on[p] = true
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading a list's people: %w", err)
	}
	return on, nil
}

// counted is how many people, in words.
func counted(n int) string {
	if n == 1 {
		return "1 person"
	}
	return strconv.Itoa(n) + " people"
}
