package fhir

// dataElements are the elements of datatypes, as xmlTypes reads them (R4 §2.24, §2.25). An
// Extension's values are those that this server writes.
var dataElements = map[string]string{
	"Address":         `use type text line city district state postalCode country period:Period`,
	"Annotation":      `authorReference:Reference authorString time text`,
	"Attachment":      `contentType language data url size hash title creation`,
	"CodeableConcept": `coding:Coding text`,
	"Coding":          `system version code display userSelected`,
	"ContactPoint":    `system value use rank period:Period`,
	"Dosage": `sequence text additionalInstruction:CodeableConcept patientInstruction timing:Timing asNeededBoolean asNeededCodeableConcept:CodeableConcept site:CodeableConcept
		route:CodeableConcept method:CodeableConcept doseAndRate:Dosage.doseAndRate maxDosePerPeriod:Ratio maxDosePerAdministration:Quantity maxDosePerLifetime:Quantity`,
	"Dosage.doseAndRate": `type:CodeableConcept doseRange:Range doseQuantity:Quantity rateRatio:Ratio rateRange:Range rateQuantity:Quantity`,
	"Extension": `url valueBoolean valueCode valueDate valueDateTime valueDecimal valueInstant valueInteger valueString valueUri valueUrl valueAnnotation:Annotation
		valueCodeableConcept:CodeableConcept valueCoding:Coding valueIdentifier:Identifier valuePeriod:Period valueQuantity:Quantity valueReference:Reference`,
	"HumanName":  `use text family given prefix suffix period:Period`,
	"Identifier": `use type:CodeableConcept system value period:Period assigner:Reference`,
	"Meta":       `versionId lastUpdated source profile security:Coding tag:Coding`,
	"Narrative":  `status div`,
	"Period":     `start end`,
	"Quantity":   `value comparator unit system code`,
	"Range":      `low:Quantity high:Quantity`,
	"Ratio":      `numerator:Quantity denominator:Quantity`,
	"Reference":  `reference type identifier:Identifier display`,
	"Timing":     `event repeat:Timing.repeat code:CodeableConcept`,
	"Timing.repeat": `boundsRange:Range boundsPeriod:Period count countMax duration durationMax durationUnit frequency frequencyMax period periodMax periodUnit dayOfWeek timeOfDay when
		offset`,
}
