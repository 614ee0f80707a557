package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Keys are rotated from the command line: the old ones stay published.
func TestKeysAreRotated(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "patchwork.yaml")
	if err := os.WriteFile(file, []byte("state: sqlite:"+filepath.Join(dir, "p.db")+"\nsources:\n  - {id: gp, type: fhirr4, connect: {url: http://127.0.0.1:1}}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		args []string
		says string
	}{
		{nil, "2 keys are published; the new one signs in a day"},
		{nil, "2 keys are published"}, // it waits already
		{[]string{"--now"}, "3 keys are published; the new one signs from now on"},
	} {
		var out, errs bytes.Buffer
		if code := run(append([]string{"key", "rotate", "--config", file}, c.args...), &out, &errs); code != 0 || !strings.Contains(out.String(), c.says) {
			t.Errorf("%d: exit %d, %s%s", i, code, out.String(), errs.String())
		}
	}
	if err := os.Chmod(filepath.Join(dir, "patchwork.secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run([]string{"key", "rotate", "--config", file}, &out, &errs); code != 1 || !strings.Contains(errs.String(), "may be read by others") {
		t.Errorf("exit %d, %s", code, errs.String())
	}
}
