package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSecondFactorOfAnAccount: the address of the secret is printed, and nothing else of it
// ever again.
func TestSecondFactorOfAnAccount(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "patchwork.yaml")
	config := "state: sqlite:" + dir + "/p.db\nsources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n"
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	user := func(code int, args ...string) []string {
		t.Helper()
		var out, errs bytes.Buffer
		if got := run(append([]string{"user"}, append(args, "--config", file)...), &out, &errs); got != code {
			t.Fatalf("%v: exit %d %s", args, got, errs.String())
		}
		return strings.Fields(out.String())
	}
	const uri = "otpauth://totp/Patchwork:A.Example?"
	if out := user(0, "add", "A.Example", "--name", "Dr A", "--role", "gp", "--organisation", "A99001", "--totp"); len(out) != 2 || !strings.HasPrefix(out[1], uri) {
		t.Errorf("%q", out)
	}
	if out := user(0, "totp", "a.example"); len(out) != 1 || !strings.HasPrefix(out[0], uri) {
		t.Errorf("%q", out)
	}
	if out := user(0, "totp", "a.example", "--off"); len(out) != 0 {
		t.Errorf("%q", out)
	}
	user(1, "totp", "nobody")
	if out := user(0, "add", "b", "--name", "Dr B", "--role", "gp", "--organisation", "A99001"); len(out) != 1 {
		t.Errorf("%q", out)
	}
}
