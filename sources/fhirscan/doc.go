// Package fhirscan reads the data types of FHIR from JSON bytes, for the connectors of
// single resources: a register's Patient, a pointer to a document. It owns the types only;
// what a resource's members mean is the connector's. A type that is something else than it
// should be is skipped and counted by the scanner beneath.
//
// The whole clinical mapping, which reads thousands of entries, is package fhirr4's.
package fhirscan
