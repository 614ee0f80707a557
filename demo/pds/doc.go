// Package pds is a Personal Demographics Service of invented people: the national
// register of NHS numbers, by its published FHIR R4 API, for the demo region and for
// tests.
//
// It owns the protocol (reads, searches, tokens for signed assertions, its errors and
// its limit) and nothing of who the people are, which it is given. It imports nothing of
// Patchwork, so that it cannot share Patchwork's bugs.
package pds
