package main

import (
	"os/exec"
	"strings"
)

// Tree is what is checked out.
type Tree struct {
	Commit string
	// Dirty says that it differs from the commit.
	Dirty bool
}

// ReadTree asks git; without it the commit is "unknown".
func ReadTree(root string) Tree {
	commit, err := git(root, "rev-parse", "HEAD")
	if err != nil {
		return Tree{Commit: "unknown", Dirty: true}
	}
	status, err := git(root, "status", "--porcelain")
	return Tree{Commit: commit, Dirty: err != nil || status != ""}
}

func git(root string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = root
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

// short is a commit as people say it.
func short(commit string) string { return commit[:min(10, len(commit))] }

// Stale says of each kind of test why its results are none of this tree's. With dirty, results
// of a tree that differs from its commit are taken as well.
func Stale(r *Results, tree Tree, dirty bool) map[string]string {
	stale := map[string]string{"go": "its part of the tests was not run", "web": "its part of the tests was not run", "e2e": "its part of the tests was not run"}
	for _, p := range r.Parts {
		kind := strings.TrimSuffix(p.Name, "-exhaustive")
		why := p.stale(tree, dirty)
		if p.Name == kind || why != "" {
			stale[kind] = why
		}
	}
	for kind, why := range stale {
		if why == "" {
			delete(stale, kind)
		}
	}
	return stale
}

func (p *Part) stale(tree Tree, dirty bool) string {
	switch {
	case p.Ended.IsZero():
		return "the run broke off"
	case p.Commit != tree.Commit:
		return "it was not run at this commit: the last run is of " + short(p.Commit)
	case dirty:
		return ""
	case p.Dirty:
		return "it was run on a tree that differs from its commit"
	case p.Changed:
		return "the tree changed while it ran"
	}
	return ""
}
