package fhirr4

import "github.com/patchworkcare/patchwork/record"

// contained takes the resources inside the one at hand.
func (r *reader) contained() {
	for range r.each() {
		r.include(r.resource)
	}
}

// include takes a resource that others refer to. owner is the resource that
// contains it, or 0 if it came on its own. It returns the reference it is known by,
// "" if it is of no use.
func (r *reader) include(owner int) string {
	about := r.about
	defer func() { r.about = about }() // whom it is about says nothing of the resource at hand
	in := &included{}
	switch string(r.Find("resourceType")) {
	case "Practitioner":
		in.kind = "Practitioner"
	case "PractitionerRole":
		in.kind = "PractitionerRole"
	case "Organization":
		in.kind = "Organization"
	case "Location":
		in.kind = "Location"
	case "Medication":
		in.kind = "Medication"
	case "HealthcareService":
		in.kind = "HealthcareService"
	case "RelatedPerson":
		in.kind = "RelatedPerson"
	case "Specimen":
		in.kind = "Specimen"
	case "Device":
		in.kind = "Device"
	case "CareTeam":
		in.kind = "CareTeam"
	case "Patient":
		in.kind = "Patient"
	case "Condition":
		in.kind = "Condition"
	case "Goal":
		in.kind = "Goal"
	case "Observation":
		return r.learnObservation(owner, r.observation())
	default:
		r.Skip()
		return ""
	}
	return r.learn(owner, r.described(in), in)
}

// learn makes in known under its id.
func (r *reader) learn(owner int, id string, in *included) string {
	if id == "" {
		return ""
	}
	in.id = id
	key := reference{owner, "#" + id}
	if owner == 0 {
		key.to = in.kind + "/" + id
	}
	if r.known == nil {
		r.known = map[reference]*included{}
	}
	r.known[key] = in
	return key.to
}

// described takes the members of an included resource and returns its id.
func (r *reader) described(in *included) (id string) {
	if !r.Object() {
		return ""
	}
	for r.Next() {
		switch string(r.Name()) {
		case "id":
			id = r.string()
		case "name":
			in.name = r.anyName(in.name)
		case "identifier":
			in.ods = r.odsCode()
		case "code":
			if in.kind == "PractitionerRole" {
				c := r.firstConcept()
				in.role = c.Label()
			} else {
				in.concept = r.concept()
			}
		case "type":
			if in.kind == "Specimen" || in.kind == "Device" {
				in.concept = r.concept()
			}
		case "form":
			in.form = r.concept()
		case "description": // of a Goal; a text elsewhere, which is of no use
			if in.kind == "Goal" {
				in.concept = r.concept()
			}
		case "lifecycleStatus":
			in.state = r.string()
		case "target":
			in.due = r.due()
		case "deviceName":
			in.name = r.deviceName()
		case "practitioner":
			in.who = r.link()
		case "organization":
			in.at = r.link()
		case "telecom":
			in.phones = r.telecoms()
		case "address":
			in.address = r.firstAddress()
		}
	}
	return id
}

// anyName takes a name that is a text (an organisation's) or HumanNames (a person's).
func (r *reader) anyName(before string) string {
	if r.Peek() == '"' {
		return r.string()
	}
	for range r.each() {
		if n := professional(r.name()); before == "" {
			before = n
		}
	}
	return before
}

// odsCode takes an array of identifiers and returns the ODS code among them.
func (r *reader) odsCode() string {
	code := ""
	for range r.each() {
		if id, _ := r.identifier(); id.System == odsSystem && code == "" {
			code = id.Value
		}
	}
	return code
}

func (r *reader) deviceName() string {
	name := ""
	for range r.each() {
		if !r.Object() {
			continue
		}
		for r.Next() {
			if string(r.Name()) == "name" && name == "" {
				name = r.string()
			}
		}
	}
	return name
}

// firstAddress takes an Address or an array of them and keeps the first.
func (r *reader) firstAddress() (a record.Address) {
	for i := range r.each() {
		if i == 0 {
			a = r.address()
		}
	}
	return a
}
