package fhir

// clinicalElements are the elements of resources that state something about a person's
// health, as xmlTypes reads them (R4, "XML Template" of each).
var clinicalElements = map[string]string{
	"AllergyIntolerance": `identifier:Identifier clinicalStatus:CodeableConcept verificationStatus:CodeableConcept type category criticality code:CodeableConcept patient:Reference
		encounter:Reference onsetDateTime onsetPeriod:Period onsetRange:Range onsetString recordedDate recorder:Reference asserter:Reference lastOccurrence note:Annotation
		reaction:AllergyIntolerance.reaction`,
	"AllergyIntolerance.reaction": `substance:CodeableConcept manifestation:CodeableConcept description onset severity exposureRoute:CodeableConcept note:Annotation`,
	"Condition": `identifier:Identifier clinicalStatus:CodeableConcept verificationStatus:CodeableConcept category:CodeableConcept severity:CodeableConcept code:CodeableConcept
		bodySite:CodeableConcept subject:Reference encounter:Reference onsetDateTime onsetPeriod:Period onsetRange:Range onsetString abatementDateTime abatementPeriod:Period
		abatementRange:Range abatementString recordedDate recorder:Reference asserter:Reference stage:Condition.stage evidence:Condition.evidence note:Annotation`,
	"Condition.stage":    `summary:CodeableConcept assessment:Reference type:CodeableConcept`,
	"Condition.evidence": `code:CodeableConcept detail:Reference`,
	"DiagnosticReport": `identifier:Identifier basedOn:Reference status category:CodeableConcept code:CodeableConcept subject:Reference encounter:Reference effectiveDateTime
		effectivePeriod:Period issued performer:Reference resultsInterpreter:Reference specimen:Reference result:Reference imagingStudy:Reference
		media:DiagnosticReport.media conclusion conclusionCode:CodeableConcept presentedForm:Attachment`,
	"DiagnosticReport.media": `comment link:Reference`,
	"Immunization": `identifier:Identifier status statusReason:CodeableConcept vaccineCode:CodeableConcept patient:Reference encounter:Reference occurrenceDateTime occurrenceString
		recorded primarySource reportOrigin:CodeableConcept location:Reference manufacturer:Reference lotNumber expirationDate site:CodeableConcept route:CodeableConcept
		doseQuantity:Quantity performer:Immunization.performer note:Annotation reasonCode:CodeableConcept reasonReference:Reference isSubpotent
		subpotentReason:CodeableConcept education:Immunization.education programEligibility:CodeableConcept fundingSource:CodeableConcept reaction:Immunization.reaction
		protocolApplied:Immunization.protocolApplied`,
	"Immunization.performer":       `function:CodeableConcept actor:Reference`,
	"Immunization.education":       `documentType reference publicationDate presentationDate`,
	"Immunization.reaction":        `date detail:Reference reported`,
	"Immunization.protocolApplied": `series authority:Reference targetDisease:CodeableConcept doseNumberPositiveInt doseNumberString seriesDosesPositiveInt seriesDosesString`,
	"MedicationRequest": `identifier:Identifier status statusReason:CodeableConcept intent category:CodeableConcept priority doNotPerform reportedBoolean reportedReference:Reference
		medicationCodeableConcept:CodeableConcept medicationReference:Reference subject:Reference encounter:Reference supportingInformation:Reference authoredOn
		requester:Reference performer:Reference performerType:CodeableConcept recorder:Reference reasonCode:CodeableConcept reasonReference:Reference instantiatesCanonical
		instantiatesUri basedOn:Reference groupIdentifier:Identifier courseOfTherapyType:CodeableConcept insurance:Reference note:Annotation dosageInstruction:Dosage
		dispenseRequest:MedicationRequest.dispenseRequest substitution:MedicationRequest.substitution priorPrescription:Reference detectedIssue:Reference
		eventHistory:Reference`,
	"MedicationRequest.dispenseRequest": `validityPeriod:Period numberOfRepeatsAllowed quantity:Quantity performer:Reference`,
	"MedicationRequest.substitution":    `allowedBoolean allowedCodeableConcept:CodeableConcept reason:CodeableConcept`,
	"MedicationStatement": `identifier:Identifier basedOn:Reference partOf:Reference status statusReason:CodeableConcept category:CodeableConcept medicationCodeableConcept:CodeableConcept
		medicationReference:Reference subject:Reference context:Reference effectiveDateTime effectivePeriod:Period dateAsserted informationSource:Reference
		derivedFrom:Reference reasonCode:CodeableConcept reasonReference:Reference note:Annotation dosage:Dosage`,
	"Observation": `identifier:Identifier basedOn:Reference partOf:Reference status category:CodeableConcept code:CodeableConcept subject:Reference focus:Reference encounter:Reference
		effectiveDateTime effectivePeriod:Period effectiveTiming:Timing effectiveInstant issued performer:Reference valueQuantity:Quantity
		valueCodeableConcept:CodeableConcept valueString valueBoolean valueInteger valueRange:Range valueRatio:Ratio valueTime valueDateTime valuePeriod:Period
		dataAbsentReason:CodeableConcept interpretation:CodeableConcept note:Annotation bodySite:CodeableConcept method:CodeableConcept specimen:Reference device:Reference
		referenceRange:Observation.referenceRange hasMember:Reference derivedFrom:Reference component:Observation.component`,
	"Observation.referenceRange": `low:Quantity high:Quantity type:CodeableConcept appliesTo:CodeableConcept age:Range text`,
	"Observation.component": `code:CodeableConcept valueQuantity:Quantity valueCodeableConcept:CodeableConcept valueString valueBoolean valueInteger valueRange:Range valueRatio:Ratio valueTime
		valueDateTime valuePeriod:Period dataAbsentReason:CodeableConcept interpretation:CodeableConcept referenceRange:Observation.referenceRange`,
	"Procedure": `identifier:Identifier instantiatesCanonical instantiatesUri basedOn:Reference partOf:Reference status statusReason:CodeableConcept category:CodeableConcept
		code:CodeableConcept subject:Reference encounter:Reference performedDateTime performedPeriod:Period performedString performedRange:Range recorder:Reference
		asserter:Reference performer:Procedure.performer location:Reference reasonCode:CodeableConcept reasonReference:Reference bodySite:CodeableConcept
		outcome:CodeableConcept report:Reference complication:CodeableConcept complicationDetail:Reference followUp:CodeableConcept note:Annotation
		focalDevice:Procedure.focalDevice usedReference:Reference usedCode:CodeableConcept`,
	"Procedure.performer":   `function:CodeableConcept actor:Reference onBehalfOf:Reference`,
	"Procedure.focalDevice": `action:CodeableConcept manipulated:Reference`,
}
