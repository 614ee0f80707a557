package hl7v2

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/sources/hl7v2/mllp"
)

// TestKilledServer is not a test: it is the feed that TestKill kills.
func TestKilledServer(t *testing.T) {
	dir := os.Getenv("PATCHWORK_KILLED_FEED")
	if dir == "" {
		t.Skip("skipped: it is run by TestKill")
	}
	c := stanza(t)
	c.Store = dir
	s := openNow(t, c)
	fmt.Printf("listening %s\n", s.Addr())
	_, _ = io.Copy(io.Discard, os.Stdin) // until killed, or TestKill has gone
	_ = s.Close()
}

// TestKill kills the feed within a load, some cycles (PATCHWORK_KILLS for more): what was
// acknowledged is there afterwards, once, and what was not can be sent again.
func TestKill(t *testing.T) {
	cycles, _ := strconv.Atoi(os.Getenv("PATCHWORK_KILLS"))
	if cycles == 0 {
		cycles = 4
	}
	dir := t.TempDir()
	acknowledged := map[string]bool{}
	lost := 0
	for cycle := range cycles {
		address, kill := killable(t, dir)
		some := under(t, address, cycle, 50+cycle*37%400, kill)
		for id := range some {
			acknowledged[id] = true
		}
		lost += missing(t, dir, acknowledged)
	}
	if lost > 0 {
		t.Errorf("%d acknowledged messages are gone", lost)
	}
	t.Logf("%d kills, %d acknowledged messages, %d lost", cycles, len(acknowledged), lost)
}

// killable starts the feed as a process of its own.
func killable(t *testing.T, dir string) (address string, kill func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledServer$")
	cmd.Env = append(os.Environ(), "PATCHWORK_KILLED_FEED="+dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if at, ok := strings.CutPrefix(lines.Text(), "listening "); ok {
			return at, func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }
		}
	}
	t.Fatal("the feed did not start")
	return "", nil
}

// under sends from several connections and kills after so many acknowledgements. It gives
// the control ids that were acknowledged.
func under(t *testing.T, address string, cycle, after int, kill func()) map[string]bool {
	t.Helper()
	var mu sync.Mutex
	acknowledged := map[string]bool{}
	killed := sync.OnceFunc(kill)
	var all sync.WaitGroup
	for n := range 6 {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.SetDeadline(time.Now().Add(time.Minute))
		x := &sender{t: t, conn: conn, answers: bufio.NewReader(conn)}
		all.Go(func() {
			defer conn.Close()
			for i := 0; ; i++ {
				id := fmt.Sprintf("%d-%d-%d", cycle, n, i)
				if _, err := conn.Write(mllp.Frame([]byte(x.message(strings.ReplaceAll(numbers, "%ID%", id))))); err != nil {
					return
				}
				text, err := x.answers.ReadString(0x1C)
				if err != nil {
					return
				}
				if !strings.Contains(text, "MSA|AA|"+id+"|") {
					t.Errorf("answered %q", text)
				}
				mu.Lock()
				acknowledged[id] = true
				enough := len(acknowledged) >= after
				mu.Unlock()
				if enough {
					go killed()
				}
				_, _ = x.answers.Discard(1)
			}
		})
	}
	all.Wait()
	return acknowledged
}

// missing counts acknowledged messages that are not in the store.
func missing(t *testing.T, dir string, acknowledged map[string]bool) int {
	t.Helper()
	c := stanza(t)
	c.Store = dir
	s := openNow(t, c)
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	n := 0
	for id := range acknowledged {
		t := s.take([]byte((&sender{}).message(strings.ReplaceAll(numbers, "%ID%", id))), false)
		out, err := s.store.Put(&t.Message)()
		if err != nil || !out.Duplicate {
			n++
		}
	}
	return n
}
