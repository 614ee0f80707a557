package snippets

import (
	"fmt"
	"regexp"
	"strings"
)

// shown says where an output is not what a page shows of it. A line "…" stands for any
// lines, "…" within a line for anything there. "" is as shown.
func shown(want, got string) string {
	lines := strings.Split(strings.TrimRight(want, "\n"), "\n")
	got = strings.TrimRight(got, " \n") + "\n"
	pattern := `^`
	for i, line := range lines {
		line = strings.TrimRight(line, " ")
		if strings.TrimSpace(line) == "…" {
			pattern += `(?:.*\n)*?`
			continue
		}
		pattern += strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".*?") + ` *\n`
		if !regexp.MustCompile(pattern).MatchString(got) {
			return fmt.Sprintf("line %d of what is shown is %q, and the output was:\n%s", i+1, line, got)
		}
	}
	if !regexp.MustCompile(pattern + `$`).MatchString(got) {
		return fmt.Sprintf("the output goes on after what is shown (end with a line … where that does not matter):\n%s", got)
	}
	return ""
}
