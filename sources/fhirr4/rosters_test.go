package fhirr4_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirr4"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

// rosterDay is the day of the golden cases, in summer: London's midnight is 23:00Z.
var rosterDay = time.Date(2026, 6, 3, 10, 0, 0, 0, time.UTC)

func openRosters(t *testing.T, c *fhirr4.Config) sources.Rosters {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	if problems := c.Validate(); problems != nil {
		t.Fatal(problems)
	}
	s, err := c.Open(t.Context(), sources.Env{ID: "hospital", Log: slog.New(slog.DiscardHandler), Zone: london,
		Now: func() time.Time { return rosterDay }, Call: func(ctx context.Context, do func(context.Context) error) error { return do(ctx) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s.(sources.Rosters)
}

// goldenRoster serves input, a Bundle, whatever is asked for, as a server does that pays
// no heed to parameters.
func goldenRoster(t *testing.T, kind sources.RosterKind, input []byte) (a sourcetest.RosterAnswer) {
	c := &fhirr4.Config{URL: bundleServer(t, input).URL}
	switch {
	case kind == sources.Ward:
		c.Rosters.Wards = true
	case kind == sources.Clinic && strings.Contains(string(input), "HealthcareService"):
		c.Rosters.Clinics = "service"
	case kind == sources.Clinic:
		c.Rosters.Clinics, c.Rosters.ClinicType = "location", "OUTPHAR"
	default:
		c.Rosters.Caseloads = strings.ToLower(strings.Fields(string(input[strings.Index(string(input), "Rostered as")+11:]))[0])
	}
	s := openRosters(t, c)
	if a.Rosters, a.Err = s.Rosters(t.Context()); a.Err == nil {
		a.People, a.Err = s.Roster(t.Context(), kind, "r1")
	}
	return a
}

// admitted are three people and two wards: p1 and p2 are in one of them, p3 has gone.
func admitted() []object {
	all := append(two(), entries(
		`{"resourceType":"Location","id":"w1","status":"active","name":"Ward 1","physicalType":{"coding":[{"code":"wa"}]}}`,
		`{"resourceType":"Location","id":"w2","status":"active","name":"Ward 2","physicalType":{"coding":[{"code":"wa"}]}}`,
		`{"resourceType":"Location","id":"shop","status":"active","name":"Shop"}`,
		`{"resourceType":"HealthcareService","id":"c1","active":true,"name":"Heart clinic"}`,
		`{"resourceType":"Group","id":"g1","active":true,"actual":true,"type":"person","name":"Heart failure nurses","member":[{"entity":{"reference":"Patient/p2"}},{"entity":{"reference":"Patient/p1"},"inactive":true}]}`,
		stay("s2", "p2", "w1"), stay("s1", "p1", "w1"))...)
	now := time.Now().UTC()
	return append(all, entries(fmt.Sprintf(`{"resourceType":"Appointment","id":"now","status":"arrived","appointmentType":{"text":"Follow-up"},"start":"%s","participant":[{"actor":{"reference":"Patient/p1"},"status":"accepted"},{"actor":{"reference":"HealthcareService/c1"},"status":"accepted"}]}`,
		time.Date(now.Year(), now.Month(), now.Day(), 12, 0, 0, 0, time.UTC).Format(time.RFC3339)))...)
}

func stay(id, who, ward string) string {
	return fmt.Sprintf(`{"resourceType":"Encounter","id":"%s","status":"in-progress","class":{"code":"IMP"},"subject":{"reference":"Patient/%s"},"location":[{"location":{"reference":"Location/%s"},"status":"active"}],"period":{"start":"2026-06-01T09:00:00Z"}}`, id, who, ward)
}

func rostered() fhirr4.Rosters {
	return fhirr4.Rosters{Wards: true, Clinics: "service", Caseloads: "group"}
}

func wards() []sourcetest.Rostered {
	return []sourcetest.Rostered{
		{Roster: sources.Roster{Kind: sources.Ward, ID: "w1", Name: "Ward 1"}, Want: []string{"p2", "p1"}},
		{Roster: sources.Roster{Kind: sources.Ward, ID: "w2", Name: "Ward 2"}},
		{Roster: sources.Roster{Kind: sources.Clinic, ID: "c1", Name: "Heart clinic"}, Want: []string{"p1"}},
		{Roster: sources.Roster{Kind: sources.Caseload, ID: "g1", Name: "Heart failure nurses"}, Want: []string{"p2"}},
	}
}

func TestRostersOverManyPages(t *testing.T) {
	t.Parallel()
	var all []string
	var want []string
	for i := range 25 {
		id := fmt.Sprint("p", i)
		want = append(want, id)
		all = append(all, stay("s"+id, id, "w1"),
			fmt.Sprintf(`{"resourceType":"Patient","id":"%s","name":[{"family":"Ashworth"}],"birthDate":"1956-03-12"}`, id))
	}
	all = append(all, `{"resourceType":"Location","id":"w1","name":"Ward 1","physicalType":{"coding":[{"code":"wa"}]}}`)
	s := newServer(t, entries(all...)...)
	// The server's own pages are small, whatever is asked for.
	s.behave(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodGet {
			r.Form.Set("_count", "10")
		}
		reply(w, s.search(r.URL.Path, r.Form))
		return true
	})
	for pages, code := range map[int]string{3: "", 2: "page-cap"} {
		c := &fhirr4.Config{URL: s.URL, MaxPages: pages, Rosters: fhirr4.Rosters{Wards: true}}
		people, err := openRosters(t, c).Roster(t.Context(), sources.Ward, "w1")
		var got []string
		for _, p := range people {
			got = append(got, p.Subject)
		}
		if code == "" && (err != nil || !slices.Equal(got, want)) || code != "" && (err == nil || sources.AsError(err).Code != code || people != nil) {
			t.Errorf("%d pages: %q, %v", pages, got, err)
		}
	}
	for i, q := range s.queries {
		for name, values := range q {
			if s.requests[i] != "POST /Patient/_search" && strings.Contains(fmt.Sprint(name, values), "p1") {
				t.Errorf("%s names somebody: %s", s.requests[i], name)
			}
		}
	}
}

func TestRosterThatIsTooLong(t *testing.T) {
	t.Parallel()
	member := make([]string, sources.MostOnRoster+1)
	for i := range member {
		member[i] = fmt.Sprintf(`{"entity":{"reference":"Patient/p%d"}}`, i)
	}
	s := newServer(t, entries(`{"resourceType":"Group","id":"g1","active":true,"actual":true,"type":"person","name":"Everybody","member":[`+strings.Join(member, ",")+`]}`)...)
	people, err := openRosters(t, &fhirr4.Config{URL: s.URL, Rosters: fhirr4.Rosters{Caseloads: "group"}}).Roster(t.Context(), sources.Caseload, "g1")
	if err == nil || sources.AsError(err).Code != "roster-too-long" || people != nil {
		t.Errorf("%d, %v", len(people), err)
	}
}

// A server that refuses to send people along is asked without, and for them by id.
func TestRosterWithoutInclude(t *testing.T) {
	t.Parallel()
	s := newServer(t, admitted()...)
	s.behave(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Form.Has("_include") {
			w.WriteHeader(http.StatusBadRequest)
			return true
		}
		return false
	})
	people, err := openRosters(t, &fhirr4.Config{URL: s.URL, Rosters: rostered()}).Roster(t.Context(), sources.Ward, "w1")
	if err != nil || len(people) != 2 || people[0].Subject != "p2" || people[0].NHSNumber != "9990000026" || people[0].NHSNumberStatus != record.NumberVerified {
		t.Errorf("%v, %v", people, err)
	}
}

func TestRosterIDsThatAreNone(t *testing.T) {
	t.Parallel()
	s := newServer(t, admitted()...)
	r := openRosters(t, &fhirr4.Config{URL: s.URL, Rosters: rostered()})
	for _, id := range []string{"", "shop", "w1,w2", "w1&status=finished", "../w1", "Location/w1", strings.Repeat("w", 65), "p1"} {
		if people, err := r.Roster(t.Context(), sources.Ward, id); sources.AsError(err) == nil || sources.AsError(err).Code != "no-such-roster" {
			t.Errorf("%q: %d people, %v", id, len(people), err)
		}
	}
}

func TestRostersAreOptional(t *testing.T) {
	t.Parallel()
	c := &fhirr4.Config{URL: "http://localhost"}
	s, err := c.Open(t.Context(), sources.Env{})
	if _, offers := s.(sources.Rosters); err != nil || offers {
		t.Errorf("%v, %v", offers, err)
	}
	if _, finds := s.(sources.Finder); !finds {
		t.Error("nobody can be found")
	}
}

func TestRosterProblems(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rosters fhirr4.Rosters
		paths   []string
	}{
		{fhirr4.Rosters{}, nil},
		{rostered(), nil},
		{fhirr4.Rosters{Wards: true, WardType: "http://x|ward", Clinics: "location", ClinicType: "OPD", Caseloads: "list", CaseloadCode: "x"}, nil},
		{fhirr4.Rosters{Clinics: "yes", Caseloads: "true", WardType: "w"}, []string{"rosters.caseloads", "rosters.clinics", "rosters.ward_type"}},
		{fhirr4.Rosters{Clinics: "location"}, []string{"rosters.clinic_type"}},
		{fhirr4.Rosters{Clinics: "service", ClinicType: "OPD", Caseloads: "careteam", CaseloadCode: "x"}, []string{"rosters.caseload_code", "rosters.clinic_type"}},
	} {
		var paths []string
		for _, p := range (&fhirr4.Config{URL: "https://fhir.example.org", Rosters: c.rosters}).Validate() {
			paths = append(paths, p.Path)
		}
		if !slices.Equal(paths, c.paths) {
			t.Errorf("%+v: %v, want %v", c.rosters, paths, c.paths)
		}
	}
}
