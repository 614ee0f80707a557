package fhirversion

// R5 is FHIR 5.0 (http://hl7.org/fhir/R5). Its CodeableReference is a concept, a
// reference or both, where R4 has two elements.
var R5 = &Table{
	rules: map[string][]rule{
		"AllergyIntolerance": {
			participants("recorder", "asserter"),
			plain("type"),
			within("reaction", each("manifestation", "concept")),
		},
		"Condition": {participants("recorder", "asserter")},
		"MedicationRequest": {
			choose("medication", "medicationCodeableConcept", "medicationReference"),
			chooseMany("reason", "reasonCode", "reasonReference"),
		},
		"MedicationStatement": {
			choose("medication", "medicationCodeableConcept", "medicationReference"),
			chooseMany("reason", "reasonCode", "reasonReference"),
			adherence,
			one("informationSource"),
		},
		"MedicationDispense": {
			choose("medication", "medicationCodeableConcept", "medicationReference"),
			choose("notPerformedReason", "statusReasonCodeableConcept", "statusReasonReference"),
		},
		"Medication": {rename("doseForm", "form")},
		"DeviceUseStatement": {
			named("device"),
			rename("dateAsserted", "recordedOn"),
			rename("informationSource", "source"),
			chooseMany("reason", "reasonCode", "reasonReference"),
		},
		"Device": {
			one("type"),
			func(o *Node) {
				for _, x := range o.Objects("name") {
					rename("value", "name")(x)
				}
			},
			rename("name", "deviceName"),
		},
		"Appointment": {
			each("serviceType", "concept"),
			chooseMany("reason", "reasonCode", "reasonReference"),
		},
		"Encounter": {
			class,
			words("status", map[string]string{"completed": "finished", "discharged": "finished"}),
			rename("actualPeriod", "period"),
			within("participant", rename("actor", "individual")),
			each("serviceType", "concept"),
			one("serviceType"),
			reasons,
			within("diagnosis", named("condition"), one("condition")),
			rename("admission", "hospitalization"),
		},
		"CareTeam": {within("participant", many("role"), rename("coveragePeriod", "period"))},
		"Consent": {
			rename("subject", "patient"),
			rename("date", "dateTime"),
			rename("grantor", "performer"),
			rename("manager", "organization"),
			one("sourceAttachment"),
			one("sourceReference"),
			consentRule,
		},
		"ImagingStudy": {
			func(o *Node) { o.Set("modality", codings(o.Objects("modality"))) },
			chooseMany("procedure", "procedureCode", "procedureReference"),
			chooseMany("reason", "reasonCode", "reasonReference"),
		},
		"Immunization": {
			chooseMany("reason", "reasonCode", "reasonReference"),
			within("protocolApplied", rename("doseNumber", "doseNumberString")),
		},
		"Procedure": {
			rename("occurrenceDateTime", "performedDateTime"),
			rename("occurrencePeriod", "performedPeriod"),
			chooseMany("reason", "reasonCode", "reasonReference"),
		},
		"DocumentReference": {
			rename("context", "related"), // encounters; R4 has an object of that name
			into("practiceSetting", "context", "practiceSetting"),
			within("content", within("attachment", number("size"))),
		},
		"CarePlan": {
			rename("custodian", "author"),
			named("addresses"),
			within("activity", activity),
		},
		"Composition":      {one("subject")},
		"PractitionerRole": {contactDetail},
		"Organization":     {contactDetail},
		"Location":         {contactDetail, rename("form", "physicalType")},
		"Group": {func(o *Node) {
			if m := o.Text("membership"); m != "" {
				o.Set("actual", m == "enumerated")
			}
		}},
	},
	types: map[string]string{
		"DeviceUsage": "DeviceUseStatement",
		// The name of the ballots; some servers kept it.
		"MedicationUsage": "MedicationStatement",
	},
}

// participants tells who wrote a statement down from who asserted it: R5 has a list of
// participants, with the function of each.
func participants(recorder, asserter string) rule {
	to := map[string]string{"author": recorder, "enterer": recorder, "informant": asserter, "verifier": asserter, "attester": asserter, "performer": asserter}
	return func(o *Node) {
		for _, p := range o.Objects("participant") {
			actor := p.Object("actor")
			if actor == nil {
				continue
			}
			name, ok := to[codeOf(p.Object("function"))]
			if !ok {
				name = recorder
			}
			if !o.Has(name) {
				o.Set(name, actor)
			}
		}
		o.Set("participant", nil)
	}
}

// adherence words whether the person takes it, which R4 has as the status; "recorded"
// only says that the statement stands.
func adherence(o *Node) {
	to := map[string]string{"taking": "active", "taking-as-directed": "active", "taking-not-as-directed": "active", "not-taking": "not-taken",
		"on-hold": "on-hold", "on-hold-as-directed": "on-hold", "on-hold-not-as-directed": "on-hold", "stopped": "stopped", "stopped-as-directed": "stopped",
		"stopped-not-as-directed": "stopped", "unknown": "unknown"}
	a := o.Object("adherence")
	if w, ok := to[codeOf(a.Object("code"))]; ok && o.Text("status") == "recorded" {
		o.Set("status", w)
	}
	if why := a.Object("reason"); why != nil && !o.Has("statusReason") {
		o.Set("statusReason", []any{why})
	}
}

// class makes the one Coding of R4 of the classes of an encounter.
func class(o *Node) {
	for _, c := range o.Objects("class") {
		if all := c.Objects("coding"); len(all) > 0 {
			o.Set("class", all[0])
			return
		}
	}
}

// reasons takes Encounter.reason apart: its values are concepts and references.
func reasons(o *Node) {
	var values []any
	for _, x := range o.Objects("reason") {
		for _, v := range x.Objects("value") {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return
	}
	o.Set("reason", values)
	chooseMany("reason", "reasonCode", "reasonReference")(o)
}

// consentRule makes R4's provision of the decision and the period; the rules that R5
// lists are exceptions to it.
func consentRule(o *Node) {
	p := &Node{}
	if d := o.Text("decision"); d != "" {
		p.Set("type", d)
	}
	if when := o.Object("period"); when != nil {
		p.Set("period", when)
	}
	var about, rules []any
	for _, x := range o.Objects("provision") {
		for _, c := range x.Objects("code") {
			about = append(about, c)
		}
		rules = append(rules, x)
	}
	if len(about) > 0 {
		p.Set("code", about)
	}
	if len(rules) > 0 {
		p.Set("provision", rules)
	}
	o.Set("provision", p)
}

func codings(concepts []*Node) any {
	var all []any
	for _, c := range concepts {
		for _, k := range c.Objects("coding") {
			all = append(all, k)
		}
	}
	if all == nil {
		return nil
	}
	return all
}

// number makes a number of digits in a text: R5 writes 64-bit integers so.
func number(name string) rule {
	return func(o *Node) {
		s := o.Text(name)
		if s == "" || len(s) > 18 || s[0] == '0' && len(s) > 1 {
			return
		}
		for _, c := range s {
			if c < '0' || c > '9' {
				return
			}
		}
		o.Set(name, Number(s))
	}
}

// activity makes R4's activity of what was planned, or of what was done.
func activity(o *Node) {
	rename("plannedActivityReference", "reference")(o)
	if o.Has("reference") || o.Has("detail") {
		return
	}
	for _, x := range o.Objects("performedActivity") {
		if c := x.Object("concept"); c != nil {
			o.Set("detail", (&Node{}).With("code", c).With("status", "completed"))
			return
		}
		if l := x.Object("reference"); l != nil {
			o.Set("reference", l)
			return
		}
	}
}

// contactDetail lifts the first telephone numbers and address out of R5's contacts.
func contactDetail(o *Node) {
	for _, c := range o.Objects("contact") {
		for _, name := range []string{"telecom", "address"} {
			if v := c.Get(name); v != nil && !o.Has(name) {
				o.Set(name, v)
			}
		}
	}
}
