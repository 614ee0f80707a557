package docfolder

import (
	"errors"
	"regexp"
	"strings"
)

// pattern is how files are named.
type pattern struct {
	name *regexp.Regexp
	// byFolder: the name begins with a folder of the patient's own.
	byFolder bool
}

var placeholder = regexp.MustCompile(`\{[a-z_]*\}`)

// compile makes a pattern. Where the patient's id ends must be beyond doubt: an id cut
// at the wrong place would be somebody else's.
func compile(s string) (*pattern, error) {
	if strings.Count(s, "{patient}") != 1 {
		return nil, errors.New("must hold {patient} once")
	}
	if rest := placeholder.ReplaceAllString(s, "x"); !plain(rest) || strings.ContainsAny(rest, "{}") {
		return nil, errors.New("must be a plain name within the location, with {patient}, {date}, {type}, {title} and {ext}")
	}
	before, after, _ := strings.Cut(s, "{patient}")
	if before != "" && !strings.HasSuffix(before, "/") && !strings.HasSuffix(before, "_") || after != "" && !strings.ContainsAny(after[:1], "/_.") || after == "" {
		return nil, errors.New("{patient} must stand alone between slashes, underscores and the last full stop")
	}
	p := &pattern{byFolder: before == "" && strings.HasPrefix(after, "/")}
	segment := before[strings.LastIndexByte(before, '/')+1:] // what stands before it in the same folder or name
	var b strings.Builder
	b.WriteString("^")
	rest, seen := s, map[string]bool{}
	for rest != "" {
		at := placeholder.FindStringIndex(rest)
		if at == nil {
			b.WriteString(regexp.QuoteMeta(rest))
			break
		}
		b.WriteString(regexp.QuoteMeta(rest[:at[0]]))
		name := rest[at[0]+1 : at[1]-1]
		near := strings.Contains(segment, "{"+name+"}")
		group, ok := groups(name, near)
		if !ok || seen[name] {
			return nil, errors.New("knows {patient}, {date}, {type}, {title} and {ext}, each once")
		}
		seen[name] = true
		b.WriteString("(?P<" + name + ">" + group + ")")
		rest = rest[at[1]:]
	}
	b.WriteString("$")
	var err error
	p.name, err = regexp.Compile(b.String())
	return p, err
}

// groups is what a placeholder may hold. Before the patient's id, in the same name, free
// words may hold no underscore: there must be one way to read a name.
func groups(name string, near bool) (string, bool) {
	switch name {
	case "patient":
		return `[^/_.]+`, true
	case "date":
		return `[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}`, true
	case "ext":
		return `[A-Za-z0-9]{1,8}`, true
	case "type", "title":
		if near {
			return `[^/_]+`, true
		}
		return `[^/]+?`, true
	}
	return "", false
}

// row reads a name; false if it is not one of the pattern.
func (p *pattern) row(name string) (row, bool) {
	m := p.name.FindStringSubmatch(name)
	if m == nil {
		return row{}, false
	}
	r := row{file: name}
	for i, group := range p.name.SubexpNames() {
		switch group {
		case "patient":
			r.patient = m[i]
		case "date":
			r.date = m[i]
			if len(m[i]) == 8 {
				r.date = m[i][:4] + "-" + m[i][4:6] + "-" + m[i][6:]
			}
		case "type":
			r.kind = m[i]
		case "title":
			r.title = m[i]
		}
	}
	return r, true
}
