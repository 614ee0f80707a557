package snippets

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`^#{1,6} +(.*?) *$`)
	inline  = regexp.MustCompile("`[^`]*`")
)

// prose is the page without its blocks; their lines are empty, so that numbers hold.
func prose(text string) []string {
	lines := strings.Split(text, "\n")
	ending := ""
	for i, line := range lines {
		m := fence.FindStringSubmatch(line)
		switch {
		case ending != "":
			if strings.TrimSpace(line) == ending {
				ending = ""
			}
			lines[i] = ""
		case m != nil:
			ending, lines[i] = m[2], ""
		}
	}
	return lines
}

// anchors are the headings of a page as forges and the site name them in addresses.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	for _, line := range prose(text) {
		m := heading.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		name := anchor(m[1])
		for i, first := 1, name; found[name]; i++ {
			name = fmt.Sprintf("%s-%d", first, i)
		}
		found[name] = true
	}
	return found
}

// anchor is a heading's name in addresses: docs/site/.vitepress/config.ts makes the same.
func anchor(title string) string {
	title = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`).ReplaceAllString(title, "$1")
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), r == '-', r == '_':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('-')
		}
	}
	return b.String()
}

// TestLinks: what a page links to in the repository is there, and so is the heading.
func TestLinks(t *testing.T) {
	t.Parallel()
	for _, file := range pageFiles(t) {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range prose(string(text)) {
			for _, m := range link.FindAllStringSubmatch(inline.ReplaceAllString(line, ""), -1) {
				if why := deadLink(file, m[1]); why != "" {
					t.Errorf("%s:%d: %s", file, i+1, why)
				}
			}
		}
	}
}

// deadLink says why a link of a page leads nowhere; "" if it does not.
func deadLink(from, to string) string {
	if strings.Contains(to, "://") || strings.HasPrefix(to, "mailto:") {
		return ""
	}
	path, name, named := strings.Cut(to, "#")
	target := filepath.Join(root, filepath.Dir(from), path)
	if path == "" {
		target = filepath.Join(root, from)
	}
	info, err := os.Stat(target)
	switch {
	case err != nil:
		return "there is no " + to
	case info.IsDir():
		if _, err := os.Stat(filepath.Join(target, "README.md")); err != nil {
			return to + " is a folder without a README.md"
		}
	}
	if !named {
		return ""
	}
	text, err := os.ReadFile(target)
	if err != nil {
		return err.Error()
	}
	if !anchors(string(text))[name] {
		return "there is no heading " + to
	}
	return ""
}

// TestEveryPageIsFound: every page is linked from another one.
func TestEveryPageIsFound(t *testing.T) {
	t.Parallel()
	linked := map[string]bool{"README.md": true, "CONTRIBUTING.md": true, "SECURITY.md": true}
	files := pageFiles(t)
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range prose(string(text)) {
			for _, m := range link.FindAllStringSubmatch(line, -1) {
				to, _, _ := strings.Cut(m[1], "#")
				if to = filepath.ToSlash(filepath.Join(filepath.Dir(file), to)); to != file {
					linked[to], linked[to+"/README.md"] = true, true
				}
			}
		}
	}
	for _, file := range files {
		if !linked[file] {
			t.Errorf("%s: no page links to it", file)
		}
	}
}

// TestDeadLinks: what leads nowhere is noticed.
func TestDeadLinks(t *testing.T) {
	t.Parallel()
	for to, dead := range map[string]bool{
		"policy.md": false, "policy.md#a-policy": false, "../README.md": false, "https://nowhere.example": false, "#the-context": false,
		"polisy.md": true, "policy.md#a-polisy": true, "../nowhere/": true, "api/": true,
	} {
		if why := deadLink("docs/policy.md", to); (why != "") != dead {
			t.Errorf("%s: %q", to, why)
		}
	}
}
