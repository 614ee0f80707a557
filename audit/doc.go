// Package audit is the ledger of who saw what, of whom, and why (hazards H-08, H-15).
//
// It owns the Event, its one table, and the rule that an event is durable before
// Record returns, so that nothing leaves unaudited. The ledger only grows: the
// database refuses changes, seq has no gaps, and each row carries the hash of the
// row before it. It does not decide what is audited (auth/policy, auth and the
// surfaces do) and holds no clinical values and no tokens.
package audit
