package rest

import (
	"encoding/json"
	"regexp"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/jsonapi"
)

// onward are names of members by which APIs lead to a next page, or say that there is one.
var onward = regexp.MustCompile(`(?i)^(@?odata\.)?next([_-]?(page|cursor|link|token|url|uri|offset|key|page[_-]?token|start))?$|^has[_-]?(more|next)([_-]?pages?)?$|^(more|after|continuation([_-]?token)?)$`)

// unread tells whoever joins the system of an answer that seems to go on where the stanza
// says nothing of pages: what is beyond would never be read (hazard H-02). `style: none`
// says that there is nothing.
func (r *reading) unread(answer jsonapi.Answer) {
	if r.asking.Pages.Style == "" && (nextLink(answer.Link) != "" || goesOn(answer.Value, 3)) {
		r.env.Tell(sources.PagesUnread, r.asking.key)
	}
}

// goesOn looks at members of objects, not into lists: those are what is paged.
func goesOn(v any, depth int) bool {
	object, ok := v.(map[string]any)
	if !ok || depth == 0 {
		return false
	}
	for name, v := range object {
		if onward.MatchString(name) && says(v) || goesOn(v, depth-1) {
			return true
		}
	}
	return false
}

// says reports whether a member leads anywhere.
func says(v any) bool {
	switch v := v.(type) {
	case string:
		return v != ""
	case bool:
		return v
	case json.Number:
		return v.String() != "0"
	case map[string]any:
		return len(v) > 0
	}
	return false
}
