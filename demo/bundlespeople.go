package demo

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
)

// bundlePerson is one Patient of the bundles and the record about them.
type bundlePerson struct {
	read      *bundled // the Patient as read
	resources []*bundled
	index     int    // number from which local ids are made
	nhs       string // of the range that is never given to real people
	practice  organisation
}

// bundlePeople are the patients, by their resource as read.
type bundlePeople struct {
	byPatient map[*bundled]*bundlePerson
	sorted    []*bundlePerson
}

// newBundlePeople gives every Patient an NHS number and local ids derived from
// its own id, so that a person keeps them whatever other files are added. (Only
// where two would get the same does the one later in the order of ids move on.)
func newBundlePeople(all []*bundled) *bundlePeople {
	people := &bundlePeople{byPatient: map[*bundled]*bundlePerson{}}
	for _, r := range all {
		if r.kind == "Patient" {
			p := &bundlePerson{read: r}
			people.byPatient[r] = p
			people.sorted = append(people.sorted, p)
		}
	}
	slices.SortFunc(people.sorted, func(a, b *bundlePerson) int { return strings.Compare(a.read.id, b.read.id) })
	nhs, taken := numbers{used: map[string]bool{}}, map[int]bool{}
	for _, p := range people.sorted {
		// Both ranges are clear of those of the region's invented people.
		p.nhs = nhs.next(900_000_000 + bundleChance("nhs", p.read.id, 9_900_000))
		p.index = 60_000 + bundleChance("local", p.read.id, 80_000)
		for taken[p.index] {
			p.index++
		}
		taken[p.index] = true
		p.practice = practices()[bundleChance("practice", p.read.id, len(practices()))]
	}
	return people
}

func (people *bundlePeople) of(patient *bundled) *bundlePerson { return people.byPatient[patient] }

func (p *bundlePerson) localID(system holder) string { return localID(system, p.index) }

// bundleChance is a number below n that is always the same for the same thing.
func bundleChance(what, id string, n int) int {
	sum := sha256.Sum256([]byte(what + "\x00" + id))
	return int(binary.BigEndian.Uint64(sum[:8]) % uint64(n))
}

// patient is the Patient resource of one FHIR system: as read, with the numbers
// and organisations of the region in place of those it came with.
func (p *bundlePerson) patient(system holder) object {
	out := object{}
	for key, v := range p.read.content {
		switch key {
		case "identifier", "generalPractitioner", "managingOrganization", "link", "contained", "text":
		default:
			out[key] = v
		}
	}
	trust := supplier()
	if system == inHospital {
		trust = acuteTrust()
	}
	w := &fhirWriter{system: system, s: &statement{localID: p.localID(system), nhs: p.nhs, status: "01"}}
	out["id"], out["identifier"] = w.s.localID, w.identifiers()
	out["generalPractitioner"], out["managingOrganization"] = list{bundlePlace(p.practice)}, bundlePlace(trust)
	return out
}

// bundlePlace refers to an organisation of the region, by its ODS code too.
func bundlePlace(o organisation) object {
	return object{"reference": "Organization/" + o.ods, "type": "Organization", "display": o.name,
		"identifier": object{"system": odsSystem, "value": o.ods}}
}

// text is the first string at a path of a resource, "" when there is none.
func (r *bundled) text(paths ...string) string {
	for _, path := range paths {
		for _, v := range walk(r.content, path) {
			if s, ok := v.(string); ok && s != "" {
				return s
			}
		}
	}
	return ""
}

// label is what a coded element says: its text, else the display of a coding.
func (r *bundled) label(path string) string {
	return cmp.Or(r.text(path+".text"), r.text(path+".coding.display"), r.text(path+".coding.code"))
}
