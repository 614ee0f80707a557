package csvfile

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

const alertsOnly = `
sections:
  alerts:
    file: alerts.csv
    columns: {subject: id, code_text: what}
`

func TestCharsets(t *testing.T) {
	text := "id,what\nP1,Müller’s dog – biß\n"
	w1252, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for charset, body := range map[string]string{"utf-8": "\ufeff" + text, "windows-1252": w1252, "utf-16": utf16} {
		s := open(t, stanza(t, "location: "+write(t, map[string]string{"alerts.csv": body})+"\nfinal_newline: optional\ncharset: "+charset+alertsOnly))
		r := one(t, s, record.Alerts, "P1")
		if r.Err != nil || len(r.Entries) != 1 || r.Entries[0].Common().Code.Text != "Müller’s dog – biß" {
			t.Errorf("%s: %+v", charset, r)
		}
	}
	s := open(t, stanza(t, "location: "+write(t, map[string]string{"alerts.csv": w1252})+alertsOnly))
	if r := one(t, s, record.Alerts, "P1"); len(r.Gaps) != 1 || r.Gaps[0].Code != "bad-text" {
		t.Errorf("the wrong charset is not noticed: %+v", r)
	}
}

func workbook(t *testing.T) string {
	t.Helper()
	book := excelize.NewFile()
	rows := [][]any{
		{"client", "number", "born", "score", "note"},
		{"P1", 9990000018, time.Date(1924, 6, 1, 0, 0, 0, 0, time.UTC), 7.1, "=HYPERLINK(\"x\")"},
		{"P2", 9990000026, time.Date(2001, 2, 3, 0, 0, 0, 0, time.UTC), 12},
	}
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var packed bytes.Buffer
	if err := book.Write(&packed); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

func TestWorkbook(t *testing.T) {
	dir := write(t, map[string]string{"people.xlsx": workbook(t)})
	s := open(t, stanza(t, "location: "+dir+`
people:
  file: people.xlsx
  columns: {subject: client, nhs_number: number, birth_date: born}
sections:
  observations:
    file: people.xlsx
    sheet: Sheet1
    columns: {subject: client, value: score, note: note, date: born}
    constants: {code_text: Score}
`))
	p := one(t, s, record.Demographics, "P1")
	if p.Err != nil || len(p.Entries) != 1 {
		t.Fatalf("%+v", p)
	}
	if who := p.Entries[0].(*record.Person); who.NHSNumber != "9990000018" || who.BirthDate != "1924-06-01" {
		t.Errorf("%+v", who)
	}
	o := one(t, s, record.Observations, "P1").Entries[0].(*record.Observation)
	if o.Value.Quantity == nil || o.Value.Quantity.Value != "7.1" || o.Note != `=HYPERLINK("x")` {
		t.Errorf("%+v", o)
	}
	found, err := s.(sources.Finder).Find(t.Context(), []record.PersonQuery{{NHSNumber: "9990000026"}})
	if err != nil || len(found[0]) != 1 || found[0][0].BirthDate != "2001-02-03" {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestWorkbooksThatAreNone(t *testing.T) {
	whole := workbook(t)
	for body, want := range map[string]string{
		"id,what\nP1,x\n": "not-xlsx", whole[:len(whole)/2]: "not-xlsx", "": "not-xlsx", "<html>": "not-csv",
	} {
		s := open(t, stanza(t, "location: "+write(t, map[string]string{"alerts.xlsx": body})+strings.ReplaceAll(alertsOnly, ".csv", ".xlsx")))
		if r := one(t, s, record.Alerts, "P1"); code(r) != want {
			t.Errorf("%d bytes: %v, want %s", len(body), r.Err, want)
		}
	}
	s := open(t, stanza(t, "location: "+write(t, map[string]string{"alerts.xlsx": whole})+strings.ReplaceAll(alertsOnly, "alerts.csv", "alerts.xlsx\n    sheet: Gone")))
	if r := one(t, s, record.Alerts, "P1"); code(r) != "sheet-missing" {
		t.Error(r.Err)
	}
}

func TestTheNewestFileOfAPattern(t *testing.T) {
	dir := write(t, map[string]string{
		"alerts-20260316.csv": "id,what\nP1,older\n", "alerts-20260317.csv": "id,what\nP1,newest\n",
		"alerts-latest.csv": "id,what\nP1,other\n", "alerts-20260399.csv": "id,what\nP1,no day\n",
	})
	s := open(t, stanza(t, "location: "+dir+"\nextract_time: name"+strings.ReplaceAll(alertsOnly, "alerts.csv", `"alerts-{YYYYMMDD}.csv"`)))
	r := one(t, s, record.Alerts, "P1")
	if r.Err != nil || r.Entries[0].Common().Code.Text != "newest" || !r.AsOf.Equal(time.Date(2026, 3, 17, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", r)
	}
}

func TestEachFileIsReadOnce(t *testing.T) {
	srv := serve(t, files())
	s := open(t, stanza(t, "location: "+srv.url()+council))
	var keys []sources.Key
	for _, id := range []string{"SC-1", "SC-2", "SC-3", "SC-4"} {
		for _, section := range s.Offers() {
			keys = append(keys, sources.Key{Section: section, LocalID: id})
		}
	}
	read(t, s, keys...)
	for path, n := range srv.requests {
		if n != 1 {
			t.Errorf("%s was read %d times", path, n)
		}
	}
	if len(srv.requests) != 3 {
		t.Errorf("%v", srv.requests)
	}
}

func TestHTTPAnswersThatAreNoFile(t *testing.T) {
	other := serve(t, map[string]string{"alerts.csv": "id,what\nP1,from elsewhere\n"})
	cases := map[string]http.HandlerFunc{
		"foreign-redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.url()+"/alerts.csv", http.StatusFound)
		},
		"not-csv":   func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("\n <html>")) },
		"no-header": func(http.ResponseWriter, *http.Request) {},
		"http-204":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"http-503":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
		"truncated": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("id,what\nP1,x\n"))
		},
		"row-too-long": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("id,what\nP1,\"" + strings.Repeat("x\n", maxRow)))
		},
		"too-large": func(w http.ResponseWriter, _ *http.Request) {
			for range 3000 {
				_, _ = w.Write([]byte("id,what\n" + strings.Repeat("P9,x\n", 200)))
			}
		},
	}
	for want, handler := range cases {
		srv := serve(t, nil)
		srv.handler = handler
		s := open(t, stanza(t, "location: "+srv.url()+"\nmax_file_mb: 2"+alertsOnly))
		if r := one(t, s, record.Alerts, "P1"); code(r) != want {
			t.Errorf("%v, want %s", r.Err, want)
		}
	}
	if len(other.requests) > 0 {
		t.Error("a redirect to another origin was followed")
	}
}

func TestAnUnknownAgeIsSaid(t *testing.T) {
	srv := serve(t, nil)
	srv.handler = func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("id,what\nP1,x\n")) }
	r := one(t, open(t, stanza(t, "location: "+srv.url()+alertsOnly)), record.Alerts, "P1")
	if len(r.Gaps) != 1 || r.Gaps[0].Code != "extract-time-unknown" {
		t.Errorf("%+v", r)
	}
}

func TestLoginOfAShare(t *testing.T) {
	srv := serve(t, nil)
	srv.handler = func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "reader" || password != "s3cret" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Last-Modified", written.Format(http.TimeFormat))
		_, _ = w.Write([]byte("id,what\nP1,x\n"))
	}
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte("s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := one(t, open(t, stanza(t, "location: "+srv.url()+"\nusername: reader\npassword_file: "+secret+alertsOnly)), record.Alerts, "P1"); r.Err != nil {
		t.Error(r.Err)
	}
	if r := one(t, open(t, stanza(t, "location: "+srv.url()+alertsOnly)), record.Alerts, "P1"); code(r) != "http-401" {
		t.Error(r.Err)
	}
}

func TestNoLinkLeadsOutOfTheFolder(t *testing.T) {
	outside := write(t, map[string]string{"alerts.csv": "id,what\nP1,outside\n"})
	dir := t.TempDir()
	if err := os.Symlink(filepath.Join(outside, "alerts.csv"), filepath.Join(dir, "alerts.csv")); err != nil {
		t.Fatal(err)
	}
	s := open(t, stanza(t, "location: "+dir+alertsOnly))
	if r := one(t, s, record.Alerts, "P1"); r.Err == nil {
		t.Error("a link out of the folder was followed")
	}
	if err := os.Remove(filepath.Join(dir, "alerts.csv")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "alerts.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := one(t, s, record.Alerts, "P1"); code(r) != "file-missing" {
		t.Errorf("a pipe: %v", r.Err)
	}
}

func TestTooManyRowsAreNamed(t *testing.T) {
	dir := write(t, map[string]string{"alerts.csv": "id,what\n" + strings.Repeat("P2,x\n", 50) + "P1,a\nP1,b\nP1,c\n"})
	r := one(t, open(t, stanza(t, "location: "+dir+"\nmax_rows: 2"+alertsOnly)), record.Alerts, "P1")
	if len(r.Entries) != 2 || len(r.Gaps) != 1 || r.Gaps[0].Code != "row-cap" {
		t.Errorf("%+v", r)
	}
}

func TestValidate(t *testing.T) {
	c := Config{
		Location: "ftp://x/y", ExtractTime: "guess", StaleAfter: -1, Delimiter: "::", Charset: "ebcdic", FinalNewline: "maybe", Username: "u", MaxRows: -1,
		Manifest: &Manifest{File: "../MANIFEST"},
		Sections: map[string]File{
			"alerts": {File: "../../etc/passwd"}, "problems": {File: "/etc/passwd"}, "contacts": {File: "a-{YY}.csv"}, "allergies": {File: "a.csv", Sheet: "x"}, "nonsense": {},
		},
	}
	var got []string
	for _, p := range c.Validate() {
		got = append(got, p.Path)
	}
	want := "location username username extract_time manifest.file max_rows stale_after final_newline delimiter charset " +
		"sections.alerts.file sections.alerts.columns.subject sections.allergies.sheet sections.allergies.columns.subject " +
		"sections.contacts.file sections.contacts.columns.subject sections.nonsense sections.problems.file sections.problems.columns.subject"
	if strings.Join(got, " ") != want {
		t.Errorf("problems at\n%s, want\n%s", strings.Join(got, " "), want)
	}
	for _, name := range []string{"a\\b.csv", "a?b", "a#b", "./a", "a/../b", "%2e%2e/a", "C:x", "a\x00b", ""} {
		v := &check{config: &c}
		if v.name("file", name); len(v.problems) == 0 {
			t.Errorf("the name %q was accepted", name)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("id,what\nP1,x\n")
	f.Add("\xef\xbb\xbfid,what\r\nP1,\"x\ny\"\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		n := 0
		err := csvRows(&boundedReader{ctx: t.Context(), from: strings.NewReader(text), left: 1 << 20}, ',', "", true, func([]string) error { n++; return nil })
		if err == nil && n == 0 {
			t.Error("a file without a header was read")
		}
	})
}
