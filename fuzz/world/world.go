package world

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// World is everything that the sources of a region hold. It does not change once it is
// made, but for Learn.
type World struct {
	Seed    uint64
	Sources []Source
	People  []*Person

	owners map[string][]Owner // canary, lower case → where it stands
	ids    map[string]Owner   // Patchwork's ids of entries, once learned
	mint   *mint
}

// Source is a made-up system.
type Source struct {
	ID, Organisation string
	Offers           []record.Section
}

// Person is somebody, and what each source holds about them.
type Person struct {
	NHSNumber record.NHSNumber
	BirthDate record.Date
	// Restricted: some source marks the demographics restricted (S-flag).
	Restricted bool
	// Records are in the order of the sources; a source may hold none, or two.
	Records []*Record
}

// Record is what one source holds about one person under one local id.
type Record struct {
	Source   string
	LocalID  string
	Sections map[record.Section]*Answer
}

// Answer is what a source says of one section.
type Answer struct {
	Entries  []*Entry
	Asserted []record.Assertion
	// Fails: it answers with something unreadable instead. Gap: it says that something
	// is missing.
	Fails, Gap bool
}

// Entry is one statement with the names of its security labels.
type Entry struct {
	Labels []string
	Value  record.Entry
}

// Key names an entry in its source.
func (e *Entry) Key() string { return e.Value.Common().Provenance.LocalID }

// Options bound a world.
type Options struct {
	Seed   uint64
	People int
}

// New makes a world; the same options make the same world.
func New(o Options) *World {
	rng := rand.New(rand.NewPCG(o.Seed, 77))
	w := &World{Seed: o.Seed, mint: newMint(rng, int(o.Seed%40000)), ids: map[string]Owner{}}
	w.owners = w.mint.owners
	w.sources(rng)
	for i := range o.People {
		w.People = append(w.People, w.person(rng, i))
	}
	return w
}

func (w *World) sources(rng *rand.Rand) {
	names := []string{"gp", "hospital", "mental-health", "social-care"}
	organisations := []string{"YA101", "YB202", "YC303", "YB202"} // one runs two systems
	n := 2 + rng.IntN(3)
	for i := range n {
		s := Source{ID: names[i], Organisation: organisations[i]}
		for _, h := range record.Headings() {
			if h.Section == record.Demographics || rng.Float64() < 0.85 {
				s.Offers = append(s.Offers, h.Section)
			}
		}
		w.Sources = append(w.Sources, s)
	}
}

func (w *World) person(rng *rand.Rand, place int) *Person {
	p := &Person{NHSNumber: w.mint.nhsNumber(), BirthDate: w.mint.day()}
	family := "" // half of all have one name everywhere, so that searches find them in several systems
	if rng.IntN(2) == 0 {
		family = w.mint.text(Owner{})
		w.owners[family] = nil
	}
	for i, s := range w.Sources {
		times := 1
		switch {
		case rng.Float64() < 0.2 && len(w.Sources)-i+len(p.Records) > 1:
			times = 0
		case rng.Float64() < 0.1:
			times = 2
		}
		for range times {
			r := w.record(rng, place, p, s, family)
			p.Records = append(p.Records, r)
		}
	}
	return p
}

func (w *World) record(rng *rand.Rand, place int, p *Person, s Source, family string) *Record {
	at := Owner{Person: place, Source: s.ID, Section: record.Demographics, Field: "localId"}
	r := &Record{Source: s.ID, LocalID: w.mint.text(at), Sections: map[record.Section]*Answer{}}
	for _, section := range s.Offers {
		a := &Answer{}
		at = Owner{Person: place, Source: s.ID, Section: section}
		if section == record.Demographics {
			a.Entries = []*Entry{w.demographics(rng, at, p, r, family)}
		} else {
			w.fill(rng, at, r, a)
		}
		r.Sections[section] = a
	}
	return r
}

// fill makes the answer of one section: entries, statements that there are none, or
// faults.
func (w *World) fill(rng *rand.Rand, at Owner, r *Record, a *Answer) {
	for range rng.IntN(4) {
		a.Entries = append(a.Entries, w.entry(rng, at, r))
	}
	if rng.IntN(4) == 0 {
		f := &filler{w.mint, at}
		f.owner.Field = "code"
		asserted := record.Assertion{Subject: r.LocalID, Code: record.Concept{Text: f.text(), Codings: []record.Coding{{System: f.text(), Code: f.text()}}}}
		f.owner.Field = "author"
		asserted.By = record.Actor{Name: f.text(), Role: f.text()}
		f.owner.Field = "date"
		asserted.Date = f.date(f.owner)
		a.Asserted = append(a.Asserted, asserted)
	}
	a.Fails = rng.IntN(15) == 0
	a.Gap = !a.Fails && rng.IntN(12) == 0
}

func (w *World) entry(rng *rand.Rand, at Owner, r *Record) *Entry {
	chosen := mark(rng)
	e := &Entry{Labels: labelsOf(chosen)}
	at.Entry = e
	f := &filler{w.mint, at}
	e.Value = f.entry(r.LocalID, chosen)
	return e
}

func (w *World) demographics(rng *rand.Rand, at Owner, p *Person, r *Record, family string) *Entry {
	chosen := mark(rng)
	if rng.IntN(2) == 0 {
		chosen = nil
	}
	e := &Entry{Labels: labelsOf(chosen)}
	at.Entry = e
	f := &filler{w.mint, at}
	person := f.entry(r.LocalID, chosen).(*record.Person)
	e.Value = person
	p.Restricted = p.Restricted || slices.ContainsFunc(chosen, func(m marking) bool { return m.code == "R" || m.code == "V" })
	own := func(text, field string) {
		at.Field = field
		w.mint.own(text, at)
	}
	own(r.LocalID, "provenance")
	person.Provenance.LocalID = r.LocalID
	person.NHSNumber, person.NHSNumberStatus = p.NHSNumber, record.NumberVerified
	own(string(p.NHSNumber), "nhsNumber")
	person.BirthDate = p.BirthDate
	own(string(p.BirthDate), "birthDate")
	if family != "" {
		person.Name.Family = family
		own(family, "name")
	}
	for _, a := range person.Addresses {
		hit := at
		hit.Field, hit.InHits = "postcode", true
		w.owners[strings.ToLower(a.Postcode)] = append(w.owners[strings.ToLower(a.Postcode)], hit)
	}
	return e
}

// Learn notes Patchwork's id of an entry, so that it is a canary too.
func (w *World) Learn(id string, o Owner) {
	o.Field = "id"
	w.ids[id] = o
}

// Canaries is how many there are.
func (w *World) Canaries() int { return len(w.owners) + len(w.ids) }
