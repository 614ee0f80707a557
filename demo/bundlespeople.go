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
		// From 900 to below 999 million: no placeholder such as 9999999999.
		p.nhs = nhs.next(900_000_000 + bundleChance("nhs", p.read.id, 99_000_000))
		p.index = bundleChance("local", p.read.id, 100_000)
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
	name, trust := "gp-patient-number", supplier()
	if system == inHospital {
		name, trust = "hospital-number", acuteTrust()
	}
	out["id"] = p.localID(system)
	out["identifier"] = list{
		object{"use": "official", "system": "https://fhir.nhs.uk/Id/nhs-number", "value": p.nhs,
			"extension": list{object{
				"url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus",
				"valueCodeableConcept": object{"coding": list{object{
					"system": "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus",
					"code":   "01", "display": "Number present and verified"}}}}}},
		object{"use": "usual", "system": "https://westmarch.example/Id/" + name, "value": p.localID(system)},
	}
	out["generalPractitioner"] = list{bundlePlace(p.practice)}
	out["managingOrganization"] = bundlePlace(trust)
	return out
}

// bundlePlace refers to an organisation of the region, by its ODS code too.
func bundlePlace(o organisation) object {
	return object{"reference": "Organization/" + o.ods, "type": "Organization", "display": o.name,
		"identifier": object{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": o.ods}}
}

// bundlePlaces are the region's own organisations that one system speaks of.
func bundlePlaces(system holder) []object {
	places := append(practices(), supplier())
	if system == inHospital {
		places = append(practices(), acuteTrust())
	}
	var out []object
	for _, o := range places {
		out = append(out, object{"resourceType": "Organization", "id": o.ods, "active": true, "name": o.name,
			"identifier": list{bundlePlace(o)["identifier"]},
			"telecom":    list{object{"system": "phone", "value": o.phone, "use": "work"}},
			"address": list{object{"line": bundleTexts(o.address.lines()), "city": o.address.town,
				"postalCode": o.address.postcode}}})
	}
	return out
}

func bundleTexts(texts []string) list {
	var out list
	for _, t := range texts {
		out = append(out, t)
	}
	return out
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
