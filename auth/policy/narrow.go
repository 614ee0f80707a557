package policy

import (
	"slices"
	"strings"
)

// narrowed is how a server reads a version of the policies that was made on a newer one and
// names resources which this one does not have: as narrowly as it can (decision 0016). What is
// allowed loses the name, since there is nothing of the kind to be shown here. What is denied
// grows to the next resource that is known, since what the newer server calls by the new name
// this one may hold under another: "record:allergies:reaction" to all of record:allergies, a
// new class to everything of its kind. Where there is not even that, ok is false, and the
// version is refused.
func (s *Set) narrowed(schema Schema) (narrow *Set, ok bool) {
	known := map[string]bool{}
	for class, fields := range schema {
		known[class] = true
		for _, f := range fields {
			known[class+":"+f] = true
		}
	}
	narrow = &Set{Version: s.Version}
	for _, p := range s.Policies {
		var resources []string
		for _, r := range p.Resources {
			if !matchesAny(r, known) {
				if p.Effect == Allow {
					continue
				}
				if r = wider(r, known); r == "" {
					return nil, false
				}
			}
			resources = append(resources, r)
		}
		if len(resources) > 0 {
			p.Resources = slices.Compact(resources)
			narrow.Policies = append(narrow.Policies, p)
		}
	}
	return narrow, len(narrow.Policies) > 0
}

// wider is the next resource above one that is known; "" if there is none.
func wider(resource string, known map[string]bool) string {
	for name := strings.TrimSuffix(resource, ":*"); ; {
		at := strings.LastIndex(name, ":")
		if at < 0 {
			return ""
		}
		if name = name[:at]; matchesAny(name+":*", known) {
			return name + ":*"
		}
	}
}
