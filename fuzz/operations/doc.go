// Package operations makes up GraphQL operations for the leak tests (assurance.md §1):
// valid ones, made of the schema itself, with aliases, nested and repeated fragments,
// fragments on interfaces, variables, @skip and @include, lists, filters and cursors.
// It also reads back what an operation asks for (Collect), so that a test can say what
// an answer must hold.
//
// It is given a schema and a few facts to ask about; it knows nothing of what policy
// allows and imports nothing of ours.
package operations
