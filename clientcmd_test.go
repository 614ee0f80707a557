package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/audit"
)

// clientLine runs `patchwork client …` on a configuration of its own.
type clientLine struct {
	t         *testing.T
	dir, file string
}

func newClientLine(t *testing.T) *clientLine {
	t.Helper()
	c := &clientLine{t: t, dir: t.TempDir()}
	c.file = c.write("patchwork.yaml", "state: sqlite:"+c.dir+"/p.db\nsources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n")
	return c
}

func (c *clientLine) write(name, text string) string {
	c.t.Helper()
	file := filepath.Join(c.dir, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return file
}

// run fails the test at another exit code.
func (c *clientLine) run(code int, args ...string) (out, errs string) {
	c.t.Helper()
	got, out, errs := command(append([]string{"client"}, append(args, "--config", c.file)...)...)
	if got != code {
		c.t.Fatalf("%q: exit %d, not %d: %s", args, got, code, errs)
	}
	return out, errs
}

var madeClient = regexp.MustCompile(`^client_id      ([a-z2-7]{26})\n(?:client_secret  (\S{43})\n)?state          (\w+)`)

// app registers one and gives its id and secret.
func (c *clientLine) app(args ...string) (id, secret, state string) {
	c.t.Helper()
	out, _ := c.run(0, append([]string{"add", "--name", "Growth charts", "--launch-url", "https://app.example/launch", "--redirect", "https://app.example/callback",
		"--scope", "openid launch", "--scope", "patient/Observation.rs?category=a,b"}, args...)...)
	m := madeClient.FindStringSubmatch(out)
	if m == nil {
		c.t.Fatal(out)
	}
	return m[1], m[2], m[3]
}

func TestClientsAreKeptFromTheCommandLine(t *testing.T) {
	t.Parallel()
	c := newClientLine(t)
	id, secret, state := c.app("--method", "client_secret_basic")
	if secret == "" || state != "proposed" {
		t.Fatal(id, secret, state)
	}
	c.run(0, "approve", id)
	public, none, state := c.app("--method", "none", "--trusted", "--approve")
	if none != "" || state != "approved" {
		t.Error(public, none, state)
	}
	keys := c.write("keys.json", publicKeys(t))
	out, _ := c.run(0, "add", "--name", "Riverside EPR", "--method", "private_key_jwt", "--jwks", keys, "--scope", "patchwork/launch system/Patient.rs",
		"--position", "analyst@RRV01/acute", "--epr-app", id, "--epr-app", public, "--epr-organisation", "RRV01,RRV02", "--epr-login", "local", "--epr-trust", "--epr-origin", "https://epr.example", "--approve")
	epr := madeClient.FindStringSubmatch(out)
	if epr == nil {
		t.Fatal(out)
	}
	shown, _ := c.run(0, "show", epr[1])
	for _, want := range []string{
		"approved", "private_key_jwt", "patchwork/launch: Have apps opened on a patient, for the staff who use it", "acts as        analyst@RRV01/acute", "a EC (ES384) SHA-256 ",
		"opens          " + id + "\n               " + public, "for staff of   RRV01\n               RRV02", "in frames of   https://epr.example",
	} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is missing in\n%s", want, shown)
		}
	}
	if shown, _ := c.run(0, "show", id); strings.Contains(shown, secret) || !strings.Contains(shown, "patient/Observation.rs?category=a,b: Read and search observations") {
		t.Error(shown)
	}
	c.run(0, "off", id, "--reason", "It was stolen")
	if list, _ := c.run(0, "list"); strings.Count(list, "\n") != 3 || !strings.Contains(list, id+"  off       client_secret_basic") {
		t.Error(list)
	}
	c.run(0, "on", id, "--reason", "It was found")
	if list, _ := c.run(0, "list"); strings.Contains(list, " off ") {
		t.Error(list)
	}
	c.ledgerHas("client:"+id+" propose a client", "client:"+id+" approve a client", "client:"+id+" switch off: It was stolen", "clients ")
}

// ledgerHas looks for events by the operator.
func (c *clientLine) ledgerHas(want ...string) {
	c.t.Helper()
	config, err := loadConfig(c.file)
	if err != nil {
		c.t.Fatal(err)
	}
	s := &sealed{dir: c.dir, file: c.file, config: config}
	if err := s.start(); err != nil {
		c.t.Fatal(err)
	}
	defer s.stop(c.t)
	events, err := s.server.ledger.Events(c.t.Context(), audit.Filter{Limit: 100})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, w := range want {
		found := false
		for i := range events {
			e := &events[i]
			found = found || e.Target+" "+e.Reason == w && e.Actor.Issuer == "urn:patchwork:operating-system" && e.Actor.Subject != "" && e.Client == "patchwork client"
		}
		if !found {
			c.t.Errorf("%q is not in the ledger", w)
		}
	}
}

func TestWrongUseOfTheClientCommandNamesTheFlag(t *testing.T) {
	t.Parallel()
	c := newClientLine(t)
	app, _, _ := c.app("--method", "none")
	keys, none := c.write("keys.json", publicKeys(t)), c.write("none.json", "{}")
	epr := []string{"--name", "E", "--method", "private_key_jwt", "--jwks", keys, "--scope", "patchwork/launch"}
	for want, args := range map[string][]string{
		"--name: ":                      {"--name", " ", "--method", "none", "--scope", "openid", "--redirect", "https://a.example/"},
		"--method: ":                    {"--name", "A", "--method", "basic", "--scope", "openid", "--redirect", "https://a.example/"},
		"--redirect: ":                  {"--name", "A", "--method", "none", "--scope", "openid", "--redirect", "http://a.example/"},
		"--launch-url: ":                {"--name", "A", "--method", "none", "--scope", "openid", "--redirect", "https://a.example/", "--launch-url", "x"},
		"--scope: ":                     {"--name", "A", "--method", "none", "--scope", "openid everything", "--redirect", "https://a.example/"},
		"--scope: Name":                 {"--name", "A", "--method", "none", "--redirect", "https://a.example/"},
		"--jwks: the file":              {"--name", "A", "--method", "private_key_jwt", "--jwks", c.dir + "/not-there", "--scope", "patchwork/launch"},
		"--jwks: The key set":           {"--name", "A", "--method", "private_key_jwt", "--jwks", none, "--scope", "patchwork/launch"},
		"--jwks: Give":                  {"--name", "A", "--method", "private_key_jwt", "--jwks", keys, "--jwks-url", "https://a.example/", "--scope", "patchwork/launch"},
		"--jwks-url: ":                  {"--name", "A", "--method", "private_key_jwt", "--jwks-url", "http://a.example/", "--scope", "patchwork/launch"},
		"--position: write":             append(epr, "--position", "analyst"),
		"--position: there is no role":  append(epr, "--position", "boss@RRV01"),
		"--position: Only":              append(epr, "--position", "analyst@RRV01"),
		"--position: The organisation":  append(epr, "--scope", "system/Patient.r", "--position", "analyst@rrv"),
		"--position: The care":          append(epr, "--scope", "system/Patient.r", "--position", "analyst@RRV01/Acute Ward"),
		"--epr-app: One":                append(epr, "--epr-app", "x", "--epr-organisation", "RRV01", "--epr-login", "local"),
		"--epr-app, --epr-organisation": append(epr, "--epr-app", app, "--epr-login", "local"),
		"--epr-organisation: Each":      append(epr, "--epr-app", app, "--epr-organisation", "riverside", "--epr-login", "local"),
		"--epr-login: Name the logins":  append(epr, "--epr-app", app, "--epr-organisation", "RRV01"),
		"--epr-login: there is no":      append(epr, "--epr-app", app, "--epr-organisation", "RRV01", "--epr-login", "x"),
		"--epr-origin: An":              append(epr, "--epr-app", app, "--epr-organisation", "RRV01", "--epr-login", "local", "--epr-origin", "https://epr.example/"),
	} {
		if _, errs := c.run(2, append([]string{"add"}, args...)...); !strings.Contains(errs, want) {
			t.Errorf("%q is not said: %s", want, errs)
		}
	}
	for _, args := range [][]string{
		{"show", "nobody"}, {"approve", "nobody"}, {"off", "nobody", "--reason", "It was stolen"}, {"on", "nobody", "--reason", "It was found"},
		{"off", app, "--reason", "gone"}, {"off", app}, {"show"}, {"sing"},
	} {
		if _, errs := c.run(2, args...); errs == "" {
			t.Error(args)
		}
	}
	if list, _ := c.run(0, "list"); strings.Count(list, "\n") != 1 {
		t.Error(list)
	}
	c.file = c.dir + "/not-there.yaml"
	c.run(2, "list")
}
