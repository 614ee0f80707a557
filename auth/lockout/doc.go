// Package lockout counts failed sign-ins and keeps further ones from being looked at:
// by account in any spelling and by source address, in the database, exact under many at
// once and across servers (assurance.md §7). It knows no passwords and no users.
package lockout
