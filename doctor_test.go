package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
)

// examined is a region that init wrote and that has been started once, with what is done
// to it.
type examined struct {
	dir, file string
	doctor    *doctor
}

func newExamined(t *testing.T) *examined {
	t.Helper()
	p := &examined{dir: filepath.Join(t.TempDir(), "region")}
	p.file = filepath.Join(p.dir, "patchwork.yaml")
	if code, _, errs := command("init", p.dir, "--listen", "127.0.0.1:1"); code != 0 {
		t.Fatal(errs)
	}
	s := &sealed{dir: p.dir, file: p.file}
	var err error
	if s.config, err = loadConfig(p.file); err != nil {
		t.Fatal(err)
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	s.stop(t)
	p.doctor = &doctor{
		ctx: t.Context(), file: p.file, within: 20 * time.Second, now: time.Now(), limit: 320 << 20,
		disk:   func(string) (uint64, uint64, bool) { return 50 << 30, 100 << 30, true },
		memory: func() (uint64, bool) { return 1 << 30, true },
	}
	return p
}

// change replaces text of the configuration.
func (p *examined) change(t *testing.T, old, by string) {
	t.Helper()
	text := readText(t, p.file)
	if !strings.Contains(text, old) {
		t.Fatalf("there is no %q", old)
	}
	p.put(t, "patchwork.yaml", strings.Replace(text, old, by, 1), 0o640)
}

// put writes a file of the region.
func (p *examined) put(t *testing.T, name, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// source appends a FHIR server.
func (p *examined) source(t *testing.T, address, auth string) {
	t.Helper()
	p.put(t, "patchwork.yaml", readText(t, p.file)+fmt.Sprintf(
		"  - {id: hospital, type: fhirr4, organisation: {ods: RXX, name: Hospital}, timeout: 5s, connect: {url: %q, auth: {%s}}}\n", address, auth), 0o640)
}

func (p *examined) sql(t *testing.T, statement string) {
	t.Helper()
	db, err := migrations.Open(t.Context(), "sqlite:"+filepath.Join(p.dir, "state/patchwork.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Write.DB.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// said is what the doctor writes, and the worst of it.
func (p *examined) said(t *testing.T) (string, health) {
	t.Helper()
	p.doctor.all()
	var out bytes.Buffer
	if err := p.doctor.write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String(), p.doctor.worst()
}

// answering is a system of which only the answer matters.
func answering(t *testing.T, status int, header, value, body string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if header != "" {
			w.Header().Set(header, value)
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// A region that init wrote has nothing but the example to be mended.
func TestTheDoctorFindsNothingElse(t *testing.T) {
	t.Parallel()
	p := newExamined(t)
	said, worst := p.said(t)
	for line := range strings.Lines(said) {
		if strings.HasPrefix(line, string(sick)) || strings.HasPrefix(line, string(doubtful)) && !strings.Contains(line, "source example") && !strings.Contains(line, "without the viewer") {
			t.Error(line)
		}
	}
	if worst != doubtful || !strings.Contains(said, "ledger                 whole: ") || !strings.Contains(said, "policies               version 1") {
		t.Errorf("%s: %s", worst, said)
	}
}

// Every fault is named, with what mends it; none of them shows a secret or a person.
func TestTheDoctorNamesEveryFault(t *testing.T) {
	t.Parallel()
	const secret = "hunter2-hunter2-hunter2-hunter2-hunter2"
	for name, c := range map[string]struct {
		fault func(t *testing.T, p *examined)
		says  string // beginning of a line, without its blanks
	}{
		"no such configuration": {func(_ *testing.T, p *examined) { p.doctor.file += "x" }, "failure configuration there is no file"},
		"a mistake in it":       {func(t *testing.T, p *examined) { p.change(t, "zone:", "zne:") }, "failure configuration PATH/patchwork.yaml:25: there is no key zne here"},
		"a variable that is not set": {func(t *testing.T, p *examined) {
			p.source(t, answering(t, 200, "", "", `{"resourceType":"CapabilityStatement"}`), "kind: bearer, token_env: PATCHWORK_NO_SUCH_TOKEN")
		}, "warning configuration PATH/patchwork.yaml:"},
		"a configuration that others change": {func(t *testing.T, p *examined) { chmod(t, p.file, 0o662) }, "failure file configuration: others may change it (mode 0662). Mend: chmod go-w"},
		"one that all read":                  {func(t *testing.T, p *examined) { chmod(t, p.file, 0o644) }, "warning file configuration: everybody on this machine may read it (mode 0644)"},
		"a secret that all read":             {func(t *testing.T, p *examined) { chmod(t, p.dir+"/secrets/patchwork.secret", 0o644) }, "failure file smart.secret_file: everybody on this machine may read it (mode 0644)"},
		"a key that all read":                {func(t *testing.T, p *examined) { chmod(t, p.dir+"/secrets/patchwork.audit-key", 0o604) }, "failure file audit.key: everybody"},
		"a database that all read":           {func(t *testing.T, p *examined) { chmod(t, p.dir+"/state/patchwork.db", 0o644) }, "failure file database file: everybody"},
		"a token that all read": {func(t *testing.T, p *examined) {
			p.source(t, answering(t, 200, "", "", "{}"), "kind: bearer, token_file: "+p.put(t, "token", secret, 0o644))
		}, "failure file source hospital: auth.token_file: everybody"},
		"a token that is not there": {func(t *testing.T, p *examined) {
			p.source(t, "http://127.0.0.1:1", "kind: bearer, token_file: secrets/token")
		}, "failure file source hospital: auth.token_file: the file cannot be read"},
		"an old key": {func(t *testing.T, p *examined) {
			old := time.Now().AddDate(-3, 0, 0)
			if err := os.Chtimes(p.dir+"/secrets/patchwork.secret", old, old); err != nil {
				t.Fatal(err)
			}
		}, "warning key smart.secret_file: it is 109"},
		"a secret that is another's": {func(t *testing.T, p *examined) { p.put(t, "secrets/patchwork.secret", secret+"\n", 0o600) },
			"failure key a signing key in the database cannot be opened with this server's secret"},
		"a secret that is too short": {func(t *testing.T, p *examined) { p.put(t, "secrets/patchwork.secret", "short\n", 0o600) }, "failure key the server's secret"},
		"an audit key that is gone": {func(t *testing.T, p *examined) { remove(t, p.dir+"/secrets/patchwork.audit-key") },
			"failure ledger there are events and the key that signs them is not there"},
		"an audit key that is damaged": {func(t *testing.T, p *examined) { p.put(t, "secrets/patchwork.audit-key", secret, 0o600) }, "failure ledger the audit key"},
		"a witness that is gone":       {func(t *testing.T, p *examined) { remove(t, p.dir+"/state/patchwork.witness") }, "failure ledger the audit witness"},
		"an event that was changed": {func(t *testing.T, p *examined) {
			p.sql(t, `DROP TRIGGER audit_event_no_update; UPDATE audit_event SET subject = 'x' WHERE seq = 1`)
		}, "failure ledger the audit ledger is broken at event 1"},
		"a newer database": {func(t *testing.T, p *examined) { p.sql(t, `UPDATE schema_step SET number = 9999 WHERE number = 1`) }, "failure database the database is newer than this program: it is at step 9999"},
		"an older database": {func(t *testing.T, p *examined) {
			p.sql(t, `DELETE FROM schema_step WHERE number = (SELECT MAX(number) FROM schema_step)`)
		}, "warning database it is at step"},
		"a database that is gone": {func(t *testing.T, p *examined) { remove(t, p.dir+"/state/patchwork.db") }, "warning database there is no database file yet"},
		"a database that is none": {func(t *testing.T, p *examined) { p.put(t, "state/patchwork.db", strings.Repeat("x", 8192), 0o600) }, "failure database the database cannot be opened: the file is not a database"},
		"a database that is silent": {func(t *testing.T, p *examined) {
			p.change(t, `"sqlite:`+p.dir+`/state/patchwork.db"`, `"postgres://u:`+secret+`@127.0.0.1:1/p"`)
		}, "failure database the database cannot be opened: the database server cannot be reached"},
		"plain http in public": {func(t *testing.T, p *examined) { p.change(t, `"127.0.0.1:1"`, `"0.0.0.0:1"`) },
			"failure address plain_http is on and other machines reach 0.0.0.0:1"},
		"plain http behind TLS": {func(t *testing.T, p *examined) { p.change(t, "zone:", "public_url: https://care.invalid\nzone:") }, "failure address plain_http is for this machine only"},
		"plain http in a container": {func(t *testing.T, p *examined) {
			p.change(t, `"127.0.0.1:1"`, `"0.0.0.0:1"`)
			p.change(t, "zone:", "public_url: http://127.0.0.1:8080\nzone:")
		}, "warning address plain_http is on and other machines may reach"},
		"no plain http and no TLS": {func(t *testing.T, p *examined) { p.change(t, "plain_http: true", "public_url: http://127.0.0.1:8080") },
			"failure address public_url is http and cookies are kept to TLS"},
		"no public address": {func(t *testing.T, p *examined) { p.change(t, "plain_http: true", "") }, "warning address nothing says at which https address"},
		"little room": {func(_ *testing.T, p *examined) {
			p.doctor.disk = func(string) (uint64, uint64, bool) { return 900 << 20, 10 << 30, true }
		}, "warning disk 900 MiB of 10.0 GiB free for the database"},
		"no room": {func(_ *testing.T, p *examined) {
			p.doctor.disk = func(string) (uint64, uint64, bool) { return 50 << 20, 10 << 30, true }
		}, "failure disk 50 MiB free for the database: when the ledger cannot be written, nothing is answered"},
		"little memory":      {func(_ *testing.T, p *examined) { p.doctor.memory = func() (uint64, bool) { return 400 << 20, true } }, "warning memory the bound is 320 MiB of 400 MiB"},
		"too little memory":  {func(_ *testing.T, p *examined) { p.doctor.memory = func() (uint64, bool) { return 256 << 20, true } }, "failure memory the bound is 320 MiB and there are 256 MiB"},
		"no bound of memory": {func(_ *testing.T, p *examined) { p.doctor.limit = math.MaxInt64 }, "warning memory there is no bound"},
		"policies not imported": {func(t *testing.T, p *examined) {
			p.put(t, "policies.yaml", strings.Replace(readText(t, p.dir+"/policies.yaml"), "find, open and list", "open and list", 1), 0o640)
		}, "warning policies the file that the configuration names is not what is in force"},
		"policies that are none": {func(t *testing.T, p *examined) { p.put(t, "policies.yaml", "policies: [{id: x}]", 0o640) }, "failure policies the file that the configuration names is refused"},
		"an administrator who reads": {func(t *testing.T, p *examined) { p.loosen(t, "roles: [administrator]", "none") },
			"warning policies the role administrator reads the record of people to whom it has no relationship"},
		"what is very restricted": {func(t *testing.T, p *examined) { p.loosen(t, "roles: [receptionist]", "none, very-restricted") },
			"failure policies the role receptionist reads what is very restricted"},
		"a system that is not there": {func(t *testing.T, p *examined) { p.source(t, "http://127.0.0.1:1", "kind: none") }, "failure source hospital It cannot be reached"},
		"a system that refuses": {func(t *testing.T, p *examined) {
			p.source(t, answering(t, 401, "", "", ""), "kind: bearer, token_file: "+p.put(t, "token", secret, 0o600))
		}, "failure source hospital"},
		"a system whose clock is wrong": {func(t *testing.T, p *examined) {
			ahead := time.Now().Add(10 * time.Minute).UTC().Format(http.TimeFormat)
			p.source(t, answering(t, 200, "Date", ahead, `{"resourceType":"CapabilityStatement"}`), "kind: none")
		}, "failure clock that of the source hospital is "},
		"a directory that is not there": {func(t *testing.T, p *examined) {
			p.put(t, "bind", secret, 0o600)
			p.change(t, "zone:", "public_url: http://127.0.0.1:8080\nzone:")
			p.change(t, "sources:\n", "logins:\n  - {id: riverside, type: ldap, name: Riverside, organisations: [{ods: RRV01, name: Riverside}], who: {name: 'claims.cn[0]', roles: [{when: 'true', role: gp}]},\n"+
				"     connect: {url: 'ldaps://127.0.0.1:1', base_dn: 'dc=x', bind_dn: 'cn=patchwork', bind_password_file: bind}}\nsources:\n")
		}, "failure login riverside"},
		"an audit repository that is not there": {func(t *testing.T, p *examined) {
			p.change(t, "  # syslog:", "  syslog: {address: '127.0.0.1:1'}\n  # syslog:")
		},
			"failure audit repository it cannot be reached by TLS at 127.0.0.1:1"},
		"a certificate that has ended": {func(t *testing.T, p *examined) { p.certificate(t, -time.Hour) }, "failure certificate audit.syslog.ca: the certificate ended on"},
		"a certificate that soon ends": {func(t *testing.T, p *examined) { p.certificate(t, 10*24*time.Hour) }, "warning certificate audit.syslog.ca: the certificate ends on"},
		"something else at the address": {func(t *testing.T, p *examined) {
			p.change(t, `"127.0.0.1:1"`, `"`+strings.TrimPrefix(answering(t, 404, "", "", "nginx"), "http://")+`"`)
		}, "failure server something else answers at"},
		"a server that is not ready": {func(t *testing.T, p *examined) {
			p.change(t, `"127.0.0.1:1"`, `"`+strings.TrimPrefix(answering(t, 503, "", "", "the audit cannot be written"), "http://")+`"`)
		}, "failure server one runs at"},
		"the example": {func(*testing.T, *examined) {}, "warning source example it is the invented person"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newExamined(t)
			c.fault(t, p)
			said, worst := p.said(t)
			there := false
			for line := range strings.Lines(said) {
				line = strings.ReplaceAll(strings.Join(strings.Fields(line), " "), p.dir, "PATH")
				there = there || strings.HasPrefix(line, c.says)
				if (strings.HasPrefix(line, "warning") || strings.HasPrefix(line, "failure")) && !strings.Contains(line, " Mend: ") {
					t.Errorf("how is this mended? %s", line)
				}
			}
			if want, _, _ := strings.Cut(c.says, " "); !there || want == string(sick) && worst != sick {
				t.Errorf("%s, without %q:\n%s", worst, c.says, said)
			}
			for _, hidden := range []string{secret, "9990000018", "EXAMPLE", "Invented", "1950-01-31"} {
				if strings.Contains(said, hidden) {
					t.Errorf("it shows %q:\n%s", hidden, said)
				}
			}
		})
	}
}

// The exit code and the JSON are for programs.
func TestTheDoctorAnswersPrograms(t *testing.T) {
	t.Parallel()
	p := newExamined(t)
	for _, c := range []struct {
		mode   os.FileMode
		code   int
		health health
	}{{0o640, 1, doubtful}, {0o642, 2, sick}} {
		chmod(t, p.file, c.mode)
		code, out, errs := command("doctor", "--json", "--config", p.file)
		var said struct {
			Health health
			Checks []symptom
		}
		if err := json.Unmarshal([]byte(out), &said); err != nil || code != c.code || said.Health != c.health || len(said.Checks) < 10 || errs != "" {
			t.Errorf("exit %d, %v, %s%s", code, err, out, errs)
		}
	}
}
