package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/audit"
	"github.com/patchworkcare/patchwork/auth"
	"github.com/patchworkcare/patchwork/demo"
	"github.com/patchworkcare/patchwork/resolvers"
)

// everySwitching asks for everything of the switches of sources, each by itself.
var everySwitching = []string{
	`{ sourceSwitches { source name off at by reason } }`,
	`mutation { switchSourceOff(source: "gp", reason: "It answers wrongly") { source } }`,
	`mutation { switchSourceOn(source: "gp", reason: "It is mended") { source } }`,
}

func TestOnlyAdministratorsSwitchSources(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	for _, role := range slices.Sorted(maps.Keys(r.tokens)) {
		for _, query := range everySwitching {
			status, body := r.post(t, r.tokens[role], strings.ReplaceAll(query, `"gp"`, `"`+r.server.systems[0].Origin().ID+`"`), nil)
			var a struct {
				Data   map[string]any
				Errors []struct{ Extensions struct{ Code string } }
			}
			if err := json.Unmarshal(body, &a); err != nil || status != http.StatusOK || len(a.Data) != 1 {
				t.Fatalf("%s: %s: %d %s", role, query, status, body)
			}
			for name, v := range a.Data {
				refused := v == nil && len(a.Errors) == 1 && a.Errors[0].Extensions.Code == resolvers.CodeForbidden
				if role == auth.RoleAdministrator && (v == nil || a.Errors != nil) || role != auth.RoleAdministrator && !refused {
					t.Errorf("%s: %s: %.300s", role, name, body)
				}
			}
		}
		if role != auth.RoleAdministrator && r.server.systems[0].Off() != nil {
			t.Errorf("%s switched it off", role)
		}
	}
}

const everySection = `query($n: NHSNumber!) { patientByNHSNumber(nhsNumber: $n) {
	allergies { verdict outcomes { source { id } status code reason since count } entries { provenance { source { id } } } }
	problems { verdict outcomes { source { id } status code reason since count } entries { provenance { source { id } } } }
	appointments { verdict outcomes { source { id } status code reason since count } entries { provenance { source { id } } } }
} }`

// TestASwitchedOffSourceIsUnavailable (hazard H-02): at the next request, in every section
// that it offers, for people it knows and people it does not; nothing of it is shown, and no
// section is complete. Nothing of it is left when it is on again.
func TestASwitchedOffSourceIsUnavailable(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 20}, nil)
	for i, system := range r.server.systems {
		id := system.Origin().ID
		first := map[string]any{"n": r.Patients[19-i].NHSNumber} // whom nobody opened before
		numbers := map[string]string{"everything": r.Scenario("everything").NHSNumber, "anybody": r.Patients[7].NHSNumber}
		before := map[string]object{}
		for who, n := range numbers {
			before[who] = r.ask(t, auth.RoleGP, everySection, map[string]any{"n": n})
		}
		off := r.administer(t, `mutation { switchSourceOff(source: "`+id+`", reason: "It answers wrongly") { source name off at by reason } }`)
		if s := off.at("data.switchSourceOff"); s == nil || off.at("data.switchSourceOff.off") != true || off.text("data.switchSourceOff.by") != "Ola Fashanu" ||
			off.text("data.switchSourceOff.reason") != "It answers wrongly" || off.text("data.switchSourceOff.at") == "" {
			t.Fatalf("%s: %v", id, off)
		}
		for who, n := range numbers {
			a := r.ask(t, auth.RoleGP, everySection, map[string]any{"n": n})
			for _, section := range []string{"allergies", "problems", "appointments"} {
				path := "data.patientByNHSNumber." + section
				for i, o := range a.list(path + ".outcomes") {
					was := before[who].list(path + ".outcomes")[i]
					mine := o.text("source.id") == id
					switch status := o.text("status"); {
					case mine && (was.text("status") == "NOT_OFFERED" || was.text("status") == "WITHHELD"):
						if status != was.text("status") {
							t.Errorf("%s %s %s: %v", id, who, section, o)
						}
					case mine:
						if status != "UNAVAILABLE" || o.text("code") != "switched-off" || o.text("reason") != "It is switched off" || o.text("since") == "" || o["count"] != 0.0 {
							t.Errorf("%s %s %s: %v, was %v", id, who, section, o, was)
						}
						if v := a.text(path + ".verdict"); v == "KNOWN" || v == "NONE_KNOWN" || v == "NOT_RECORDED" {
							t.Errorf("%s %s %s: %s", id, who, section, v)
						}
					case o.text("code") == "switched-off":
						t.Errorf("%s %s %s: another is off: %v", id, who, section, o)
					}
				}
				for _, e := range a.list(path + ".entries") {
					if e.text("provenance.source.id") == id {
						t.Errorf("%s %s %s: shown", id, who, section)
					}
				}
			}
		}
		r.ask(t, auth.RoleGP, everySection, first)
		if h := r.ask(t, auth.RoleGP, `{ sources { id health { state lastReason } } }`, nil); !slices.ContainsFunc(h.list("data.sources"), func(o object) bool {
			return o.text("id") == id && o.text("health.state") == "DOWN" && o.text("health.lastReason") == "It is switched off"
		}) {
			t.Errorf("%s: %v", id, h)
		}
		r.administer(t, `mutation { switchSourceOn(source: "`+id+`", reason: "It is mended") { off } }`)
		for _, who := range []map[string]any{first, {"n": numbers["everything"]}} {
			if text, err := json.Marshal(r.ask(t, auth.RoleGP, everySection, who)); err != nil || strings.Contains(string(text), "switched-off") {
				t.Errorf("%s, on again: %s", id, text)
			}
		}
	}
}

func TestSlipsOfTheFingerSwitchNoSource(t *testing.T) {
	t.Parallel()
	r := startRegion(t, demo.Options{Patients: 3}, nil)
	id := r.server.systems[0].Origin().ID
	for name, arguments := range map[string]string{
		"none of the region":  `source: "nowhere", reason: "It answers wrongly"`,
		"nothing":             `source: "", reason: "It answers wrongly"`,
		"NUL":                 `source: "a\u0000b", reason: "It answers wrongly"`,
		"no reason":           `source: "` + id + `", reason: "bad"`,
		"a misleading reason": `source: "` + id + `", reason: "\u202egnorw srewsna tI"`,
	} {
		for _, mutation := range []string{"switchSourceOff", "switchSourceOn"} {
			got := r.administer(t, `mutation { `+mutation+`(`+arguments+`) { off } }`)
			if code := got.text("errors.0.extensions.code"); code != resolvers.CodeBadInput || got.text("errors.0.message") == "" {
				t.Errorf("%s: %s: %v", mutation, name, got)
			}
		}
	}
	for _, s := range r.administer(t, everySwitching[0]).list("data.sourceSwitches") {
		if s["off"] != false || s["at"] != nil || s.text("name") == "" {
			t.Errorf("%v", s)
		}
	}
}

// TestSourceOffByTheCommandLine: a server that runs takes it up within a second; who did it
// and why are in its ledger.
func TestSourceOffByTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "patchwork.yaml")
	text := "state: sqlite:" + filepath.Join(dir, "patchwork.db") + "\nsources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	command := func(want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(append([]string{"source"}, args...), &out, &errs); code != want {
			t.Fatalf("%v: %d %s%s", args, code, out.String(), errs.String())
		}
		return out.String() + errs.String()
	}
	if text := command(exitUsage, "off", "gp", "--config", file, "--reason", "It answers wrongly"); !strings.Contains(text, "there is no database") {
		t.Error(text)
	}
	config, err := loadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(t.Context(), config, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.close() }()
	for _, args := range [][]string{
		{"off", "pas", "--config", file, "--reason", "It answers wrongly"}, {"off", "gp", "--config", file, "--reason", "bad"}, {"off", "gp", "--config", file},
	} {
		command(exitUsage, args...)
	}
	if text := command(0, "off", "gp", "--config", file, "--reason", "It answers wrongly"); text != "gp is switched off; servers that run take it up within a second\n" {
		t.Error(text)
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for begun := time.Now(); s.systems[0].Off() == nil; <-tick.C {
		if time.Since(begun) > time.Second {
			t.Fatal("not within a second")
		}
	}
	command(0, "on", "gp", "--config", file, "--reason", "It is mended")
	for begun := time.Now(); s.systems[0].Off() != nil; <-tick.C {
		if time.Since(begun) > time.Second {
			t.Fatal("not on within a second")
		}
	}
	events, err := s.ledger.Events(t.Context(), audit.Filter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var reasons []string
	for _, e := range events {
		if e.Target == "source:gp" && e.Actor.Name == systemUser() && e.Client == "patchwork source" {
			reasons = append(reasons, e.Reason)
		}
	}
	slices.Sort(reasons)
	if !slices.Equal(reasons, []string{"switch off: It answers wrongly", "switch on: It is mended"}) {
		t.Errorf("%q of %d", reasons, len(events))
	}
}
