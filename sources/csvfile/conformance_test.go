package csvfile

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/sourcetest"
)

const council = `
date_format: DD/MM/YYYY
values:
  gender: {Male: male, Female: female}
sections:
  alerts:
    file: alerts.csv
    columns: {subject: person_id, subject_nhs_number: nhs_number, id: alert_id, code_text: alert_type, note: description, start: start_date}
  contacts:
    file: visits.csv
    columns: {subject: person_id, subject_nhs_number: nhs_number, id: visit_id, code_text: visit_type, start: [visit_date, visit_time], status: status}
    date_formats: {start: DD/MM/YYYY hh:mm}
    skip_when: {status: Planned}
  appointments:
    file: visits.csv
    columns: {subject: person_id, subject_nhs_number: nhs_number, id: visit_id, code_text: visit_type, start: [visit_date, visit_time]}
    date_formats: {start: DD/MM/YYYY hh:mm}
    only_when: {status: Planned}
    constants: {status: booked}
people:
  file: people.csv
  columns: {subject: person_id, nhs_number: nhs_number, family_name: last_name, given_names: first_names, birth_date: date_of_birth, gender: gender, postcode: postcode}
rosters: {file: lists.csv, kind_column: type, kinds: {Ward: WARD, Worker: CASELOAD}, id: list, name: name, subject: person_id, subject_nhs_number: nhs_number}
`

func files() map[string]string {
	return map[string]string{
		"people.csv": "person_id,nhs_number,last_name,first_names,date_of_birth,gender,postcode\r\n" +
			"SC-1,999 000 0018,Ashworth,Mary Jane,12/03/1956,Female,WM1 1AA\r\n" +
			"SC-2,999 000 0026,Bellamy,Tom,30/11/1971,Male,WM2 2BB\r\n" +
			"SC-3,,Corrigan,Ada,12/03/1956,,\r\n",
		"alerts.csv": "person_id,nhs_number,alert_id,alert_type,description,start_date\r\n" +
			"SC-1,999 000 0018,A1,Access,\"Key safe, left of door\",01/02/2024\r\n" +
			"SC-2,999 000 0026,A2,Risk to staff,Visit in pairs,02/02/2024\r\n",
		"visits.csv": "person_id,nhs_number,visit_id,visit_type,visit_date,visit_time,status\r\n" +
			"SC-1,999 000 0018,V1,Home visit,01/07/2025,09:30,Completed\r\n" +
			"SC-1,999 000 0018,V2,Review,01/07/2026,10:00,Planned\r\n" +
			"SC-2,999 000 0026,V3,Home visit,02/01/2026,,No access\r\n",
		"lists.csv": "type,list,name,person_id,nhs_number\r\n" +
			"Worker,SW-1,\"Vale, Nora\",SC-2,999 000 0026\r\n" +
			"Worker,SW-1,\"Vale, Nora\",SC-1,999 000 0018\r\n" +
			"Ward,SW-1,Respite beds,SC-3,\r\n" +
			"Worker,SW-2,\"Pike, Tom\",,\r\n",
	}
}

func TestConformance(t *testing.T) {
	sourcetest.Run(t, sourcetest.Case{
		Start: func(t *testing.T) sourcetest.World {
			s := serve(t, files())
			return sourcetest.World{Connector: stanza(t, "location: "+s.url()+council), Behave: s.behave(t)}
		},
		Known:   []string{"SC-1", "SC-2"},
		Unknown: "SC-999",
		Nothing: sources.Key{Section: record.Alerts, LocalID: "SC-3"},
		Secrets: []string{"9990000018", "999 000 0018", "Ashworth", "Bellamy", "12/03/1956", "1956-03-12", "Key safe"},
		Lookups: []sourcetest.Lookup{
			{Query: record.PersonQuery{NHSNumber: "9990000018"}, Want: []string{"SC-1"}},
			{Query: record.PersonQuery{NHSNumber: "9990000034"}},
			{Query: record.PersonQuery{FamilyName: "bellamy", BirthDate: "1971-11-30"}, Want: []string{"SC-2"}},
			{Query: record.PersonQuery{FamilyName: "Bellamy", BirthDate: "1971-11-29"}},
			{Query: record.PersonQuery{LocalID: "SC-3"}, Want: []string{"SC-3"}},
			{Query: record.PersonQuery{NHSNumber: "9990000026", GivenName: "Ada"}},
			{Query: record.PersonQuery{FamilyName: "Ash-Worth", BirthDate: "1956-03-12"}, Want: []string{"SC-1"}},
			{Query: record.PersonQuery{FamilyName: "Ashwort", BirthDate: "1956-12-03", Fuzzy: true}, Want: []string{"SC-1", "SC-3"}},
			{Query: record.PersonQuery{FamilyName: "Bellamy", BirthDate: "1971-11-30", Fuzzy: true}, Want: []string{"SC-2"}},
			{Query: record.PersonQuery{Identifier: "sc-3"}, Want: []string{"SC-3"}},
			{Query: record.PersonQuery{Identifier: "SC-999"}},
		},
		Rosters: []sourcetest.Rostered{
			{Roster: sources.Roster{Kind: sources.Caseload, ID: "SW-1", Name: "Vale, Nora"}, Want: []string{"SC-2", "SC-1"}},
			{Roster: sources.Roster{Kind: sources.Ward, ID: "SW-1", Name: "Respite beds"}, Want: []string{"SC-3"}},
			{Roster: sources.Roster{Kind: sources.Caseload, ID: "SW-2", Name: "Pike, Tom"}},
		},
		NoRoster: "SW-9",
		Golden:   golden, GoldenRoster: goldenRoster,
	})
}

// golden reads a case: a stanza, then for each file a line "--- its name" and its text.
func golden(t *testing.T, section record.Section, input []byte) sources.Result {
	return one(t, openCase(t, input), section, "P1")
}

func openCase(t *testing.T, input []byte) sources.Source {
	t.Helper()
	config, rest, _ := bytes.Cut(input, []byte("\n--- "))
	all := map[string]string{}
	for _, f := range strings.Split(string(rest), "\n--- ") {
		name, text, _ := strings.Cut(f, "\n")
		text = strings.TrimSuffix(text, "\n")
		if cut, ok := strings.CutSuffix(text, "<cut here>"); ok {
			all[name] = cut
		} else {
			all[name] = text + "\n"
		}
	}
	dir := write(t, all)
	return open(t, stanza(t, "location: "+dir+"\n"+string(config)))
}

func TestFolderThatIsNotThere(t *testing.T) {
	dir := write(t, files())
	s := open(t, stanza(t, "location: "+dir+council))
	if r := one(t, s, record.Alerts, "SC-1"); r.Err != nil || len(r.Entries) != 1 {
		t.Fatalf("%+v", r)
	}
	if err := os.Rename(filepath.Join(dir, "alerts.csv"), filepath.Join(dir, "gone")); err != nil {
		t.Fatal(err)
	}
	if r := one(t, s, record.Alerts, "SC-1"); code(r) != "file-missing" || sources.AsError(r.Err).Kind != sources.Unavailable {
		t.Errorf("%v", r.Err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if r := one(t, s, record.Contacts, "SC-1"); code(r) != "file-missing" {
		t.Errorf("%v", r.Err)
	}
}
