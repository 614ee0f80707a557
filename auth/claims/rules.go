// Package claims turns what a login provider says about somebody into who they are here:
// name, organisation, roles, care setting, professional identifiers. The rules are CEL
// expressions of the login's stanza, compiled and checked at the start.
//
// It owns the rules and the guard that a provider vouches only for its own
// organisations. It does not own how a provider is asked (auth/oidc, auth/saml,
// auth/ldap), nor sessions (auth).
package claims

// Rules are the `who` part of a login's stanza. Every expression is CEL over `claims`, all
// that the provider said, and `subject`; those of a role with Each also have `it`. An expression
// that fails while somebody signs in gives nothing: no name, no role, a requirement not met.
//
// CEL's standard functions and macros, optional values (`claims.?groups.orValue([])`) and
// the strings extension may be used. A value of another shape than the rule expects never
// helps anybody: `in`, exists, all, map and filter take lists only, so that a text or an
// object where a list of groups should be gives no role. The one exception is `"key" in claims`.
type Rules struct {
	// Name gives what to show and to audit; default `claims.name`, else the subject. What is
	// not printable is taken out, and it is cut to 200 bytes.
	Name string `yaml:"name"`
	// Identifiers give professional identifiers by kind: gmc, nmc, gphc, hcpc, swe, sds, email.
	// One that is empty, longer than 100 bytes or not printable is left out.
	Identifiers map[string]string `yaml:"identifiers"`
	// Organisation gives an ODS code; default the stanza's only organisation. It must be one
	// of the stanza's organisations whatever the provider says.
	Organisation string `yaml:"organisation"`
	// CareSetting gives a care setting, such as "gp"; default the organisation's. If it
	// fails, the care setting is not known: a guess could open more than what was meant.
	CareSetting string `yaml:"care_setting"`
	// Require must all hold, or nobody is signed in.
	Require []Requirement `yaml:"require"`
	// Roles are tried in order; each that applies gives a position. Nobody gets any other.
	Roles []RoleRule `yaml:"roles"`
}

// Requirement is a condition on the sign-in itself, such as its assurance level.
type Requirement struct {
	// That must be true.
	That string `yaml:"that"`
	// Else tells the user what to do: "Sign in with your smart card".
	Else string `yaml:"else"`
}

// RoleRule gives a role.
type RoleRule struct {
	// Each is a list; the rule is tried for each of its items, as `it`. "" tries it once.
	Each string `yaml:"each"`
	// When must be true; "" always applies.
	When string `yaml:"when"`
	// Role is one of auth.Roles.
	Role string `yaml:"role"`
	// Organisation and CareSetting override those of Rules, for a provider of several.
	Organisation string `yaml:"organisation"`
	CareSetting  string `yaml:"care_setting"`
}

// Organisation is one that a provider may vouch for.
type Organisation struct {
	ODS         string `yaml:"ods"`
	Name        string `yaml:"name"`
	CareSetting string `yaml:"care_setting"`
}
