package rest

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
)

// template is a text cut at its parameters.
type template []part

// part is a piece of text, or a parameter.
type part struct {
	text, param string
	number      bool // in a body: sent as a number
}

// params are the values of the parameters; a list has several, and one that is not known
// has none.
type params map[string][]string

var (
	placeholder = regexp.MustCompile(`\{([a-z_]+)(:number)?\}`)
	alone       = regexp.MustCompile(`^\{([a-z_]+)(:number)?\}$`)
	digits      = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,17})$`)
)

// errUnaskable: a value cannot stand where it is put.
var errUnaskable = errors.New("a value cannot stand where the request puts it")

func parse(text string) template {
	var out template
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		out = append(out, part{text: text[at:m[0]]}, part{param: text[m[2]:m[3]], number: m[4] >= 0})
		at = m[1]
	}
	return append(out, part{text: text[at:]})
}

// whole is the parameter that a text consists of.
func whole(text string) (part, bool) {
	m := alone.FindStringSubmatch(text)
	if m == nil {
		return part{}, false
	}
	return part{param: m[1], number: m[2] != ""}, true
}

// fill writes the template with its values, each as escape makes it. given is false if it
// has parameters and all of them are empty.
func (t template) fill(p params, join string, escape func(string) string) (text string, given bool) {
	var b strings.Builder
	asked := false
	for _, x := range t {
		b.WriteString(x.text)
		if x.param == "" {
			continue
		}
		asked = true
		for i, v := range p[x.param] {
			if i > 0 {
				b.WriteString(join)
			}
			b.WriteString(escape(v))
			given = given || v != ""
		}
	}
	return b.String(), given || !asked
}

// uses reports whether the template has the parameter.
func (t template) uses(name string) bool {
	return slices.ContainsFunc(t, func(x part) bool { return x.param == name })
}

// personal reports whether a parameter identifies somebody beyond the system's own id.
func personal(name string) bool {
	switch strings.TrimSuffix(name, "s") {
	case "nhs_number", "family_name", "given_name", "birth_date", "postcode", "gender", "local_number":
		return true
	}
	return false
}

// inBody is a parameter's value in a JSON body.
func (x part) inBody(p params) (any, error) {
	one := func(v string) (any, error) {
		switch {
		case !x.number:
			return v, nil
		case digits.MatchString(v):
			return json.Number(v), nil
		}
		return nil, errUnaskable
	}
	values := p[x.param]
	if !plural(x.param) {
		if len(values) == 0 || values[0] == "" {
			return nil, nil
		}
		return one(values[0])
	}
	list := []any{}
	for _, v := range values {
		v, err := one(v)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// plural reports whether a parameter is a list.
func plural(name string) bool {
	switch name {
	case "ids", "nhs_numbers", "family_names", "birth_dates", "local_numbers":
		return true
	}
	return false
}

// errNotJSON: a body has names that are no texts.
var errNotJSON = errors.New("it cannot be written as JSON")

// eachText is a body with its texts replaced.
func eachText(v any, replace func(string) (any, error)) (any, error) {
	switch v := v.(type) {
	case string:
		return replace(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			var err error
			if out[i], err = eachText(v[i], replace); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		out := make(map[string]any, len(v))
		for name := range v {
			var err error
			if out[name], err = eachText(v[name], replace); err != nil {
				return nil, err
			}
		}
		return out, nil
	case nil, bool, int, int64, uint64, float64:
		return v, nil
	}
	return nil, errNotJSON
}
