// Package gpconnect is a GP system of a supplier that speaks GP Connect Access Record:
// Structured, made for the demo and for tests: FHIR STU3, one operation that gives all
// areas of a record, the Spine's headers, tokens that nobody signed. It imports nothing
// of Patchwork, so that it cannot share its misunderstandings.
package gpconnect
