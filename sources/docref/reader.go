package docref

import (
	"slices"
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/sources/fhirscan"
)

// reader reads one answer.
type reader struct {
	fhirscan.Reader
	out *Answer
}

func (r *reader) link() (l Link) {
	r.Members(func(name string) {
		switch name {
		case "reference":
			l.Reference = r.String()
		case "display":
			l.Display = r.String()
		case "identifier":
			l.Identifier = r.Identifier()
		}
	})
	return l
}

// number reads a small whole number; 0 if it is none.
func (r *reader) number() int {
	n, err := strconv.Atoi(string(r.Number()))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// name takes a list of HumanName, or a plain name, as one line.
func (r *reader) name() (line string) {
	one := func() {
		var text, family string
		var prefix, given []string
		r.Members(func(name string) {
			switch name {
			case "text":
				text = r.String()
			case "prefix":
				prefix = r.Strings()
			case "given":
				given = r.Strings()
			case "family":
				family = r.String()
			}
		})
		if text == "" {
			text = strings.TrimSpace(strings.Join(slices.Concat(prefix, given, []string{family}), " "))
		}
		if line == "" {
			line = text
		}
	}
	if r.Peek() == '[' {
		r.Each(one)
	} else {
		line = r.String()
	}
	return line
}
