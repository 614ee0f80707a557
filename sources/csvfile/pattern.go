package csvfile

import (
	"errors"
	"strings"

	"github.com/patchworkcare/patchwork/sources/columns"
)

// pattern is a file name with the extract's time in it.
type pattern struct {
	before, after string
	when          columns.Format
}

// patternOf is nil for a name without a time.
func patternOf(name string) (*pattern, error) {
	before, rest, found := strings.Cut(name, "{")
	if !found {
		return nil, nil
	}
	format, after, closed := strings.Cut(rest, "}")
	if !closed || strings.Contains(after, "{") || strings.Contains(name, "/") {
		return nil, errors.New("has one {…} with a date format at most, and is in no sub-folder then")
	}
	when, err := columns.NewFormat(format)
	if err != nil {
		return nil, errors.New("{" + format + "} is " + err.Error())
	}
	return &pattern{before, after, when}, nil
}

// middle is the part of name that holds the time.
func (p *pattern) middle(name string) (string, bool) {
	rest, ok := strings.CutPrefix(name, p.before)
	if !ok {
		return "", false
	}
	return strings.CutSuffix(rest, p.after)
}
