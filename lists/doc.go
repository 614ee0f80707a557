// Package lists keeps lists of patients that people keep together: what they are called,
// who is on them and in which order, with whom they are shared, and who has changed what.
//
// It owns their tables, their versions and permissions, the teams and the register of
// users that they are shared with, and the telling of changes; it audits every change
// before it takes effect. It knows patients by Patchwork's opaque id only, reads no
// record, and keeps no notes about anybody: what is to be said of a person belongs into
// their record. Whether a caller may use lists at all, and see a person on one, policy
// decides.
package lists
