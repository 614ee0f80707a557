//go:build unix

package fhirr4_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMedplum: Medplum's router and search in memory, from npm. It searches people by
// Patient/1 only, sends nothing along, gives no link to the next page and answers
// unknown types with an empty Bundle.
func TestMedplum(t *testing.T) {
	if os.Getenv("PATCHWORK_TEST_MEDPLUM") == "" {
		t.Skip("skipped: PATCHWORK_TEST_MEDPLUM is not set")
	}
	interop(t, witness{url: startMedplum(t, installMedplum(t))})
}

// installMedplum copies testdata/medplum to the user's cache and installs what it
// needs there, once for each lock file.
func installMedplum(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	lockfile, err := os.ReadFile("testdata/medplum/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(lockfile)
	dir := filepath.Join(cache, "patchwork-test", "medplum-"+hex.EncodeToString(sum[:6]))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	defer lockFile(t, dir+".lock")()
	for _, name := range []string{"package.json", "package-lock.json", "server.mjs"} {
		data, err := os.ReadFile(filepath.Join("testdata/medplum", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	done := filepath.Join(dir, ".installed")
	if _, err := os.Stat(done); err == nil {
		return dir
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	npm := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund")
	npm.Dir = dir
	if out, err := npm.CombinedOutput(); err != nil {
		t.Fatalf("PATCHWORK_TEST_MEDPLUM is set, but Medplum cannot be installed: it needs npm and its registry: %v\n%s", err, out)
	}
	if err := os.WriteFile(done, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// lockFile keeps other runs of the tests away until the function it returns is called.
func lockFile(t *testing.T, name string) (unlock func()) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	return func() { _ = f.Close() } // closing unlocks
}

// startMedplum starts the server and returns its address. It ends with its standard
// input, so also when this process is killed.
func startMedplum(t *testing.T, dir string) string {
	t.Helper()
	var said bytes.Buffer
	node := exec.Command("node", filepath.Join(dir, "server.mjs"))
	node.Stderr = &said
	in, err := node.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		t.Fatalf("PATCHWORK_TEST_MEDPLUM is set, but node cannot be started: %v", err)
	}
	kill := time.AfterFunc(time.Minute, func() { _ = node.Process.Kill() }) // if it never says where it listens
	address, err := bufio.NewReader(out).ReadString('\n')
	kill.Stop()
	t.Cleanup(func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, out)
		if err := node.Wait(); err != nil && !t.Failed() {
			t.Error(err)
		}
	})
	if err != nil {
		_ = node.Process.Kill()
		_ = node.Wait()
		t.Fatalf("Medplum did not start: %v\n%s", err, &said)
	}
	return strings.TrimSpace(address)
}
