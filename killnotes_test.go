package main

import (
	"fmt"
	"sync"
)

// The kinds of change that are made while a server is killed.
type changeKind string

const (
	claimed   changeKind = "claims"
	broken    changeKind = "broken glasses"
	mended    changeKind = "ended glasses"
	objected  changeKind = "objections"
	withdrawn changeKind = "withdrawals"
	put       changeKind = "policies"
)

// change is one change as its sender knows it. mark is the request's id and stands in
// every text that the change writes.
type change struct {
	kind         changeKind
	who, patient string
	mark         string
	id           string // of the row, if the sender knows it
	version      int64
	acknowledged bool
}

// notes are what everybody was told by the server, over all its lives. A server that is
// killed has said nothing that is not in here.
type notes struct {
	mu      sync.Mutex
	begun   map[string]string          // request → action: a 200 began to arrive
	patient map[string]map[string]bool // request → the patients whose data arrived whole
	changes []*change                  // in the order in which each sender sent theirs
}

func newNotes() *notes {
	return &notes{begun: map[string]string{}, patient: map[string]map[string]bool{}}
}

// left notes that the answer of a request began to arrive.
func (n *notes) left(request, action string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.begun[request] = action
}

// shown notes that a patient's data arrived whole.
func (n *notes) shown(request, patient string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.patient[request] == nil {
		n.patient[request] = map[string]bool{}
	}
	n.patient[request][patient] = true
}

// sent notes a change before it is sent.
func (n *notes) sent(c change) *change {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.changes = append(n.changes, &c)
	return &c
}

// acknowledged notes that a change was acknowledged, and passes that on.
func (n *notes) acknowledged(c *change, whole bool, id string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if c.acknowledged = whole; whole {
		c.id = id
	}
	return whole
}

// of gives the changes of some kinds that are about one thing, by the thing.
func (n *notes) of(about func(*change) string, kinds ...changeKind) map[string][]*change {
	all := map[string][]*change{}
	for _, c := range n.changes {
		for _, k := range kinds {
			if c.kind == k {
				all[about(c)] = append(all[about(c)], c)
			}
		}
	}
	return all
}

// standing are the changes of which one must be what is in force: the last that was
// acknowledged and whatever was sent after it.
func standing(changes []*change) (last *change, candidates []*change) {
	candidates = changes
	for i, c := range changes {
		if c.acknowledged {
			last, candidates = c, changes[i:]
		}
	}
	return last, candidates
}

// count says how much was acknowledged.
func (n *notes) count() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	kinds := map[changeKind]int{}
	for _, c := range n.changes {
		if c.acknowledged {
			kinds[c.kind]++
		}
	}
	people := 0
	for _, p := range n.patient {
		people += len(p)
	}
	return fmt.Sprintf("acknowledged: %d answers with %d people, %v", len(n.begun), people, kinds)
}
