package check

import "strings"

// advised holds the stanza against what the system says it has, whether anybody's record was
// read or not. What it lists may still be empty, and what it does not list may answer, or
// answer with nothing: warnings. What reading has shown to be missing is not told twice.
func (r *run) advised() {
	for _, a := range r.system.Advice() {
		if len(a.Unlisted) > 0 && !r.finds.has("type-missing", a.Section.Name()) {
			r.finds.add("type-unlisted", a.Section, strings.Join(a.Unlisted, ", "))
		}
		if len(a.LeftOut) > 0 {
			r.finds.add("type-left-out", a.Section, strings.Join(a.LeftOut, ", "))
		}
	}
}
