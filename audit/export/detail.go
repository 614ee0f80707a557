package export

import (
	"strconv"
	"strings"

	"github.com/patchworkcare/patchwork/audit"
)

// detail is a named value that neither form has an element for.
type detail struct{ name, value string }

// details are what an event holds beyond who, when, what and whose.
func details(e *audit.Entry) []detail {
	var out []detail
	add := func(name, value string) {
		if value != "" {
			out = append(out, detail{name, value})
		}
	}
	add("action", e.Action)
	add("decision", e.Decision)
	add("reason", e.Reason)
	add("relationship", e.Relationship)
	add("break-glass", e.BreakGlass)
	add("launch", e.Launch)
	add("target", e.Target)
	add("flags", strings.Join(e.Flags, " "))
	add("policy", e.PolicyVersion)
	add("operation", e.Operation)
	add("operation-sha256", e.OperationHash)
	for _, s := range e.Sources {
		add("source", source(s))
	}
	add("withheld", strings.Join(e.Withheld, " "))
	add("returned", strings.Join(e.Fields, " "))
	return out
}

// source is one section of one system: "gp allergies ANSWERED 3 [17]".
func source(s audit.SourceRead) string {
	text := strings.Join(strings.Fields(s.Source+" "+s.Section+" "+s.Status), " ")
	if s.Entries > 0 {
		text += " " + strconv.Itoa(s.Entries)
	}
	if len(s.LocalIDs) > 0 {
		text += " [" + strings.Join(s.LocalIDs, " ") + "]"
	}
	return text
}
