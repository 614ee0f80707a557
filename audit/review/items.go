package review

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Bounds of one page of items.
const (
	DefaultLimit = 50
	MaxLimit     = 100
)

// Filter narrows a reading of the queue; the zero Filter is the newest DefaultLimit
// items of every organisation.
type Filter struct {
	// State and Kind are one of theirs; "" is any.
	State State
	Kind  Kind
	// Organisation is an ODS code; "" is every organisation: whoever calls decides who
	// may see that.
	Organisation string
	// Before is the id of the last item already shown; "" is from the newest.
	Before string
	// Limit is the most items wanted; 0 is DefaultLimit, more than MaxLimit is MaxLimit.
	Limit int
}

const itemColumns = `i.id, i.kind, i.patient, i.issuer, i.subject, i.actor, i.reason, i.seq, i.events, i.opened, i.state, i.steps,
	i.reviewer_issuer, i.reviewer_subject, i.reviewer, i.outcome, i.note, i.closed`

// Items gives a page of the queue, newest first, without History; more is true if
// there are older ones.
func (q *Queue) Items(ctx context.Context, f Filter) (items []Item, more bool, err error) {
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	limit = min(limit, MaxLimit)
	query, args, err := q.where(ctx, f)
	if err != nil {
		return nil, false, err
	}
	query += ` ORDER BY i.opened DESC, i.id DESC LIMIT ` + strconv.Itoa(limit+1)
	if items, err = q.items(ctx, query, args); err != nil {
		return nil, false, fmt.Errorf("reading the review queue: %w", err)
	}
	if len(items) > limit {
		return items[:limit], true, nil
	}
	return items, false, nil
}

// where writes the filter.
func (q *Queue) where(ctx context.Context, f Filter) (query string, args []any, err error) {
	if f.State != "" && !slices.Contains(States(), f.State) || f.Kind != "" && !slices.Contains(Kinds(), f.Kind) {
		return "", nil, ErrFilter
	}
	conditions := []string{"1 = 1"}
	add := func(condition string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			condition = strings.Replace(condition, "?", placeholder(len(args)), 1)
		}
		conditions = append(conditions, condition)
	}
	if f.Organisation != "" {
		add(`i.id IN (SELECT item FROM review_scope WHERE organisation = ?)`, storable(f.Organisation))
	}
	if f.State != "" {
		add(`i.state = ?`, string(f.State))
	}
	if f.Kind != "" {
		add(`i.kind = ?`, string(f.Kind))
	}
	if f.Before != "" {
		last, err := q.Item(ctx, f.Before)
		if err != nil {
			return "", nil, err
		}
		add(`(i.opened, i.id) < (?, ?)`, last.Opened.UnixMicro(), last.ID)
	}
	return `SELECT ` + itemColumns + ` FROM review_item i WHERE ` + strings.Join(conditions, ` AND `), args, nil
}

// Item gives one item with its History; ErrNotFound if there is none.
func (q *Queue) Item(ctx context.Context, id string) (Item, error) {
	items, err := q.items(ctx, `SELECT `+itemColumns+` FROM review_item i WHERE i.id = $1`, []any{storable(id)})
	if err != nil {
		return Item{}, fmt.Errorf("reading the review queue: %w", err)
	}
	if len(items) == 0 {
		return Item{}, ErrNotFound
	}
	if err := q.history(ctx, &items[0]); err != nil {
		return Item{}, fmt.Errorf("reading the review queue: %w", err)
	}
	return items[0], nil
}

// Counts says how many items of an organisation ("" is every organisation) are in each
// state; a state without items is 0.
func (q *Queue) Counts(ctx context.Context, organisation string) (map[State]int, error) {
	query, args := `SELECT state, COUNT(*) FROM review_item`, []any(nil)
	if organisation != "" {
		query += ` WHERE id IN (SELECT item FROM review_scope WHERE organisation = $1)`
		args = []any{storable(organisation)}
	}
	counts := map[State]int{StateNew: 0, StateInReview: 0, StateClosed: 0}
	err := each(ctx, q.read, query+` GROUP BY state`, args, func(scan scanner) error {
		var s State
		var n int
		err := scan((*string)(&s), &n)
		counts[s] = n
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the review queue: %w", err)
	}
	return counts, nil
}

// items runs a query of itemColumns and adds the organisations.
func (q *Queue) items(ctx context.Context, query string, args []any) (items []Item, err error) {
	err = each(ctx, q.read, query, args, func(scan scanner) error {
		i, err := scanItem(scan)
		items = append(items, i)
		return err
	})
	if err != nil || len(items) == 0 {
		return nil, err
	}
	at, ids := map[string]*Item{}, make([]any, len(items))
	for i := range items {
		at[items[i].ID], ids[i] = &items[i], items[i].ID
	}
	return items, each(ctx, q.read, `SELECT item, organisation FROM review_scope WHERE item IN (`+list(0, len(ids))+`) ORDER BY organisation`, ids, func(scan scanner) error {
		var id, organisation string
		err := scan(&id, &organisation)
		if i := at[id]; i != nil {
			i.Organisations = append(i.Organisations, organisation)
		}
		return err
	})
}

func scanItem(scan scanner) (i Item, err error) {
	var issuer, subject, actor, reviewerIssuer, reviewerSubject, reviewer string
	var opened, closed int64
	if err = scan(&i.ID, (*string)(&i.Kind), &i.Patient, &issuer, &subject, &actor, &i.Reason, &i.Seq, &i.Events, &opened, (*string)(&i.State), &i.steps,
		&reviewerIssuer, &reviewerSubject, &reviewer, (*string)(&i.Outcome), &i.Note, &closed); err != nil {
		return i, err
	}
	if i.Actor, err = decodeActor(actor, issuer, subject); err != nil {
		return i, err
	}
	i.Opened = time.UnixMicro(opened).UTC()
	if closed != 0 {
		i.Closed = time.UnixMicro(closed).UTC()
	}
	i.Reviewer, err = decodeActor(reviewer, reviewerIssuer, reviewerSubject)
	return i, err
}

// history adds the steps.
func (q *Queue) history(ctx context.Context, i *Item) error {
	return each(ctx, q.read, `SELECT at, step, issuer, subject, actor, outcome, note FROM review_step WHERE item = $1 ORDER BY number`, []any{i.ID}, func(scan scanner) error {
		var s Step
		var at int64
		var issuer, subject, actor string
		err := scan(&at, &s.Name, &issuer, &subject, &actor, (*string)(&s.Outcome), &s.Note)
		if err != nil {
			return err
		}
		s.At = time.UnixMicro(at).UTC()
		s.Actor, err = decodeActor(actor, issuer, subject)
		i.History = append(i.History, s)
		return err
	})
}
