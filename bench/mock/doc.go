// Package mock is the region that the benchmark measures against: FHIR R4 servers in
// one process that answer, from memory and after a settable wait, exactly the searches
// that Patchwork's fhirr4 connector makes, and count them.
//
// It owns the people, their records and the answers. It imports nothing of Patchwork,
// so that the two cannot share a bug. What it cannot answer truthfully (an unknown
// parameter, a page that is not the whole) it refuses with 400 and counts as a
// complaint, which fails the benchmark: figures over wrong answers are worthless.
//
// The records are UK Core in shape: profiles, narrative, SNOMED CT and dm+d codes. The
// narrative is cut so that a record has the size that the benchmark's definition says.
package mock
