// Package peers starts other GraphQL servers that answer the bench's questions from the
// same sources, each as its authors would have it written. They install from npm by a
// lock file (Install) into a folder each; what cannot be installed or started here is
// left out, and the result says so. None of them checks policy, gives provenance beyond
// a source's name, or writes an audit: they are what an answer costs without.
package peers
