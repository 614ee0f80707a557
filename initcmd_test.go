package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// From nothing to a region, with the program that people run: init, check, serve, sign in,
// ask; and every next step of the README that init writes.
func TestInitWritesARegionThatServes(t *testing.T) {
	t.Parallel()
	binary := buildPatchwork(t)
	for name, database := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "sqlite" }, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "a region's folder") // which a shell and YAML have to quote
			file := filepath.Join(dir, "patchwork.yaml")
			said := program(t, binary, "init", dir, "--name", "Riverside: Care & Share", "--ods", "YZ991", "--database", database(t))
			password := regexp.MustCompile(`(?m)^password +(\S+)$`).FindStringSubmatch(said)
			if password == nil {
				t.Fatalf("no password in %s", said)
			}
			wellChecked(t, program(t, binary, "config", "check", file), "1 source, 0 logins")
			m := &mortal{binary: binary, file: file}
			m.start(t)
			administrator := signsIn(t, m.url, "administrator", password[1])
			if got := administrator.ask(t, `{ sources { id name organisation { ods } } }`); got.text("data.sources.0.id") != "example" || got.text("data.sources.0.organisation.ods") != "YZ991" {
				t.Errorf("the administrator's graph answers %v", got)
			}
			if got := administrator.ask(t, `{ patientByNHSNumber(nhsNumber: "9990000018") { id } }`); got.at("data.patientByNHSNumber") != nil {
				t.Errorf("an administrator sees %v", got)
			}
			code := strings.TrimSpace(program(t, binary, "user", "add", "--config", file, "ada", "--name", "Dr Ada Example", "--role", "gp", "--organisation", "YZ991", "--care-setting", "gp"))
			gp := signsIn(t, m.url, "ada", code)
			got := gp.ask(t, `{ patientByNHSNumber(nhsNumber: "9990000018") { person { birthDate } allergies { verdict entries { code { label } } } } }`)
			if got.text("data.patientByNHSNumber.person.birthDate") != "1950-01-31" || got.text("data.patientByNHSNumber.allergies.verdict") != "KNOWN" ||
				got.text("data.patientByNHSNumber.allergies.entries.0.code.label") != "Allergy to penicillin" {
				t.Errorf("the GP's graph answers %v", got)
			}
			m.stop(t)
			program(t, binary, "audit", "verify", "--config", file)
			for kind := range samples() {
				stanza := program(t, binary, "source", "init", kind)
				text := readText(t, file) + strings.ReplaceAll(stanza, "my-system", kind)
				one := filepath.Join(dir, kind+".yaml")
				if err := os.WriteFile(one, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				if out := program(t, binary, "config", "check", one); !strings.Contains(out, "2 sources") {
					t.Errorf("%s appended: %s", kind, out)
				}
			}
		})
	}
}

// Nobody else reads a secret, and none stands in what may be shown around.
func TestInitKeepsSecretsApart(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "region")
	_, out, errs := command("init", dir)
	if errs != "" {
		t.Fatal(errs)
	}
	modes := map[string]os.FileMode{"secrets": 0o700, "state": 0o700, "secrets/patchwork.secret": 0o600, "secrets/patchwork.audit-key": 0o600, "state/patchwork.db": 0o600}
	for name, want := range modes {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v, not %o", name, info, err, want)
		}
	}
	secret := strings.TrimSpace(readText(t, filepath.Join(dir, "secrets/patchwork.secret")))
	key := readText(t, filepath.Join(dir, "secrets/patchwork.audit-key"))
	password := regexp.MustCompile(`(?m)^password +(\S+)$`).FindStringSubmatch(out)[1]
	for _, name := range []string{"patchwork.yaml", "policies.yaml", "README.md", ".gitignore"} {
		for _, hidden := range []string{secret, strings.SplitN(key, "\n", 2)[0], password} {
			if strings.Contains(readText(t, filepath.Join(dir, name)), hidden) {
				t.Errorf("%s holds a secret", name)
			}
		}
	}
	for _, folder := range []string{"/secrets/", "/state/"} {
		if !strings.Contains(readText(t, filepath.Join(dir, ".gitignore")), folder) {
			t.Errorf("a repository would take %s", folder)
		}
	}
	if _, err := audit.ReadKey(filepath.Join(dir, "secrets/patchwork.audit-key")); err != nil {
		t.Error(err)
	}
}

// The password of a database is in a file of its own, as libpq reads it.
func TestInitTakesThePasswordOutOfTheAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string][2]string{
		`postgres://patchwork:se%3Acr%5Cet@db.example/care?sslmode=verify-full`: {`postgres://patchwork@db.example/care?passfile=%2Fr%2Fsecrets%2Fpgpass&sslmode=verify-full`, `*:*:*:*:se\:cr\\et` + "\n"},
		`postgres://patchwork@db.example/care?password=secret`:                  {`postgres://patchwork@db.example/care?passfile=%2Fr%2Fsecrets%2Fpgpass`, "*:*:*:*:secret\n"},
		`postgres://db.example/care`:                                            {`postgres://db.example/care`, ""},
		`postgres:///care?host=/run/postgresql`:                                 {`postgres:///care?host=/run/postgresql`, ""},
	} {
		r := &newRegion{initCommand: initCommand{Database: address}, dir: "/r"}
		if err := r.postgres(); err != nil || r.State != want[0] || r.passfile != want[1] {
			t.Errorf("%s: %v, %q and %q", address, err, r.State, r.passfile)
		}
	}
}

// Nothing is written over, and what fails leaves nothing behind.
func TestInitRefuses(t *testing.T) {
	t.Parallel()
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "patchwork.yaml"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	afile := filepath.Join(full, "patchwork.yaml")
	fresh := func() string { return filepath.Join(t.TempDir(), "region") }
	for name, c := range map[string]struct {
		args []string
		says string
		code int
	}{
		"a directory with something in it": {[]string{full}, "is not empty, and nothing is written over", exitUsage},
		"a file":                           {[]string{afile}, "cannot be used", exitUsage},
		"other machines without TLS":       {[]string{fresh(), "--listen", "0.0.0.0:8080"}, "say with --public-url", exitUsage},
		"every address without TLS":        {[]string{fresh(), "--listen", ":8080"}, "say with --public-url", exitUsage},
		"plain http elsewhere":             {[]string{fresh(), "--public-url", "http://care.example.nhs.uk"}, "public_url must begin with https://", exitUsage},
		"no port":                          {[]string{fresh(), "--listen", "localhost"}, "must be HOST:PORT", exitUsage},
		"no code of an organisation":       {[]string{fresh(), "--ods", "riverside"}, "--ods must be an ODS code", exitUsage},
		"nobody":                           {[]string{fresh(), "--admin", " "}, "--admin", exitUsage},
		"another database":                 {[]string{fresh(), "--database", "mysql://u:hunter2@db/p"}, "--database is sqlite", exitUsage},
		"an address that is none":          {[]string{fresh(), "--database", "postgres://u:hunter2@[db/p"}, "--database cannot be understood", exitUsage},
		"a database that is not there":     {[]string{fresh(), "--database", "postgres://u:hunter2@127.0.0.1:1/p"}, "the database server cannot be reached", exitFailed},
	} {
		code, out, errs := command(append([]string{"init"}, c.args...)...)
		if code != c.code || !strings.Contains(errs, c.says) || out != "" || strings.Contains(errs, "hunter2") {
			t.Errorf("%s: exit %d, %s%s", name, code, out, errs)
		}
		if _, err := os.Stat(c.args[0]); err == nil && !strings.HasPrefix(c.args[0], full) {
			t.Errorf("%s: it left something behind", name)
		}
	}
	if readText(t, afile) != "mine" {
		t.Error("it was written over")
	}
}

// A database that is a region's already has that region's key.
func TestInitRefusesARegionsDatabase(t *testing.T) {
	t.Parallel()
	dsn := dbtest.Postgres(t)
	db, err := migrations.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := migrations.Apply(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "region")
	if code, _, errs := command("init", dir, "--database", dsn); code != exitUsage || !strings.Contains(errs, "belongs to a region already") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("it left something behind")
	}
}

// program runs the built program, which must succeed, and gives what it wrote.
func program(t *testing.T, binary string, args ...string) string {
	t.Helper()
	var errs bytes.Buffer
	c := exec.CommandContext(context.WithoutCancel(t.Context()), binary, args...)
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		t.Fatalf("patchwork %s: %v\n%s%s", strings.Join(args, " "), err, out, errs.String())
	}
	return string(out)
}

func wellChecked(t *testing.T, said, what string) {
	t.Helper()
	if !strings.Contains(said, what) || strings.Contains(said, "warning") {
		t.Errorf("config check says %s", said)
	}
}

func readText(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// guest is a browser in which somebody has signed in.
type guest struct {
	*http.Client
	url string
}

// signsIn does what the sign-in page does.
func signsIn(t *testing.T, base, username, password string) guest {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	g := guest{&http.Client{Jar: jar}, base}
	status, answer := g.post(t, "/auth/login", map[string]any{"login": "local", "username": username, "password": password})
	if status != http.StatusOK {
		t.Fatalf("%s may not sign in: %d %v", username, status, answer)
	}
	return g
}

func (g guest) ask(t *testing.T, query string) object {
	t.Helper()
	_, answer := g.post(t, "/graphql", map[string]any{"query": query})
	return answer
}

func (g guest) post(t *testing.T, path string, body any) (int, object) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.JoinPath(g.url, path)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, u, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", g.url)
	req.Header.Set("X-Patchwork-Request", "1")
	resp, err := g.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var answer object
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, answer
}
