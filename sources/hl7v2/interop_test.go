package hl7v2

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchworkcare/patchwork/record"
)

// TestSimpleHL7: an independent sender, simple-hl7 of npm, writes messages and reads what
// it is answered. `make interop` runs it.
func TestSimpleHL7(t *testing.T) {
	if os.Getenv("PATCHWORK_TEST_SIMPLE_HL7") == "" {
		t.Skip("skipped: PATCHWORK_TEST_SIMPLE_HL7 is not set")
	}
	dir := t.TempDir()
	for _, name := range []string{"package.json", "package-lock.json", "send.js"} {
		text, err := os.ReadFile(filepath.Join("testdata/simple-hl7", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	do := func(name string, args ...string) string {
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		return string(out)
	}
	do("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
	s := open(t, stanza(t))
	_, port, err := net.SplitHostPort(s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(do("node", "send.js", port)); got != "w1 AA\nw2 AA\nw1 AA\nw3 AE" {
		t.Errorf("simple-hl7 was answered\n%s", got)
	}
	p := one[*record.Person](t, read(t, s, record.Demographics, "H1"))
	if p.Name.Text() != "O'NEIL, Zoë" || p.BirthDate != "1956-03-12" {
		t.Errorf("%+v", p)
	}
	r := one[*record.Result](t, read(t, s, record.Results, "H1"))
	if q := r.Measurements[0].Value.Quantity; q == nil || q.Value != "4.10" || q.Unit != "mmol/L" {
		t.Errorf("%+v", r)
	}
}
