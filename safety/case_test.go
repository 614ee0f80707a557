package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const oneHazard = `introduction: A log.
hazards:
  - id: H-01
    title: The page lies
    causes: [a fault]
    effect: harm
    affects: the patient
    initial: {severity: major, likelihood: high}
    controls:
      - does: It says so
        where: [lie.go]
        tests: [patchwork.TestLie, "patchwork.TestLie/loudly", "web/src/lie.test.ts > lies > are %s"]
    residual: {severity: major, likelihood: very low}
    remains: nothing
    owner: somebody
    status: controlled
`

// repository is a small one, committed, with a log whose one control has three tests.
func repository(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	put(t, root, "docs/safety/hazards.yaml", oneHazard)
	put(t, root, "lie.go", "package main\n")
	put(t, root, "lie_test.go", "package main\n\nimport \"testing\"\n\nfunc TestLie(t *testing.T) {}\n")
	put(t, root, "web/src/lie.test.ts", "describe(\"lies\", () => {\n  test.each([\"told\"])(\"are %s\", () => {});\n});\n")
	put(t, root, ".gitignore", "/.results/\n/dist/\n")
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "one"}} {
		run := exec.Command("git", args...)
		run.Dir = root
		if out, err := run.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v %s", args, err, out)
		}
	}
	return root
}

func put(t *testing.T, root, name, text string) {
	t.Helper()
	path := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// ran keeps a run of every part as scripts/recorded.sh does.
func ran(t *testing.T, root string, change func(*Part)) {
	t.Helper()
	for _, name := range parts {
		p := &Part{Name: name, Commit: ReadTree(root).Commit, Began: time.Unix(0, 0), Ended: time.Unix(60, 0)}
		change(p)
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		put(t, root, ".results/"+name+".run.json", string(b))
	}
}

func events(ended ...string) string {
	var b strings.Builder
	for _, e := range ended {
		name, action, _ := strings.Cut(e, " ")
		fmt.Fprintf(&b, `{"Action":%q,"Package":%q,"Test":%q}`+"\n", action, modulePath, name)
	}
	return b.String()
}

func report(root, title, status string) string {
	return fmt.Sprintf(`{"testResults":[{"name":%q,"assertionResults":[{"ancestorTitles":["lies"],"title":%q,"status":%q}]}]}`,
		filepath.Join(root, "web/src/lie.test.ts"), title, status)
}

// TestAControlIsShownByTheLastRun: whatever keeps a test from showing its control is said, with
// the hazard, the control and the test.
func TestAControlIsShownByTheLastRun(t *testing.T) {
	t.Parallel()
	all := events("TestLie pass", "TestLie/loudly pass")
	for name, c := range map[string]struct {
		prepare func(root string)
		change  func(*Part)
		dirty   bool
		want    []string // "" if it holds
	}{
		"all passed": {},
		"a test is deleted": {prepare: func(root string) {
			put(t, root, "lie_test.go", "package main\n")
		}, dirty: true, want: []string{"H-01 The page lies", "control 1 (It says so)", "patchwork.TestLie:", "there is no TestLie"}},
		"a viewer's test is renamed": {prepare: func(root string) {
			put(t, root, "web/src/lie.test.ts", "describe(\"lies\", () => { test(\"are bold\", () => {}); });\n")
		}, dirty: true, want: []string{"H-01", "web/src/lie.test.ts > lies > are %s", "no test called"}},
		"failed":       {prepare: func(root string) { put(t, root, ".results/go.1.json", events("TestLie fail", "TestLie/loudly pass")) }, want: []string{"H-01", "patchwork.TestLie: it failed"}},
		"a part fails": {prepare: func(root string) { put(t, root, ".results/go.1.json", events("TestLie pass", "TestLie/loudly fail")) }, want: []string{"patchwork.TestLie/loudly: it failed"}},
		"skipped":      {prepare: func(root string) { put(t, root, ".results/go.1.json", events("TestLie skip", "TestLie/loudly pass")) }, want: []string{"H-01", "patchwork.TestLie: it was skipped"}},
		"skipped in one way, passed in another": {prepare: func(root string) {
			put(t, root, ".results/go.1.json", events("TestLie skip", "TestLie/loudly pass"))
			put(t, root, ".results/go-exhaustive.1.json", all)
		}},
		"passed in one way, failed in another": {prepare: func(root string) {
			put(t, root, ".results/go-exhaustive.1.json", events("TestLie fail"))
		}, want: []string{"patchwork.TestLie: it failed"}},
		"not run":            {prepare: func(root string) { put(t, root, ".results/go.1.json", events("TestLie pass")) }, want: []string{"patchwork.TestLie/loudly: it was not run"}},
		"a part did not run": {prepare: func(root string) { _ = os.Remove(filepath.Join(root, ".results/web.run.json")) }, want: []string{"H-01", "its part of the tests was not run"}},
		"it broke off": {prepare: func(root string) {
			put(t, root, ".results/go.1.json", `{"Action":"run","Package":"`+modulePath+`","Test":"TestLie"}`)
		}, want: []string{"patchwork.TestLie: it failed"}},
		"the viewer's failed": {prepare: func(root string) { put(t, root, ".results/web.1.json", report(root, "are told", "failed")) }, want: []string{"H-01", "are %s: it failed"}},
		"the viewer's skipped": {prepare: func(root string) {
			put(t, root, ".results/web.1.json", report(root, "are told", "skipped"))
		}, want: []string{"are %s: it was skipped"}},
		"another title":                     {prepare: func(root string) { put(t, root, ".results/web.1.json", report(root, "were told", "passed")) }, want: []string{"are %s: it was not run"}},
		"another commit":                    {change: func(p *Part) { p.Commit = "0123456789abcdef" }, want: []string{"H-01", "not run at this commit: the last run is of 0123456789"}},
		"a tree that was dirty":             {change: func(p *Part) { p.Dirty = true }, want: []string{"H-01", "differs from its commit"}},
		"a run that broke off":              {change: func(p *Part) { p.Ended = time.Time{} }, want: []string{"H-01", "the run broke off"}},
		"a tree that changed":               {change: func(p *Part) { p.Changed = true }, want: []string{"H-01", "the tree changed while it ran"}},
		"a tree that was dirty, and may be": {change: func(p *Part) { p.Dirty = true }, dirty: true},
		"a tree that is dirty":              {prepare: func(root string) { put(t, root, "new.go", "package main\n") }, want: []string{"the tree differs from commit"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := repository(t)
			if c.change == nil {
				c.change = func(*Part) {}
			}
			ran(t, root, c.change)
			put(t, root, ".results/go.1.json", all)
			put(t, root, ".results/web.1.json", report(root, "are told", "passed"))
			if c.prepare != nil {
				c.prepare(root)
			}
			var out bytes.Buffer
			_, err := makeCase(root, c.dirty, time.Now, &out)
			if (err == nil) != (len(c.want) == 0) {
				t.Errorf("%v\n%s", err, out.String())
			}
			for _, want := range c.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is not in\n%s", want, out.String())
				}
			}
		})
	}
}

// TestRecorded: what scripts/recorded.sh keeps is what is read.
func TestRecorded(t *testing.T) {
	t.Parallel()
	root := repository(t)
	script, err := filepath.Abs("../scripts/recorded.sh")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		command string
		check   func(p *Part) bool
	}{
		{"exit 3", func(p *Part) bool {
			return p.Exit == 3 && !p.Dirty && !p.Changed && p.Commit == ReadTree(root).Commit && !p.Ended.IsZero()
		}},
		{"echo x >new.go", func(p *Part) bool { return p.Exit == 0 && !p.Dirty && p.Changed }},
		{"true", func(p *Part) bool { return p.Dirty && !p.Changed }},
		{"echo y >>new.go", func(p *Part) bool { return p.Dirty && p.Changed }},
	} {
		run := exec.Command(script, "web", "sh", "-c", c.command)
		run.Dir = root
		_ = run.Run() // its end is the command's
		results, err := ReadResults(root)
		if err != nil || len(results.Parts) != 1 || !c.check(results.Parts[0]) {
			t.Errorf("%s: %v %+v", c.command, err, results)
		}
	}
}
