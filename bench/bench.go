package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/patchworkcare/patchwork/bench/floor"
	"github.com/patchworkcare/patchwork/bench/mock"
	"github.com/patchworkcare/patchwork/bench/proc"
)

// bench is everything that runs while measuring.
type bench struct {
	settings
	dir      string
	client   *http.Client
	region   *region
	floorURL string
	floor    *proc.Process
	server   *patchwork
	peers    []*rivalPeer
	works    []*work
	pinned   bool
}

// open starts the processes, lets the server meet everybody and hands its questions
// to the floor.
func open(ctx context.Context, s settings) (_ *bench, err error) {
	b := &bench{settings: s, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true}}, pinned: proc.Pinned()}
	defer func() {
		if err != nil {
			b.close()
		}
	}()
	if b.works, err = newWorks(s.works, s.people); err != nil {
		return nil, err
	}
	if b.dir, err = os.MkdirTemp("", "patchwork-bench-"); err != nil {
		return nil, err
	}
	load := anyCore
	if b.pinned {
		if load, err = loadCore, proc.PinSelf(loadCore); err != nil {
			return nil, err
		}
	}
	if b.region, err = startRegion(load, s.people); err != nil {
		return nil, err
	}
	if b.floor, b.floorURL, err = startFloor(b.serverCore()); err != nil {
		return nil, err
	}
	if b.server, err = startPatchwork(ctx, b.serverCore(), s.binary, b.dir, b.region.Sources, s.admission()...); err != nil {
		return nil, err
	}
	if err = b.meet(ctx); err != nil {
		return nil, err
	}
	if !s.costs && s.profile == "" {
		if err = b.startPeers(ctx); err != nil {
			return nil, err
		}
	}
	for _, w := range b.works {
		if err = b.teach(ctx, w); err != nil {
			return nil, fmt.Errorf("%s: %w", w.name, err)
		}
	}
	if s.batch {
		err = b.server.asking(ctx, b.serverCore(), true)
	}
	return b, err
}

// close ends everything.
func (b *bench) close() {
	for _, p := range b.peers {
		if p.Running != nil {
			p.Stop()
		}
	}
	if b.server != nil {
		b.server.Stop()
	}
	if b.floor != nil {
		b.floor.Stop()
	}
	if b.region != nil {
		b.region.Stop()
	}
	if b.dir != "" {
		_ = os.RemoveAll(b.dir)
	}
}

// meet lets the server find everybody in every source once, as it does when somebody
// is first opened: the links are kept, the records are not.
func (b *bench) meet(ctx context.Context) error {
	const many = 50
	query := `query Meet($n: [NHSNumber!]!) { patientsByNHSNumber(nhsNumbers: $n) { problem patient { registrations { state } } } }`
	for _, of := range []mock.Population{mock.Whole, mock.Listed} {
		people := mock.People(of, b.people)
		for from := 0; from < len(people); from += many {
			var numbers []string
			for _, p := range people[from:min(from+many, len(people))] {
				numbers = append(numbers, p.Number)
			}
			w := &work{query: query, variables: func(v []string) map[string]any { return map[string]any{"n": v} }}
			answer, err := b.send(b.ofServer(ctx, w, numbers))
			if err != nil {
				return err
			}
			if n := bytes.Count(answer, []byte(`"LINKED"`)); n != len(numbers)*sourceCount {
				return fmt.Errorf("only %d of %d links were made: %.300s", n, len(numbers)*sourceCount, answer)
			}
		}
	}
	return nil
}

// teach records what the server asks the sources for one question, checks the answer,
// and makes it the floor's plan.
func (b *bench) teach(ctx context.Context, w *work) error {
	values, _ := w.values(int(w.next.Add(1) - 1))
	if _, err := b.region.order(ctx, mock.Order{Reset: true, Record: true}); err != nil {
		return err
	}
	answer, err := b.send(b.ofServer(ctx, w, values))
	if err != nil {
		return err
	}
	state, err := b.region.order(ctx, mock.Order{})
	if err != nil {
		return err
	}
	if err := errors.Join(complaints(state), w.check(answer, values)); err != nil {
		return err
	}
	plan := b.plan(w.name, state.Recorded, values)
	lean := floor.Plan{Name: w.name + grouped, Calls: b.group(plan.Calls, w.groups)}
	for _, p := range []floor.Plan{plan, lean} {
		if err := post(ctx, b.floorURL+"/plan", p, nil); err != nil {
			return err
		}
		answer, err := b.send(b.ofFloor(ctx, p.Name, values))
		if err != nil {
			return err
		}
		if err := checkFloor(answer, w.resources); err != nil && w.name != "q1new" {
			return err
		}
	}
	return nil
}

// grouped marks the plan that asks for the same in as few calls as the peers did.
const grouped = "-grouped"

// plan makes recorded requests a plan: what they were about becomes places.
func (b *bench) plan(name string, calls []mock.Call, values []string) floor.Plan {
	var pairs []string
	for i, v := range values {
		pairs = append(pairs, v, fmt.Sprintf("{%d}", i))
	}
	places := strings.NewReplacer(pairs...)
	p := floor.Plan{Name: name}
	for _, c := range calls {
		origin := strings.TrimSuffix(b.region.Sources[c.Source[0]-'a'], "/R4")
		p.Calls = append(p.Calls, floor.Call{Method: c.Method, URL: origin + places.Replace(c.Path), Body: places.Replace(c.Body), ContentType: c.ContentType})
	}
	return p
}

// group puts the types of a group into one request to each source; other requests stay.
func (b *bench) group(calls []floor.Call, groups [][]string) []floor.Call {
	if len(groups) == 0 {
		return calls
	}
	var out []floor.Call
	for _, base := range b.region.Sources {
		about := ""
		for _, c := range calls {
			if rest, ok := strings.CutPrefix(c.URL, base+"/Observation?patient="); ok {
				about, _, _ = strings.Cut(rest, "&")
			}
		}
		for _, g := range groups {
			kinds, by := strings.Join(g, "+"), "patient"
			if kinds == "Patient" {
				by = "_id"
			}
			out = append(out, floor.Call{Method: http.MethodGet, URL: base + "/" + kinds + "?" + by + "=" + about})
		}
	}
	return out
}

// ofServer is a question of the first user.
func (b *bench) ofServer(ctx context.Context, w *work, values []string) (*http.Request, error) {
	return b.ofUser(ctx, 0, w, values)
}

func (b *bench) ofUser(ctx context.Context, who int, w *work, values []string) (*http.Request, error) {
	body, err := w.body(values)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, b.server.url+"/graphql", bytes.NewReader(body))
	if err == nil {
		b.server.mark(req, b.server.users[who%userCount].cookie)
	}
	return req, err
}

func (b *bench) ofFloor(ctx context.Context, plan string, values []string) (*http.Request, error) {
	body, err := json.Marshal(floor.Question{Plan: plan, Values: values})
	if err != nil {
		return nil, err
	}
	return http.NewRequestWithContext(ctx, http.MethodPost, b.floorURL+"/ask", bytes.NewReader(body))
}

// complaints are the questions that the sources could not answer truthfully.
func complaints(s mock.State) error {
	var errs []error
	for text, n := range s.Complaints {
		errs = append(errs, fmt.Errorf("a source was asked what it cannot answer, %d times: %s", n, text))
	}
	return errors.Join(errs...)
}

func checkFloor(answer []byte, resources int) error {
	if n := bytes.Count(answer, []byte(`"type":"`)); n != resources {
		return fmt.Errorf("the floor found %d resources of %d", n, resources)
	}
	return nil
}
