package views

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Search is what people are searched for by, as the graph's searchPatients has it; "" was not
// given. It names somebody: it is kept sealed, and stands in no text.
type Search struct {
	NHSNumber    string `json:"nhsNumber,omitempty"`
	FamilyName   string `json:"familyName,omitempty"`
	GivenName    string `json:"givenName,omitempty"`
	BirthDate    string `json:"birthDate,omitempty"`
	Gender       string `json:"gender,omitempty"`
	Postcode     string `json:"postcode,omitempty"`
	LocalNumber  string `json:"localNumber,omitempty"`
	Organisation string `json:"organisation,omitempty"`
}

// String is what a log may say of it.
func (Search) String() string { return "a search" }

// ErrNoSearch: for other purposes than care a search is no cohort.
var ErrNoSearch = wrong("For other purposes than care a view is run over a list: whom a search finds tells of the few that it was made for.")

// StartSearch begins a run over the people whom a search finds: all of them, also where it is
// not known which of them was meant.
func (s *Store) StartSearch(ctx context.Context, view string, version int64, search Search) (*Run, error) {
	return s.start(ctx, view, version, "", &search)
}

// mostSearches is how often a search is made for one run: each is counted against how often its
// user may search.
const mostSearches = 2

const searching = `query ViewSearch($nhsNumber: NHSNumber, $familyName: String, $givenName: String, $birthDate: Date, $gender: String, $postcode: String, $localNumber: String, $organisation: String, $wait: Int) {
	searchPatients(nhsNumber: $nhsNumber, familyName: $familyName, givenName: $givenName, birthDate: $birthDate, gender: $gender, postcode: $postcode, localNumber: $localNumber, organisation: $organisation, wait: $wait) {
		similar more outcomes { source { id } status } hits { id nhsNumber } } }`

// hits is whom a search found, and what its systems answered.
type hits struct {
	Similar, More bool
	Outcomes      []outcome
	Hits          []struct {
		ID        string
		NHSNumber string `json:"nhsNumber"`
	}
}

// late reports whether a system has not answered that may still do.
func (h *hits) late() bool {
	return slices.ContainsFunc(h.Outcomes, func(o outcome) bool { return o.Status == "PENDING" || o.Status == "TIMED_OUT" })
}

// searched makes the one page of a run over a search: the graph finds no more people than a page
// has.
func (s *Store) searched(ctx context.Context, j *job, p *plan) (*reading, error) {
	found, err := s.search(ctx, j)
	if err != nil {
		return nil, err
	}
	read := &reading{lacking: found.lacking()}
	var ids, numbers []string
	for _, h := range found.Hits {
		switch {
		case h.ID != "" && !slices.Contains(ids, h.ID):
			ids = append(ids, h.ID)
		case h.ID == "" && h.NHSNumber != "":
			numbers = append(numbers, h.NHSNumber)
		case h.ID == "":
			read.leftOut++ // it cannot be told for certain who they are
		}
	}
	if len(ids)+len(numbers) == 0 {
		return read, nil
	}
	return read, s.opened(ctx, p, ids, numbers, read)
}

// search searches, and again for systems that were late.
func (s *Store) search(ctx context.Context, j *job) (*hits, error) {
	variables, err := j.search.variables()
	if err != nil {
		return nil, err
	}
	var best *hits
	for range mostSearches {
		var a struct{ SearchPatients *hits }
		problems, err := s.execute(ctx, "ViewSearch", searching, variables, &a)
		switch {
		case err != nil:
			return nil, err
		case a.SearchPatients == nil && best != nil:
			return best, nil // it was refused to search again: what the first found holds
		case a.SearchPatients == nil && len(problems) > 0:
			return nil, failed("%s", problems[0])
		case a.SearchPatients == nil:
			return nil, failed("You may not search for people.")
		}
		if best = a.SearchPatients; !best.late() {
			break
		}
	}
	return best, nil
}

func (s *Search) variables() (map[string]any, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	variables := map[string]any{"wait": mostWait}
	return variables, json.Unmarshal(text, &variables)
}

// lacking says who may be missing from what was found.
func (h *hits) lacking() string {
	silent, held := 0, 0
	for _, o := range h.Outcomes {
		switch {
		case o.Status == "WITHHELD":
			held++
		case !answered(o.Status):
			silent++
		}
	}
	var b strings.Builder
	if silent > 0 {
		fmt.Fprintf(&b, "%s did not answer the search: people known only there are missing. ", systems(silent))
	}
	if held > 0 {
		fmt.Fprintf(&b, "%s may hold people whom the search must not show you. ", systems(held))
	}
	if h.More {
		b.WriteString("The search found more people than a run over a search has: those who fit less are missing. ")
	}
	if h.Similar {
		b.WriteString("Nobody fits the search exactly: these are people who are similar. ")
	}
	return b.String()
}

func systems(n int) string {
	if n == 1 {
		return "1 system"
	}
	return fmt.Sprintf("%d systems", n)
}

// opened reads people by Patchwork's own id, and those who are not known here yet by their
// number. Each is decided as if they were opened.
func (s *Store) opened(ctx context.Context, p *plan, ids, numbers []string, read *reading) error {
	variables := map[string]any{"wait": mostWait}
	var head, body strings.Builder
	if len(numbers) > 0 {
		head.WriteString(", $n: [NHSNumber!]!")
		body.WriteString(" numbers: patientsByNHSNumber(nhsNumbers: $n, wait: $wait) { problem patient { ...Wanted } }")
		variables["n"] = numbers
	}
	for i, id := range ids {
		fmt.Fprintf(&head, ", $p%d: ID!", i)
		fmt.Fprintf(&body, " p%d: patient(id: $p%d, wait: $wait) { ...Wanted }", i, i)
		variables[fmt.Sprintf("p%d", i)] = id
	}
	operation := complete(s.Renderer, p, "query View($wait: Int"+head.String()+") {"+body.String()+" } fragment Wanted on Patient { "+p.wanted()+" }")
	for asked := 1; ; asked++ {
		a := map[string]json.RawMessage{}
		problems, err := s.execute(ctx, "View", operation, variables, &a)
		if err != nil {
			return err
		}
		if len(a) == 0 && len(problems) > 0 {
			return failed("%s", problems[0])
		}
		people, leftOut, late, err := peopleOf(a, ids)
		if err != nil {
			return err
		}
		waiting := p.allPending(people)
		if waiting == 0 && !late || asked >= mostAsks {
			read.people, read.waiting = people, waiting
			read.leftOut += leftOut
			return nil
		}
	}
}

// peopleOf are those who were opened; late says that somebody could
// not be told for certain because a system has not answered.
func peopleOf(a map[string]json.RawMessage, ids []string) (people []map[string]any, leftOut int64, late bool, err error) {
	var numbers []struct {
		Problem string
		Patient map[string]any
	}
	add := func(person map[string]any) {
		if person == nil {
			leftOut++
			return
		}
		people = append(people, person)
	}
	for i := range ids {
		var person map[string]any
		if err := readNumbers(a[fmt.Sprintf("p%d", i)], &person); err != nil {
			return nil, 0, false, err
		}
		add(person)
	}
	if err := readNumbers(a["numbers"], &numbers); err != nil {
		return nil, 0, false, err
	}
	for _, n := range numbers {
		add(n.Patient)
		late = late || n.Problem == "LOOKUP_INCOMPLETE"
	}
	return people, leftOut, late, nil
}
