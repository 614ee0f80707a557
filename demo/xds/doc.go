// Package xds is the demo's regional archive of documents: an IHE XDS.b registry, which
// answers stored queries (ITI-18), and a repository, which hands documents out
// (ITI-43), as SOAP 1.2 and MTOM as their profiles say. It shares no code with the
// connector that reads it.
package xds
