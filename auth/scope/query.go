package scope

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Param is one parameter of a FHIR search.
type Param struct {
	// Name may carry a modifier: "code:in".
	Name string
	// Value is decoded: "http://loinc.org|8480-6".
	Value string
}

// Query narrows a scope to what a search would find: every Param must hold (FHIR R4
// search, "repeated parameters are joined with AND"). It is sorted and has no parameter
// twice; nil narrows nothing. SMART App Launch 2.2, "Finer-grained resource constraints
// using search parameters".
type Query []Param

const maxParams = 16

// parseQuery reads name=value&…; false if anything is not as a search would have it.
func parseQuery(text string) (Query, bool) {
	parts := strings.Split(text, "&")
	if len(parts) > maxParams {
		return nil, false
	}
	q := make(Query, 0, len(parts))
	for _, part := range parts {
		name, value, _ := strings.Cut(part, "=")
		value, err := url.QueryUnescape(value)
		if err != nil || !paramName(name) || !paramValue(value) {
			return nil, false
		}
		q = append(q, Param{name, value})
	}
	return q.sorted(), true
}

func (q Query) sorted() Query {
	slices.SortFunc(q, func(a, b Param) int {
		if c := strings.Compare(a.Name, b.Name); c != 0 {
			return c
		}
		return strings.Compare(a.Value, b.Value)
	})
	return slices.Compact(q)
}

// plain are the characters that stay readable in a scope, as the standard's own
// examples have them.
var plain = strings.NewReplacer("%2F", "/", "%3A", ":", "%7C", "|", "%2C", ",", "%24", "$", "%40", "@")

// String is the query without its question mark.
func (q Query) String() string {
	parts := make([]string, len(q))
	for i, p := range q {
		parts[i] = p.Name + "=" + plain.Replace(url.QueryEscape(p.Value))
	}
	return strings.Join(parts, "&")
}

// within reports whether whatever other finds is found by q too: q asks for nothing that
// other does not ask for.
func (q Query) within(other Query) bool {
	for _, p := range q {
		if !slices.Contains(other, p) {
			return false
		}
	}
	return true
}

// and finds what both find; nil if neither narrows.
func (q Query) and(other Query) Query {
	if len(q)+len(other) == 0 {
		return nil
	}
	return append(slices.Clone(q), other...).sorted()
}

// paramName: a FHIR search parameter, with its modifier or chain.
func paramName(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("_-:.", r)
	})
}

// paramValue refuses what could read as something else where it is shown or compared.
func paramValue(value string) bool {
	return value != "" && utf8.ValidString(value) && !strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) })
}
