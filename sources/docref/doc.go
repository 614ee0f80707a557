// Package docref reads FHIR R4 DocumentReferences out of the answers to searches, for
// the connectors whose systems keep nothing else: MHD and the National Record Locator.
//
// It owns the shape of the answer and of one DocumentReference; what its references lead
// to, and whom they are about, each connector judges itself. (A whole FHIR server is
// fhirr4's, which reads everything as a stream and far more of it.)
package docref
