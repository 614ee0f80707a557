// Package resolvers is the one road from the graph to the sources.
//
// section.go decides, asks, waits and folds for every section; access.go decides
// every field; loaders.go batches the asking; plan.go and encode.go write the record
// part of an answer without going through the executor field by field; trail.go
// collects what the audit must know, and transport.go lets nothing leave before the
// audit is durable. The *.resolvers.go files are one line each.
//
// It owns no data. There is no other way to a source than request.read, and it takes
// a policy.Grant.
package resolvers
