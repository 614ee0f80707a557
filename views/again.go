package views

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// mostAgain is how often a list that is changed all the while is looked through again for
// whoever was moved from what had not been read yet to what had.
const mostAgain = 3

const (
	// versionOf reads how often a list was changed, and whoIsOn who is on a page of it.
	versionOf = "query ViewList($list: ID!) { list(id: $list) { version } }"
	whoIsOn   = "query ViewAgain($list: ID!, $after: String, $first: Int!, $wait: Int) { list(id: $list) { version people(first: $first, after: $after, wait: $wait) { next people { patient { _id: id } } } } }"
)

// ended ends a reading of the list, at its last page: where the list was changed since its
// first, another reading begins.
func (s *Store) ended(ctx context.Context, j *job, read *reading) error {
	if j.page > 0 { // of one page nobody can have been moved to another
		var a answer
		problems, err := s.execute(ctx, "ViewList", versionOf, map[string]any{"list": j.list}, &a)
		switch {
		case err != nil:
			return err
		case a.List == nil && len(problems) > 0:
			return failed("%s", problems[0])
		case a.List == nil:
			return failed("There is no such list that you may see.")
		}
		read.next = read.next.onTo(a.List.Version, "")
	}
	switch {
	case !read.next.Changed:
		read.more = false
	case read.next.Again == mostAgain:
		read.more = false
		read.lacking = "The list was changed all the while it was read: whoever was moved on it may be missing. "
	default:
		read.next = place{Version: read.next.Version, Again: read.next.Again + 1}
	}
	return nil
}

// again looks through the list for people whom no page was about, and reads the next page that
// has any. Who has been read is not read again; that the list has them is in the ledger.
func (s *Store) again(ctx context.Context, j *job, p *plan) (*reading, error) {
	read := &reading{next: j.place, more: true}
	for {
		at := read.next.After
		var a answer
		variables := map[string]any{"list": j.list, "first": pageOf, "wait": mostWait}
		if at != "" {
			variables["after"] = at
		}
		problems, err := s.execute(ctx, "ViewAgain", whoIsOn, variables, &a)
		switch {
		case err != nil:
			return nil, err
		case a.List == nil && len(problems) > 0:
			return nil, failed("%s", problems[0])
		case a.List == nil || a.List.People == nil:
			return nil, failed("There is no such list that you may see.")
		}
		found, waiting := &a, int64(0)
		missed := slices.ContainsFunc(a.people(), func(person map[string]any) bool { return !j.seen[s.keyOf(j, person)] })
		if missed {
			if found, waiting, err = s.ask(ctx, j, p, at); err != nil {
				return nil, err
			}
		}
		read.next = read.next.onTo(found.List.Version, found.List.People.Next)
		if found.List.People.Next == "" {
			if err := s.ended(ctx, j, read); err != nil {
				return nil, err
			}
		}
		if missed {
			read.people, read.waiting = found.people(), waiting
			return read, nil
		}
		if found.List.People.Next == "" {
			return read, nil
		}
	}
}

// keyOf is what a person is known by among those whom the run has read.
func (s *Store) keyOf(j *job, person map[string]any) string {
	id, _ := person["_id"].(string)
	if j.session.View != nil && j.session.View.Secondary {
		return s.Governance.Cohort(id)
	}
	return id
}

// remember reads whom the pages that were kept are about, also those who have no rows.
func (s *Store) remember(ctx context.Context, j *job) error {
	j.seen = map[string]bool{}
	rows, err := s.read.QueryContext(ctx, `SELECT page, people FROM view_rows WHERE run = $1 AND people <> ''`, j.id) // '' was kept before 0021
	if err != nil {
		return fmt.Errorf("reading whom a run has read: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var page int64
		var sealed string
		var keys []string
		if err := rows.Scan(&page, &sealed); err != nil {
			return fmt.Errorf("reading whom a run has read: %w", err)
		}
		text, err := s.unseal(fmt.Sprintf("people %s %d", j.id, page), sealed)
		if err == nil {
			err = json.Unmarshal(text, &keys)
		}
		if err != nil {
			return err
		}
		for _, k := range keys {
			j.seen[k] = true
		}
	}
	return rows.Err()
}
