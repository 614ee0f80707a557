package linkage_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// human is the truth about one person.
type human struct {
	given          []string
	family, maiden string
	female         bool
	birth          [3]int // year, month, day
	house          int
	street, town   string
	postcode       string
	before         *human // where they lived before: its address only
	phone, email   string
	number         record.NHSNumber
	superseded     record.NHSNumber
	hospital       string // a number that two of the systems know them by
}

// world makes people. Equal seeds make equal worlds.
type world struct {
	*rand.Rand
	families, givens []string
	used             int
	people           []*human

	systems []*register
	records []*keptRecord // of all systems
	written []int         // how many records there are of each person
}

const syllables = "ka ra mi to len dor bel han wes tin mar sol per gil fen bro cas del ter win hol ash bur cla fro gan hay ivo jen kel lor mun nor oak pru quin ros sta tal ul van wy yor zan"

func newWorld(seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 50_000)), used: 900_000_000}
	w.families = strings.Fields("Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Roberts Johnson Lewis Walker Robinson Wood Thompson White Watson Jackson Wright Green Harris Cooper King Lee Martin Clarke James Morgan Hughes Edwards Hill Moore Clark Harrison Scott Young Morris Hall Ward Turner Carter Phillips Mitchell Patel Adams Campbell Anderson Allen Cook O'Neill Begum Khan Singh Kaur Hussain Ahmed McDonald MacDonald O'Brien D'Souza Müller Nowak")
	w.givens = strings.Fields("John David Michael Peter Paul James Robert Andrew Mark Stephen Richard William Thomas Daniel Matthew George Joseph Jack Benjamin Samuel Joshua Adam Luke Harry Oliver Muhammad Susan Margaret Sarah Patricia Elizabeth Mary Jennifer Helen Karen Emma Laura Rebecca Rachel Jessica Charlotte Hannah Amy Emily Sophie Lucy Chloe Megan Olivia Anne Jean Siân Zoë Ellie Elsie Mia Maya Jayden Kayden")
	parts := strings.Fields(syllables)
	for range 3000 {
		w.families = append(w.families, title(parts[w.IntN(len(parts))]+parts[w.IntN(len(parts))]+parts[w.IntN(len(parts))]))
	}
	for range 400 {
		w.givens = append(w.givens, title(parts[w.IntN(len(parts))]+parts[w.IntN(len(parts))]))
	}
	return w
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// often picks a name: the first are much more frequent, as names are.
func (w *world) often(names []string) string {
	if w.IntN(2) == 0 {
		return names[w.IntN(50)]
	}
	return names[w.IntN(len(names))]
}

func (w *world) chance(perThousand float64) bool { return w.Float64()*1000 < perThousand }

// nextNumber is a synthetic NHS number, beginning with 9, with its check digit.
func (w *world) nextNumber() record.NHSNumber {
	for {
		w.used += 1 + w.IntN(3)
		digits := fmt.Sprintf("%09d", w.used)
		sum := 0
		for i, d := range digits {
			sum += int(d-'0') * (10 - i)
		}
		if check := (11 - sum%11) % 11; check != 10 {
			return record.NHSNumber(fmt.Sprintf("%s%d", digits, check))
		}
	}
}

// grow makes households until there are n people.
func (w *world) grow(n int) {
	for len(w.people) < n {
		w.household()
	}
	w.people = w.people[:n]
	for range n / 500 {
		w.doppelganger()
	}
}

func (w *world) household() {
	father := w.person(1935 + w.IntN(65))
	father.female = false
	w.live(father)
	mother := w.person(father.birth[0] + w.IntN(7) - 3)
	mother.female, mother.maiden = true, mother.family
	mother.family = father.family
	if w.chance(80) {
		mother.family = mother.maiden + "-" + father.family
	}
	mother.share(father)
	family := []*human{father, mother}
	for range w.IntN(4) {
		child := w.person(father.birth[0] + 20 + w.IntN(20))
		child.family = father.family
		child.share(father)
		switch {
		case !child.female && w.chance(100): // father and son of one name
			child.given = father.given
			if w.chance(100) { // and of one birthday
				child.birth[1], child.birth[2] = father.birth[1], father.birth[2]
			}
		case w.chance(25):
			family = append(family, w.twin(child))
		}
		family = append(family, child)
	}
	w.people = append(w.people, family...)
}

// twin makes a twin, often named alike.
func (w *world) twin(of *human) *human {
	t := w.person(of.birth[0])
	t.birth, t.family = of.birth, of.family
	t.share(of)
	switch w.IntN(5) {
	case 0: // one letter apart
		name := of.given[0]
		t.given = []string{name[:1] + "e" + name[1:]}
		if pairs := map[string]string{"Ellie": "Elsie", "Mia": "Maya", "Jayden": "Kayden"}; pairs[name] != "" {
			t.given[0] = pairs[name]
		}
		t.female = of.female
	case 1: // one middle name
		t.given = []string{t.given[0], "Rose"}
		of.given = []string{of.given[0], "Rose"}
	case 2: // the name that custom puts before the other
		t.given = []string{"Muhammad", t.given[0]}
		of.given = []string{"Muhammad", of.given[0]}
		t.female, of.female = false, false
	}
	if t.given[0] == of.given[0] && len(t.given) == len(of.given) && t.given[len(t.given)-1] == of.given[len(of.given)-1] {
		t.given = []string{of.given[0] + "ina"}
	}
	return t
}

// doppelganger is somebody else with the same names, birth date and sex.
func (w *world) doppelganger() {
	of := w.people[w.IntN(len(w.people))]
	d := w.person(of.birth[0])
	d.given, d.family, d.maiden, d.female, d.birth = of.given, of.family, of.maiden, of.female, of.birth
	w.live(d)
	w.people = append(w.people, d)
}

func (w *world) person(year int) *human {
	h := &human{given: []string{w.often(w.givens)}, family: w.often(w.families), female: w.IntN(2) == 0,
		birth: [3]int{min(year, 2025), 1 + w.IntN(12), 1 + w.IntN(28)}, number: w.nextNumber()}
	if w.IntN(3) == 0 {
		h.given = append(h.given, w.often(w.givens))
	}
	if w.chance(15) {
		h.superseded = w.nextNumber()
	}
	h.phone = fmt.Sprintf("07700 9%05d", w.IntN(100_000))
	if w.IntN(3) == 0 {
		h.email = fmt.Sprintf("%s.%d@mail.example", strings.ToLower(h.given[0]), w.IntN(2000))
	}
	h.hospital = fmt.Sprintf("H%06d", w.IntN(1_000_000)) // a few are given twice
	if w.chance(120) {
		h.before = &human{}
		w.live(h.before)
	}
	return h
}

// live gives an address.
func (w *world) live(h *human) {
	area := w.IntN(1500)
	h.postcode = fmt.Sprintf("F%c%d %d%c%c", 'A'+area%20, 1+area%17, area%10, "ABDEFGHJLN"[area/10%10], "PQRSTUWXYZ"[area/100%10])
	h.town = "Town" + fmt.Sprint(area%25)
	h.street = []string{"Mill", "Station", "Church", "High", "Park", "Victoria", "Green", "Manor", "Queens", "Springfield"}[w.IntN(10)] +
		[]string{" Lane", " Road", " Street", " Close"}[w.IntN(4)]
	h.house = 1 + w.IntN(120)
}

// share moves somebody in with another: they have the landline together, if they have one.
func (h *human) share(with *human) {
	h.house, h.street, h.town, h.postcode = with.house, with.street, with.town, with.postcode
	if with.birth[2]%2 == 0 {
		h.phone = with.phone
	}
}
