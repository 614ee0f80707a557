// Package views keeps the custom views of analysts and care teams, and runs them over the
// people of a list: what is to be shown of each person, in columns.
//
// It owns the tables view, view_version, view_run, view_rows, view_release, view_schedule,
// view_since, view_digest and view_notice, the approval of views, the running of them, once and
// again by themselves, what is new since the run before, and what has to hold before rows
// leave. It reads no source and decides no access: every page of a run is one GraphQL operation
// through the one Executor, for the session of who asked, so that policy, limits and audit are
// those of any reading.
// Whether somebody may use, design, approve or export views at all, policy decides before.
//
// Rows are kept sealed and for a day at most: they are an answer that was longer than a
// request, and no copy of the record. What runs are compared by are digests.
package views
