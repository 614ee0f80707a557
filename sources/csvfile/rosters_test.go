package csvfile

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// goldenRoster reads a case as golden does.
func goldenRoster(t *testing.T, kind sources.RosterKind, input []byte) (a sourcetest.RosterAnswer) {
	s := openCase(t, input).(sources.Rosters)
	if a.Rosters, a.Err = s.Rosters(t.Context()); a.Err == nil {
		a.People, a.Err = s.Roster(t.Context(), kind, "r1")
	}
	return a
}

func TestRostersThatAreTooLong(t *testing.T) {
	var people, lists, rosters strings.Builder
	people.WriteString("person_id,nhs_number,last_name,first_names,date_of_birth,gender,postcode\n")
	lists.WriteString("type,list,name,person_id,nhs_number\n")
	rosters.WriteString("type,list,name,person_id,nhs_number\n")
	for i := range sources.MostRosters + 1 {
		fmt.Fprintf(&people, "P%d,,Ashworth,Ada,12/03/1956,,\n", i)
		fmt.Fprintf(&lists, "Ward,%d,Ward,P%d,\n", i/(sources.MostOnRoster+1), i)
		fmt.Fprintf(&rosters, "Ward,%d,Ward,P%d,\n", i, i)
	}
	long := open(t, stanza(t, "location: "+write(t, map[string]string{"people.csv": people.String(), "lists.csv": lists.String()})+council)).(sources.Rosters)
	if people, err := long.Roster(t.Context(), sources.Ward, "0"); err == nil || sources.AsError(err).Code != "roster-too-long" || people != nil {
		t.Errorf("%d, %v", len(people), err)
	}
	if people, err := long.Roster(t.Context(), sources.Ward, "1"); err != nil || len(people) != sources.MostOnRoster {
		t.Errorf("%d, %v", len(people), err)
	}
	many := open(t, stanza(t, "location: "+write(t, map[string]string{"people.csv": people.String(), "lists.csv": rosters.String()})+council)).(sources.Rosters)
	if all, err := many.Rosters(t.Context()); err == nil || sources.AsError(err).Code != "too-many-rosters" || all != nil {
		t.Errorf("%d, %v", len(all), err)
	}
}

// Who was there when the extract was written may have gone.
func TestAStaleExtractSaysNothingOfNow(t *testing.T) {
	s := serve(t, files()) // written at 02:00, read at 11:00
	for after, code := range map[string]string{"36h": "", "0s": "", "5h": "stale-extract"} {
		c := stanza(t, "location: "+s.url()+"\nstale_after: "+after+council)
		r := open(t, c).(sources.Rosters)
		all, err := r.Rosters(t.Context())
		people, err2 := r.Roster(t.Context(), sources.Caseload, "SW-1")
		for _, err := range []error{err, err2} {
			if code == "" && err != nil || code != "" && (err == nil || sources.AsError(err).Code != code || all != nil || people != nil) {
				t.Errorf("%s: %d, %d, %v", after, len(all), len(people), err)
			}
		}
	}
}

func TestRosterProblems(t *testing.T) {
	const people = "people: {file: people.csv, columns: {subject: id}}\n"
	for text, want := range map[string][]string{
		people + "rosters: {file: lists.csv, kind: WARD, id: a, name: b, subject: c}": nil,
		people + "rosters: {}": {"rosters.id", "rosters.name", "rosters.subject", "rosters.kind", "rosters.file"},
		"sections: {alerts: {file: a.csv, columns: {subject: id}}}\nrosters: {file: l.csv, kind: bus, id: a, name: b, subject: c}": {"rosters", "rosters.kind"},
		people + "rosters: {file: ../l.csv, kind: WARD, kind_column: k, kinds: {Bus: BUS}, id: a, name: b, subject: c}":            {"rosters.kind", "rosters.kinds.Bus", "rosters.file"},
		people + "rosters: {file: people.csv, delimiter: tab, kind: WARD, id: a, name: b, subject: c}":                             {"rosters.file"},
	} {
		var c Config
		if err := yaml.Unmarshal([]byte("location: /srv/x\n"+text), &c); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range c.Validate() {
			got = append(got, p.Path)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// The demo's extract lists whom the demo's people say; joined wrongly, it lists nobody.
func TestDemoExtractRosters(t *testing.T) {
	r := region(t)
	source, _, _ := demoSource(t, r)
	s := source.(sources.Rosters)
	all, err := s.Rosters(t.Context())
	if err != nil || len(all) == 0 {
		t.Fatalf("%v, %v", all, err)
	}
	read := 0
	for _, want := range r.Rosters {
		if want.System != "social-care" {
			continue
		}
		people, err := s.Roster(t.Context(), sources.RosterKind(want.Kind), want.ID)
		var got []string
		for _, p := range people {
			got = append(got, p.Subject)
		}
		slices.Sort(got)
		if err != nil || !slices.Equal(got, want.LocalIDs) || !slices.Contains(all, sources.Roster{Kind: sources.Caseload, ID: want.ID, Name: want.Name}) {
			t.Errorf("%s: %q, %v, want %q", want.Name, got, err, want.LocalIDs)
		}
		read += len(got)
	}
	if read == 0 {
		t.Error("nobody is on any")
	}
	misbehave(t, r, "mixed-patients")
	for _, roster := range all {
		if people, err := s.Roster(t.Context(), roster.Kind, roster.ID); err == nil && len(people) > 1 {
			t.Errorf("joined wrongly, %s lists %d people", roster.Name, len(people))
		}
	}
}
