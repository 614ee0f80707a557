package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestViewerConfigReportsEverything(t *testing.T) {
	t.Parallel()
	logo := filepath.Join(t.TempDir(), "logo.svg")
	if err := os.WriteFile(logo, []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>`), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := parseConfig("bad.yaml", []byte(`viewer:
  name: "a name that is far longer than anybody could read in the header of a page"
  colour: "#ffeb3b"
  logo: `+logo+`
  support: {url: "javascript:alert(1)"}
  help: http://plain.example
  recent_days: -1
  look_days: 5000
  fonts: x
  summary:
    - role: astronaut
      sections: [allergies, secrets, allergies]
    - {role: gp, care_setting: gp, sections: [problems], folded: [alerts]}
    - {role: gp, care_setting: gp}
`))
	if err == nil {
		t.Fatal("it was taken")
	}
	for _, want := range []string{
		"bad.yaml:2: viewer: name must be one line", "bad.yaml:3: viewer: colour #ffeb3b is too light", "bad.yaml:4: viewer: logo has an attribute onload",
		"viewer: support.url must be https://", "bad.yaml:6: viewer: help must be https://", "viewer: support has a url and no text", "bad.yaml:7: viewer: recent_days", "bad.yaml:8: viewer: look_days",
		"bad.yaml:9: there is no key fonts", "bad.yaml:11: viewer: summary 1: role must be one of gp,", `bad.yaml:12: viewer: summary 1: there is no section "secrets"`,
		`viewer: summary 1: sections has "allergies" twice`, "bad.yaml:13: viewer: summary 2: alerts cannot be folded away", "bad.yaml:14: viewer: summary 3: there is one for this role",
		"viewer: summary 3: sections is missing",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("it does not say %q in\n%v", want, err)
		}
	}
}

func TestViewerConfig(t *testing.T) {
	t.Parallel()
	none, days := 0, 7
	c := ViewerConfig{RecentDays: &days, LookDays: &none}
	if k := c.keeping(); k.RecentFor != 7*24*time.Hour || k.LooksFor != 0 {
		t.Errorf("it keeps %v", k)
	}
	if k := (&ViewerConfig{}).keeping(); k.RecentFor != 30*24*time.Hour || k.LooksFor != 90*24*time.Hour {
		t.Errorf("by default it keeps %v", k)
	}
}
