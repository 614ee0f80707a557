package demo

import "strings"

// walk returns what lies at a dotted path, looking through arrays.
func walk(v any, path string) []any {
	found := []any{v}
	for name := range strings.SplitSeq(path, ".") {
		var next []any
		for _, at := range found {
			next = append(next, children(at, name)...)
		}
		found = next
	}
	return found
}

func children(at any, name string) []any {
	o, ok := at.(object)
	if !ok {
		return nil
	}
	switch child := o[name].(type) {
	case nil:
		return nil
	case list:
		return child
	default:
		return []any{child}
	}
}

// referenceOf is the literal reference of a Reference, made relative.
func referenceOf(v any) string {
	text, ok := v.(string)
	if !ok {
		o, _ := v.(object)
		text, _ = o["reference"].(string)
	}
	if parts := strings.Split(text, "/"); len(parts) > 2 {
		text = parts[len(parts)-2] + "/" + parts[len(parts)-1]
	}
	return text
}

// token is a code and its system as token search compares them.
type token struct{ system, code string }

// tokensOf reads the tokens of a code, boolean, Coding, CodeableConcept,
// Identifier or ContactPoint, told apart by their shape.
func tokensOf(v any) []token {
	switch v := v.(type) {
	case string:
		return []token{{code: v}}
	case bool:
		if v {
			return []token{{code: "true"}}
		}
		return []token{{code: "false"}}
	case object:
		if _, ok := v["coding"]; ok {
			var all []token
			for _, coding := range children(v, "coding") {
				all = append(all, tokensOf(coding)...)
			}
			return all
		}
		system, _ := v["system"].(string)
		code, ok := v["code"].(string)
		if !ok {
			code, _ = v["value"].(string)
		}
		if code != "" {
			return []token{{system, code}}
		}
	}
	return nil
}

// matchToken compares as R4 does: code, system|code, |code, system|.
func matchToken(have token, want string) bool {
	system, code, bar := strings.Cut(want, "|")
	if !bar {
		return strings.EqualFold(have.code, want)
	}
	return have.system == system && (code == "" || strings.EqualFold(have.code, code))
}
