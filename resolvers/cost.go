package resolvers

import (
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/sources"
)

// CostHeader asks that extensions.cost tells what the operation cost. Whoever does not ask
// is not told: the answer to the same question is then the same bytes.
const CostHeader = "Patchwork-Cost"

// spent is what one operation asked of one system. It counts reads, of which each needed a
// Grant: what the caller may not see is not asked, so that it cannot be counted either.
type spent struct {
	mu                               sync.Mutex
	calls, reads, joined, remembered int
}

func (s *spent) count(reads []*sources.Read) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.reads
	for _, r := range reads {
		switch r.How() {
		case sources.Asked:
			s.reads++
		case sources.Joined:
			s.joined++
		case sources.Remembered:
			s.remembered++
		}
	}
	if s.reads > before { // all that is new goes to the system together
		s.calls++
	}
}

// cost is extensions.cost. docs/build-on-the-api.md.
type cost struct {
	// Fields are those of the answer, as often as they stand in it.
	Fields int `json:"fields"`
	// Calls are how often a system was asked, Reads for how many sections of how many records.
	Calls   int          `json:"calls"`
	Reads   int          `json:"reads"`
	Sources []sourceCost `json:"sources"`
}

type sourceCost struct {
	Source string `json:"source"`
	Calls  int    `json:"calls"`
	Reads  int    `json:"reads"`
	// Joined were on their way already, Remembered had come a moment ago: neither was asked
	// for again.
	Joined     int `json:"joined"`
	Remembered int `json:"remembered"`
}

// tellCost tells it to who asked.
func (q *request) tellCost(oc *graphql.OperationContext, resp *graphql.Response) {
	if oc.Headers.Get(CostHeader) == "" {
		return
	}
	c := cost{Fields: members(resp.Data), Sources: []sourceCost{}}
	for i, l := range q.loaders {
		s := l.spent
		s.mu.Lock()
		one := sourceCost{q.resolver.Systems[i].Origin().ID, s.calls, s.reads, s.joined, s.remembered}
		s.mu.Unlock()
		if one.Reads+one.Joined+one.Remembered == 0 {
			continue // it may be hidden, and who is not asked is not told of
		}
		c.Calls, c.Reads = c.Calls+one.Calls, c.Reads+one.Reads
		c.Sources = append(c.Sources, one)
	}
	if resp.Extensions == nil {
		resp.Extensions = map[string]any{}
	}
	resp.Extensions["cost"] = c
}

// members counts the members of all objects in JSON that is well-formed: a colon outside a
// string stands before the value of one.
func members(data []byte) int {
	n, inside := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inside && c == '\\':
			i++
		case c == '"':
			inside = !inside
		case c == ':' && !inside:
			n++
		}
	}
	return n
}
