package fhirversion

// The code systems by which R4 codes what STU3 had as plain codes.
const (
	allergyClinical = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
	allergyVerified = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
	problemClinical = "http://terminology.hl7.org/CodeSystem/condition-clinical"
	problemVerified = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
)

// STU3 is FHIR 3.0 (http://hl7.org/fhir/STU3), with the names that the CareConnect and GP
// Connect profiles give their extensions. The order of the types is that of fhirr4's
// mapping files.
var STU3 = &Table{
	everywhere: unversioned,
	rules: map[string][]rule{
		"Patient": {communication},
		"AllergyIntolerance": {
			code("clinicalStatus", allergyClinical),
			code("verificationStatus", allergyVerified),
			rename("assertedDate", "recordedDate"),
		},
		"Condition": {
			code("clinicalStatus", problemClinical),
			code("verificationStatus", problemVerified),
			rename("assertedDate", "recordedDate"),
			many("category"),
		},
		"MedicationRequest": {
			lift("requester", "agent"),
			rename("context", "encounter"),
		},
		"MedicationStatement": {
			said("taken", "n", "not-taken"),
			rename("reasonNotTaken", "statusReason"),
		},
		"MedicationDispense": {
			rename("notDoneCodeableConcept", "statusReasonCodeableConcept"),
			rename("notDoneReference", "statusReasonReference"),
		},
		"DeviceUseStatement": {
			rename("whenUsed", "timingPeriod"),
			rename("indication", "reasonCode"),
		},
		"Device": {
			func(o *Node) { // udi.name was the device's name
				if name := o.Object("udi").Text("name"); name != "" && !o.Has("deviceName") {
					o.Set("deviceName", []any{(&Node{}).With("name", name)})
				}
			},
		},
		"Flag": {many("category")},
		"Appointment": {
			rename("reason", "reasonCode"),
			rename("indication", "reasonReference"),
		},
		"Encounter": {
			rename("reason", "reasonCode"),
		},
		"CareTeam": {within("participant", many("role"))},
		"Consent": {
			rename("consentingParty", "performer"),
			into("period", "provision", "period"),
		},
		"DiagnosticReport": {
			many("category"),
			each("performer", "actor"),
			rename("codedDiagnosis", "conclusionCode"),
		},
		"ImagingStudy": {
			rename("patient", "subject"),
			rename("modalityList", "modality"),
			rename("reason", "reasonCode"),
		},
		"Observation": {
			related,
			note("comment"),
			many("interpretation"),
			within("component", many("interpretation")),
			rename("context", "encounter"),
		},
		"Immunization": {
			said("notGiven", true, "not-done"),
			rename("date", "occurrenceDateTime"),
			rename("practitioner", "performer"),
			explanation,
			recordedByExtension,
			emptyVaccine,
			rename("vaccinationProtocol", "protocolApplied"),
			within("protocolApplied", rename("doseSequence", "doseNumberPositiveInt")),
		},
		"Procedure": {
			said("notDone", true, "not-done"),
			rename("notDoneReason", "statusReason"),
		},
		"DocumentReference": {
			rename("indexed", "date"),
			created,
			rename("class", "category"),
			many("category"),
		},
		"CarePlan": {
			author,
			within("activity", within("detail", rename("prohibited", "doNotPerform"))),
		},
		"Goal": {
			rename("status", "lifecycleStatus"),
			many("target"),
		},
		"Composition":   {rename("class", "category")},
		"Binary":        {rename("content", "data")},
		"RelatedPerson": {many("relationship")},
		"Location":      {many("type")},
		// Requests for referrals, recalls and procedures are one type in R4.
		"ReferralRequest":  {lift("requester", "agent"), rename("context", "encounter")},
		"ProcedureRequest": {lift("requester", "agent"), rename("context", "encounter")},
	},
	types: map[string]string{
		"ReferralRequest":  "ServiceRequest",
		"ProcedureRequest": "ServiceRequest",
		// In STU3 a person's body site was a resource of another name.
		"BodySite": "BodyStructure",
	},
}

// related takes Observation.related apart: R4 has an element for each kind of relation.
func related(o *Node) {
	to := map[string]string{"has-member": "hasMember", "derived-from": "derivedFrom"}
	var rest []any
	for _, x := range o.Objects("related") {
		name, target := to[x.Text("type")], x.Object("target")
		if name == "" || target == nil {
			rest = append(rest, x)
			continue
		}
		all, _ := o.Get(name).([]any)
		o.Set(name, append(all, target))
	}
	if len(rest) == 0 {
		o.Set("related", nil)
		return
	}
	o.Set("related", rest)
}

// explanation takes Immunization.explanation apart: why it was given, or was not.
func explanation(o *Node) {
	x := o.Object("explanation")
	if x == nil {
		return
	}
	if not := x.Objects("reasonNotGiven"); len(not) > 0 && !o.Has("statusReason") {
		o.Set("statusReason", not[0])
	}
	if why := x.Get("reason"); why != nil && !o.Has("reasonCode") {
		o.Set("reasonCode", why)
	}
	o.Set("explanation", nil)
}

// recordedByExtension takes when it was written down from CareConnect's DateRecorded:
// STU3 has no element for it.
func recordedByExtension(o *Node) {
	if at := extensionNamed(o, "DateRecorded").Text("valueDateTime"); at != "" && !o.Has("recorded") {
		o.Set("recorded", at)
	}
}

// emptyVaccine drops a vaccine code that only says that there is none, where CareConnect
// tells by VaccinationProcedure what was done.
func emptyVaccine(o *Node) {
	c := o.Object("vaccineCode")
	if c == nil || c.Has("text") || extensionNamed(o, "VaccinationProcedure").Object("valueCodeableConcept") == nil {
		return
	}
	for _, k := range c.Objects("coding") {
		if k.Text("system") != "http://hl7.org/fhir/v3/NullFlavor" {
			return
		}
	}
	o.Set("vaccineCode", nil)
}

// created gives when a document was made to those of its formats that do not say.
func created(o *Node) {
	at := o.Text("created")
	if at == "" {
		return
	}
	for _, c := range o.Objects("content") {
		if a := c.Object("attachment"); a != nil && !a.Has("creation") {
			a.Set("creation", at)
		}
	}
}

// author keeps the first author of a plan as such; the others contributed.
func author(o *Node) {
	all, ok := o.Get("author").([]any)
	if !ok || len(all) == 0 {
		return
	}
	o.Set("author", all[0])
	if len(all) > 1 && !o.Has("contributor") {
		o.Set("contributor", all[1:])
	}
}

// communication writes CareConnect's NHSCommunication as Patient.communication, which
// the base standard has for it.
func communication(o *Node) {
	if o.Has("communication") {
		return
	}
	var all []any
	for _, e := range o.Objects("extension") {
		if e.Text("url") == "" || extensionNamed((&Node{}).With("extension", []any{e}), "NHSCommunication") == nil {
			continue
		}
		language := extensionNamed(e, "language").Object("valueCodeableConcept")
		if language == nil {
			continue
		}
		one := (&Node{}).With("language", language)
		if preferred, ok := extensionNamed(e, "preferred").Get("valueBoolean").(bool); ok {
			one.Set("preferred", preferred)
		}
		all = append(all, one)
	}
	if len(all) > 0 {
		o.Set("communication", all)
	}
}
