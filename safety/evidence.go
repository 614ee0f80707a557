package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v4"
)

// evidenceFile has what the assessments of the NHS ask, and what the product answers.
const evidenceFile = "docs/safety/evidence.yaml"

// Evidence is what is answered to the DTAC and the DSPT.
type Evidence struct {
	Assessments []*Assessment `yaml:"assessments"`
}

// Assessment is one of them, or a part of one.
type Assessment struct {
	Title        string      `yaml:"title"`
	Introduction string      `yaml:"introduction"`
	Questions    []*Question `yaml:"questions"`
}

// Question is one thing that is asked.
type Question struct {
	ID   string `yaml:"id"`
	Asks string `yaml:"asks"`
	// Answer is what the product can say; "" where only an organisation can.
	Answer string `yaml:"answer"`
	// Organisation is what the maker or the deploying organisation has to add.
	Organisation string   `yaml:"organisation"`
	Files        []string `yaml:"files"`
	Tests        []string `yaml:"tests"`

	references []Reference
}

// ReadEvidence reads the answers of the repository at root, and says everything that is wrong
// with them at once.
func ReadEvidence(root string) (*Evidence, []Problem) {
	text, err := os.ReadFile(filepath.Join(root, evidenceFile))
	if err != nil {
		return nil, []Problem{{evidenceFile, 1, "it cannot be read"}}
	}
	var e Evidence
	doc, problems := decode(evidenceFile, text, &e)
	if len(problems) > 0 {
		return nil, problems
	}
	r := reading{root: root, file: evidenceFile}
	for i, a := range e.Assessments {
		n := child(item(child(doc, "assessments"), i), "questions")
		for j, q := range a.Questions {
			r.question(q, item(n, j))
		}
	}
	return &e, r.problems
}

func (r *reading) question(q *Question, n *yaml.Node) {
	if q.ID == "" || q.Asks == "" {
		r.say(n, "a question has an id and says what it asks")
	}
	if q.Answer == "" && q.Organisation == "" {
		r.say(n, "%s: nobody answers it", q.ID)
	}
	for i, path := range q.Files {
		if _, err := os.Stat(filepath.Join(r.root, filepath.FromSlash(path))); err != nil && !strings.HasPrefix(path, packFolder) {
			r.say(item(child(n, "files"), i), "%s: there is no %s", q.ID, path)
		}
	}
	q.references = r.tests(q.ID, q.Tests, child(n, "tests"))
}

// unshown are the answers whose tests do not show them.
func (e *Evidence) unshown(j *Judge) []Problem {
	var problems []Problem
	for _, a := range e.Assessments {
		for _, q := range a.Questions {
			_, verdicts := j.Shown(q.references)
			for _, v := range verdicts {
				if v.Why != "" {
					problems = append(problems, Problem{evidenceFile, v.Line, fmt.Sprintf("%s is not shown by %s: %s", q.ID, v.Text, v.Why)})
				}
			}
		}
	}
	return problems
}

// evidence is the pack's document.
func (c *Case) evidence(e *Evidence) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Evidence pack\n\nOf commit `%s`. Every test that is named here passed in the run of that commit.\n", c.Tree.Commit)
	for _, a := range e.Assessments {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", a.Title, strings.TrimSpace(a.Introduction))
		for _, q := range a.Questions {
			fmt.Fprintf(&b, "\n### %s %s\n\n", q.ID, q.Asks)
			if q.Answer != "" {
				fmt.Fprintf(&b, "%s\n\n", strings.TrimSpace(q.Answer))
			}
			if q.Organisation != "" {
				fmt.Fprintf(&b, "> **To be added by the organisation.** %s\n\n", strings.TrimSpace(q.Organisation))
			}
			if len(q.Files) > 0 {
				fmt.Fprintf(&b, "Evidence: %s\n\n", codes(q.Files))
			}
			for _, ref := range q.references {
				fmt.Fprintf(&b, "* `%s`: %s\n", ref.Text, c.Judge.Of(ref).Result)
			}
		}
	}
	return b.String()
}
