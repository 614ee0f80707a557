package main

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// The stanzas of docs/social-care.md are what they say: each is taken, and the one for a
// database reads packages of care, key workers and a caseload out of one.
func TestSocialCareGuide(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("docs/social-care.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "care.db")
	fillCareDatabase(t, path)
	before := map[string]string{
		"rest":    "url: https://api.example.org/v1\npeople: {by_nhs_number: {method: POST, path: /find, body: {n: \"{nhs_numbers}\"}, rows: .}}\n",
		"sqlview": "driver: sqlite\ndsn: " + path + "\npeople: {query: \"SELECT client_id AS subject, nhs_no AS nhs_number FROM clients WHERE nhs_no IN (:nhs_numbers)\"}\n",
		"csvfile": "location: /srv/extracts\npeople: {file: people.csv, columns: {subject: client_id, nhs_number: nhs_number}}\n",
	}
	tried := 0
	for _, m := range regexp.MustCompile("(?s)## By [^\n]*`(\\w+)`\n(.*?)```yaml\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		connector := connectors()[m[1]]()
		dec := yaml.NewDecoder(bytes.NewReader([]byte(before[m[1]] + m[3])))
		dec.KnownFields(true)
		if err := dec.Decode(connector); err != nil {
			t.Fatalf("%s: %v", m[1], err)
		}
		for _, p := range connector.Validate() {
			t.Errorf("%s: %s %s", m[1], p.Path, p.Text)
		}
		if m[1] == "sqlview" {
			readCareDatabase(t, connector)
		}
		tried++
	}
	if tried != 3 {
		t.Errorf("%d stanzas", tried)
	}
}

func fillCareDatabase(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, s := range strings.Split(`CREATE TABLE clients (client_id, nhs_no, surname, forename, dob);
INSERT INTO clients VALUES ('C1', '9990000018', 'Ashworth', 'Mary', '1956-03-12'), ('C2', '9990000026', 'Bellamy', 'Tom', '1971-11-30');
CREATE TABLE packages (package_id, client_id, title, status, start_date, end_date, review_date);
INSERT INTO packages VALUES ('P1', 'C1', 'Four calls a day', 'A', '2026-01-05', NULL, '2026-07-05'), ('P0', 'C1', 'Mistake', 'X', '2026-01-04', NULL, NULL);
CREATE TABLE services (package_id, service_name, frequency, carer_name);
INSERT INTO services VALUES ('P1', 'Personal care', '4 calls a day', 'E. Larkin'), ('P1', 'Meals', 'daily', 'J. Pike');
CREATE TABLE workers (worker_id, full_name, job_title, team_name, phone, active);
INSERT INTO workers VALUES ('W1', 'Edith Larkin', 'Key worker', 'Home care', '01632 960701', 1);
CREATE TABLE allocations (allocation_id, client_id, worker_id, start_date, end_date);
INSERT INTO allocations VALUES ('A1', 'C1', 'W1', '2026-01-05', NULL), ('A2', 'C2', 'W1', '2025-01-05', '2025-06-01')`, ";\n") {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(s, err)
		}
	}
}

func readCareDatabase(t *testing.T, c sources.Connector) {
	t.Helper()
	s, err := sources.Open(t.Context(), c, sources.Settings{Origin: record.Origin{ID: "council"}, Timeout: 10 * time.Second}, sources.Env{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	got := map[record.Section]sources.Answer{}
	for _, section := range []record.Section{record.CarePlans, record.ProfessionalContacts} {
		r := s.Begin([]sources.Key{{Section: section, LocalID: "C1"}})[0]
		<-r.Done()
		got[section] = r.Answer()
	}

	if a := got[record.CarePlans]; a.Err != nil || len(a.Entries) != 1 || len(a.Entries[0].(*record.CarePlan).Activities) != 2 {
		t.Errorf("packages of care: %v, %d", a.Err, len(a.Entries))
	}

	if a := got[record.ProfessionalContacts]; a.Err != nil || len(a.Entries) != 1 || a.Entries[0].Common().Code.Text != "Key worker" {
		t.Errorf("key workers: %v, %d", a.Err, len(a.Entries))
	}
	people, err := s.Roster(t.Context(), sources.Caseload, "W1")
	if err != nil || len(people) != 1 || people[0].Subject != "C1" {
		t.Errorf("the caseload: %v, %v", people, err)
	}
}
