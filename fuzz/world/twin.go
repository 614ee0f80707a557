package world

import (
	"math/rand/v2"
	"reflect"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// Sight is what a caller may notice of something.
type Sight int

// Seen may be read. Told is held back, and said so: that there is some of it shows.
// Unseen is held back as if it did not exist.
const (
	Seen Sight = iota
	Told
	Unseen
)

// Judge says what may be noticed: of a source's section (no Entry, no Field), of an
// entry (no Field) or of one field of an entry.
type Judge func(Owner) Sight

// Twin makes a world that differs from w only in what the judge does not let be seen:
// other values in hidden fields; hidden entries with other content, more of them or
// fewer; in hidden sections also other faults. Where it is told that there is
// something, at least one such entry stays. Patients' numbers, birth dates, local ids
// and security labels stay, because links and restrictions hang on them. A twin is for
// comparing whole answers: it does not know its own canaries.
func (w *World) Twin(seed uint64, judge Judge) *World {
	rng := rand.New(rand.NewPCG(seed, 88))
	t := &World{Seed: w.Seed, Sources: w.Sources, mint: newMint(rng, int(w.Seed%40000)+5000+int(seed%1000))}
	for i, p := range w.People {
		q := *p
		q.Records = nil
		for _, r := range p.Records {
			q.Records = append(q.Records, t.twinRecord(rng, i, r, judge))
		}
		t.People = append(t.People, &q)
	}
	return t
}

func (w *World) twinRecord(rng *rand.Rand, person int, r *Record, judge Judge) *Record {
	out := &Record{Source: r.Source, LocalID: r.LocalID, Sections: map[record.Section]*Answer{}}
	for section, a := range r.Sections {
		at := Owner{Person: person, Source: r.Source, Section: section}
		switch {
		case section == record.Demographics:
			out.Sections[section] = &Answer{Entries: []*Entry{w.twinEntry(rng, at, a.Entries[0], judge)}}
		case judge(at) != Seen: // not even asked: all of it may be otherwise
			b := &Answer{}
			w.fill(rng, at, out, b)
			out.Sections[section] = b
		default:
			out.Sections[section] = w.twinAnswer(rng, at, out, a, judge)
		}
	}
	return out
}

// twinAnswer changes a section that is seen: its hidden entries and fields.
func (w *World) twinAnswer(rng *rand.Rand, at Owner, r *Record, a *Answer, judge Judge) *Answer {
	b := &Answer{Asserted: a.Asserted, Fails: a.Fails, Gap: a.Gap}
	told := map[string]bool{} // by labels, for what holds something back is named too
	for _, e := range a.Entries {
		at.Entry = e
		sight := judge(at)
		if sight == Seen {
			b.Entries = append(b.Entries, w.twinEntry(rng, at, e, judge))
			continue
		}
		copies := rng.IntN(3) // none, one or two of its kind
		if kind := strings.Join(e.Labels, " "); sight == Told && !told[kind] {
			told[kind] = true
			copies++
		}
		for range copies {
			b.Entries = append(b.Entries, w.like(at, r, e))
		}
	}
	return b
}

// like is another entry with the labels of e.
func (w *World) like(at Owner, r *Record, e *Entry) *Entry {
	n := &Entry{Labels: e.Labels}
	at.Entry = n
	f := &filler{w.mint, at}
	n.Value = f.entry(r.LocalID, nil)
	n.Value.Common().Labels = e.Value.Common().Labels
	return n
}

// twinEntry is e with other values in the fields that are not seen.
func (w *World) twinEntry(rng *rand.Rand, at Owner, e *Entry, judge Judge) *Entry {
	n := &Entry{Labels: e.Labels, Value: Copy(e.Value)}
	other := w.like(at, &Record{LocalID: e.Value.Common().Subject}, e)
	at.Entry, at.Field = e, ""
	told := judge(at) == Told // that somebody of this name is there is said
	change := func(to, from reflect.Value) {
		for i := range to.NumField() {
			name := GraphName(to.Type().Field(i).Name)
			switch name {
			case "base", "id", "subject", "labels", "provenance", "nhsNumber", "birthDate", "nhsNumberStatus":
				continue
			}
			if told && at.Section == record.Demographics && (name == "name" || name == "addresses") {
				continue
			}
			at.Entry, at.Field = e, name
			if judge(at) != Seen {
				to.Field(i).Set(from.Field(i))
			}
		}
	}
	change(reflect.ValueOf(n.Value).Elem(), reflect.ValueOf(other.Value).Elem())
	change(reflect.ValueOf(n.Value.Common()).Elem(), reflect.ValueOf(other.Value.Common()).Elem())
	at.Entry, at.Field = e, "provenance"
	if judge(at) != Seen { // but for the local id, of which the entry's own id is made
		id := n.Value.Common().Provenance.LocalID
		n.Value.Common().Provenance = other.Value.Common().Provenance
		n.Value.Common().Provenance.LocalID = id
	}
	return n
}
