package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/patchworkcare/patchwork/bench/mock"
)

// What a page of a list is measured across, and its aims.
const (
	listPeople   = 50
	listRuns     = 20
	listPractice = 3
	listCalls    = 2     // at most, to a source for a kind of resource
	listAim      = 300.0 // ms, p95
)

// listColumns are the six columns of the list, by the variables of the operation.
var listColumns = []string{"allergies", "alerts", "observations", "appointments", "contacts", "problems"}

// measureList tells how long a page of 50 people with six columns takes across six
// sources that answer after 50 ms each; every page is of other people, met before and not
// remembered.
func measureList(ctx context.Context, s settings) (err error) {
	b := &bench{settings: s, client: &http.Client{}}
	defer b.close()
	if b.dir, err = os.MkdirTemp("", "patchwork-bench-"); err != nil {
		return err
	}
	b.region = &region{}
	if b.region.Process, err = startSelf(anyCore, &b.region.Ready, "serve-sources", strconv.Itoa(s.people), strconv.Itoa(searchSources)); err != nil {
		return err
	}
	if b.server, err = startPatchwork(ctx, anyCore, s.binary, b.dir, b.region.Sources); err != nil {
		return err
	}
	made, err := b.makeLists(ctx, mock.People(mock.Listed, s.people))
	if err != nil {
		return err
	}
	page := &work{name: "list", variables: func(v []string) map[string]any {
		vars := map[string]any{"id": v[0], "first": listPeople}
		for _, c := range listColumns {
			vars[c] = true
		}
		return vars
	}}
	if err := page.load("list"); err != nil {
		return err
	}
	wait := searchWait
	if _, err := b.region.order(ctx, mock.Order{Wait: &wait, Reset: true}); err != nil {
		return err
	}
	var took []time.Duration
	for i, id := range made {
		if i == listPractice {
			if _, err := b.region.order(ctx, mock.Order{Wait: &wait, Reset: true}); err != nil {
				return err
			}
		}
		begun := time.Now()
		answer, err := b.send(b.ofServer(ctx, page, []string{id}))
		if err != nil {
			return err
		}
		if i >= listPractice {
			took = append(took, time.Since(begun))
		}
		if err := checkPage(answer); err != nil {
			return err
		}
	}
	state, err := b.region.order(ctx, mock.Order{})
	if err != nil {
		return err
	}
	return reportList(took, state.Calls)
}

func reportList(took []time.Duration, calls map[string]int64) error {
	most, at := 0.0, ""
	for kind, n := range calls {
		if each := float64(n) / listRuns; each > most {
			most, at = each, kind
		}
	}
	p95 := quantile(took, 0.95)
	fmt.Printf("a page of %d people with %d columns across %d sources of %s each, %d pages one after another\n\n%8s %8s %8s\n%8.1f %8.1f %8.1f ms   at most %.2f calls to a source for a kind of resource (%s)\n",
		listPeople, len(listColumns), searchSources, searchWait, listRuns, "p50", "p95", "max", quantile(took, 0.5), p95, quantile(took, 1), most, at)
	switch {
	case most > listCalls:
		return fmt.Errorf("%s was asked %.2f times for a page, above the aim of %d", at, most, listCalls)
	case p95 > listAim:
		return fmt.Errorf("the 95th percentile is %.1f ms, above the aim of %.0f", p95, listAim)
	}
	return nil
}

// makeLists makes lists of 50 people each, as a user would.
func (b *bench) makeLists(ctx context.Context, people []mock.Person) (ids []string, err error) {
	create := &work{query: `mutation($t: String!) { createList(title: $t) { id } }`, variables: func(v []string) map[string]any { return map[string]any{"t": v[0]} }}
	add := &work{query: `mutation($id: ID!, $n: [NHSNumber!]) { addToList(id: $id, nhsNumbers: $n) { added } }`, variables: func(v []string) map[string]any {
		return map[string]any{"id": v[0], "n": v[1:]}
	}}
	for i := range listPractice + listRuns {
		var made struct{ CreateList struct{ ID string } }
		answer, err := b.send(b.ofServer(ctx, create, []string{"List " + strconv.Itoa(i)}))
		if err != nil {
			return nil, err
		}
		if err := data(answer, &made); err != nil {
			return nil, err
		}
		values := []string{made.CreateList.ID}
		for _, p := range people[i*listPeople : (i+1)*listPeople] {
			values = append(values, p.Number)
		}
		var put struct{ AddToList struct{ Added int } }
		if answer, err = b.send(b.ofServer(ctx, add, values)); err != nil {
			return nil, err
		}
		if err := data(answer, &put); err != nil {
			return nil, err
		}
		if put.AddToList.Added != listPeople {
			return nil, fmt.Errorf("%d of %d people came onto a list", put.AddToList.Added, listPeople)
		}
		ids = append(ids, made.CreateList.ID)
	}
	return ids, nil
}

// checkPage says what is wrong with a page: every cell is answered by every source.
func checkPage(answer []byte) error {
	var d struct {
		List struct {
			People struct {
				Hidden int
				People []struct{ Patient map[string]json.RawMessage }
			}
		}
	}
	if err := data(answer, &d); err != nil {
		return err
	}
	if n := len(d.List.People.People); n != listPeople || d.List.People.Hidden > 0 {
		return fmt.Errorf("%d people, %d hidden", n, d.List.People.Hidden)
	}
	for _, p := range d.List.People.People {
		for _, column := range listColumns {
			var cell struct {
				Outcomes []struct{ Status string }
			}
			if err := json.Unmarshal(p.Patient[column], &cell); err != nil {
				return fmt.Errorf("%s: %w", column, err)
			}
			for _, o := range cell.Outcomes {
				if !strings.Contains("ANSWERED EMPTY ASSERTED_NONE", o.Status) {
					return fmt.Errorf("%s: a source is %s", column, o.Status)
				}
			}
			if len(cell.Outcomes) != searchSources {
				return fmt.Errorf("%s: %d outcomes", column, len(cell.Outcomes))
			}
		}
	}
	return nil
}
