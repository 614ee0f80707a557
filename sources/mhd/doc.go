// Package mhd reads an archive of documents by IHE MHD, the FHIR face of XDS: what there
// is about a person (ITI-67) and the documents themselves (ITI-68).
//
// It owns the questions, whom the answers are about, and which addresses are followed:
// only those of this archive. It does not own the shape of a DocumentReference (package
// docref), the transport (dochttp), nor the guard (sources). It never writes.
//
// See README.md for configuration.
package mhd
