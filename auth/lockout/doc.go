// Package lockout counts failed sign-ins and keeps further ones from being looked at:
// by account in any spelling and by source address, in the database, exact under many at
// once and across servers (assurance.md §7). It knows no passwords and no users.
//
// It owns the table auth_failure. It does not own what a spelling is: whoever asks folds
// the name first.
package lockout
