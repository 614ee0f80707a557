package backup

// ended are the tables that no backup holds anything of, and what is in them. An old database
// must not sign anybody in: who was signed in when it was copied may have signed out, have been switched
// off or have lost their device since, and nothing in the copy says so.
var ended = map[string]string{
	"auth_session":       "sign-ins",
	"auth_attempt":       "sign-ins under way",
	"smartlogin_attempt": "launches under way",
	"smart_transaction":  "approvals under way",
	"smart_launch":       "launches of EPRs that nobody has taken yet",
	"smart_token":        "codes and tokens of apps",
	"smart_grant":        "what tokens rest on",
	"cast_topic":         "FHIRcast topics: each belongs to a launch",
	"cast_event":         "what happened on them",
	"cast_subscription":  "who hears of them",
	// The only rows with anything clinical, sealed: they live for hours, backups for months.
	"view_rows": "rows of views",
}

// kept are all others. A new table belongs into one of the two: a test asks.
var kept = []string{
	"schema_step", "schema_beside",
	// The ledger and its proof, and what follows from it.
	"audit_event", "audit_hash", "audit_checkpoint", "audit_feed",
	"review_mark", "review_item", "review_scope", "review_step", "review_opening", "review_hour", "review_staff", "review_key",
	// Accounts, and what may be taken once only or counts against guessing: forgetting those
	// would open a door.
	"auth_local_user", "auth_account", "auth_off", "auth_taken", "auth_failure",
	"smart_client", "smart_assertion", "smart_key",
	"policy_version",
	"patient", "patient_number", "patient_registration", "patient_link", "patient_proposal", "patient_decision",
	// relationship_break has open glasses, view_run runs under way, view_schedule what runs by
	// itself: Settle closes, ends and pauses them.
	"relationship", "relationship_looked", "relationship_break", "relationship_objection",
	"view", "view_version", "view_run", "view_release", "view_schedule", "view_since", "view_digest", "view_notice",
	"list_user", "list", "list_item", "list_share", "list_left", "list_seen", "list_team", "list_team_member", "list_change", "list_key",
	"viewer_layout", "viewer_recent", "viewer_look",
	"source_switch", "source_stage", "source_score",
	"usage_day", "usage_user", "usage_paint",
}
