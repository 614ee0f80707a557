package gpconnect

import (
	"errors"
	"strings"

	"github.com/patchworkcare/patchwork/record"
	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/fhirversion"
	"github.com/patchworkcare/patchwork/sources/httpfault"
)

// answer is one person's record as it came, in the shape of R4.
type answer struct {
	items []*item
	// by finds an item by what references call it: "Condition/1".
	by map[string]*item
	// lists are the lists of the record, by code.
	lists []*fhirversion.Node
	// id is the practice's own id of the person, and number their NHS number, both as the
	// answer itself says it.
	id     string
	number record.NHSNumber
	// measured are what stands in a report; uncategorised are what their list names; told
	// is what stands in the words of a consultation; shown are prescriptions that a
	// statement speaks for.
	measured, uncategorised, told, shown map[string]bool
	// unread are resource types that came and that no section has.
	unread map[string]bool
}

// item is a resource of the answer.
type item struct {
	*fhirversion.Node
	kind, fullURL string
}

// ref is what references call the item.
func (i *item) ref() string { return i.kind + "/" + i.Text("id") }

// read takes an answer apart. What it cannot be sure of is an error: the answer is one
// person's whole record, and half of it reads as all of it.
func read(body []byte) (*answer, error) {
	o, err := fhirversion.Decode(body)
	switch {
	case errors.Is(err, fhirversion.ErrTooMany):
		return nil, httpfault.TooLarge()
	case err != nil:
		return nil, httpfault.NotJSON(nil)
	case o.Text("resourceType") == "OperationOutcome": // an error in the clothes of a success
		if said := meaning(o, 0); said != nil {
			return nil, said
		}
		return nil, &sources.Error{Kind: sources.Unavailable, Code: "operation-outcome", Reason: "It answered with an error report"}
	case o.Text("resourceType") != "Bundle" || o.Text("type") != "collection":
		return nil, httpfault.Malformed("not-a-record", "Its answer is not a structured record")
	}
	fhirversion.STU3.Resource(o)
	a := &answer{by: map[string]*item{}, measured: map[string]bool{}, uncategorised: map[string]bool{}, told: map[string]bool{}, shown: map[string]bool{}, unread: map[string]bool{}}
	for _, e := range o.Objects("entry") {
		if r := e.Object("resource"); r != nil {
			a.add(r, e.Text("fullUrl"))
		}
	}
	if err := a.identify(); err != nil {
		return nil, err
	}
	a.unpackLists()
	a.measure()
	a.joinMedication()
	a.tellConsultations()
	return a, nil
}

func (a *answer) add(r *fhirversion.Node, fullURL string) {
	i := &item{Node: r, kind: r.Text("resourceType"), fullURL: fullURL}
	if i.kind == "List" {
		a.lists = append(a.lists, r)
		return
	}
	a.items = append(a.items, i)
	if a.by[i.ref()] == nil {
		a.by[i.ref()] = i
	}
	if !hasSection(i.kind) && !supports[i.kind] && i.kind != "ServiceRequest" { // of what is not asked for
		a.unread[i.kind] = true
	}
}

// identify finds the one person whom the answer is about, and refuses it if anything in
// it is about anybody else (hazard H-01).
func (a *answer) identify() error {
	var who *item
	for _, i := range a.items {
		if i.kind != "Patient" {
			continue
		}
		if who != nil && who.Text("id") != i.Text("id") {
			return wrongPatient("It describes two people in one record; nothing of it is shown")
		}
		who = i
	}
	if who == nil || who.Text("id") == "" {
		return httpfault.Malformed("no-patient", "It did not say whose record it sent")
	}
	a.id = who.Text("id")
	for _, id := range who.Objects("identifier") {
		if n, err := record.ParseNHSNumber(id.Text("value")); err == nil && id.Text("system") == record.NHSNumberSystem && id.Text("use") != "old" {
			a.number = n
			break
		}
	}
	for _, i := range a.items {
		if a.foreign(i.Node) {
			return wrongPatient("It sent something about another person; nothing of that record is shown")
		}
	}
	for _, l := range a.lists {
		if a.foreign(l) {
			return wrongPatient("It sent something about another person; nothing of that record is shown")
		}
	}
	return nil
}

// foreign reports whether a resource, or one that it contains, names another patient.
func (a *answer) foreign(o *fhirversion.Node) bool {
	for _, name := range []string{"subject", "patient"} {
		ref := o.Object(name).Text("reference")
		if at := strings.LastIndex("/"+ref, "/Patient/"); at >= 0 && ref[at+len("Patient/"):] != a.id {
			return true
		}
	}
	for _, in := range o.Objects("contained") {
		if a.foreign(in) {
			return true
		}
	}
	return false
}

// isAbout cross-checks the demographics that came back (GP Connect: SHALL). A record
// that does not say whose it is cannot be shown as this person's.
func (a *answer) isAbout(asked record.NHSNumber) error {
	switch a.number {
	case asked:
		return nil
	case "":
		return wrongPatient("It sent a record without an NHS number to check; nothing of it is shown")
	}
	return wrongPatient("It answered about another person; nothing of that answer is shown")
}

func wrongPatient(reason string) *sources.Error {
	return &sources.Error{Kind: sources.WrongPatient, Code: "wrong-patient", Reason: reason}
}
