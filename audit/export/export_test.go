package export_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/audit/export"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) {
	flag.Parse()
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("database/sql.(*DB).connectionOpener"))
}

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

func at() time.Time { return time.Date(2026, 3, 29, 0, 59, 59, 123456000, time.UTC) }

func open(t testing.TB, db *migrations.DB) *audit.Ledger {
	t.Helper()
	l, err := audit.Open(context.Background(), db.Write, at, quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func base(action string) audit.Event {
	return audit.Event{
		RequestID: "req-0001", Action: action, Decision: audit.Permit,
		Actor: audit.Actor{Issuer: "https://login.example", Subject: "u-17", Name: "Dr A. <Example>", Role: "gp",
			Organisation: "A99001", OrganisationName: "Example Surgery", CareSetting: "gp"},
		Purpose: "TREAT", Client: "viewer", Device: "192.0.2.7", Patient: "3f2a77c0d3b14c1a",
		Operation: "full-record", OperationHash: "9f86d081884c7d65", Relationship: "registration: gp", PolicyVersion: "3",
	}
}

// events is one of every action.
func events() []audit.Event {
	all := []audit.Event{}
	for _, action := range []string{audit.ActionRead, audit.ActionSearch, audit.ActionDenied, audit.ActionLogin, audit.ActionLoginFailed, audit.ActionLogout,
		audit.ActionConfirm, audit.ActionClaim, audit.ActionBreakGlass, audit.ActionBreakGlassEnd, audit.ActionObject, audit.ActionObjectEnd,
		audit.ActionPolicy, audit.ActionAuditRead, audit.ActionReview, audit.ActionExport, audit.ActionRestored, audit.ActionWitness, "something-new"} {
		e := base(action)
		switch action {
		case audit.ActionRead:
			e.Sources = []audit.SourceRead{
				{Source: "gp", LocalIDs: []string{"17"}, Section: "allergies", Status: "ANSWERED", Entries: 3},
				{Source: "hospital", LocalIDs: []string{"H-9", "H-10"}, Section: "allergies", Status: "TIMED_OUT"}}
			e.Fields, e.Withheld = []string{"Allergy.code", "Patient.allergies"}, []string{"label:restricted"}
			e.BreakGlass, e.Flags, e.Launch = "bg-1", []string{"same-surname"}, "epr"
		case audit.ActionDenied:
			e.Decision, e.Reason = audit.Deny, "No legitimate relationship"
		case audit.ActionLoginFailed:
			e = audit.Event{Action: action, Device: "2001:db8::7", Reason: "Wrong password", RequestID: "req-0002"}
		case audit.ActionRestored:
			e = audit.Event{Action: action, Reason: "The ledger could not be written since …; nothing was shown meanwhile"}
		}
		all = append(all, e)
	}
	return all
}

// TestForms: what each form looks like is a file that can be read.
func TestForms(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		if err := open(t, db).Record(context.Background(), events()...); err != nil {
			t.Fatal(err)
		}
		for name, format := range export.Formats("patchwork.example") {
			var got bytes.Buffer
			n, err := export.Write(context.Background(), &got, db.Read, audit.Range{}, format)
			if err != nil || n != int64(len(events())) {
				t.Fatalf("%s: %d events, %v", name, n, err)
			}
			text := regexp.MustCompile(` patchwork \d+ IHE`).ReplaceAll(got.Bytes(), []byte(" patchwork 4711 IHE"))
			text = regexp.MustCompile(`\d+ (<85>1 )`).ReplaceAll(text, []byte("\n1 $1")) // the length of a process id varies
			golden(t, name, text)
		}
	})
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not as in %s (go test -update writes it anew)\n%s", name, file, got)
	}
}

// TestARangeIsExported and nothing beside it.
func TestARangeIsExported(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, db *migrations.DB) {
		l := open(t, db)
		for i := range 30 {
			e := base(audit.ActionRead)
			e.Time = at().Add(time.Duration(i) * time.Minute)
			if err := l.Record(context.Background(), e); err != nil {
				t.Fatal(err)
			}
		}
		for name, c := range map[string]struct {
			r           audit.Range
			first, last int64
		}{
			"all":         {audit.Range{}, 1, 30},
			"from":        {audit.Range{From: 29}, 29, 30},
			"to":          {audit.Range{To: 2}, 1, 2},
			"since":       {audit.Range{Since: at().Add(27 * time.Minute)}, 28, 30},
			"until":       {audit.Range{Until: at().Add(2 * time.Minute)}, 1, 2},
			"one of both": {audit.Range{From: 5, To: 5, Since: at(), Until: at().Add(time.Hour)}, 5, 5},
			"nothing":     {audit.Range{From: 31}, 0, 0},
		} {
			var got bytes.Buffer
			if _, err := export.Write(context.Background(), &got, db.Read, c.r, export.NDJSON); err != nil {
				t.Fatal(err)
			}
			var first, last int64
			for line := range strings.Lines(got.String()) {
				var e struct{ Seq int64 }
				if err := json.Unmarshal([]byte(line), &e); err != nil {
					t.Fatal(err)
				}
				if last = e.Seq; first == 0 {
					first = e.Seq
				}
			}
			if first != c.first || last != c.last {
				t.Errorf("%s: %d to %d, want %d to %d", name, first, last, c.first, c.last)
			}
		}
	})
}

// TestAuditEventsKeepToTheirProfiles: what the BALP profiles Read, PatientRead, Query and
// PatientQuery ask for is there wherever an event says that it keeps to one.
func TestAuditEventsKeepToTheirProfiles(t *testing.T) {
	t.Parallel()
	claimed := map[string]bool{}
	all := events()
	for _, e := range events() {
		e.Patient = ""
		all = append(all, e)
	}
	for i, e := range all {
		text, err := export.FHIR{Observer: "patchwork.example"}.Append(nil, &audit.Entry{Event: e})
		if err != nil {
			t.Fatal(err)
		}
		var r map[string]any
		if err := json.Unmarshal(text, &r); err != nil {
			t.Fatal(err)
		}
		if empty := emptyValue(r); empty != "" {
			t.Errorf("%s: FHIR has no empty values: %s", e.Action, empty)
		}
		m, ok := r["meta"].(map[string]any)
		if !ok {
			continue
		}
		profile := m["profile"].([]any)[0].(string)
		name := strings.TrimPrefix(profile, "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.")
		claimed[name] = true
		read := strings.HasSuffix(name, "Read")
		s := string(text)
		wants := []string{`"code":"rest"`, `"outcome":"0"`, `"address":"192.0.2.7","type":"2"`, `"code":"IRCP"`, `"requestor":true`, `"code":"XrequestId"`}
		if read {
			wants = append(wants, `"action":"R"`, `"code":"read"`, `"system":"http://terminology.hl7.org/CodeSystem/object-role","code":"4"`)
		} else {
			wants = append(wants, `"action":"E"`, `"code":"search"`, `"system":"http://terminology.hl7.org/CodeSystem/object-role","code":"24"`, `"query":"`)
		}
		if strings.HasPrefix(name, "Patient") {
			wants = append(wants, `"what":{"type":"Patient","identifier":{"system":"urn:patchwork:patient","value":"3f2a77c0d3b14c1a"}}`)
		}
		for _, want := range wants {
			if !strings.Contains(s, want) {
				t.Errorf("event %d says it is a %s and has no %s\n%s", i, name, want, s)
			}
		}
	}
	for _, name := range []string{"Read", "PatientRead", "Query", "PatientQuery"} {
		if !claimed[name] {
			t.Errorf("nothing keeps to %s", name)
		}
	}
}

// emptyValue is the first empty text, list or object below v.
func emptyValue(v any) string {
	switch v := v.(type) {
	case string:
		if v == "" {
			return `""`
		}
	case []any:
		if len(v) == 0 {
			return "[]"
		}
		for _, e := range v {
			if s := emptyValue(e); s != "" {
				return s
			}
		}
	case map[string]any:
		if len(v) == 0 {
			return "{}"
		}
		for key, e := range v {
			if s := emptyValue(e); s != "" {
				return key + ": " + s
			}
		}
	}
	return ""
}

// TestSyslogFrames: the length is that of the message, the header is RFC 5424's, and the
// payload is whole XML whatever an event holds.
func TestSyslogFrames(t *testing.T) {
	t.Parallel()
	hostile := base(audit.ActionRead)
	hostile.Reason = "]]>\n<Evil a=\"1\">\x01\uFFFE é"
	hostile.Client, hostile.Operation = "a\nb <86>1 -", strings.Repeat("long ", 20_000)
	for _, e := range append(events(), hostile) {
		frame, err := export.Syslog{Host: "patch work.example\n"}.Append([]byte("before"), &audit.Entry{Event: e})
		if err != nil {
			t.Fatal(err)
		}
		length, message, _ := bytes.Cut(bytes.TrimPrefix(frame, []byte("before")), []byte(" "))
		if n, err := strconv.Atoi(string(length)); err != nil || n != len(message) {
			t.Errorf("%s: the length says %s and is %d", e.Action, length, len(message))
		}
		head := regexp.MustCompile(`^<85>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z patchwork\.example patchwork \d+ IHE\+RFC-3881 - \x{FEFF}<AuditMessage>`)
		if !head.Match(message) {
			t.Errorf("%s: the header is %.120q", e.Action, message)
		}
		var m struct {
			Event struct {
				Outcome string `xml:"EventOutcomeIndicator,attr"`
			} `xml:"EventIdentification"`
			Details []struct {
				Type  string `xml:"type,attr"`
				Value string `xml:"value,attr"`
			} `xml:"ParticipantObjectIdentification>ParticipantObjectDetail"`
		}
		_, payload, _ := bytes.Cut(message, []byte("\uFEFF"))
		if err := xml.Unmarshal(payload, &m); err != nil || m.Event.Outcome == "" || len(payload) > 32<<10 {
			t.Errorf("%s: %d bytes, %v", e.Action, len(payload), err)
		}
		for _, d := range m.Details {
			if _, err := base64.StdEncoding.DecodeString(d.Value); err != nil {
				t.Errorf("%s: detail %s: %v", e.Action, d.Type, err)
			}
		}
	}
}
