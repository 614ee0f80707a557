package linkage_test

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/patchworkcare/patchwork/migrations"
	"github.com/patchworkcare/patchwork/migrations/dbtest"
	"github.com/patchworkcare/patchwork/patient"
	"github.com/patchworkcare/patchwork/patient/match"
	"github.com/patchworkcare/patchwork/record"
)

// size is how many people the region has; PATCHWORK_LINKAGE_PEOPLE makes it larger.
func size(t *testing.T) int {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("PATCHWORK_LINKAGE_PEOPLE"), "3000"))
	if err != nil || n < 100 {
		t.Fatal("PATCHWORK_LINKAGE_PEOPLE must be a number of at least 100")
	}
	return n
}

// place is a record by its system and local id; several people may be meant by one.
type place struct{ source, local string }

// TestRegion links a hostile region by the index, what has no verified number by the
// built-in model, and judges both against the truth: never are records of two people held
// together, and where verified numbers agree nearly none is missed. assurance.md §2.
func TestRegion(t *testing.T) {
	t.Parallel()
	w := newWorld(1)
	w.grow(size(t))
	w.register()
	index := w.index(t, dbtest.Open(t, dbtest.SQLite(t)))
	start, busy := time.Now(), processor(t)
	w.link(t, index)
	t.Logf("%d people, %d records in %d systems; linked in %.1f s, with %.1f s of processor time",
		len(w.people), len(w.records), len(w.systems), time.Since(start).Seconds(), (processor(t) - busy).Seconds())

	patients := w.known(t, index)
	mixed, other := w.mixed(patients)
	t.Logf("patients who hold records of two people: %d; numbers of one person that stand, verified, in another's record only, or there first: %d", mixed, other)
	if mixed > 0 {
		t.Error("records of two people are held together")
	}
	holder := holders(patients)
	r := w.recall(holder)
	t.Logf("one verified number and birth date: %d of %d pairs of records held together (%.2f %%)", r.held, r.agreeing, 100*share(r.held, r.agreeing))
	t.Logf("one verified number, the birth date differs: of %d pairs the model links %d and asks about %d", r.apart, r.linked, r.asked)
	if all := r.agreeing + r.apart; share(r.held, r.agreeing) < .99 || share(r.held+r.linked, all) < .99 {
		t.Errorf("only %.2f %% of the records with one verified number are found to be of one person", 100*share(r.held+r.linked, all))
	}
	w.loose(t, holder)
}

// processor is the time that processors have spent on this process.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func share(part, whole int) float64 { return float64(part) / float64(max(1, whole)) }

func (w *world) index(t *testing.T, db *migrations.DB) *patient.Index {
	t.Helper()
	systems := make([]patient.System, len(w.systems))
	for i, r := range w.systems {
		systems[i] = patient.System{ID: r.name, Finder: r, Deadline: time.Minute}
	}
	index := patient.NewIndex(db.Write, db.Read, systems, time.Now, slog.New(slog.DiscardHandler))
	t.Cleanup(func() { _ = index.Close() })
	return index
}

// batch is how many numbers are asked for at once.
const batch = 500

// numbers are all that any system holds.
func (w *world) numbers() []record.NHSNumber {
	all := map[record.NHSNumber]bool{}
	for _, r := range w.systems {
		for n := range r.byNHS {
			all[n] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// link asks for everybody's number, in batches.
func (w *world) link(t *testing.T, index *patient.Index) {
	t.Helper()
	for part := range slices.Chunk(w.numbers(), batch) {
		if _, err := index.ByNHSNumbers(context.Background(), part, time.Minute); err != nil {
			t.Fatal(err)
		}
	}
}

// known gives the patients as they are in the end: what came later may have told that a
// local id is two people's.
func (w *world) known(t *testing.T, index *patient.Index) map[record.NHSNumber]*patient.Patient {
	t.Helper()
	out := map[record.NHSNumber]*patient.Patient{}
	for part := range slices.Chunk(w.numbers(), batch) {
		found, err := index.Known(context.Background(), part)
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(out, found)
	}
	return out
}

// mixed counts patients who hold records of two people; and other links by a number to a
// record of somebody whose number it is not, who is held alone: a system says, verified,
// that it is theirs, and as many or more say so as of its owner.
func (w *world) mixed(patients map[record.NHSNumber]*patient.Patient) (mixed, other int) {
	truth := map[place][]int{}
	for _, k := range w.records {
		at := k.place(w)
		truth[at] = append(truth[at], k.who)
	}
	for number, p := range patients {
		whose := map[int]bool{}
		for _, l := range p.Links {
			theirs := false
			for _, who := range truth[place{l.Source, l.LocalID}] {
				whose[who] = true
				theirs = theirs || w.people[who].number == number || w.people[who].superseded == number
			}
			if !theirs {
				other++
			}
		}
		if len(whose) > 1 {
			mixed++
		}
	}
	return mixed, other
}

// holders gives the patient who holds each record.
func holders(patients map[record.NHSNumber]*patient.Patient) map[place]string {
	holder := map[place]string{}
	for _, p := range patients {
		for _, l := range p.Links {
			holder[place{l.Source, l.LocalID}] = p.ID
		}
	}
	return holder
}

// recalled counts pairs of records of one person with one verified number, or one number
// and the one that some system says it superseded.
type recalled struct {
	// agreeing have one birth date, and held are those that one patient holds; apart have
	// two birth dates: linked and asked are what the model says of them.
	agreeing, held, apart, linked, asked int
}

func (w *world) recall(holder map[place]string) (r recalled) {
	model := match.Default()
	for _, records := range w.numbered() {
		for i, a := range records {
			for _, b := range records[i+1:] {
				x, y := holder[a.place(w)], holder[b.place(w)]
				switch held := x != "" && x == y; {
				case a.BirthDate == b.BirthDate:
					r.agreeing++
					if held {
						r.held++
					}
				default:
					r.apart++
					switch model.Judge(&a.traits, &b.traits).Class {
					case match.Link:
						r.linked++
					case match.Ask:
						r.asked++
					}
				}
			}
		}
	}
	return r
}

// numbered gives the records with a verified number that is theirs, by person; of those
// with two numbers only if some system says that one superseded the other. Local ids that
// were given for two people are left out: nobody can tell whose those are.
func (w *world) numbered() map[int][]*keptRecord {
	said := map[int]bool{}
	for _, k := range w.records {
		if k.sound && len(k.FormerNHSNumbers) > 0 {
			said[k.who] = true
		}
	}
	of := map[int][]*keptRecord{}
	for _, k := range w.records {
		if k.numbered && !k.doubted && (said[k.who] || k.NHSNumber == w.people[k.who].number) {
			of[k.who] = append(of[k.who], k)
		}
	}
	return of
}
