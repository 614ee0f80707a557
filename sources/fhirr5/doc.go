// Package fhirr5 reads any FHIR R5 server.
//
// It is the connector fhirr4 with the table of fhirversion that brings R5 answers into
// the shape of R4, and with what R5 asks otherwise. It owns that difference and nothing
// else: configuration, paging, limits, errors and the clinical mapping are fhirr4's, and
// its README holds here too.
package fhirr5
