// Package ldap is the login by user name and password of an LDAPv3 directory: Active
// Directory, OpenLDAP, 389.
//
// It owns how a person is found there (a service account and a filter), how their password
// is tried (a simple bind as themselves, RFC 4513 §5.1.3), and how they are found again
// without them. It does not own what they may do here (auth/claims), the lock-out
// (auth/lockout) or sessions (auth). No password leaves unless the connection is encrypted
// and the directory's certificate is right. Referrals and aliases are never followed.
package ldap
