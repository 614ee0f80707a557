package claims

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"github.com/agnivade/levenshtein"

	"github.com/patchworkcare/patchwork/auth"
)

var (
	// notHere is CEL's hint at something of its own that rules do not have.
	notHere  = regexp.MustCompile(` \(did you mean [^)]*, enable with .*\)$`)
	badArg   = regexp.MustCompile(`^invalid (\w+) argument`)
	overload = regexp.MustCompile(`^found no matching overload for '([^']*)' applied to '(\(.*\))'`)
	bareWord = regexp.MustCompile(`^\s*[A-Za-z0-9][\w-]*\s*$`)
)

// issues reports what CEL found in one rule.
func (c *compiler) issues(path, source string, issues *cel.Issues) {
	for _, e := range issues.Errors() {
		where := ""
		switch line := e.Location.Line(); {
		case line == 1:
			where = fmt.Sprintf(" at column %d", e.Location.Column()+1)
		case line > 1:
			where = fmt.Sprintf(" at line %d of the rule, column %d", line, e.Location.Column()+1)
		}
		hint := ""
		if bareWord.MatchString(source) {
			hint = fmt.Sprintf(`; a fixed text has quotes of its own: '"%s"'`, strings.TrimSpace(source))
		}
		c.say(path, "not CEL: %s%s%s", plainWords(e.Message), where, hint)
	}
}

// plainWords says a message of CEL's without its inner names.
func plainWords(message string) string {
	switch {
	case strings.HasPrefix(message, "undeclared reference to 'it'"):
		return "'it' is known only in a role rule that has each"
	case strings.Contains(message, "token recognition error at: '= "):
		return "'=' is nothing; '==' compares"
	}
	if m := badArg.FindStringSubmatch(message); m != nil {
		return fmt.Sprintf("what %s() is given is not well formed", m[1])
	}
	if m := overload.FindStringSubmatch(message); m != nil {
		name := strings.Trim(m[1], "_@")
		if name == "list" {
			return "a list is needed here, not " + m[2][1:len(m[2])-1]
		}
		return fmt.Sprintf("'%s' cannot be used with %s", name, m[2])
	}
	message = notHere.ReplaceAllString(message, "")
	message, _, _ = strings.Cut(message, " expecting ")
	return strings.TrimSpace(strings.ReplaceAll(message, "\n", " "))
}

func nearestRole(name string) string {
	var known []string
	for _, r := range auth.Roles() {
		known = append(known, string(r))
	}
	if best := nearest(name, known); best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return "; there are " + strings.Join(known, ", ")
}

// nearest is the known name closest to s; "" if none is close.
func nearest(s string, known []string) string {
	slices.Sort(known)
	far := func(k string) int { return levenshtein.ComputeDistance(strings.ToLower(s), strings.ToLower(k)) }
	best := slices.MinFunc(known, func(a, b string) int { return cmp.Compare(far(a), far(b)) })
	if far(best) > max(2, len(s)/3) || len(s) < 2 {
		return ""
	}
	return best
}

// failure says why a rule gave nothing while somebody signed in. CEL's own message may
// hold what the provider said; a key is named only if it stands in the rule.
func failure(source string, err error) string {
	message := err.Error()
	if key, ok := strings.CutPrefix(message, "no such key: "); ok {
		if key != "" && strings.Contains(source, key) {
			return "no such key: " + key
		}
		return "no such key"
	}
	if strings.HasPrefix(message, "no such overload") {
		return "a value is of another type than the rule expects"
	}
	return "the expression fails on these claims"
}
