// Package local keeps accounts with passwords in Patchwork's own database, for
// regions or demos without an identity provider.
//
// It owns the accounts, how passwords are kept and checked (argon2id), and second
// factors (RFC 6238). Every attempt is audited here. It does not own the lock-out
// (auth/lockout), sessions (auth) or what an account may see (auth/policy). There is no
// default account and no default password.
package local
