// Package gpconnect reads a GP system by GP Connect Access Record: Structured (FHIR
// STU3): one call brings all areas of one person's record.
//
// It owns the protocol (the operation, the Spine's headers, the unsigned token of each
// request, mutual TLS), the cross-check of whose record came back, and what the lists of
// an answer say about their completeness: warnings, reasons for being empty, notes,
// ended allergies. It does not own the version of FHIR, which is fhirversion, or what a
// resource means to a reader, which is fhirr4, or deadlines, breakers and the
// wrong-patient guard, which are package sources. It keeps nothing of what it read.
//
// The token is unsigned because the standard says so. It is made here, for each request,
// and trusted nowhere: nothing in this project accepts one.
//
// No error text or log line holds an identifier, a name, a date of birth or a text of an
// answer; people are named in the body of a request only, never in a URL.
package gpconnect
