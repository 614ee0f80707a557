// Package scope is the grammar of SMART's scopes, v1, v2 and granular: what each lets a
// client do, whether one covers another, and what is left of some within others. It knows
// neither clients nor people: smart grants scopes, auth/policy lets them narrow what may be
// seen, and both read them here.
package scope
