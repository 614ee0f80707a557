package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/resolvers"
)

// What cannot be served keeps what serves: every problem is named with its line, nothing is in
// the ledger, and the next request is answered as before.
func TestAReloadThatIsRefused(t *testing.T) {
	t.Parallel()
	r := startReloaded(t)
	logged := &bytes.Buffer{}
	r.reloader.log = slog.New(slog.NewJSONHandler(logged, nil))
	gp := "  - id: gp\n"
	for name, c := range map[string]struct {
		replace []string
		want    []string
	}{
		"two slips":           {[]string{gp, gp + "    timeut: 3s\n", "plain_http: true", "plain_http: true\nzone: Europe/Nowhere"}, []string{":3: there is no time zone", "timeout"}},
		"no YAML":             {[]string{"sources:\n", "sources: ]\n"}, []string{"not YAML"}},
		"the address":         {[]string{"plain_http: true", "plain_http: true\nlisten: 127.0.0.1:9"}, []string{":3: listen cannot change while the server runs"}},
		"the public address":  {[]string{"public_url: http://127.0.0.1", "public_url: http://localhost"}, []string{":3: public_url cannot change"}},
		"cookies":             {[]string{"plain_http: true\n", ""}, []string{"plain_http cannot change"}},
		"the database":        {[]string{"/patchwork.db", "/other.db"}, []string{":1: state cannot change"}},
		"the ledger's key":    {[]string{"plain_http: true", "plain_http: true\naudit: {key: /x}"}, []string{":3: audit cannot change"}},
		"the secret":          {[]string{"plain_http: true", "plain_http: true\nsmart: {secret_file: /x}"}, []string{":3: smart.secret_file cannot change"}},
		"what cannot be open": {[]string{gp, "  - {id: new, type: docfolder, organisation: {ods: X, name: X}, care_setting: gp, connect: {}}\n" + gp}, []string{"source new"}},
	} {
		r.put(t, c.replace...)
		logged.Reset()
		what, err := r.reload(t.Context(), "a test")
		r.say(what, err)
		var config *ConfigError
		if !errors.As(err, &config) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
		if n := strings.Count(logged.String(), `"line":`); n != len(config.problems) {
			t.Errorf("%s: %d problems, logged: %s", name, len(config.problems), logged)
		}
		if r.front.server() != r.server {
			t.Fatalf("%s: another server answers", name)
		}
	}
	r.put(t)
	if what, err := r.reload(t.Context(), "a test"); err != nil || !what.none() || r.front.server() != r.server {
		t.Errorf("the same file: %v %v", what, err)
	}
	if e, err := r.server.ledger.Events(t.Context(), audit.Filter{Actor: systemUser()}); err != nil || len(e) != 0 {
		t.Errorf("%v %v", e, err)
	}
	if answer := r.ask(t, auth.RoleGP, everySection, map[string]any{"n": r.Patients[0].NHSNumber}); answer["errors"] != nil {
		t.Errorf("%v", answer)
	}
}

// A reload is no way to try more numbers, to have a source that was switched off asked, or to
// forget that another one does not answer.
func TestWhatAReloadDoesNotForget(t *testing.T) {
	t.Parallel()
	r := startReloaded(t)
	settings := "plain_http: true\nsearch: {nobody: %d}\ngraphql: {per_minute: 1000}"
	set := func(nobody int) {
		r.put(t, "plain_http: true", fmt.Sprintf(settings, nobody))
		if _, err := r.reload(t.Context(), "a test"); err != nil {
			t.Fatal(err)
		}
	}
	set(4)
	doctor := r.tokens[auth.RoleHospitalDoctor]
	codes := func() string {
		_, body := r.post(t, doctor, `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) { id } }`, map[string]any{"n": "9434765919"})
		return string(body)
	}
	for range 4 {
		if body := codes(); strings.Contains(body, resolvers.CodeSearchLimited) {
			t.Fatalf("refused too soon: %s", body)
		}
	}
	set(3)
	if body := codes(); !strings.Contains(body, resolvers.CodeSearchLimited) {
		t.Errorf("the reload let them go on: %s", body)
	}

	r.ask(t, auth.RoleGP, everySection, map[string]any{"n": r.Patients[0].NHSNumber})
	gp := r.front.server().systems[0]
	id := gp.Origin().ID
	do := func(field string) {
		t.Helper()
		if a := r.ask(t, auth.RoleAdministrator, `mutation { `+field+`(source: "`+id+`", reason: "It answers wrongly") { source } }`, nil); a["errors"] != nil {
			t.Fatalf("%v", a)
		}
	}
	do("switchSourceOff")
	set(5)
	if now := r.front.server().systems[0]; now != gp || now.Off() == nil {
		t.Error("the reload opened a source anew that was not changed, or switched it on")
	}
	r.front.handing.Wait()
	do("switchSourceOn")
	r.soon(t, "switched on again", func() bool { return gp.Off() == nil })
	do("switchSourceOff")
	r.put(t, "  - id: "+id+"\n", "  - id: "+id+"\n    timeout: 14s\n")
	if _, err := r.reload(t.Context(), "a test"); err != nil {
		t.Fatal(err)
	}
	if now := r.front.server().systems[0]; now == gp || now.Off() == nil {
		t.Error("the changed source is asked although it is switched off")
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.http.URL+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, text := send(t, req); !strings.Contains(string(text), `patchwork_source_switched_off{source="`+id+`"} 1`) || !strings.Contains(string(text), "patchwork_source_calls_total") {
		t.Errorf("the metrics of sources begin anew: %.2000s", text)
	}
}

func (r *reloaded) soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	for until := time.Now().Add(within); !is(); {
		if time.Now().After(until) {
			t.Fatalf("not %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// A source that comes in shadow is shown to nobody from its first request on, and one that is
// gone is nowhere; what changes of the viewer is there at once.
func TestWhatAReloadBrings(t *testing.T) {
	t.Parallel()
	r := startReloaded(t)
	stanza := r.stanza("social-care")
	appointments := func() (status string, text string) {
		answer := r.ask(t, auth.RoleGP, everySection, map[string]any{"n": r.Patients[0].NHSNumber})
		section, _ := answer.at("data.patientByNHSNumber.appointments").(map[string]any)
		body, err := json.Marshal(section)
		if err != nil {
			t.Fatal(err)
		}
		return outcome(section, "social-care").text("status"), string(body)
	}
	reload := func(want string, replace ...string) {
		t.Helper()
		r.put(t, replace...)
		if what, err := r.reload(t.Context(), "a test"); err != nil || what.String() != want {
			t.Fatalf("%v %v, want %s", what, err, want)
		}
	}
	if status, text := appointments(); status != "ANSWERED" {
		t.Fatal(text)
	}
	stream := r.subscribe(t, r.tokens[auth.RoleGP], `subscription { listsChanged { id } }`, nil)
	stream.next(t)
	reload("removed source social-care", stanza, "")
	if _, text := appointments(); strings.Contains(text, `"social-care"`) {
		t.Errorf("it is there: %s", text)
	}
	for e := range stream.events { // it ends, and its reader comes again
		if e.name == "" {
			t.Error("an event without a name")
		}
	}
	if again := r.subscribe(t, r.tokens[auth.RoleGP], `subscription { listsChanged { id } }`, nil); again.next(t).name == "" {
		t.Error("a stream that comes again gets nothing")
	}
	reload("added source social-care, viewer", stanza, strings.Replace(stanza, "    type:", "    stage: shadow\n    type:", 1), "plain_http: true", "plain_http: true\nviewer: {name: Westmarch Record}")
	if status, text := appointments(); status != "NOT_OFFERED" || strings.Count(text, `"social-care"`) != 1 {
		t.Errorf("what is in shadow is shown: %s", text)
	}
	reload("changed source social-care; removed viewer")
	if status, text := appointments(); status != "ANSWERED" {
		t.Errorf("it is not there again: %s", text)
	}
}

// The program itself: the command answers when it is done, and in words and by its exit code
// when it is not; SIGHUP does the same, to the log.
func TestTheProgramReloads(t *testing.T) {
	t.Parallel()
	region, err := demo.Start(t.Context(), demo.Options{Patients: 3, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	m := newMortal(t, buildPatchwork(t), region, dbtest.SQLite(t))
	good, err := os.ReadFile(m.file)
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(filepath.Dir(secretOf(t, m.file)), "patchwork.control")
	put := func(text string) {
		if err := os.WriteFile(m.file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	reload := func(code int, want string) {
		t.Helper()
		out, err := exec.CommandContext(t.Context(), m.binary, "reload", "--config", m.file).CombinedOutput() //nolint:gosec // the program of this test
		got := 0
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			got = exit.ExitCode()
		}
		if got != code || !strings.Contains(string(out), want) {
			t.Errorf("exit %d %s, want %d and %q", got, out, code, want)
		}
	}
	reload(exitFailed, "no server answers at")
	m.start(t)
	if info, err := os.Stat(socket); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can reload: %v %v", info, err)
	}
	reload(0, "reloaded: nothing changed")
	put(strings.Replace(string(good), "wait: 10s", "wait: 9s", 1))
	reload(0, "reloaded: changed answers")
	put(strings.Replace(string(good), "wait: 10s", "wait: x", 1))
	reload(exitUsage, "patchwork.yaml:4: this must be a duration")
	put(string(good) + "zone: Europe/Dublin\nlisten: 127.0.0.1:1\n")
	reload(exitUsage, "listen cannot change while the server runs")
	put(string(good) + "zone: Europe/Dublin\n")
	if err := m.process.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	ledger := dbtest.Open(t, m.dsn(t))
	for until := time.Now().Add(within); ; time.Sleep(5 * time.Millisecond) {
		if e := lastEvent(t, ledger); e.Action == audit.ActionReload && e.Client == "patchwork serve, SIGHUP" && strings.Contains(e.Reason, "added zone") {
			break
		}
		if time.Now().After(until) {
			t.Fatalf("%+v", lastEvent(t, ledger))
		}
	}
	m.stop(t)
	if _, err := os.Stat(socket); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket is left: %v", err)
	}
}

func secretOf(t *testing.T, file string) string {
	t.Helper()
	config, err := loadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	return config.secretFile()
}

func (m *mortal) dsn(t *testing.T) string {
	t.Helper()
	config, err := loadConfig(m.file)
	if err != nil {
		t.Fatal(err)
	}
	return config.State
}
