package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Tools of the gates, each at its version from the Makefile.
type Tools struct{ Gosec, Govulncheck, Gitleaks string }

// errSkipped says that a gate could not be asked; why has been wrapped around it.
var errSkipped = errors.New("skipped")

// gates are what `make supply` runs, in their order.
func gates(root string, tools Tools) []gate {
	return []gate{
		{"dependencies have reasons, and exact versions", func() error { return reasonsGate(root) }},
		{"licences are allowed", func() error { return licencesGate(root) }},
		{"weaknesses of the code (gosec)", func() error { return weaknessesGate(root, tools.Gosec) }},
		{"known vulnerabilities (govulncheck)", func() error { return vulnerabilities(root, tools.Govulncheck) }},
		{"secrets in the history (gitleaks)", func() error {
			return command(root, "go", "run", tools.Gitleaks, "git", "--no-banner", "--log-level=warn", "--redact", ".")
		}},
		{"known vulnerabilities of the viewer's packages (npm audit)", func() error { return npmAudit(filepath.Join(root, "web")) }},
	}
}

type gate struct {
	name string
	run  func() error
}

// pass runs every gate, says how each ended and how long it took, and errs if one did not hold.
func pass(all []gate, now func() time.Time, out io.Writer) error {
	failed := 0
	for _, g := range all {
		begun := now()
		err := g.run()
		took := now().Sub(begun).Round(100 * time.Millisecond)
		switch {
		case err == nil:
			_, _ = fmt.Fprintf(out, "well     %-60s %s\n", g.name, took)
		case errors.Is(err, errSkipped):
			_, _ = fmt.Fprintf(out, "skipped  %-60s %s\n", g.name, strings.TrimSuffix(err.Error(), ": skipped"))
		default:
			failed++
			_, _ = fmt.Fprintf(out, "FAILED   %-60s %s\n%v\n", g.name, took, err)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d gates did not hold", failed, len(all))
	}
	return nil
}

func reasonsGate(root string) error {
	manifests, err := Manifests(root)
	if err != nil {
		return err
	}
	reasons, err := ReadReasons(root)
	if err != nil {
		return err
	}
	return joined(Unwritten(manifests, reasons))
}

func licencesGate(root string) error {
	manifests, err := Manifests(root)
	if err != nil {
		return err
	}
	modules, err := GoLicences(root)
	if err != nil {
		return err
	}
	var wrong []string
	for _, m := range modules {
		if !permitted(m.Licence) {
			wrong = append(wrong, fmt.Sprintf("%s is under %q", m.Path, m.Licence))
		}
	}
	for _, m := range manifests {
		if !m.isNPM() {
			continue
		}
		licences, err := NPMLicences(root, m.File)
		if err != nil {
			return err
		}
		for name, licence := range licences {
			if !permitted(licence) {
				wrong = append(wrong, fmt.Sprintf("%s of %s is under %q", name, m.File, licence))
			}
		}
	}
	return joined(wrong)
}

func joined(wrong []string) error {
	if len(wrong) == 0 {
		return nil
	}
	return errors.New(strings.Join(wrong, "\n"))
}

// database is where govulncheck asks unless GOVULNDB names another.
const database = "https://vuln.go.dev/index/modules.json"

func vulnerabilities(root, tool string) error {
	args := []string{"run", tool}
	if own := os.Getenv("GOVULNDB"); own != "" {
		args = append(args, "-db", own)
	} else if !reachable(database) {
		return fmt.Errorf("database not reachable; GOVULNDB may name another: %w", errSkipped)
	}
	return command(root, "go", append(args, "./...")...)
}

func reachable(url string) bool {
	client := http.Client{Timeout: 10 * time.Second}
	answer, err := client.Get(url)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// npmAudit fails where a package that users' browsers load has a grave weakness. Where the
// registry does not answer such questions it was skipped.
func npmAudit(dir string) error {
	cmd := exec.Command("npm", "audit", "--omit=dev", "--audit-level=high")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil && bytes.Contains(out, []byte("audit endpoint returned an error")) {
		return fmt.Errorf("the registry does not answer audits: %w", errSkipped)
	}
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

func command(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}
