package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/patchworkcare/patchwork/bench/mock"
)

// slim is the whole record with the few fields of an entry that the peers were asked
// for; ours asks for everything that the viewer shows.
//
//go:embed slim.graphql
var slim string

//go:embed slimlist.graphql
var slimList string

// work is one kind of question, asked of different people each time.
type work struct {
	name, title string
	// query is the GraphQL operation.
	query string
	// values are what the i-th question is about; false if there are no more.
	values func(i int) ([]string, bool)
	// variables are the same as the operation takes them.
	variables func(values []string) map[string]any
	// check says what is wrong with an answer.
	check func(answer []byte, values []string) error
	// resources are how many the floor must find.
	resources int
	// crowd is with how many at once the peak of memory is measured.
	crowd int
	// groups are into how many calls a source the peers' floor puts the same.
	groups [][]string
	// rate is how many a second are asked at a fixed rate.
	rate float64
	// peers: other servers are asked the same.
	peers bool
	// aim is the CPU that we want to stay under, as a multiple of the floor's.
	aim string

	next atomic.Int64
}

// operations are the repository's sample operations.
const operations = "graph/operations"

func newWorks(names string, people int) ([]*work, error) {
	var all []*work
	for name := range strings.SplitSeq(names, ",") {
		w, err := newWork(strings.TrimSpace(name), people)
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, nil
}

func newWork(name string, people int) (*work, error) {
	switch name {
	case "q1":
		return whole(name, "whole record, as the viewer asks", "full-record", mock.People(mock.Whole, people), true)
	case "q1slim":
		w, err := whole(name, "whole record, six fields an entry, as the peers were asked", "", mock.People(mock.Whole, people), true)
		w.query, w.peers = slim, true
		return w, err
	case "q1new":
		return whole(name, "whole record of somebody never met: found first, then read", "full-record", mock.People(mock.New, people), false)
	case "q2":
		return worklist(name, "worklist of 50: name, allergies, alerts, latest observation", "worklist", mock.People(mock.Listed, people))
	case "q2slim":
		w, err := worklist(name, "the same with the few fields that the peers are asked for", "", mock.People(mock.Listed, people))
		w.query, w.peers = slimList, true
		return w, err
	case "q3":
		return search(mock.People(mock.Whole, people))
	}
	return nil, fmt.Errorf("there is no work %q; there are q1, q1slim, q1new, q2, q2slim, q3", name)
}

func whole(name, title, operation string, people []mock.Person, again bool) (*work, error) {
	w := &work{
		name: name, title: title, resources: 131 * sourceCount, crowd: saturated, check: checkWhole, rate: 20, aim: "≤ 4",
		groups: [][]string{
			{"Patient", "AllergyIntolerance", "Flag", "RelatedPerson", "CareTeam", "Consent", "Appointment"},
			{"MedicationRequest", "MedicationStatement"}, {"Condition", "Procedure"}, {"Encounter"},
			{"Observation"}, {"DiagnosticReport", "Immunization"}, {"DocumentReference"},
		},
		values: func(i int) ([]string, bool) {
			return []string{people[i%len(people)].Number}, again || i < len(people)
		},
		variables: func(v []string) map[string]any { return map[string]any{"nhsNumber": v[0]} },
	}
	return w, w.load(operation)
}

func worklist(name, title, operation string, people []mock.Person) (*work, error) {
	const many = 50
	w := &work{
		name: name, title: title, resources: 8 * many * sourceCount, crowd: 64, check: checkList, rate: 10, aim: "≤ 7",
		groups: [][]string{{"Patient"}, {"AllergyIntolerance", "Flag"}, {"Observation"}},
		values: func(i int) ([]string, bool) {
			var numbers []string
			for n := range many {
				numbers = append(numbers, people[(i*many+n)%len(people)].Number)
			}
			return numbers, true
		},
		variables: func(v []string) map[string]any { return map[string]any{"nhsNumbers": v} },
	}
	return w, w.load(operation)
}

func search(people []mock.Person) (*work, error) {
	w := &work{
		name: "q3", title: "search by family name and date of birth", resources: 5 * sourceCount, crowd: saturated, check: checkSearch, rate: 50, peers: true, aim: "≤ 2",
		values: func(i int) ([]string, bool) {
			p := people[i*5%len(people)]
			return []string{p.Family, p.Birth}, true
		},
		variables: func(v []string) map[string]any {
			return map[string]any{"familyName": v[0], "birthDate": v[1]}
		},
	}
	return w, w.load("search")
}

// load reads the operation's text; "" for one that is not the repository's.
func (w *work) load(operation string) error {
	if operation == "" {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(operations, operation+".graphql")) // #nosec G304 -- our own operations
	w.query = string(text)
	return err
}

// body is the GraphQL request about values.
func (w *work) body(values []string) ([]byte, error) {
	return json.Marshal(map[string]any{"query": w.query, "variables": w.variables(values)})
}
