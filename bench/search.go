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

// What a search is measured across, and its aim.
const (
	searchSources  = 6
	searchWait     = 50 * time.Millisecond
	searchAim      = 120.0 // ms, p95
	searchRuns     = 300
	searchPractice = 20
)

// measureSearch tells how long one search across six sources takes that answer after
// 50 ms each, one after another: for people who are found exactly, and for names with a
// slip, which take a second round. An exact search must be one call to each source.
func measureSearch(ctx context.Context, s settings) (err error) {
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
	people := mock.People(mock.Whole, s.people)
	fmt.Printf("a search across %d sources of %s each, %d times one after another\n\n%-28s %8s %8s %8s %8s   calls per source and search\n",
		searchSources, searchWait, searchRuns, "", "p50", "p95", "p99", "max")
	for _, kind := range []struct {
		name  string
		slip  bool
		calls float64
	}{{"exact", false, 1}, {"a slip in the name", true, 2}} {
		took, calls, err := b.searchTimes(ctx, people, kind.slip)
		if err != nil {
			return fmt.Errorf("%s: %w", kind.name, err)
		}
		p95 := quantile(took, 0.95)
		fmt.Printf("%-28s %8.1f %8.1f %8.1f %8.1f   %v\n", kind.name, quantile(took, 0.5), p95, quantile(took, 0.99), quantile(took, 1), calls)
		for source, n := range calls {
			if n != kind.calls {
				return fmt.Errorf("%s: source %s was asked %.2f times for a search, and not %.0f", kind.name, source, n, kind.calls)
			}
		}
		if !kind.slip && p95 > searchAim {
			return fmt.Errorf("the 95th percentile is %.1f ms, above the aim of %.0f", p95, searchAim)
		}
	}
	return nil
}

// searchTimes searches for one group of people after another.
func (b *bench) searchTimes(ctx context.Context, people []mock.Person, slip bool) (took []time.Duration, calls map[string]float64, err error) {
	w, err := search(people)
	if err != nil {
		return nil, nil, err
	}
	wait := searchWait
	for i := range searchPractice + searchRuns {
		if i == searchPractice {
			if _, err := b.region.order(ctx, mock.Order{Wait: &wait, Reset: true}); err != nil {
				return nil, nil, err
			}
		}
		values, _ := w.values(i)
		if slip {
			values[0] = values[0][:2] + values[0][3:]
		}
		begun := time.Now()
		answer, err := b.send(b.ofServer(ctx, w, values))
		if err != nil {
			return nil, nil, err
		}
		if i >= searchPractice {
			took = append(took, time.Since(begun))
		}
		if err := checkSearch6(answer); err != nil {
			return nil, nil, err
		}
	}
	state, err := b.region.order(ctx, mock.Order{})
	if err != nil {
		return nil, nil, err
	}
	calls = map[string]float64{}
	for at, n := range state.Calls {
		source, _, _ := strings.Cut(at, " ")
		calls[source] += float64(n) / searchRuns
	}
	return took, calls, nil
}

// checkSearch6 says what is wrong with an answer: everybody is found in every source.
func checkSearch6(answer []byte) error {
	var d struct {
		SearchPatients struct {
			Hits     []struct{ Sources []json.RawMessage }
			Outcomes []struct{ Status string }
		}
	}
	if err := data(answer, &d); err != nil {
		return err
	}
	if len(d.SearchPatients.Hits) == 0 || len(d.SearchPatients.Outcomes) != searchSources {
		return fmt.Errorf("%d hits, %d outcomes", len(d.SearchPatients.Hits), len(d.SearchPatients.Outcomes))
	}
	for _, h := range d.SearchPatients.Hits {
		if len(h.Sources) != searchSources {
			return fmt.Errorf("somebody is found in %d sources only", len(h.Sources))
		}
	}
	return nil
}
