package views

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/auth/accounts"
)

const (
	// pageOf is how many people are read in one operation: the most that one may show.
	pageOf = 50
	// mostAsks is how often a page is asked again whose systems have not all answered: an
	// answer that was asked for is joined or remembered, so that it costs them nothing.
	mostAsks = 6
	// mostWait is how long each asking waits, in milliseconds, if the region lets readers.
	mostWait = 10_000
)

// failure ends a run for a reason that its user can do something about.
type failure struct {
	state RunState
	text  string
}

func (f *failure) Error() string { return f.text }

func failed(format string, a ...any) error { return &failure{Failed, fmt.Sprintf(format, a...)} }

// errLost: another server works on the run now, or it was cancelled.
var errLost = errors.New("views: the run is not this server's any more")

// answer is a page of people as the graph gives it.
type answer struct {
	List *struct {
		Version int64
		People  *struct {
			Hidden       int64
			Unidentified int64
			Next         string
			Outcome      *outcome
			People       []struct{ Patient map[string]any }
		}
	}
}

// people are those of the page.
func (a *answer) people() []map[string]any {
	all := make([]map[string]any, len(a.List.People.People))
	for i, p := range a.List.People.People {
		all[i] = p.Patient
	}
	return all
}

type outcome struct {
	Source struct{ ID string }
	Status string
}

// reading is what a page of a run is made of.
type reading struct {
	people  []map[string]any
	leftOut int64
	waiting int64
	// next is where the run goes on; more says whether anybody is there.
	next place
	more bool
	// lacking says who may be missing, beside what the run says of it already.
	lacking string
}

// operation reads one page of the list's people, with which sources answered.
func (p *plan) operation(renderer Renderer) string {
	return complete(renderer, p, "query View($list: ID!, $after: String, $first: Int!, $wait: Int) { list(id: $list) { version people(first: $first, after: $after, wait: $wait) { hidden unidentified next outcome { source { id } status } people { patient { "+p.wanted()+" } } } } }")
}

// wanted is the selection of a person.
func (p *plan) wanted() string {
	var b strings.Builder
	b.WriteString("_id: id " + p.selection)
	for _, section := range p.sections {
		b.WriteString(" _coverage_" + section + ": " + section + " { verdict outcomes { source { id } status } withheldFields }")
	}
	return b.String()
}

// complete puts the fragments below an operation that its plan spreads.
func complete(renderer Renderer, p *plan, operation string) string {
	if p.resource == personType || renderer == nil {
		return operation
	}
	return renderer.Complete(operation)
}

// page reads and keeps the next 50 people; more says whether there are others after them.
func (s *Store) page(ctx context.Context, j *job, v *View, p *plan) (more bool, err error) {
	s.giveWay(ctx)
	ctx = auth.WithSession(auth.WithCaller(ctx, auth.Caller{RequestID: "run-" + j.id, Client: "view run"}), j.session)
	if err := s.Welcome(ctx, j.session); errors.Is(err, accounts.ErrOff) {
		return false, failed("Whoever began this run, or what they acted as, was switched off.")
	} else if err != nil {
		return false, err
	}
	if err := v.runnable(j.session, s.now()); err != nil {
		return false, failed("The view is not approved any more.")
	}
	if limit := s.Limits.withDefaults().People; j.people >= int64(limit) {
		return false, failed("The list has more than %d people, which is the most that a run is over.", limit)
	}
	read, err := s.reading(ctx, j, p)
	if err != nil {
		return false, err
	}
	made := &made{store: s, job: j, view: v, plan: p, leftOut: read.leftOut, waiting: read.waiting, keys: []string{}, since: j.since}
	for _, person := range read.people {
		if err := made.add(ctx, person); err != nil {
			return false, err
		}
	}
	if err := s.commit(ctx, j, made, read); err != nil {
		return false, err
	}
	j.page, j.place, j.people, j.attempts = j.page+1, read.next, j.people+made.people, 0
	return read.more, nil
}

// reading reads the next page of what the run is over.
func (s *Store) reading(ctx context.Context, j *job, p *plan) (*reading, error) {
	switch {
	case j.search != nil:
		return s.searched(ctx, j, p)
	case j.place.Again > 0:
		return s.again(ctx, j, p)
	}
	a, waiting, err := s.ask(ctx, j, p, j.place.After)
	if err != nil {
		return nil, err
	}
	read := &reading{people: a.people(), leftOut: a.List.People.Hidden + a.List.People.Unidentified, waiting: waiting, next: j.place.onTo(a.List.Version, a.List.People.Next), more: true}
	if a.List.People.Next == "" {
		err = s.ended(ctx, j, read)
	}
	return read, err
}

// ask asks for the page of the list after a cursor, until its systems have answered or will not.
func (s *Store) ask(ctx context.Context, j *job, p *plan, after string) (*answer, int64, error) {
	variables := map[string]any{"list": j.list, "first": pageOf, "wait": mostWait}
	if after != "" {
		variables["after"] = after
	}
	operation := p.operation(s.Renderer)
	for asked := 1; ; asked++ {
		var a answer
		problems, err := s.execute(ctx, "View", operation, variables, &a)
		if err != nil {
			return nil, 0, err
		}
		switch {
		case a.List == nil && len(problems) > 0:
			return nil, 0, failed("%s", problems[0])
		case a.List == nil || a.List.People == nil:
			return nil, 0, failed("There is no such list that you may see.")
		case a.List.People.Outcome != nil && a.List.People.Outcome.Status == "PENDING" && asked < mostAsks:
			continue
		case a.List.People.Outcome != nil && !answered(a.List.People.Outcome.Status):
			return nil, 0, failed("The system that keeps this team list did not answer.")
		}
		waiting := p.allPending(a.people())
		if waiting == 0 || asked >= mostAsks {
			return &a, waiting, nil
		}
	}
}

// execute runs an operation as the run's user and reads its answer; problems are what it refused.
func (s *Store) execute(ctx context.Context, name, operation string, variables map[string]any, into any) (problems []string, err error) {
	data, problems, err := s.Executor.Run(ctx, name, operation, variables)
	if err != nil {
		return nil, err
	}
	if err := readNumbers(data, into); err != nil {
		return nil, fmt.Errorf("a page of a view: %w", err)
	}
	return problems, nil
}

// readNumbers reads JSON with its numbers as they stand there; nothing is nothing.
func readNumbers(data []byte, into any) error {
	if len(data) == 0 {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return decoder.Decode(into)
}

func (p *plan) allPending(people []map[string]any) (n int64) {
	for _, person := range people {
		n += p.pending(person)
	}
	return n
}

// pending counts the answers that have not come.
func (p *plan) pending(person map[string]any) int64 {
	n := int64(0)
	for _, section := range p.sections {
		for _, o := range outcomesOf(person, section) {
			if o.Status == "PENDING" {
				n++
			}
		}
	}
	return n
}

// commit keeps a page in one transaction with how far the run is: what was killed goes on
// after the last page that was kept, and no row comes twice.
func (s *Store) commit(ctx context.Context, j *job, m *made, read *reading) error {
	rows, err := s.sealJSON(fmt.Sprintf("rows %s %d", j.id, j.page), m.rows)
	if err != nil {
		return err
	}
	people, err := s.sealJSON(fmt.Sprintf("people %s %d", j.id, j.page), m.keys)
	if err != nil {
		return err
	}
	next, err := s.sealPlace(j.id, read.next)
	if err != nil {
		return err
	}
	return s.within(ctx, func(tx *sql.Tx) error {
		err := oneRow(tx.ExecContext(ctx, `UPDATE view_run SET page = page + 1, place = $1, people = people + $2, left_out = left_out + $3, rows_made = rows_made + $4,
			waiting = waiting + $5, lacking = lacking || $6, attempts = 0 WHERE id = $7 AND worker = $8 AND page = $9 AND state = 'running'`,
			next, m.people, m.leftOut, int64(len(m.rows)), m.waiting, read.lacking, j.id, s.name, j.page))
		if errors.Is(err, ErrChanged) {
			return errLost
		}
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `INSERT INTO view_rows (run, page, body, people) VALUES ($1, $2, $3, $4)`, j.id, j.page, rows, people); err != nil {
			return err
		}
		return j.since.keep(ctx, tx, s, j.page)
	})
}

func (s *Store) sealJSON(use string, v any) (string, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	return s.seal(use, text)
}
