package audit

import "time"

// Actions that rooms agree on; a room may add its own.
const (
	ActionRead   = "read"
	ActionSearch = "search"
	// ActionDocument is opening a document itself: Target is its id in the one source.
	ActionDocument    = "open-document"
	ActionLogin       = "login"
	ActionLoginFailed = "login-failed"
	ActionLogout      = "logout"
	ActionDenied      = "denied"
	// ActionGrant is a user, or an administrator for them, giving an app access: Target is the
	// client, Reason the scopes. ActionLaunch is an EPR having an app opened on a patient.
	ActionGrant  = "grant"
	ActionLaunch = "launch"
	// ActionConfirm is a user proving again who they are, before they break the glass.
	ActionConfirm = "confirm"
	// ActionRole is a user beginning to act in another of their positions.
	ActionRole = "role-switch"
	// ActionClaim is a user stating a legitimate relationship themselves.
	ActionClaim = "claim-relationship"
	// ActionBreakGlass begins, and ActionBreakGlassEnd ends, seeing what policy holds
	// back, for a reason, for a time, to be reviewed.
	ActionBreakGlass    = "break-glass"
	ActionBreakGlassEnd = "break-glass-end"
	// ActionObject records, and ActionObjectEnd withdraws, a patient's objection.
	ActionObject    = "object"
	ActionObjectEnd = "object-end"
	// ActionPolicy is a change of the policies: Target is the new version.
	ActionPolicy = "policy-change"
	// ActionAccess is an administrator switching a user, role, organisation, login, client or
	// source off or on, or ending sessions: Target is kind:what.
	ActionAccess = "access-change"
	// ActionAuditRead is a reading of the ledger itself, ActionReview a step in the
	// review of an event: Target is the item.
	ActionAuditRead = "audit-read"
	ActionReview    = "review"
	// ActionExport is an export of the ledger: Target is the format.
	ActionExport = "export"
	// ActionRestored is the ledger's own: it could not be written for a while, and
	// nothing left meanwhile. Reason says since when.
	ActionRestored = "ledger-restored"
	// ActionWitness is the ledger's own too: the witness of a ledger that had been sealed
	// was not there, and a new one begins. Target is the public key.
	ActionWitness = "witness-begun"
	// ActionAccepted is a start on a ledger that is broken: Reason is the operator's,
	// Target what is broken.
	ActionAccepted = "broken-ledger-accepted"
	// ActionBackup is a copy of the whole database being made, ActionRestore the database being
	// one that was restored: Target says up to which event, Reason is the operator's.
	ActionBackup  = "backup"
	ActionRestore = "restore"
)

// Decisions.
const (
	Permit  = "permit"
	Deny    = "deny"
	Partial = "partial"
)

// Event is one thing that somebody did or tried. NHS DSP Toolkit; IHE BALP; GP
// Connect and NRL audit requirements. It holds no clinical values and no tokens.
type Event struct {
	// Seq is the event's place in the ledger, from 1 without gaps; given by Record.
	Seq int64 `json:"-"`
	// Time is when it happened, UTC, to the microsecond; Record fills a zero one.
	Time time.Time `json:"-"`
	// RequestID is the X-Request-Id of the request; "" if there was none.
	RequestID string `json:"-"`
	// Action is what was done: ActionRead, ActionLogin …
	Action string `json:"action"`
	// Decision is Permit, Deny or Partial; "" where nothing was decided.
	Decision string `json:"decision,omitempty"`
	// Actor is who did it, as they were at that moment.
	Actor Actor `json:"actor,omitzero"`
	// Purpose is an HL7 PurposeOfUse code: TREAT, ETREAT, BTG …
	Purpose string `json:"purpose,omitempty"`
	// Reason is what the actor gave as a reason, or why something failed.
	Reason string `json:"reason,omitempty"`
	// Client is the application they used; Device where they used it (an address).
	Client string `json:"client,omitempty"`
	Device string `json:"device,omitempty"`
	// Patient is Patchwork's own opaque id of the person; "" if it is about nobody.
	Patient string `json:"-"`
	// Sources are the systems that were read and what they answered.
	Sources []SourceRead `json:"sources,omitempty"`
	// Fields are the schema coordinates that were returned, sorted.
	Fields []string `json:"fields,omitempty"`
	// Withheld are the labels or coordinates that policy held back.
	Withheld []string `json:"withheld,omitempty"`
	// Operation is the operation's name, OperationHash the SHA-256 of its text.
	Operation     string `json:"operation,omitempty"`
	OperationHash string `json:"operationHash,omitempty"`
	// Relationship is the legitimate relationship it rested on, with its evidence:
	// "registration: gp"; several are joined with "; ".
	Relationship string `json:"relationship,omitempty"`
	// BreakGlass is the id of the broken glass it rested on; "" if none.
	BreakGlass string `json:"breakGlass,omitempty"`
	// Launch is the registered client that opened the session on one patient; "" if none.
	Launch string `json:"launch,omitempty"`
	// Target is what was changed or read that is no patient: a policy version, a review
	// item, an objection.
	Target string `json:"target,omitempty"`
	// Flags are what a privacy officer should look at: same-surname … (package review).
	Flags []string `json:"flags,omitempty"`
	// PolicyVersion is the version of the policy that decided.
	PolicyVersion string `json:"policyVersion,omitempty"`
}

// Actor is a user as at the event: names and roles are not looked up again later.
type Actor struct {
	Issuer string `json:"issuer,omitempty"`
	// Subject is the user's id at the issuer.
	Subject string `json:"-"`
	Name    string `json:"name,omitempty"`
	Role    string `json:"role,omitempty"`
	// Organisation is an ODS code, OrganisationName its name at the time.
	Organisation     string `json:"organisation,omitempty"`
	OrganisationName string `json:"organisationName,omitempty"`
	CareSetting      string `json:"careSetting,omitempty"`
}

// SourceRead is one section read from one system.
type SourceRead struct {
	Source string `json:"source"`
	// LocalIDs are the person's ids in that system that were used.
	LocalIDs []string `json:"localIds,omitempty"`
	Section  string   `json:"section,omitempty"`
	// Status is the outcome as shown: ANSWERED, TIMED_OUT, WITHHELD …
	Status string `json:"status,omitempty"`
	// Entries is how many entries were returned.
	Entries int `json:"entries,omitempty"`
}
