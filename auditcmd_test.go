package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
)

// sealed is a configuration file in a folder of its own, and a server on it that can be
// stopped and started.
type sealed struct {
	dir, file string
	config    *Config
	server    *server
}

func startSealed(t *testing.T) *sealed {
	t.Helper()
	s := &sealed{dir: t.TempDir()}
	s.file = filepath.Join(s.dir, "patchwork.yaml")
	s.configure(t, "")
	t.Cleanup(func() { s.stop(t) })
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *sealed) configure(t *testing.T, more string) {
	t.Helper()
	text := "state: sqlite:" + s.dir + "/p.db\n" + more + "sources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n"
	if err := os.WriteFile(s.file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if s.config, err = loadConfig(s.file); err != nil {
		t.Fatal(err)
	}
}

func (s *sealed) start() (err error) {
	s.server, err = open(context.Background(), s.config, slog.New(slog.NewJSONHandler(io.Discard, nil)))
	return err
}

func (s *sealed) stop(t *testing.T) {
	t.Helper()
	if s.server != nil {
		if err := s.server.close(); err != nil {
			t.Error(err)
		}
	}
	s.server = nil
}

func (s *sealed) record(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		if err := s.server.ledger.Record(t.Context(), audit.Event{Action: audit.ActionRead, Patient: "p" + strconv.Itoa(i), Decision: audit.Permit}); err != nil {
			t.Error(err)
		}
	}
}

func command(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(args, &o, &e)
	return code, o.String(), e.String()
}

// While the server serves and records, the ledger is verified, proved and exported from
// outside; what shows events is in the ledger before, with who did it.
func TestTheLedgerIsReadBesideTheServer(t *testing.T) {
	t.Parallel()
	s := startSealed(t)
	s.record(t, 20)
	if err := s.server.proof.notary.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var busy sync.WaitGroup
	busy.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				s.record(t, 1)
			}
		}
	})
	quieten := sync.OnceFunc(func() { close(stop); busy.Wait() })
	t.Cleanup(quieten)
	for _, format := range []string{"ndjson", "fhir", "syslog"} {
		code, out, errs := command("audit", "export", "--config", s.file, "--format", format, "--to", "15", "--from", "3")
		if code != 0 || out == "" {
			t.Fatalf("%s: %d %s", format, code, errs)
		}
		if n := strings.Count(out, "\n"); format != "syslog" && n != 13 {
			t.Errorf("%s: %d lines", format, n)
		}
	}
	file := filepath.Join(s.dir, "out.ndjson")
	if code, out, errs := command("audit", "export", "--config", s.file, "--output", file, "--since", "2020-01-01"); code != 0 || !strings.HasSuffix(out, " events\n") {
		t.Fatalf("%d %s %s", code, out, errs)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the export can be read by others: %v %v", info, err)
	}
	code, proof, errs := command("audit", "prove", "--config", s.file, "7")
	if code != 0 {
		t.Fatalf("prove: %d %s", code, errs)
	}
	code, out, errs := command("audit", "verify", "--config", s.file)
	if code != 0 || !strings.Contains(out, "the ledger is whole") || !strings.Contains(out, "sealed up to event") {
		t.Errorf("verify: %d %s %s", code, out, errs)
	}
	quieten()

	var p struct {
		audit.Proof
		Growth audit.Growth
		Key    string
	}
	if err := json.Unmarshal([]byte(proof), &p); err != nil {
		t.Fatal(err)
	}
	if err := p.Check(p.Key); err != nil || p.Growth.Check(p.Key) != nil || p.Seq != 7 {
		t.Errorf("the proof does not hold: %v", err)
	}
	events, err := s.server.ledger.Events(t.Context(), audit.Filter{Actor: systemUser(), Limit: audit.MaxLimit})
	if err != nil || len(events) != 5 {
		t.Fatalf("%d uses of the ledger are in it, %v", len(events), err)
	}
	for i, want := range []string{"ndjson from 3 to 15", "fhir from 3 to 15", "syslog from 3 to 15", "ndjson from 1 to ", "proof of event 7"} {
		if e := events[i]; !strings.HasPrefix(e.Target, want) || e.Device == "" || e.Actor.Issuer == "" {
			t.Errorf("%d: %+v, want %s", i, e, want)
		}
	}
	// The export ended before its own event.
	if text, err := os.ReadFile(file); err != nil || strings.Contains(string(text), `"target":"ndjson from 1 to`) || !strings.Contains(string(text), `"target":"ndjson from 3 to`) {
		t.Errorf("what the export holds of itself: %v", err)
	}
}

// Nothing is shown that could not be audited first.
func TestAnExportThatCannotBeAuditedShowsNothing(t *testing.T) {
	t.Parallel()
	s := startSealed(t)
	s.record(t, 3)
	if err := s.server.proof.notary.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.server.db.Write.DB.ExecContext(t.Context(), `CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'full'); END`); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"export"}, {"prove", "2"}} {
		code, out, errs := command(append([]string{"audit"}, append(args, "--config", s.file)...)...)
		if code != 1 || out != "" || !strings.Contains(errs, "cannot be written") {
			t.Errorf("%v: %d %q %s", args, code, out, errs)
		}
	}
}

// Exit codes of the ledger's commands: 1 names the event, 2 is wrong use.
func TestAuditExitCodes(t *testing.T) {
	t.Parallel()
	s := startSealed(t)
	s.record(t, 9)
	s.stop(t)
	nowhere := filepath.Join(s.dir, "nowhere.yaml")
	if err := os.WriteFile(nowhere, []byte("state: sqlite:"+s.dir+"/none.db\nsources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"whole":            {[]string{"verify"}, 0, ""},
		"no such event":    {[]string{"prove", "10"}, 2, "not sealed yet, or there is none"},
		"no such format":   {[]string{"export", "--format", "xml"}, 2, "there are fhir, ndjson, syslog"},
		"no such time":     {[]string{"export", "--since", "yesterday"}, 2, "--since must be a time"},
		"backwards":        {[]string{"export", "--from", "5", "--to", "4"}, 2, "the first before the last"},
		"file is there":    {[]string{"export", "--output", s.file}, 2, "is there already"},
		"no database":      {[]string{"verify", "--config", nowhere}, 2, "there is no database"},
		"no witness":       {[]string{"verify", "--witness", s.dir + "/none"}, 1, "is not there"},
		"somebody's key":   {[]string{"verify", "--key", s.file}, 1, "is damaged"},
		"no command below": {[]string{"look"}, 2, "unexpected argument"},
	} {
		args := append([]string{"audit"}, c.args...)
		if !strings.Contains(strings.Join(args, " "), "--config") {
			args = append(args, "--config", s.file)
		}
		if code, _, errs := command(args...); code != c.code || !strings.Contains(errs, c.want) {
			t.Errorf("%s: exit %d %s, want %d and %q", name, code, errs, c.code, c.want)
		}
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{`DROP TRIGGER audit_event_no_update`, `UPDATE audit_event SET patient = 'p0' WHERE seq = 4`} {
		if _, err := s.server.db.Write.DB.ExecContext(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if code, out, errs := command("audit", "verify", "--config", s.file); code != 1 || strings.Contains(out, "whole") || !strings.Contains(errs, "broken at event 4") {
		t.Errorf("tampered: %d %s %s", code, out, errs)
	}
}

// A database that was rolled back is refused in a plain sentence; it is accepted with a
// reason, or with a new witness, and the ledger says so either way.
func TestARolledBackLedgerIsRefusedAndAccepted(t *testing.T) {
	t.Parallel()
	s := startSealed(t)
	s.record(t, 5)
	s.stop(t)
	db, err := os.ReadFile(filepath.Join(s.dir, "p.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	s.record(t, 5)
	s.stop(t)
	if err := os.WriteFile(filepath.Join(s.dir, "p.db"), db, 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := command("serve", "--config", s.file, "--listen", "127.0.0.1:0")
	if code != 1 || !strings.Contains(errs, "broken at event 6") || !strings.Contains(errs, "witness knows 10 events and the database has 5") || !strings.Contains(errs, "docs/ledger.md") {
		t.Fatalf("%d %s", code, errs)
	}
	s.configure(t, "audit: {accept: restored from the backup of Sunday}\n")
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	if e := s.last(t); e.Action != audit.ActionAccepted || !strings.Contains(e.Reason, "Sunday") || !strings.Contains(e.Target, "event 6") {
		t.Errorf("%+v", e)
	}
	s.stop(t)
	s.configure(t, "")
	if err := os.Rename(s.config.Audit.Witness, s.config.Audit.Witness+".before"); err != nil {
		t.Fatal(err)
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	if e := s.last(t); e.Action != audit.ActionWitness {
		t.Errorf("%+v", e)
	}
	s.stop(t)
	if code, out, errs := command("audit", "verify", "--config", s.file); code != 0 || !strings.Contains(out, "events       7") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if code, _, errs := command("audit", "verify", "--config", s.file, "--witness", s.config.Audit.Witness+".before"); code != 1 || !strings.Contains(errs, "broken at event 6") {
		t.Errorf("against the witness of before: %d %s", code, errs)
	}
}

func (s *sealed) last(t *testing.T) audit.Event {
	t.Helper()
	events, err := s.server.ledger.Events(t.Context(), audit.Filter{})
	if err != nil || len(events) == 0 {
		t.Fatal(err)
	}
	return events[len(events)-1]
}

// What is wrong with the stanza is said with its line; defaults stand beside the state.
func TestAuditConfig(t *testing.T) {
	t.Parallel()
	const rest = "sources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n"
	_, err := parseConfig("x.yaml", []byte("audit:\n  syslog:\n    address: nowhere\n    certificate: x\n"+rest))
	if err == nil || !strings.Contains(err.Error(), "x.yaml:3: audit.syslog.address") || !strings.Contains(err.Error(), "belong together") {
		t.Errorf("%v", err)
	}
	for state, want := range map[string]string{"sqlite:/var/lib/p.db": "/var/lib/p.db.witness", "postgres://x@y/z": "patchwork.witness"} {
		c, err := parseConfig("x.yaml", []byte("state: "+state+"\n"+rest))
		if err != nil || c.Audit.Witness != want {
			t.Errorf("%s: %v %v", state, c, err)
		}
	}
}

// What the feed needs is read at the start, and what is wrong with it said plainly.
func TestAFeedThatCannotBeOpened(t *testing.T) {
	t.Parallel()
	s := startSealed(t)
	s.stop(t)
	for stanza, want := range map[string]string{
		`ca: ` + s.dir + `/none`:                             "audit.syslog.ca cannot be read",
		`ca: ` + s.file:                                      "holds no certificate",
		`certificate: ` + s.file + `, key: ` + s.file:        "audit.syslog.certificate cannot be used",
		`certificate: ` + s.dir + `/a, key: ` + s.dir + `/b`: "audit.syslog.certificate cannot be used",
	} {
		s.configure(t, "audit: {syslog: {address: 127.0.0.1:1, "+stanza+"}}\n")
		if err := s.start(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", stanza, err)
		}
	}
	// A receiver that is away keeps nobody from serving or stopping.
	s.configure(t, "audit: {syslog: {address: 127.0.0.1:1}}\n")
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	s.record(t, 3)
}
