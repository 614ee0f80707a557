package demo

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Adapted is a directory of FHIR R4 bundles, turned into the records of the
// region's four systems. It is adapted data: the people, their NHS numbers and
// the division of their records are made up; the clinical content is as it was.
type Adapted struct {
	Files      int            // bundles read
	People     int            // patients found in them
	Kept       map[string]int // resources served by some system, by type
	Dropped    map[string]int // resources served by none, by type
	Unresolved int            // references to what is in no bundle
	Problems   []error        // files that could not be used, and why

	people   []*bundlePerson // by id of the patient as read
	gp       *fhirStore      // of the FHIR servers, ready to be served
	hospital *fhirStore
	pas      map[string][]row // rows of the PAS, by table
	council  map[string][]row // rows of the social care files, by file
}

// LoadBundles reads every *.json and *.json.gz of a directory as FHIR bundles.
// A file that cannot be used is a problem, named with its cause, and loses no
// other; the error is for when there is nobody left to serve. Nothing of the
// files is kept but what it returns.
func LoadBundles(dir string) (*Adapted, error) {
	names, err := bundleNames(dir)
	if err != nil {
		return nil, fmt.Errorf("demo: bundles: %w", err)
	}
	a := &Adapted{Kept: map[string]int{}, Dropped: map[string]int{}, pas: map[string][]row{}, council: map[string][]row{}}
	links, kinds := newBundleLinks(), searchParams()
	for i, read := range readBundles(dir, names, func(kind string) bool { return kinds[kind] != nil }) {
		if read.err != nil {
			a.Problems = append(a.Problems, fmt.Errorf("demo: bundles: %s: %w", names[i], read.err))
			continue
		}
		a.Files++
		for kind, n := range read.file.dropped {
			a.Dropped[kind] += n
		}
		links.add(read.file)
	}
	a.people = links.settle(a.Dropped)
	if a.People = len(a.people); a.People == 0 {
		return nil, errors.Join(append(a.Problems, fmt.Errorf("demo: bundles: no patient in %d files of %s", len(names), dir))...)
	}
	if err := a.distribute(links); err != nil {
		return nil, err
	}
	a.Unresolved = len(links.missing)
	return a, nil
}

// distribute divides every record and writes each system's part of it.
func (a *Adapted) distribute(links *bundleLinks) error {
	for _, p := range a.people {
		p.divide()
		a.writePAS(p)
		a.writeCouncil(links, p)
	}
	var err error
	if a.gp, err = a.writeFHIR(links, inGP, supplier()); err != nil {
		return err
	}
	if a.hospital, err = a.writeFHIR(links, inHospital, acuteTrust()); err != nil {
		return err
	}
	for _, r := range links.all {
		if r.at == 0 {
			a.Dropped[r.kind]++ // an organisation nobody speaks of
		} else {
			a.Kept[r.kind]++
		}
	}
	for _, p := range a.people {
		p.resources, p.read.file = nil, nil // written, and as large as what was written
	}
	return nil
}

// writeFHIR renders what one FHIR server serves: the region's own directory, the
// patients, their resources, and the organisations and people these refer to.
func (a *Adapted) writeFHIR(links *bundleLinks, system holder, org organisation) (*fhirStore, error) {
	w := &fhirWriter{system: system, org: org, roster: roster{staff()}, store: newFHIRStore()}
	w.directory()
	for _, p := range a.people {
		w.keep(p.patient(system))
		for _, r := range p.resources {
			if r.at&system != 0 {
				w.keep(links.render(r, system))
			}
		}
	}
	// Rendering finds more to render: a role refers to its organisation.
	for len(links.wanted) > 0 {
		wanted := links.wanted
		links.wanted = nil
		slices.SortFunc(wanted, func(a, b *bundled) int { // found in the order of maps
			return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id))
		})
		for _, r := range wanted {
			if w.store.byReference[r.kind+"/"+r.id] != nil {
				continue // one of the region's own has that id, and stands for it
			}
			w.keep(links.render(r, system))
		}
	}
	w.store.ready()
	return w.store, w.err
}

// DroppedTotal is the number of resources no system serves.
func (a *Adapted) DroppedTotal() int { return bundleTotal(a.Dropped) }

// KeptTotal is the number of resources served; one served twice counts once.
func (a *Adapted) KeptTotal() int { return bundleTotal(a.Kept) }

func bundleTotal(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// Summary is one line of figures, for the log.
func (a *Adapted) Summary() string {
	most := slices.SortedFunc(maps.Keys(a.Dropped), func(x, y string) int {
		return cmp.Or(cmp.Compare(a.Dropped[y], a.Dropped[x]), cmp.Compare(x, y))
	})
	text := fmt.Sprintf("adapted %d people from %d bundles: %d resources kept, %d dropped", a.People, a.Files, a.KeptTotal(), a.DroppedTotal())
	for i, kind := range most {
		text += fmt.Sprintf("%s%s %d", map[bool]string{true: " (", false: ", "}[i == 0], kind, a.Dropped[kind])
	}
	if len(most) > 0 {
		text += ")"
	}
	return fmt.Sprintf("%s, %d references to nothing, %d files refused", text, a.Unresolved, len(a.Problems))
}
