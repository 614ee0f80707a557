package smartlogin

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// trail leads to a value in the token endpoint's answer.
type trail []step

// step is a name, an index ([0]), or the one item of a list that says something
// ([name=value]).
type step struct {
	name, value string
	index       int
	kind        byte // 'n'ame, 'i'ndex, 'w'here
}

var (
	pathForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*(\[(\d{1,2}|[A-Za-z_][A-Za-z0-9_-]*=[^\]\[]{1,200})\]|\.[A-Za-z_][A-Za-z0-9_-]*)*$`)
	stepForm = regexp.MustCompile(`\[[^\]]*\]|[A-Za-z_][A-Za-z0-9_-]*`)
)

func parseTrail(text string) (trail, error) {
	if len(text) > 300 || !pathForm.MatchString(text) {
		return nil, errors.New("smartlogin: patient leads nowhere")
	}
	var p trail
	for _, part := range stepForm.FindAllString(text, -1) {
		within, bracket := strings.CutPrefix(part, "[")
		within = strings.TrimSuffix(within, "]")
		name, value, where := strings.Cut(within, "=")
		switch {
		case !bracket:
			p = append(p, step{kind: 'n', name: part})
		case where:
			p = append(p, step{kind: 'w', name: name, value: value})
		default:
			n, err := strconv.Atoi(within)
			if err != nil {
				return nil, err
			}
			p = append(p, step{kind: 'i', index: n})
		}
	}
	return p, nil
}

// in follows the path; nil if it leads to nothing. An entry of authorization_details that
// names other servers than iss is another server's, and is not looked at (SMART App Launch
// 2.2.0, authorization_details: locations).
func (p trail) in(rest map[string]any, iss string) (any, error) {
	var at any = rest
	for _, s := range p {
		switch s.kind {
		case 'n':
			object, _ := at.(map[string]any)
			at = object[s.name]
		case 'i':
			list, _ := at.([]any)
			at = nil
			if s.index < len(list) && isOf(list[s.index], iss) {
				at = list[s.index]
			}
		case 'w':
			list, _ := at.([]any)
			fits := slices.DeleteFunc(slices.Clone(list), func(item any) bool { return !s.fits(item) || !isOf(item, iss) })
			if len(fits) > 1 {
				return nil, Refuse(CodeAnswer, "the token endpoint's answer has several entries where the patient's should be: nobody can say which is meant")
			}
			at = nil
			if len(fits) == 1 {
				at = fits[0]
			}
		}
	}
	return at, nil
}

func (s step) fits(item any) bool {
	object, _ := item.(map[string]any)
	return object[s.name] == any(s.value)
}

// isOf reports whether an entry is about the EPR: it has no locations, or the EPR is one.
func isOf(item any, iss string) bool {
	object, _ := item.(map[string]any)
	locations, given := object["locations"]
	if !given {
		return true
	}
	list, _ := locations.([]any)
	return slices.ContainsFunc(list, func(l any) bool {
		s, ok := l.(string)
		return ok && SameIss(s, iss)
	})
}
