package csvfile

import (
	"hash/maphash"
	"strings"
	"sync"

	"github.com/patchworkcare/patchwork/record"
)

// handedOut remembers as whom a search gave out a local id. Whoever asks by that id
// means that person: if the extract has meanwhile moved the id to somebody else, its
// rows are no longer theirs (hazard H-01). It holds hashes only, in memory.
type handedOut struct {
	mu   sync.Mutex
	seed maphash.Seed
	ids  map[uint64]*identity
}

// identity is one person, hashed.
type identity struct {
	number, person uint64
	// moved: a later search found somebody else under the id. It is believed again
	// when a search finds the first person there.
	moved bool
}

// maxHandedOut bounds the memory; beyond it everything is forgotten, and learnt anew
// by the next searches.
const maxHandedOut = 200_000

func (h *handedOut) add(p *record.Person) {
	if p.NHSNumber == "" {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.ids) >= maxHandedOut {
		h.ids = nil
	}
	now := identity{number: h.hash(string(p.NHSNumber)), person: h.hash(p.Name.Family, strings.Join(p.Name.Given, " "), string(p.BirthDate))}
	was := h.ids[h.hash(p.Subject)]
	switch {
	case was == nil:
		h.ids[h.hash(p.Subject)] = &now
	case was.number == now.number || was.person == now.person:
		*was = now // a name or a number was corrected
	default:
		was.moved = true
	}
}

func (h *handedOut) hash(texts ...string) uint64 {
	if h.ids == nil {
		h.ids, h.seed = map[uint64]*identity{}, maphash.MakeSeed()
	}
	return maphash.String(h.seed, strings.ToLower(strings.Join(texts, "\x00")))
}

// agrees reports whether rows of the id may carry the number.
func (h *handedOut) agrees(id string, n record.NHSNumber) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ids == nil {
		return true
	}
	was := h.ids[h.hash(id)]
	return was == nil || !was.moved && was.number == h.hash(string(n))
}

// owners are the people among ids that a search has given out, by their number's hash.
func (h *handedOut) owners(ids []string) map[uint64]string {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := map[uint64]string{}
	for _, id := range ids {
		if was := h.ids[h.hash(id)]; was != nil {
			out[was.number] = id
		}
	}
	return out
}

// strayed says whose row it is by its number, if it stands under an id that no search
// has given out for that number; "" if it is nobody's of owners.
func (h *handedOut) strayed(owners map[uint64]string, id string, n record.NHSNumber) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	number := h.hash(string(n))
	owner := owners[number]
	if was := h.ids[h.hash(id)]; owner == "" || was != nil && was.number == number {
		return ""
	}
	return owner
}
