package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// document is one part of the pack, as Markdown; a page of HTML is made of it too.
type document struct {
	name, title, about, text string
}

// packFolder is where the pack is written, from the repository's root.
const packFolder = "dist/safety"

// write makes the pack anew.
func (c *Case) write(root string, out io.Writer) error {
	evidence, problems := ReadEvidence(root)
	if len(problems) == 0 {
		problems = append(problems, evidence.unshown(c.Judge)...)
	}
	threats, more := c.references(root, "docs/safety/threat-model.md")
	if problems = append(problems, more...); len(problems) > 0 {
		return say(out, problems)
	}
	dir := filepath.Join(root, filepath.FromSlash(packFolder))
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	documents := []document{
		{"clinical-safety-case-report", "Clinical safety case report", "DCB0129: the system, its hazards, how each is controlled and shown, and what remains", c.report()},
		{"hazard-log", "Hazard log", "DCB0129: every hazard with its causes, controls, tests and risk; the same as hazard-log.csv", c.hazardLog()},
		{"evidence-pack", "Evidence pack", "DTAC (C1 to C4 and D) and the DSPT: what the product answers, and what only the organisation can", c.evidence(evidence)},
		{"threat-model", "Threat model", "STRIDE over the flows of data; each threat with its control and test", threats},
	}
	for _, d := range []struct{ file, name, title, about string }{
		{"docs/safety/dpia.md", "dpia-template", "Data protection impact assessment", "a template, filled in with what the product can say"},
		{"SECURITY.md", "security-policy", "Security policy", "what is supported, how to report a weakness, and what is promised"},
		{"docs/dependencies.md", "dependencies", "Dependencies", "every direct dependency, with the reason for it and its licence"},
	} {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(d.file)))
		if err != nil {
			return err
		}
		documents = append(documents, document{d.name, d.title, d.about, unlinked(string(text), d.file)})
	}
	documents = append(documents, document{"test-summary", "Test summary", "what the last run of the tests came to", c.testSummary()})
	for _, d := range documents {
		if err := c.writeDocument(dir, d); err != nil {
			return err
		}
	}
	if err := c.writeCSV(filepath.Join(dir, "hazard-log.csv")); err != nil {
		return err
	}
	if err := c.writeIndex(dir, documents); err != nil {
		return err
	}
	controls, tests := c.Log.size()
	_, err := fmt.Fprintf(out, "every control is shown: %d hazards, %d controls, %d tests; see %s/index.html\n", len(c.Log.Hazards), controls, tests, packFolder)
	return err
}

func (c *Case) writeDocument(dir string, d document) error {
	if err := os.WriteFile(filepath.Join(dir, d.name+".md"), []byte(d.text), 0o644); err != nil {
		return err
	}
	page, err := c.page(d.title, d.text)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, d.name+".html"), page, 0o644)
}

// size counts controls, and different tests.
func (l *Log) size() (controls, tests int) {
	seen := map[string]bool{}
	for _, h := range l.Hazards {
		controls += len(h.Controls)
		for _, c := range h.Controls {
			for _, t := range c.Tests {
				seen[t] = true
			}
		}
	}
	return controls, len(seen)
}
