package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

var (
	codeSpan = regexp.MustCompile("`([^`\n]+)`")
	link     = regexp.MustCompile(`\[([^\]]+)\]\(([^)\s]+)\)`)
)

// references reads a document of Markdown whose code spans name tests, and holds each of them
// against the last run.
func (c *Case) references(root, file string) (string, []Problem) {
	b, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil {
		return "", []Problem{{file, 1, "it cannot be read"}}
	}
	var problems []Problem
	for _, ref := range named(string(b)) {
		if v := c.Judge.Of(ref); v.Why != "" {
			problems = append(problems, Problem{file, ref.Line, fmt.Sprintf("%s: %s", v.Text, v.Why)})
		}
	}
	return unlinked(string(b), file), problems
}

// named are the tests that a document's code spans name. A span that names no test is
// something else.
func named(text string) []Reference {
	var all []Reference
	for i, line := range strings.Split(text, "\n") {
		for _, m := range codeSpan.FindAllStringSubmatch(line, -1) {
			if ref, err := ParseReference(m[1]); err == nil {
				ref.Line = i + 1
				all = append(all, ref)
			}
		}
	}
	return all
}

// unlinked is a document that has left the repository: a link to a file of it names the file.
func unlinked(text, file string) string {
	return link.ReplaceAllStringFunc(text, func(s string) string {
		m := link.FindStringSubmatch(s)
		if strings.Contains(m[2], "://") || strings.HasPrefix(m[2], "#") || strings.HasPrefix(m[2], "mailto:") {
			return s
		}
		target, _, _ := strings.Cut(m[2], "#")
		target = path.Join(path.Dir(file), target)
		if strings.HasSuffix(target, m[1]) || strings.HasSuffix(m[1], path.Base(target)) {
			return "`" + target + "`"
		}
		return m[1] + " (`" + target + "`)"
	})
}
