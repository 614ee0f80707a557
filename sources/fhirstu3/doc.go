// Package fhirstu3 reads any FHIR STU3 server.
//
// It is the connector fhirr4 with the table of fhirversion that brings STU3 answers into
// the shape of R4, and with what STU3 asks otherwise. It owns that difference and nothing
// else: configuration, paging, limits, errors and the clinical mapping are fhirr4's, and
// its README holds here too.
package fhirstu3
