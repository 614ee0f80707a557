package demo

import (
	"slices"
	"strings"
	"testing"
)

func TestThereAreMoreThan300DifferentPayloads(t *testing.T) {
	t.Parallel()
	all := HostilePayloads()
	if distinct := slices.Compact(slices.Sorted(slices.Values(all))); len(distinct) < 300 || len(distinct) != len(all) {
		t.Errorf("%d payloads, %d of them different", len(all), len(distinct))
	}
}

// Whoever reads a hostile region finds a payload in every text of it, and the people as
// they were.
func TestEveryTextOfAHostileRegionHasAPayload(t *testing.T) {
	t.Parallel()
	tame, wild := contentOf(t, Options{PDS: true, Patients: 40}), contentOf(t, Options{PDS: true, Hostile: true, Patients: 40})
	for name, stores := range map[string][2]*fhirStore{"gp": {tame.gp, wild.gp}, "hospital": {tame.hospital, wild.hospital}} {
		for reference, r := range stores[0].byReference {
			planted := stores[1].byReference[reference]
			if planted == nil || !slices.Equal(planted.patients, r.patients) || planted.date != r.date {
				t.Fatalf("%s: %s is about somebody else, or of another day", name, r.kind)
			}
			unplanted(t, r.kind, r.content, planted.content)
		}
	}
	for table, rows := range map[string][2][]row{"patients": {tame.pas["patients"], wild.pas["patients"]}, "alerts": {tame.pas["alerts"], wild.pas["alerts"]}, "people.csv": {tame.council["people.csv"], wild.council["people.csv"]}} {
		for i, r := range rows[0] {
			for column, value := range r {
				planted := rows[1][i][column]
				if strings.Contains(column, "name") && value != "" && planted == value && !hostileAlready(value) {
					t.Errorf("%s: %s has no payload", table, column)
				}
				if strings.HasSuffix(column, "_id") && planted != value {
					t.Errorf("%s: %s is another", table, column)
				}
			}
		}
	}
	for i, p := range tame.national {
		if n := wild.national[i]; n.Number != p.Number || n.Born != p.Born || n.Family == p.Family && !hostileAlready(p.Family) {
			t.Errorf("the register's person %d", i)
		}
	}
}

// unplanted reports texts of FHIR that are read by people and stayed as they were.
func unplanted(t *testing.T, path string, before, after any) {
	t.Helper()
	switch before := before.(type) {
	case object:
		for key, value := range before {
			if key != "identifier" && key != "meta" {
				unplanted(t, path+"."+key, value, after.(object)[key])
			}
		}
	case list:
		for i := range before {
			unplanted(t, path, before[i], after.(list)[i])
		}
	case string:
		last := path[strings.LastIndex(path, ".")+1:]
		read := slices.Contains([]string{"text", "display", "title", "name", "family", "given", "line", "city", "postalCode", "description", "unit", "conclusion", "valueString"}, last)
		if same := before == after.(string); read && same && !hostileAlready(before) {
			t.Errorf("%s has no payload: %q", path, before)
		} else if last == "code" || last == "reference" || last == "status" {
			if !same {
				t.Errorf("%s is another", path)
			}
		}
	}
}

func hostileAlready(s string) bool { return newPlanter().left[s] || overlong(s) }
