package scope

import "slices"

// Narrow gives what of the asked scopes is allowed, in the order asked: "*" becomes the
// types that are allowed, queries are joined, permissions are those on both sides. What
// nothing allows is left out, and so is what would be longer than a scope may be or come
// after the hundredth. A client that asked in v1 is answered in v1, where that has a word
// for it; half of v1's read or write is nothing.
func Narrow(asked, allowed []Scope) []Scope {
	var out []Scope
	for _, a := range asked {
		for _, s := range narrowOne(a, allowed) {
			if len(out) < maxScopes && !slices.ContainsFunc(out, func(o Scope) bool { return o.Covers(s) }) {
				out = append(out, s)
			}
		}
	}
	return out
}

func narrowOne(asked Scope, allowed []Scope) []Scope {
	var met []Scope
	for _, a := range allowed {
		s, ok := meet(asked, a)
		if !ok {
			continue
		}
		if i := slices.IndexFunc(met, func(m Scope) bool { return m.Resource == s.Resource && slices.Equal(m.Query, s.Query) }); i >= 0 {
			met[i].May |= s.May
		} else {
			met = append(met, s)
		}
	}
	if asked.V1 {
		for i := range met {
			met[i].May = met[i].May.wholeV1()
		}
	}
	return slices.DeleteFunc(met, func(s Scope) bool { return s.Context != "" && s.May == 0 })
}

// meet gives what both permit; false if that is nothing.
func meet(asked, allowed Scope) (Scope, bool) {
	if asked.Context == "" || asked.Context != allowed.Context {
		return asked, allowed.Covers(asked)
	}
	s := asked
	switch {
	case allowed.Resource == "*" || allowed.Resource == asked.Resource:
	case asked.Resource == "*":
		s.Resource = allowed.Resource
	default:
		return s, false
	}
	s.May &= allowed.May
	s.Query = asked.Query.and(allowed.Query)
	return s, s.May != 0 && len(s.Query) <= maxParams && len(s.V2()) <= maxScope
}

// Permits is fosite's ScopeStrategy: whether the scopes a client is allowed cover the one
// it wants, alone or together. What cannot be read permits nothing and is not permitted.
func Permits(allowed []string, wanted string) bool {
	w, err := Parse(wanted)
	if err != nil {
		return false
	}
	left := w.May
	for _, text := range allowed {
		a, err := Parse(text)
		if err != nil || !a.reaches(w) {
			continue
		}
		if left &^= a.May; left == 0 {
			return true
		}
	}
	return false
}
