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
		People *struct {
			Hidden       int64
			Unidentified int64
			Next         string
			Outcome      *outcome
			People       []struct{ Patient map[string]any }
		}
	}
}

type outcome struct {
	Source struct{ ID string }
	Status string
}

// operation reads one page of the list's people, with which sources answered.
func (p *plan) operation(renderer Renderer) string {
	var b strings.Builder
	b.WriteString("query View($list: ID!, $after: String, $first: Int!, $wait: Int) { list(id: $list) { people(first: $first, after: $after, wait: $wait) { hidden unidentified next outcome { source { id } status } people { patient { _id: id ")
	b.WriteString(p.selection)
	for _, section := range p.sections {
		b.WriteString(" _coverage_" + section + ": " + section + " { outcomes { source { id } status } withheldFields }")
	}
	b.WriteString(" } } } } }")
	if p.resource == personType || renderer == nil {
		return b.String()
	}
	return renderer.Complete(b.String())
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
	a, waiting, err := s.ask(ctx, j, p)
	if err != nil {
		return false, err
	}
	made := &made{store: s, view: v, plan: p, leftOut: a.List.People.Hidden + a.List.People.Unidentified, waiting: waiting, since: j.since}
	for _, person := range a.List.People.People {
		if err := made.add(ctx, person.Patient); err != nil {
			return false, err
		}
	}
	if err := s.commit(ctx, j, made, a.List.People.Next); err != nil {
		return false, err
	}
	j.page, j.place, j.people = j.page+1, a.List.People.Next, j.people+made.people
	return j.place != "", nil
}

// ask asks for a page until its systems have answered, or will not.
func (s *Store) ask(ctx context.Context, j *job, p *plan) (*answer, int64, error) {
	variables := map[string]any{"list": j.list, "first": pageOf, "wait": mostWait}
	if j.place != "" {
		variables["after"] = j.place
	}
	operation := p.operation(s.Renderer)
	for asked := 1; ; asked++ {
		data, problems, err := s.Executor.Run(ctx, "View", operation, variables)
		if err != nil {
			return nil, 0, err
		}
		var a answer
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		if len(data) > 0 {
			if err := decoder.Decode(&a); err != nil {
				return nil, 0, fmt.Errorf("a page of a view: %w", err)
			}
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
		waiting := int64(0)
		for _, person := range a.List.People.People {
			waiting += p.pending(person.Patient)
		}
		if waiting == 0 || asked >= mostAsks {
			return &a, waiting, nil
		}
	}
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
func (s *Store) commit(ctx context.Context, j *job, m *made, next string) error {
	text, err := json.Marshal(m.rows)
	if err != nil {
		return err
	}
	rows, err := s.seal(fmt.Sprintf("rows %s %d", j.id, j.page), text)
	if err != nil {
		return err
	}
	place := ""
	if next != "" {
		if place, err = s.seal("place "+j.id, []byte(next)); err != nil {
			return err
		}
	}
	return s.within(ctx, func(tx *sql.Tx) error {
		err := oneRow(tx.ExecContext(ctx, `UPDATE view_run SET page = page + 1, place = $1, people = people + $2, left_out = left_out + $3, rows_made = rows_made + $4,
			waiting = waiting + $5 WHERE id = $6 AND worker = $7 AND page = $8 AND state = 'running'`,
			place, m.people, m.leftOut, int64(len(m.rows)), m.waiting, j.id, s.name, j.page))
		if errors.Is(err, ErrChanged) {
			return errLost
		}
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `INSERT INTO view_rows (run, page, body) VALUES ($1, $2, $3)`, j.id, j.page, rows); err != nil {
			return err
		}
		return j.since.keep(ctx, tx, s, j.page)
	})
}
