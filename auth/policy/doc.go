// Package policy says what a caller may see: Ladon policies over a closed set of
// resources, one typed context, and one decision function, Edition.Check
// (docs/policy.md).
//
// It owns the policies, their versions in the database, the conditions they may use and
// the decision. It does not enforce: resolvers/section.go (sections, entries) and
// resolvers/access.go (every field) do, and they can read nothing without a Grant,
// which only this package can make. The zero Grant refuses (hazard H-07).
//
// Ladon fails open in places; they are closed here: a deny whose condition cannot be
// evaluated counts as met, matching is exact or by a whole prefix and never by
// regular expression, the context always has every key, and resources are the
// schema's own coordinates, never anything a source or a caller sent.
package policy
