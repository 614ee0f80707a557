// Package policies makes up policy sets for the leak tests (assurance.md §1): valid
// ones by docs/policy.md, over random roles, classes, fields, labels, sources,
// relationships, objections, hours and modes, many of them close to one caller and the
// interesting edges, because a set that speaks of nobody proves nothing.
package policies
