package snippets

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// place is where a page is run.
type place struct {
	dir string
	// address takes the place of the one that pages write, so that several can be run at once.
	address string
	env     []string
	most    time.Duration
}

// written is the address that pages write: the default of the server and of the demo.
const written = "127.0.0.1:8080"

// runSteps does what a reader does, in one shell, and says what did not come as shown.
func runSteps(t *testing.T, where place, steps []step) (problems []string) {
	t.Helper()
	work := t.TempDir()
	here := func(text string) string { return strings.ReplaceAll(text, written, where.address) }
	var script strings.Builder
	fmt.Fprintf(&script, "cd %q\nset -eo pipefail\n", where.dir)
	for i, s := range steps {
		base := filepath.Join(work, strconv.Itoa(i))
		fmt.Fprintf(&script, "echo %d >%q\n", i, filepath.Join(work, "now"))
		text := here(s.text)
		if s.file == "" {
			text = here(s.script)
		}
		if err := os.WriteFile(base, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		switch {
		case s.file != "":
			to := ">"
			if s.append {
				to = ">>"
			}
			fmt.Fprintf(&script, "mkdir -p %q\ncat %q %s %q\n", filepath.Dir(s.file), base, to, s.file)
		case s.serves:
			fmt.Fprintf(&script, "( . %q ) >%q 2>&1 </dev/null &\n%s", base, base+".out", until(where.address, s.ready))
		case s.mayFail:
			fmt.Fprintf(&script, "set +e\n. %q >%q 2>&1 </dev/null\nset -e\n", base, base+".out")
		default:
			fmt.Fprintf(&script, ". %q >%q 2>&1 </dev/null\n", base, base+".out")
		}
	}
	ctx, stop := context.WithTimeout(t.Context(), where.most)
	defer stop()
	bash := exec.CommandContext(ctx, "bash", "-c", script.String())
	bash.Env = append(os.Environ(), where.env...)
	bash.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // servers of the page end with it
	bash.Cancel = func() error { return syscall.Kill(-bash.Process.Pid, syscall.SIGKILL) }
	bash.WaitDelay = time.Second
	failed := bash.Run()
	if bash.Process != nil {
		end(-bash.Process.Pid)
	}
	reached := len(steps)
	if failed != nil {
		now, _ := os.ReadFile(filepath.Join(work, "now"))
		reached, _ = strconv.Atoi(strings.TrimSpace(string(now)))
	}
	for i, s := range steps[:min(reached+1, len(steps))] {
		out, _ := os.ReadFile(filepath.Join(work, strconv.Itoa(i)+".out"))
		if failed != nil && i == reached {
			return append(problems, fmt.Sprintf("%s: %v: %s\n%s", s.block.at(), failed, firstLine(s.script), out))
		}
		if !s.compared {
			continue
		}
		if why := shown(here(s.want), string(out)); why != "" {
			problems = append(problems, fmt.Sprintf("%s: %s", s.wantAt, why))
		}
	}
	return problems
}

// end ends whatever a page left running, which may have to take its files away.
func end(group int) {
	_ = syscall.Kill(group, syscall.SIGTERM)
	for range 50 {
		if syscall.Kill(group, 0) != nil {
			return
		}
		time.Sleep(100 * time.Millisecond) // of processes that are no children of ours nothing tells when they end
	}
	_ = syscall.Kill(group, syscall.SIGKILL)
}

// until waits for the server of the page, and ends where it ended.
func until(address, ready string) string {
	wait := "until curl -fsS http://" + address + "/readyz >/dev/null 2>&1"
	if ready != "" {
		wait += " && test -e " + ready
	}
	return "server=$!\n" + wait + "; do kill -0 $server; sleep 0.1; done\n"
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
