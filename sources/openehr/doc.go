// Package openehr reads a care record out of an openEHR clinical data repository, by the
// openEHR REST API: AQL and stored queries (ITS-REST, Query API), and the EHR of a subject
// (EHR API).
//
// The engineer who knows the templates writes one query for each section; package columns
// turns the rows of its result set into entries, and package jsonapi makes the calls. This
// package owns the parameters and pages of queries, and what the reference model's data
// types mean in a cell. It knows no template and no archetype.
//
// The local id of a person is the id of their EHR.
package openehr
