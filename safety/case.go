package main

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// Case is everything that the documents are made of.
type Case struct {
	Log     *Log
	Judge   *Judge
	Results *Results
	Tree    Tree
	// Made is when.
	Made time.Time
}

// errCase says that the safety case does not hold; why has been said already.
var errCase = errors.New("the safety case does not hold")

// makeCase judges the tree at root by its last run, says all that is missing, and returns the
// case if everything is shown. With dirty, a tree that differs from its commit is judged too.
func makeCase(root string, dirty bool, now func() time.Time, out io.Writer) (*Case, error) {
	log, problems := ReadLog(root)
	if len(problems) > 0 {
		return nil, say(out, problems)
	}
	tree := ReadTree(root)
	if tree.Dirty && !dirty {
		fmt.Fprintf(out, "the tree differs from commit %s: commit first, or say DIRTY=1 (the documents will say so)\n", short(tree.Commit))
		return nil, errCase
	}
	results, err := ReadResults(root)
	if err != nil {
		return nil, err
	}
	c := &Case{Log: log, Results: results, Tree: tree, Made: now()}
	c.Judge = &Judge{Sources: NewSources(root), Results: results, Stale: Stale(results, tree, dirty)}
	sayRun(out, c)
	for _, s := range log.unshown(c.Judge) {
		problems = append(problems, s)
	}
	if len(problems) > 0 {
		return nil, say(out, problems)
	}
	return c, nil
}

// unshown are the controls whose tests do not show them, each by hazard, control and test.
func (l *Log) unshown(j *Judge) []Problem {
	var problems []Problem
	for _, h := range l.Hazards {
		for i, c := range h.Controls {
			_, verdicts := j.Shown(c.references)
			for _, v := range verdicts {
				if v.Why != "" {
					problems = append(problems, Problem{hazardLog, v.Line, fmt.Sprintf(
						"%s %s: control %d (%s) is not shown by %s: %s", h.ID, h.Title, i+1, c.Does, v.Text, v.Why)})
				}
			}
		}
	}
	return problems
}

func say(out io.Writer, problems []Problem) error {
	for _, p := range problems {
		fmt.Fprintln(out, p)
	}
	return errCase
}

func sayRun(out io.Writer, c *Case) {
	state := ""
	if c.Tree.Dirty {
		state = ", on a tree that differs from it"
	}
	fmt.Fprintf(out, "safety case of commit %s%s\n", short(c.Tree.Commit), state)
	for _, p := range c.Results.Parts {
		ended := p.Ended.Format("2 January 2006 15:04 MST")
		if p.Ended.IsZero() {
			ended = "broke off"
		}
		fmt.Fprintf(out, "  %-14s %s, commit %s: %d passed, %d skipped, %d failed\n", p.Name, ended, short(p.Commit), p.Passed, p.Skipped, p.Failed)
	}
}
