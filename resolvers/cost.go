package resolvers

import (
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
)

// CostHeader asks that extensions.cost tells what the operation cost. Whoever does not ask
// is not told: the answer to the same question is then the same bytes.
const CostHeader = "Patchwork-Cost"

// bill counts what an operation asked of the systems. It counts what the answer has an
// outcome of, and not what was asked on the way to it: that there was something to ask
// where nothing is shown would tell that a system knows the person (hazard H-04). A nil
// bill counts nothing.
type bill struct {
	mu      sync.Mutex
	systems map[*sources.System]spent
}

// spent is what was asked of one system. How many calls brought it is not counted: many
// reads go in one, and how many depends on what else is asked at that moment.
type spent map[billed]sources.How

// billed is one section of one person; in how many of its records a system has looked for
// it is nobody's business.
type billed struct {
	patient string
	section record.Section
}

// add counts one outcome that is shown.
func (b *bill) add(p *patient.Patient, s record.Section, a asked, o record.Outcome) {
	switch {
	case b == nil, o.Status == record.NotOffered, o.Status == record.NotRegistered, o.Status == record.Withheld:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, thunk := range a.reads {
		read, err := thunk()
		if err != nil || read.How() == sources.NotAsked {
			continue
		}
		on := b.systems[a.system]
		if on == nil {
			on = spent{}
			b.systems[a.system] = on
		}
		key := billed{p.ID, s}
		if was, ok := on[key]; !ok || read.How() < was {
			on[key] = read.How() // what was asked for counts more than what was there
		}
	}
}

// cost is extensions.cost. docs/build-on-the-api.md.
type cost struct {
	// Fields are those of the answer, as often as they stand in it.
	Fields int `json:"fields"`
	// Reads are how many sections of people systems were asked for: at most so many calls.
	Reads   int          `json:"reads"`
	Sources []sourceCost `json:"sources"`
}

type sourceCost struct {
	Source string `json:"source"`
	Reads  int    `json:"reads"`
	// Joined were on their way already, Remembered had come a moment ago: neither was asked
	// for again.
	Joined     int `json:"joined"`
	Remembered int `json:"remembered"`
}

// tellCost tells it to who asked.
func (q *request) tellCost(resp *graphql.Response) {
	if q.bill == nil {
		return
	}
	c := cost{Fields: members(resp.Data), Sources: []sourceCost{}}
	for _, system := range q.resolver.Systems {
		if on := q.bill.systems[system]; on != nil {
			one := on.cost(system.Origin().ID)
			c.Reads += one.Reads
			c.Sources = append(c.Sources, one)
		}
	}
	if resp.Extensions == nil {
		resp.Extensions = map[string]any{}
	}
	resp.Extensions["cost"] = c
}

func (s spent) cost(source string) sourceCost {
	c := sourceCost{Source: source}
	for _, how := range s {
		switch how {
		case sources.Asked:
			c.Reads++
		case sources.Joined:
			c.Joined++
		case sources.Remembered:
			c.Remembered++
		}
	}
	return c
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
