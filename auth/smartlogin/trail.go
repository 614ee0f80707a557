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

// step is a member's name, a place in a list ([0]), or the one item of a list that says
// something ([name=value]).
type step struct {
	kind        stepKind
	name, value string
	index       int
}

type stepKind int

const (
	byName stepKind = iota
	byPlace
	byWord
)

var (
	trailForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*(\[(\d{1,2}|[A-Za-z_][A-Za-z0-9_-]*=[^\]\[]{1,200})\]|\.[A-Za-z_][A-Za-z0-9_-]*)*$`)
	stepForm  = regexp.MustCompile(`\[[^\]]*\]|[A-Za-z_][A-Za-z0-9_-]*`)
)

func parseTrail(text string) (trail, error) {
	if len(text) > 300 || !trailForm.MatchString(text) {
		return nil, errors.New("smartlogin: patient leads nowhere")
	}
	var t trail
	for _, part := range stepForm.FindAllString(text, -1) {
		within, bracket := strings.CutPrefix(part, "[")
		within = strings.TrimSuffix(within, "]")
		name, value, where := strings.Cut(within, "=")
		switch {
		case !bracket:
			t = append(t, step{kind: byName, name: part})
		case where:
			t = append(t, step{kind: byWord, name: name, value: value})
		default:
			n, err := strconv.Atoi(within)
			if err != nil {
				return nil, err
			}
			t = append(t, step{kind: byPlace, index: n})
		}
	}
	return t, nil
}

// in follows the trail; nil if it leads to nothing. An entry of authorization_details that
// names other servers than iss is another server's, and is not looked at (SMART App Launch
// 2.2.0, authorization_details: locations).
func (t trail) in(rest map[string]any, iss string) (any, error) {
	var at any = rest
	for _, s := range t {
		switch s.kind {
		case byName:
			object, _ := at.(map[string]any)
			at = object[s.name]
		case byPlace:
			list, _ := at.([]any)
			at = nil
			if s.index < len(list) && isOf(list[s.index], iss) {
				at = list[s.index]
			}
		case byWord:
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
