package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// variant is the program with one place of its source replaced while it is built. There
// is no switch in the program that weakens the audit, and there must be none: what a
// durable audit costs is measured against a program that nobody can start by mistake.
type variant struct {
	file, old, new string
}

// The variants of the ledger. Both begin to differ in Ledger.Record only.
func variants() map[string]variant {
	const file = "audit/ledger.go"
	const waits = "\tselect {\n\tcase err := <-c.err:"
	const begins = "\tif err := l.Ready(); err != nil {\n\t\treturn err\n\t}\n\tc := &call{"
	return map[string]variant{
		// Everything is written as ever, and nobody waits for it.
		auditLate: {file, waits, "\treturn nil\n" + waits},
		// Nothing is written: no notary, no review queue has anything to do either.
		auditNone: {file, begins, "\treturn nil\n" + begins},
	}
}

// build builds the program of the working tree into dir, as a variant if there is one of
// this name.
func build(ctx context.Context, dir, name string) (string, error) {
	root, err := os.Getwd()
	if err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "patchwork")
	args := []string{"build", "-trimpath", "-buildvcs=false", "-o", binary}
	if v, ok := variants()[name]; ok {
		overlay, err := v.write(root, dir)
		if err != nil {
			return "", err
		}
		args = append(args, "-overlay", overlay)
	}
	cmd := exec.CommandContext(ctx, "go", append(args, ".")...) // #nosec G204 -- our own program
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building %s: %w: %s", name, err, out)
	}
	return binary, nil
}

// write writes the replaced file and Go's overlay that puts it in.
func (v variant) write(root, dir string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, v.file)) // #nosec G304 -- our own source
	if err != nil {
		return "", err
	}
	if strings.Count(string(text), v.old) != 1 {
		return "", fmt.Errorf("%s is not what bench/variant.go replaces any more: adapt it", v.file)
	}
	replaced := filepath.Join(dir, "replaced.go")
	if err := os.WriteFile(replaced, []byte(strings.Replace(string(text), v.old, v.new, 1)), 0o600); err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(root, v.file): replaced}})
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "overlay.json")
	return file, os.WriteFile(file, overlay, 0o600)
}
