package columns

import "github.com/patchworkcare/patchwork/record"

// SectionNames are the configuration names of the sections that can be read from
// rows, in reading order.
func SectionNames() []string {
	var out []string
	for _, h := range record.Headings() {
		if _, ok := layoutOf(h.Section); ok {
			out = append(out, h.Name)
		}
	}
	return out
}
