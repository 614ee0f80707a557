// Package fhirr4 reads any FHIR R4 server: UK Core shaped or other.
//
// It owns the questions (one search per resource type for all people asked about,
// or one batch), the reading of the answers (paging, errors, hostile input) and the
// mapping of FHIR resources to the entries of package record, one file per section.
// It does not own deadlines, retries, breakers, coalescing or the wrong-patient
// guard, which are package sources, nor the JSON grammar, which is jsonscan. It
// never writes to a server and keeps nothing of what it read.
//
// No error text or log line holds an identifier, a name, a date of birth or the
// query of a URL: texts are fixed, and the causes of other libraries are not quoted.
//
// See README.md for configuration and for what each resource becomes.
package fhirr4
