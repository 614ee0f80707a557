// Package xds reads a regional or national archive of documents by IHE XDS.b: what there
// is about a person from its registry (ITI-18), the documents themselves from its
// repositories (ITI-43), and, where the stanza says so, the entries of the newest summary.
//
// It owns SOAP, ebRIM and MTOM. It does not own the transport (package dochttp), CDA
// (package cda), nor deadlines, breakers and the wrong-patient guard (package sources).
// It writes nothing to the archive and keeps nothing.
//
// See README.md for configuration and for what each element becomes.
package xds
