package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/check"
)

// Every system of the demo region is checked with people it knows, and nothing that is
// said tells of any of them.
func TestSourceCheckTellsOfNobody(t *testing.T) {
	exhausts(t)
	t.Parallel()
	dir := t.TempDir()
	region, err := demo.Start(t.Context(), demo.Options{Seed: 1, Patients: 40, Dir: dir, PDS: true, GPConnect: true, Archive: true, HomeCare: true, OpenEHR: true})
	if err != nil {
		t.Fatal(err)
	}
	config, err := demoConfig(region, filepath.Join(dir, "p.db"))
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]bool{}
	for _, p := range region.Patients {
		for _, w := range []string{p.NHSNumber, p.FamilyName, p.GivenName, p.BirthDate} {
			words[w] = len(w) > 3
		}
		for _, id := range p.LocalIDs {
			words[id] = len(id) > 3
		}
	}
	for i := range config.Sources {
		s := &config.Sources[i]
		var people []string
		for _, p := range region.Patients {
			if id := p.LocalIDs[s.ID]; id != "" {
				people = append(people, id)
			}
		}
		var log strings.Builder
		r, err := check.Run(t.Context(), s.connector, s.settings(), sources.Env{ID: s.ID, Log: slog.New(slog.NewTextHandler(&log, nil)), Now: time.Now, Zone: config.zone},
			check.Options{People: people, Most: 40, Wait: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		var text, lines strings.Builder
		if err := writeReport(&text, r); err != nil {
			t.Fatal(err)
		}
		_ = json.NewEncoder(&lines).Encode(r)
		said := text.String() + lines.String() + log.String()
		for w, whole := range words {
			// A word of its own: the digits of a time may hold those of an id.
			if whole && regexp.MustCompile(`(^|[^0-9A-Za-z.])`+regexp.QuoteMeta(w)+`($|[^0-9A-Za-z])`).MatchString(said) {
				t.Errorf("%s tells %q", s.ID, w)
			}
		}
		entries := 0
		for _, score := range r.Sections {
			entries += score.Entries
		}
		if r.People == 0 && len(people) > 0 || r.People > 0 && entries == 0 {
			t.Errorf("%s: %d of %d people read, %d entries:\n%s", s.ID, r.People, len(people), entries, text.String())
		}
		t.Logf("%s: %d people, %d entries, failed %v, warned %v", s.ID, r.People, entries, r.Found(check.Fail), r.Found(check.Warn))
	}
}

// What was agreed with the supplier is printed as such, with its reason, and exits 0; so is a
// setting that was forgotten, by its name.
func TestAcceptedFindingsExitZero(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	write("people.csv", "id,nhs,last,dob\nP1,9990000018,Canary,1951-04-09\n")
	write("alerts.csv", "id,no,what,on\nP1,A1,Dog,2020-02-13\n")
	stanza := `  - id: %s
    type: csvfile
    organisation: {ods: VL901, name: Care}
    connect:
      location: ` + dir + `
      people: {file: people.csv, columns: {subject: id, nhs_number: nhs, family_name: last, birth_date: dob}}
      sections: {alerts: {file: alerts.csv, columns: {subject: id, id: no, code_text: what, date: on}}}
`
	file := write("patchwork.yaml", "answers: {max_wait: 20s, wait: 15s}\nsources:\n"+fmt.Sprintf(stanza, "plain")+
		fmt.Sprintf(stanza, "agreed")+"    accepted: [{finding: author-missing, sections: [alerts], reason: Agreed with the supplier, until: 2999-12-31}]\n"+
		fmt.Sprintf(stanza, "over")+"    accepted: [{finding: author-missing, reason: Agreed with the supplier, until: 2020-12-31}]\n")
	for source, c := range map[string]struct {
		code int
		want []string
	}{
		"plain":  {1, []string{"FAIL author-missing", "WARN nhs-numbers-unverified", "trust_nhs_numbers: verified"}},
		"agreed": {0, []string{"ACCEPTED author-missing", "accepted until 2999-12-31: Agreed with the supplier", "PASS  accepted"}},
		"over":   {1, []string{"FAIL author-missing", "WARN accepted-expired", "said: author-missing, until 2020-12-31"}},
	} {
		code, out, errs := command("source", "check", source, "--config", file, "--person", "P1")
		for _, want := range c.want {
			if code != c.code || !strings.Contains(out, want) {
				t.Errorf("%s: exit %d, not %d with %q: %s%s", source, code, c.code, want, out, errs)
			}
		}
	}
}

// From the command line: 0 where all is well, 1 where something failed, 2 for wrong use.
func TestSourceCheckCommand(t *testing.T) {
	t.Parallel()
	const id, note = "p-canary-9", "Caf&eacute; &amp; canary"
	system := func(note string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if strings.HasPrefix(r.URL.Path, "/alerts/") {
				_ = json.NewEncoder(w).Encode(map[string]any{"alerts": []any{map[string]any{"subject": id, "id": "a1", "code_text": "Dog", "note": note, "date": "2020-01-01", "author_name": "Dr Canary"}}})
				return
			}
			_, _ = io.WriteString(w, "{}")
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	stanza := "  - {id: %s, type: rest, organisation: {ods: VL901, name: Care}, connect: {url: %q, auth: {kind: none}, probe: {path: /health}, sections: {alerts: {path: '/alerts/{id}', rows: '.alerts[]'}}}}\n"
	file := write("patchwork.yaml", "state: sqlite:"+dir+"/p.db\nanswers: {max_wait: 20s, wait: 15s}\nsources:\n"+fmt.Sprintf(stanza, "well", system("all well"))+fmt.Sprintf(stanza, "ill", system(note)))
	ids, none := write("ids", "\ufeff"+id+"\r\n\n"), write("none", "\n")
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"well":             {[]string{"well", "--person", id}, 0, "PASS  encoding"},
		"by a file":        {[]string{"ill", "--people", ids}, 1, "in alerts: 1 of 1 (100%); first: person 1, entry 1"},
		"a mend is named":  {[]string{"ill", "--person", id}, 1, "mend: Unescape"},
		"JSON":             {[]string{"ill", "--person", id, "--json"}, 1, `"code": "html-entities"`},
		"nobody to read":   {[]string{"well"}, 0, "SKIP  codes: no sample people"},
		"no such source":   {[]string{"wel"}, 2, `there is no source "wel"`},
		"no such file":     {[]string{"well", "--people", dir + "/nowhere"}, 2, "cannot be read"},
		"nobody in a file": {[]string{"well", "--people", none}, 2, "has none"},
	} {
		code, out, errs := command(append([]string{"source", "check", "--config", file}, c.args...)...)
		if code != c.code || !strings.Contains(out+errs, c.want) {
			t.Errorf("%s: exit %d, not %d: %s%s", name, code, c.code, out, errs)
		}
		if said := strings.ToLower(out + errs); strings.Contains(said, "canary") {
			t.Errorf("%s tells: %s", name, said)
		}
		if name == "JSON" && !json.Valid([]byte(out)) {
			t.Errorf("no JSON: %s", out)
		}
	}
	if _, err := os.Stat(dir + "/p.db"); err == nil {
		t.Error("the check opened the server's database")
	}
}
