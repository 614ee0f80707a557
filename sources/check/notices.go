package check

import (
	"maps"
	"slices"

	"github.com/patchworkcare/patchwork/sources"
)

// noticed takes a notice of the connector's.
func (c *calls) noticed(n sources.Notice, about string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.notices == nil {
		c.notices = map[sources.Notice]map[string]bool{}
	}
	if c.notices[n] == nil {
		c.notices[n] = map[string]bool{}
	}
	c.notices[n][about] = true
}

// heard tells what connectors noticed, by the keys of the stanza.
func (c *calls) heard(f *finds) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, one := range []struct {
		notice, unless sources.Notice
		rule           string
	}{{sources.Strangers, "", "search-anybody"}, {sources.PagesUnread, "", "pages-unread"}, {sources.NextAbsent, sources.NextSeen, "next-never"}} {
		for _, key := range slices.Sorted(maps.Keys(c.notices[one.notice])) {
			if !c.notices[one.unless][key] {
				f.add(one.rule, "", "")
				f.note(one.rule, key)
			}
		}
	}
}

// strangers tells where everybody who is known by local id is unknown to a section: a path
// that is mistyped is answered so too (hazard H-02).
func (r *run) strangers() {
	for section, t := range r.scores {
		if t.answers > 0 && t.unknown == t.answers {
			for range t.unknown {
				r.finds.add("section-unknown", section, "")
			}
		}
	}
}
