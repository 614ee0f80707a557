// Package openehr is an openEHR clinical data repository of invented people, by the openEHR
// REST API, for the demo region and for tests.
//
// It owns the protocol (AQL, stored queries, the EHR of a subject) and nothing of what is
// recorded, which it is given as values of the reference model by path. It imports nothing
// of Patchwork, so that it cannot share Patchwork's bugs.
//
//	GET  /rest/openehr/v1/ehr?subject_id=…&subject_namespace=…
//	POST /rest/openehr/v1/query/aql           {"q", "query_parameters", "offset", "fetch"}
//	POST /rest/openehr/v1/query/{name}[/{version}]
//
// Of AQL it knows what its users need:
//
//	SELECT path AS name, … FROM EHR e [CONTAINS COMPOSITION c] [CONTAINS EVALUATION a[archetype id]]
//	WHERE path = $parameter | path matches {$list} [AND …] [ORDER BY path [ASC|DESC], …] [LIMIT n [OFFSET m]]
//
// A path is that of a value, or goes on into it (…/value/defining_code/code_string). What
// else it is asked it refuses with 400, as a repository does.
package openehr
