package fhir

import "net/http"

// graphOperation describes the operation $graphql of this server: it takes the region's own
// graph, not FHIR's (R4 §3.1.7), so that it has a definition of its own.
func (s *Server) graphOperation(w http.ResponseWriter, r *http.Request) {
	s.reply(w, r, http.StatusOK, object{
		"resourceType": "OperationDefinition", "id": "graphql", "url": s.Base(r) + "/OperationDefinition/graphql", "name": "RegionGraphQL",
		"title": "GraphQL over the region's record", "status": "active", "kind": "query", "affectsState": false, "code": "graphql",
		"description": "POST an operation to [base]/$graphql, as application/json (query, variables, operationName) or as application/graphql (the operation alone). " +
			"It is answered as at /graphql: the schema is this region's own record, not FHIR's resources, and the answer is JSON. GET does not execute.",
		"system": true, "type": false, "instance": false,
		"parameter": []object{
			{"name": "query", "use": "in", "min": 1, "max": "1", "documentation": "The operation", "type": "string"},
			{"name": "result", "use": "out", "min": 1, "max": "1", "documentation": "application/json, as GraphQL has it", "type": "Binary"},
		},
	})
}
