package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations/dbtest"
)

// cluster is a PostgreSQL of the test's own, which may be killed.
type cluster struct {
	bin, dir string
	port     int
	owner    *syscall.Credential // whom it runs as; nil is us
}

// newCluster makes and starts one. Without the variable of the other tests of PostgreSQL, or
// without its programs, the test is skipped.
func newCluster(t *testing.T) *cluster {
	t.Helper()
	if os.Getenv(dbtest.Variable) == "" {
		t.Skip("skipped: " + dbtest.Variable + " is not set")
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if len(found) == 0 {
		t.Skip("skipped: PostgreSQL's programs are not in /usr/lib/postgresql")
	}
	dir, err := os.MkdirTemp("", "patchwork-pg-") // a short path: a socket stands in it
	if err != nil {
		t.Fatal(err)
	}
	c := &cluster{bin: found[len(found)-1], dir: dir, port: freePort(t)}
	if os.Geteuid() == 0 { // PostgreSQL does not run as root
		owner, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("skipped: there is no user postgres")
		}
		uid, _ := strconv.Atoi(owner.Uid)
		gid, _ := strconv.Atoi(owner.Gid)
		c.owner = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)} //nolint:gosec // ids are small
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		_, _ = c.run(context.Background(), "pg_ctl", "-D", dir+"/data", "-m", "immediate", "stop")
		_ = os.RemoveAll(dir)
	})
	if out, err := c.run(t.Context(), "initdb", "-D", dir+"/data", "-U", "patchwork", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"); err != nil {
		t.Fatal(err, out)
	}
	c.start(t)
	return c
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func (c *cluster) run(ctx context.Context, program string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, program), args...) //nolint:gosec // a program of PostgreSQL's
	cmd.Dir = c.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.owner}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// start starts it and waits until it answers. Its processes are killed and the machine is not,
// so that what they wrote is there without waiting for the disk.
func (c *cluster) start(t *testing.T) {
	t.Helper()
	for began := time.Now(); ; { // while children of one that was killed are still ending it refuses
		out, err := c.run(context.WithoutCancel(t.Context()), "pg_ctl", "-D", c.dir+"/data", "-w", "-l", c.dir+"/log",
			"-o", fmt.Sprintf("-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c max_connections=200 -c fsync=off", c.port, c.dir), "start")
		if err == nil {
			return
		}
		if time.Since(began) > 30*time.Second {
			t.Fatal(err, out)
		}
	}
}

// kill kills every process of it, as a machine that loses its power does.
func (c *cluster) kill(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile(c.dir + "/data/postmaster.pid")
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	// Its own children: they end by themselves when it has gone, but not at once.
	children, _ := exec.CommandContext(t.Context(), "pgrep", "-P", first).Output()
	_ = syscall.Kill(pid, syscall.SIGKILL)
	for _, child := range strings.Fields(string(children)) {
		if n, err := strconv.Atoi(child); err == nil {
			_ = syscall.Kill(n, syscall.SIGKILL)
		}
	}
	until(t, "the database is gone", func() bool {
		conn, err := net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", c.port), time.Second)
		if err == nil {
			_ = conn.Close()
		}
		return err != nil
	})
}

func (c *cluster) dsn() string {
	return fmt.Sprintf("postgres://patchwork@127.0.0.1:%d/postgres?sslmode=disable", c.port)
}
