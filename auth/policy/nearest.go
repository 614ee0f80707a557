package policy

import (
	"fmt"
	"sort"

	"github.com/agnivade/levenshtein"
)

// nearest words a hint naming the known names closest to s; "" if none is close.
func nearest(s string, known map[string]bool) string {
	type near struct {
		name string
		d    int
	}
	var names []near
	for k := range known {
		if d := levenshtein.ComputeDistance(s, k); d <= max(3, len(s)/3) {
			names = append(names, near{k, d})
		}
	}
	sort.Slice(names, func(i, j int) bool {
		return names[i].d < names[j].d || names[i].d == names[j].d && names[i].name < names[j].name
	})
	switch len(names) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("; did you mean %q?", names[0].name)
	}
	return fmt.Sprintf("; did you mean %q or %q?", names[0].name, names[1].name)
}
