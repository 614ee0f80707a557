package fhir

const ukCore = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-"

// kinds are the resource types that this server offers, one file each.
func kinds() []*kind {
	return []*kind{
		{name: "Patient", profile: ukCore + "Patient"},
		allergyIntolerance(),
		condition(),
		consent(),
		flag(),
		immunization(),
		medicationRequest(),
		medicationStatement(),
		procedure(),
		observation(),
		diagnosticReport(),
		encounter(),
		appointment(),
		documentReference(),
		relatedPerson(),
		careTeam(),
		carePlan(),
		composition(),
	}
}
