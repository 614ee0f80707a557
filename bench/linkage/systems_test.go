package linkage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

// keptRecord is one system's record of somebody, and who it really is.
type keptRecord struct {
	record.Person
	who    int // in world.people
	system int
	// numbered: it has a verified number that is theirs, or was; sound: and the right
	// birth date; doubted: its local id is somebody else's, too.
	numbered, sound, doubted bool

	traits match.Traits
}

func (k *keptRecord) place(w *world) place { return place{w.systems[k.system].name, k.Subject} }

// register is one system: what it holds, and the index it is searched by.
type register struct {
	name    string
	records []*keptRecord
	byNHS   map[record.NHSNumber][]*keptRecord
	calls   int
}

// Find answers by current and former number, as registers do.
func (r *register) Find(_ context.Context, queries []record.PersonQuery) ([][]record.Person, error) {
	r.calls++
	out := make([][]record.Person, len(queries))
	for i, q := range queries {
		for _, k := range r.byNHS[q.NHSNumber] {
			out[i] = append(out[i], k.Person)
		}
	}
	return out, nil
}

// coverage is which part of the people each system knows, in a hundred.
var coverage = []struct {
	name string
	part int
}{{"gp", 93}, {"hospital", 60}, {"mental-health", 18}, {"community", 40}, {"council", 25}, {"ambulance", 45}}

// register writes everybody down, with the mistakes of registers.
func (w *world) register() {
	w.written = make([]int, len(w.people))
	for s := range coverage {
		r := &register{name: coverage[s].name, byNHS: map[record.NHSNumber][]*keptRecord{}}
		for who := range w.people {
			if w.IntN(100) >= coverage[s].part {
				continue
			}
			k := w.keep(who, s)
			k.Subject = fmt.Sprintf("%s-%d", r.name[:2], len(r.records))
			if len(r.records) > 0 && w.chance(.5) {
				r.reuse(w.IntN(len(r.records)), k)
			}
			r.records = append(r.records, k)
			if w.chance(4) { // registered twice
				again := w.keep(who, s)
				again.Subject = fmt.Sprintf("%s-%d", r.name[:2], len(r.records))
				r.records = append(r.records, again)
			}
		}
		for _, k := range r.records {
			k.traits = match.TraitsOf(&k.Person)
			w.written[k.who]++
			for _, n := range append([]record.NHSNumber{k.NHSNumber}, k.FormerNHSNumbers...) {
				if n != "" {
					r.byNHS[n] = append(r.byNHS[n], k)
				}
			}
		}
		w.systems = append(w.systems, r)
		w.records = append(w.records, r.records...)
	}
}

// reuse gives a local number to somebody else. Where it can be seen, because both have a
// verified number, the system goes on to hold both; else the one before is gone.
func (r *register) reuse(at int, by *keptRecord) {
	before := r.records[at]
	by.Subject = before.Subject
	if !before.sound || !by.sound {
		r.records = slices.Delete(r.records, at, at+1)
		return
	}
	before.doubted, by.doubted = true, true
}

// keep writes somebody down in a system.
func (w *world) keep(who, system int) *keptRecord {
	h := w.people[who]
	k := &keptRecord{who: who, system: system, Person: w.write(h, system)}
	k.numbered = k.NHSNumberStatus == record.NumberVerified && (k.NHSNumber == h.number || k.NHSNumber == h.superseded)
	k.sound = k.numbered && k.BirthDate == dateOf(h.birth)
	return k
}

func dateOf(d [3]int) record.Date {
	return record.Date(fmt.Sprintf("%04d-%02d-%02d", d[0], d[1], d[2]))
}

// write makes one system's record of somebody. A number is verified by tracing it with the
// birth date: wrong birth dates are rare beside verified numbers, and common without.
func (w *world) write(h *human, system int) record.Person {
	p := record.Person{NHSNumber: h.number, NHSNumberStatus: record.NumberVerified, Gender: map[bool]string{true: "female", false: "male"}[h.female]}
	if h.superseded != "" {
		switch {
		case system == 0:
			p.FormerNHSNumbers = []record.NHSNumber{h.superseded}
		case w.chance(300):
			p.NHSNumber = h.superseded
		}
	}
	wrong := 3.0
	if w.chance(50) {
		wrong = 40
		w.unverified(&p, h)
	}
	birth := h.birth
	switch {
	case w.chance(wrong):
		birth[1], birth[2] = birth[2], birth[1]
		if birth[1] > 12 {
			birth[1], birth[2] = birth[2], birth[1]
			birth[2] = 1 + w.IntN(28)
		}
	case w.chance(wrong / 3):
		birth[0] += []int{-10, -1, 1, 10}[w.IntN(4)]
	}
	p.BirthDate = dateOf(birth)
	if w.chance(wrong / 3) {
		p.BirthDate = []record.Date{"", "1900-01-01", "0001-01-01", p.BirthDate[:4]}[w.IntN(4)]
	}
	if w.chance(.5) { // a verified number that is somebody else's: the birth date is their own
		p.NHSNumber, p.NHSNumberStatus = w.people[w.IntN(len(w.people))].number, record.NumberVerified
	}
	w.name(&p, h)
	w.address(&p, h)
	if system == 1 || system == 3 {
		p.Identifiers = []record.Identifier{{System: "urn:hospital", Value: h.hospital}}
		if w.chance(5) { // a number that was given to somebody before
			p.Identifiers[0].Value = w.people[w.IntN(len(w.people))].hospital
		}
	}
	return p
}

func (w *world) unverified(p *record.Person, h *human) {
	p.NHSNumberStatus = record.NumberUnverified
	switch w.IntN(10) {
	case 0, 1, 2, 3, 4:
		p.NHSNumber, p.NHSNumberStatus, p.FormerNHSNumbers = "", record.NumberUnknown, nil
	case 5:
		p.NHSNumber = []record.NHSNumber{"0000000000", "9999999999"}[w.IntN(2)]
		if w.IntN(2) == 0 { // even "verified"
			p.NHSNumberStatus = record.NumberVerified
		}
	case 6: // typed in for somebody else
		p.NHSNumber = w.people[w.IntN(len(w.people))].number
	case 7: // and for whoever stands beside them in the list, of one household often
		p.NHSNumber = w.near(h).number
	}
}

// near is somebody who came into the world just before or after.
func (w *world) near(h *human) *human {
	at := h.birth[2] % 3
	for i := range w.people {
		if w.people[i] == h {
			return w.people[min(len(w.people)-1, i+at)]
		}
	}
	return h
}

func (w *world) name(p *record.Person, h *human) {
	n := record.HumanName{Given: append([]string(nil), h.given...), Family: h.family}
	if h.maiden != "" && h.maiden != h.family {
		switch {
		case w.chance(60):
			n.Family = h.maiden
		case w.chance(300):
			p.OtherNames = []record.HumanName{{Family: h.maiden, Use: "maiden"}}
		}
	}
	if w.chance(200) {
		n.Given = n.Given[:1]
	}
	switch {
	case w.chance(20):
		n.Family = w.typo(n.Family)
	case w.chance(15):
		n.Given[0] = w.typo(n.Given[0])
	case w.chance(10):
		n.Given = []string{n.Given[0][:1]}
	case w.chance(5):
		n.Given, n.Family = []string{n.Family}, strings.Join(n.Given, " ")
	case w.chance(5):
		n.Given = nil
	case w.chance(5) && h.birth[0] > 2015:
		n.Given = []string{"Baby"}
	case w.chance(30):
		n.Family = strings.ToUpper(strings.NewReplacer("'", "", "-", " ", "ü", "u").Replace(n.Family))
	}
	p.Name = n
}

// typo changes, drops, doubles or swaps a letter.
func (w *world) typo(s string) string {
	r := []rune(s)
	if len(r) < 3 {
		return s
	}
	i := 1 + w.IntN(len(r)-2)
	switch w.IntN(4) {
	case 0:
		r[i] = rune('a' + w.IntN(26))
	case 1:
		r = append(r[:i], r[i+1:]...)
	case 2:
		r[i], r[i+1] = r[i+1], r[i]
	default:
		r = append(r[:i+1], r[i:]...)
	}
	return string(r)
}

func (w *world) address(p *record.Person, h *human) {
	at := h
	if h.before != nil && w.chance(300) {
		at = h.before
	}
	if !w.chance(30) {
		street := at.street
		if w.chance(30) {
			street = w.typo(street)
		}
		p.Addresses = []record.Address{{Lines: []string{fmt.Sprintf("%d %s", at.house, street), at.town}, Postcode: at.postcode}}
		if w.chance(20) {
			p.Addresses[0].Postcode = ""
		}
	}
	if w.chance(600) {
		p.Telecoms = append(p.Telecoms, record.Telecom{System: "phone", Value: h.phone})
	}
	if h.email != "" && w.chance(500) {
		p.Telecoms = append(p.Telecoms, record.Telecom{System: "email", Value: h.email})
	}
}
