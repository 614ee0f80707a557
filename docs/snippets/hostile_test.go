package snippets

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestPagesThatMustFail: each is a page that a reader could not follow, or that says what
// is not so; it is reported with the place. A page of the last kind passes.
func TestPagesThatMustFail(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ page, problem string }{
		"a command fails":               {"```sh\ntrue\n```\n\n```sh\nls /nowhere\n```\n", "page.md:5: exit status 2"},
		"a command in a pipe fails":     {"```sh\nfalse | cat\n```\n", "page.md:1: exit status 1"},
		"another output":                {"```sh\necho one\n```\n```text output\ntwo\n```\n", `page.md:4: line 1 of what is shown is "two"`},
		"a console with another output": {"```console\n$ echo one\none\n$ echo two\nthree\n```\n", `page.md:4: line 1 of what is shown is "three"`},
		"more output than is shown":     {"```console\n$ printf 'one\\ntwo\\n'\none\n```\n", "the output goes on"},
		"a fence without a language":    {"```\nls\n```\n", "page.md:1: what is it?"},
		"nothing runs it":               {"```fortran\nEND\n```\n", "page.md:1: nothing runs fortran"},
		"a command in a text":           {"```text\nmake check\n```\n", `page.md:1: "make check" is something to type`},
		"a block by indentation":        {"Do this:\n\n    make check\n", "page.md:3: a block by indentation"},
		"a fence that stays open":       {"```sh\nls\n", "page.md:1: this fence is not closed"},
		"not run, without a reason":     {"<!-- not run: -->\n```sh\nls\n```\n", "page.md:1: not run: why?"},
		"a comment about no block":      {"<!-- not run: why -->\n\nText.\n", "page.md:3: the comment above"},
		"checked by a file that is not": {"<!-- checked by nowhere_test.go -->\n```sh\nls\n```\n", "page.md:2: nowhere_test.go does not read this page"},
		"checked by one that does not":  {"<!-- checked by main.go -->\n```sh\nls\n```\n", "page.md:2: main.go does not read this page"},
		"a file without a name to read": {"```csv file=x.csv\na\n```\n```sh\ncat x.csv\n```\n", "page.md:1: no reader sees that this is x.csv"},
		"a file that nothing uses":      {"This is `x.csv`:\n```csv file=x.csv\na\n```\n", "page.md:2: x.csv is written and no command after it uses it"},
		"a file elsewhere":              {"This is `../x.csv`:\n```csv file=../x.csv\na\n```\n```sh\ncat ../x.csv\n```\n", "page.md:2: ../x.csv is outside"},
		"output of nothing":             {"```text output\na\n```\n", "page.md:1: this is the output of no command"},
		"not JSON":                      {"```json\n{a}\n```\n", "page.md:1: not JSON"},
		"not YAML":                      {"```yaml\n{a\n```\n", "page.md:1: not YAML"},
		"a key that is not there":       {"```yaml\nsuorces: []\n```\n", "page.md:1: patchwork.yaml has no suorces"},
		"a configuration that is not":   {"```yaml\nviewer: {colour: red}\n```\n", "page.md:1: patchwork config check"},
		"a policy that is not":          {"```yaml\n- {id: a, effect: allow, roles: [wizard], actions: [read], resources: ['record:*']}\n```\n", "page.md:1: patchwork policy check"},
		"a field that is not there":     {"```graphql\n{ patientByNHSNumber(nhsNumber: \"9435000010\") { alergies { verdict } } }\n```\n", "page.md:1: the server says"},
		"a user who is not there":       {"```graphql as=wizard\n{ __typename }\n```\n", `page.md:1: the demo has no user "wizard"`},
		"a place that is not there":     {"<!-- page: moon -->\n", "page.md:1: a page is run in"},
		"all is well":                   {"```sh\nA=1\nmkdir in && cd in\n```\n```console\n$ echo $A $(basename $PWD)\n1 …\n```\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			problems := strings.Join(problemsOf(t, parsePage("page.md", c.page), false), "\n")
			if c.problem == "" && problems != "" || !strings.Contains(problems, c.problem) {
				t.Errorf("said %q, and should %q", problems, c.problem)
			}
		})
	}
}

// TestAServerEndsWithItsPage: what a page started is gone when it is over, and one that does
// not come does not let the page wait.
func TestAServerEndsWithItsPage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	where := place{dir: dir, address: free(t), most: 30 * time.Second}
	problems := runSteps(t, where, []step{{block: block{page: "page.md", line: 1}, script: "echo no; exit 3", serves: true}})
	if len(problems) != 1 || !strings.HasPrefix(problems[0], "page.md:1: exit status") {
		t.Errorf("a server that ended: %q", problems)
	}
	where.most = time.Second
	problems = runSteps(t, where, []step{{block: block{page: "page.md", line: 2}, script: "sleep 60 & echo $! > pid; wait"}})
	if len(problems) != 1 || !strings.HasPrefix(problems[0], "page.md:2: signal: killed") {
		t.Errorf("a page that does not end: %q", problems)
	}
	pid, err := os.ReadFile(filepath.Join(dir, "pid"))
	if err != nil {
		t.Fatal(err)
	}
	// Of what ended and was not waited for, Linux keeps the number and nothing else.
	if running, err := os.ReadFile(filepath.Join("/proc", strings.TrimSpace(string(pid)), "cmdline")); err == nil && len(running) > 0 {
		t.Error("what the page started in the background still runs")
	}
}
