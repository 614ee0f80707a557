package fhirr4

import (
	"bytes"
	"strings"

	"github.com/patchworkcare/patchwork/record"
)

// odsSystem identifies organisations (ODS code).
const odsSystem = "https://fhir.nhs.uk/Id/ods-organization-code"

// reference is where something lies: "Practitioner/1" or a full URL with owner 0;
// "#1" within the resource that contains it.
type reference struct {
	owner int
	to    string
}

// link is a Reference element. ods is its identifier where that is an ODS code.
type link struct {
	reference
	display string
	ods     string
}

// included is what was sent along and can be referred to.
type included struct {
	kind    string
	id      string
	name    string
	role    string
	ods     string
	concept record.Concept
	form    record.Concept
	phones  []record.Telecom
	address record.Address
	// state and due are those of a Goal.
	state string
	due   record.Date
	// who and at are what a PractitionerRole ties together.
	who, at link
}

// pending is a reference to be looked up when the whole answer is there, and the
// place that waits for it. One of the places is set.
type pending struct {
	from         reference
	actor        **record.Actor
	organisation *record.Organisation
	text         *string
	concept      *record.Concept
	form         *record.Concept
}

// link takes a Reference.
func (r *reader) link() link {
	raw := r.Raw()
	means, known, at := r.memo.links.place(raw)
	if known {
		return *means
	}
	odd := r.Odd()
	r.Again(raw)
	l := r.newLink()
	if l.owner == 0 && r.Odd() == odd { // what is contained differs by resource
		*means, *at = l, raw
	}
	return l
}

func (r *reader) newLink() (l link) {
	if !r.Object() {
		return l
	}
	for r.Next() {
		switch string(r.Name()) {
		case "reference":
			l.reference = r.refer(r.Text())
		case "display":
			l.display = r.string()
		case "identifier":
			if id, _ := r.identifier(); id.System == odsSystem {
				l.ods = id.Value
			}
		}
	}
	return l
}

// links takes an array of References.
func (r *reader) links() []link {
	var all []link
	for range r.each() {
		all = append(all, r.link())
	}
	return all
}

// firstLink takes an array of References and keeps the first.
func (r *reader) firstLink() (l link) {
	for i := range r.each() {
		if i == 0 {
			l = r.link()
		}
	}
	return l
}

// refer makes a reference to this server relative and drops a version.
func (r *reader) refer(to []byte) reference {
	if len(to) > 0 && to[0] == '#' {
		return reference{r.resource, r.keep(to)}
	}
	if rest, ok := bytes.CutPrefix(to, []byte(r.base)); ok && len(rest) > 1 && rest[0] == '/' {
		to = rest[1:]
	}
	if at := bytes.Index(to, []byte("/_history/")); at > 0 {
		to = to[:at]
	}
	return reference{0, r.keep(to)}
}

// subject takes the Reference to the person a resource is about: the local id, or
// the whole reference where it does not lead to a Patient of this server, so that
// the wrong-patient guard refuses it (hazard H-01).
func (r *reader) subject() string { return person(r.link()) }

func person(l link) string {
	if id, ok := strings.CutPrefix(l.to, "Patient/"); ok {
		return id
	}
	return l.to
}

// actor keeps a place for whom l leads to: the display is shown unless the resource
// itself comes along and says more.
func (r *reader) actor(place **record.Actor, l link) {
	if l == (link{}) {
		return
	}
	if l.display == "" {
		*place = r.slabs.actors.new()
		r.pending = append(r.pending, pending{from: l.reference, actor: place})
		return
	}
	// The same professional stands in many entries, which then share the actor.
	if a := r.actors[l]; a != nil {
		*place = a
		return
	}
	a := r.slabs.actors.new()
	a.Name = l.display
	*place = a
	if l.to != "" {
		r.pending = append(r.pending, pending{from: l.reference, actor: place})
	}
	if r.actors == nil {
		r.actors = map[link]*record.Actor{}
	}
	r.actors[l] = a
}

// organisation keeps a place for the organisation l leads to.
func (r *reader) organisation(place *record.Organisation, l link) {
	place.Name, place.ODS = l.display, l.ods
	if l.to != "" {
		r.pending = append(r.pending, pending{from: l.reference, organisation: place})
	}
}

// place keeps a place for the name of what l leads to, for example a Location.
func (r *reader) place(place *string, l link) {
	*place = l.display
	if l.to != "" && l.display == "" {
		r.pending = append(r.pending, pending{from: l.reference, text: place})
	}
}

// coded keeps a place for the concept of what l leads to, for example a Medication.
func (r *reader) coded(place *record.Concept, l link) {
	place.Text = l.display
	if l.to != "" {
		r.pending = append(r.pending, pending{from: l.reference, concept: place})
	}
}

// resolve fills all places that wait, once the whole answer is there.
func (r *reader) resolve() {
	for _, p := range r.pending {
		in := r.known[p.from]
		switch {
		case p.actor != nil:
			if in != nil {
				r.describe(*p.actor, in)
			}
			if (*p.actor).IsZero() {
				*p.actor = nil
			}
		case in == nil:
		case p.organisation != nil:
			if p.organisation.Name == "" {
				p.organisation.Name = in.name
			}
			if p.organisation.ODS == "" {
				p.organisation.ODS = in.ods
			}
		case p.text != nil:
			*p.text = in.name
		case p.concept != nil:
			if !in.concept.IsZero() {
				*p.concept = in.concept
			}
		case p.form != nil:
			*p.form = in.form
		}
	}
	for _, do := range r.later {
		do()
	}
	r.identify()
	r.pending, r.later = nil, nil
}

// identify puts the local id in place of a URN by which a person was sent along.
func (r *reader) identify() {
	known := func(subject *string) {
		if !strings.HasPrefix(*subject, "urn:") {
			return
		}
		if in := r.known[reference{0, *subject}]; in != nil && in.kind == "Patient" {
			*subject = in.id
		}
	}
	for _, x := range r.statements {
		known(&x.entry.Common().Subject)
	}
	for _, x := range r.asserted {
		known(&x.said.Subject)
	}
	for _, x := range r.reports {
		known(&x.Subject)
	}
	for _, x := range r.observations {
		known(&x.Subject)
	}
	for i := range r.people {
		known(&r.people[i])
	}
	for i := range r.marks {
		known(&r.marks[i].subject)
	}
}

// describe completes an actor by the resource it leads to.
func (r *reader) describe(a *record.Actor, in *included) {
	if in.kind == "PractitionerRole" {
		who := r.known[in.who.reference]
		if who != nil && a.Name == "" {
			a.Name = who.name
		}
		if a.Name == "" {
			a.Name = in.who.display
		}
		if a.Role == "" {
			a.Role = in.role
		}
		r.within(&a.Organisation, in.at)
		return
	}
	if in.kind == "Organization" && a.Organisation == (record.Organisation{}) {
		a.Organisation = record.Organisation{ODS: in.ods, Name: in.name}
	}
	if a.Name == "" {
		a.Name = in.name
	}
}

// within completes an organisation by what l leads to.
func (r *reader) within(o *record.Organisation, l link) {
	if o.Name == "" {
		o.Name = l.display
	}
	if o.ODS == "" {
		o.ODS = l.ods
	}
	if at := r.known[l.reference]; at != nil {
		if o.Name == "" {
			o.Name = at.name
		}
		if o.ODS == "" {
			o.ODS = at.ods
		}
	}
}

// kindOf returns the resource type a relative or absolute reference leads to, ""
// if it does not say.
func kindOf(to string) string {
	at := strings.LastIndexByte(to, '/')
	if at < 0 {
		return ""
	}
	return to[strings.LastIndexByte(to[:at], '/')+1 : at]
}
