package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Answer is why something that gosec finds is no weakness.
type Answer struct {
	Rule string `yaml:"rule"`
	// File or folder that it speaks of; "" for every one.
	File   string `yaml:"file"`
	Reason string `yaml:"reason"`
}

// Finding is one of gosec's.
type Finding struct {
	Rule    string `json:"rule_id"`
	File    string `json:"file"`
	Line    string `json:"line"`
	Details string `json:"details"`
}

// weaknessesGate runs gosec over what is written by hand. The demo and the benchmark are not
// part of what is deployed.
func weaknessesGate(root, tool string) error {
	answers, err := readAnswers(filepath.Join(root, "supply", "weaknesses.yaml"))
	if err != nil {
		return err
	}
	gosec := exec.Command("go", "run", tool, "-quiet", "-exclude-generated", "-exclude-dir=bench", "-exclude-dir=demo", "-fmt=json", "./...")
	gosec.Dir = root
	out, err := gosec.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err
	}
	var report struct{ Issues []Finding }
	if len(out) > 0 || err != nil {
		if bad := json.Unmarshal(out, &report); bad != nil {
			return fmt.Errorf("gosec said nothing that can be read: %w %w", bad, err)
		}
	}
	absolute, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	for i := range report.Issues {
		if rel, err := filepath.Rel(absolute, report.Issues[i].File); err == nil {
			report.Issues[i].File = filepath.ToSlash(rel)
		}
	}
	return joined(unanswered(report.Issues, answers))
}

func readAnswers(file string) ([]Answer, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var answers []Answer
	if err := yaml.Load(text, &answers, yaml.WithKnownFields()); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, a := range answers {
		if a.Rule == "" || len(a.Reason) < 5 {
			return nil, fmt.Errorf("%s: an answer has a rule and a reason: %+v", file, a)
		}
	}
	return answers, nil
}

// unanswered are findings without an answer, and answers without a finding.
func unanswered(findings []Finding, answers []Answer) []string {
	var wrong []string
	used := make([]bool, len(answers))
	for _, f := range findings {
		answered := false
		for i, a := range answers {
			if a.Rule == f.Rule && (a.File == "" || a.File == f.File || strings.HasPrefix(f.File, a.File+"/")) {
				used[i], answered = true, true
			}
		}
		if !answered {
			wrong = append(wrong, fmt.Sprintf("%s:%s: %s: %s", f.File, f.Line, f.Rule, f.Details))
		}
	}
	for i, a := range answers {
		if !used[i] {
			wrong = append(wrong, fmt.Sprintf("supply/weaknesses.yaml: %s %s is not found any more", a.Rule, a.File))
		}
	}
	return wrong
}
