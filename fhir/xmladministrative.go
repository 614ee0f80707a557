package fhir

// administrativeElements are the elements of all other resources, as xmlTypes reads them
// (R4, "XML Template" of each).
var administrativeElements = map[string]string{
	"Appointment": `identifier:Identifier status cancelationReason:CodeableConcept serviceCategory:CodeableConcept serviceType:CodeableConcept specialty:CodeableConcept
		appointmentType:CodeableConcept reasonCode:CodeableConcept reasonReference:Reference priority description supportingInformation:Reference start end minutesDuration
		slot:Reference created comment patientInstruction basedOn:Reference participant:Appointment.participant requestedPeriod:Period`,
	"Appointment.participant": `type:CodeableConcept actor:Reference required status period:Period`,
	"Bundle":                  `identifier:Identifier type timestamp total link:Bundle.link entry:Bundle.entry`,
	"Bundle.link":             `relation url`,
	"Bundle.entry":            `link:Bundle.link fullUrl resource:Resource search:Bundle.entry.search`,
	"Bundle.entry.search":     `mode score`,
	"CapabilityStatement": `url version name title status experimental date publisher description jurisdiction:CodeableConcept purpose copyright kind instantiates imports
		software:CapabilityStatement.software implementation:CapabilityStatement.implementation fhirVersion format patchFormat implementationGuide
		rest:CapabilityStatement.rest`,
	"CapabilityStatement.software":       `name version releaseDate`,
	"CapabilityStatement.implementation": `description url custodian:Reference`,
	"CapabilityStatement.rest": `mode documentation security:CapabilityStatement.rest.security resource:CapabilityStatement.rest.resource interaction:CapabilityStatement.rest.interaction
		searchParam:CapabilityStatement.rest.resource.searchParam operation:CapabilityStatement.rest.resource.operation compartment`,
	"CapabilityStatement.rest.security": `cors service:CodeableConcept description`,
	"CapabilityStatement.rest.resource": `type profile supportedProfile documentation interaction:CapabilityStatement.rest.resource.interaction versioning readHistory updateCreate conditionalCreate
		conditionalRead conditionalUpdate conditionalDelete referencePolicy searchInclude searchRevInclude searchParam:CapabilityStatement.rest.resource.searchParam
		operation:CapabilityStatement.rest.resource.operation`,
	"CapabilityStatement.rest.resource.interaction": `code documentation`,
	"CapabilityStatement.rest.resource.searchParam": `name definition type documentation`,
	"CapabilityStatement.rest.resource.operation":   `name definition documentation`,
	"CapabilityStatement.rest.interaction":          `code documentation`,
	"CarePlan": `identifier:Identifier instantiatesCanonical instantiatesUri basedOn:Reference replaces:Reference partOf:Reference status intent category:CodeableConcept title
		description subject:Reference encounter:Reference period:Period created author:Reference contributor:Reference careTeam:Reference addresses:Reference
		supportingInfo:Reference goal:Reference activity:CarePlan.activity note:Annotation`,
	"CarePlan.activity": `outcomeCodeableConcept:CodeableConcept outcomeReference:Reference progress:Annotation reference:Reference detail:CarePlan.activity.detail`,
	"CarePlan.activity.detail": `kind instantiatesCanonical instantiatesUri code:CodeableConcept reasonCode:CodeableConcept reasonReference:Reference goal:Reference status
		statusReason:CodeableConcept doNotPerform scheduledTiming:Timing scheduledPeriod:Period scheduledString location:Reference performer:Reference
		productCodeableConcept:CodeableConcept productReference:Reference dailyAmount:Quantity quantity:Quantity description`,
	"CareTeam": `identifier:Identifier status category:CodeableConcept name subject:Reference encounter:Reference period:Period participant:CareTeam.participant
		reasonCode:CodeableConcept reasonReference:Reference managingOrganization:Reference telecom:ContactPoint note:Annotation`,
	"CareTeam.participant": `role:CodeableConcept member:Reference onBehalfOf:Reference period:Period`,
	"Composition": `identifier:Identifier status type:CodeableConcept category:CodeableConcept subject:Reference encounter:Reference date author:Reference title confidentiality
		attester:Composition.attester custodian:Reference relatesTo:Composition.relatesTo event:Composition.event section:Composition.section`,
	"Composition.attester":  `mode time party:Reference`,
	"Composition.relatesTo": `code targetIdentifier:Identifier targetReference:Reference`,
	"Composition.event":     `code:CodeableConcept period:Period detail:Reference`,
	"Composition.section": `title code:CodeableConcept author:Reference focus:Reference text:Narrative mode orderedBy:CodeableConcept entry:Reference emptyReason:CodeableConcept
		section:Composition.section`,
	"Consent": `identifier:Identifier status scope:CodeableConcept category:CodeableConcept patient:Reference dateTime performer:Reference organization:Reference
		sourceAttachment:Attachment sourceReference:Reference policy:Consent.policy policyRule:CodeableConcept verification:Consent.verification provision:Consent.provision`,
	"Consent.policy":       `authority uri`,
	"Consent.verification": `verified verifiedWith:Reference verificationDate`,
	"Consent.provision": `type period:Period actor:Consent.provision.actor action:CodeableConcept securityLabel:Coding purpose:Coding class:Coding code:CodeableConcept dataPeriod:Period
		provision:Consent.provision`,
	"Consent.provision.actor": `role:CodeableConcept reference:Reference`,
	"Device": `identifier:Identifier definition:Reference status statusReason:CodeableConcept distinctIdentifier manufacturer manufactureDate expirationDate lotNumber serialNumber
		deviceName:Device.deviceName modelNumber partNumber type:CodeableConcept version:Device.version patient:Reference owner:Reference contact:ContactPoint
		location:Reference url note:Annotation safety:CodeableConcept parent:Reference`,
	"Device.deviceName": `name type`,
	"Device.version":    `type:CodeableConcept component:Identifier value`,
	"DocumentReference": `masterIdentifier:Identifier identifier:Identifier status docStatus type:CodeableConcept category:CodeableConcept subject:Reference date author:Reference
		authenticator:Reference custodian:Reference relatesTo:DocumentReference.relatesTo description securityLabel:CodeableConcept content:DocumentReference.content
		context:DocumentReference.context`,
	"DocumentReference.relatesTo": `code target:Reference`,
	"DocumentReference.content":   `attachment:Attachment format:Coding`,
	"DocumentReference.context":   `encounter:Reference event:CodeableConcept period:Period facilityType:CodeableConcept practiceSetting:CodeableConcept sourcePatientInfo:Reference related:Reference`,
	"Encounter": `identifier:Identifier status statusHistory:Encounter.statusHistory class:Coding classHistory:Encounter.classHistory type:CodeableConcept serviceType:CodeableConcept
		priority:CodeableConcept subject:Reference episodeOfCare:Reference basedOn:Reference participant:Encounter.participant appointment:Reference period:Period
		reasonCode:CodeableConcept reasonReference:Reference diagnosis:Encounter.diagnosis account:Reference hospitalization:Encounter.hospitalization
		location:Encounter.location serviceProvider:Reference partOf:Reference`,
	"Encounter.statusHistory": `status period:Period`,
	"Encounter.classHistory":  `class:Coding period:Period`,
	"Encounter.participant":   `type:CodeableConcept period:Period individual:Reference`,
	"Encounter.diagnosis":     `condition:Reference use:CodeableConcept rank`,
	"Encounter.hospitalization": `preAdmissionIdentifier:Identifier origin:Reference admitSource:CodeableConcept reAdmission:CodeableConcept dietPreference:CodeableConcept
		specialCourtesy:CodeableConcept specialArrangement:CodeableConcept destination:Reference dischargeDisposition:CodeableConcept`,
	"Encounter.location": `location:Reference status physicalType:CodeableConcept period:Period`,
	"Flag":               `identifier:Identifier status category:CodeableConcept code:CodeableConcept subject:Reference period:Period encounter:Reference author:Reference`,
	"OperationDefinition": `url version name title status kind experimental date publisher description jurisdiction:CodeableConcept purpose affectsState code comment base resource system type
		instance inputProfile outputProfile parameter:OperationDefinition.parameter`,
	"OperationDefinition.parameter": `name use min max documentation type targetProfile searchType binding:OperationDefinition.parameter.binding
		referencedFrom:OperationDefinition.parameter.referencedFrom part:OperationDefinition.parameter`,
	"OperationDefinition.parameter.binding":        `strength valueSet`,
	"OperationDefinition.parameter.referencedFrom": `source sourceId`,
	"OperationOutcome":                             `issue:OperationOutcome.issue`,
	"OperationOutcome.issue":                       `severity code details:CodeableConcept diagnostics location expression`,
	"Patient": `identifier:Identifier active name:HumanName telecom:ContactPoint gender birthDate deceasedBoolean deceasedDateTime address:Address maritalStatus:CodeableConcept
		multipleBirthBoolean multipleBirthInteger photo:Attachment contact:Patient.contact communication:Patient.communication generalPractitioner:Reference
		managingOrganization:Reference link:Patient.link`,
	"Patient.contact":       `relationship:CodeableConcept name:HumanName telecom:ContactPoint address:Address gender organization:Reference period:Period`,
	"Patient.communication": `language:CodeableConcept preferred`,
	"Patient.link":          `other:Reference type`,
	"Practitioner": `identifier:Identifier active name:HumanName telecom:ContactPoint address:Address gender birthDate photo:Attachment qualification:Practitioner.qualification
		communication:CodeableConcept`,
	"Practitioner.qualification": `identifier:Identifier code:CodeableConcept period:Period issuer:Reference`,
	"Provenance": `target:Reference occurredPeriod:Period occurredDateTime recorded policy location:Reference reason:CodeableConcept activity:CodeableConcept agent:Provenance.agent
		entity:Provenance.entity`,
	"Provenance.agent":  `type:CodeableConcept role:CodeableConcept who:Reference onBehalfOf:Reference`,
	"Provenance.entity": `role what:Reference agent:Provenance.agent`,
	"RelatedPerson": `identifier:Identifier active patient:Reference relationship:CodeableConcept name:HumanName telecom:ContactPoint gender birthDate address:Address photo:Attachment
		period:Period communication:RelatedPerson.communication`,
	"RelatedPerson.communication": `language:CodeableConcept preferred`,
}
