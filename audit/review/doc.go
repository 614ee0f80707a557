// Package review is the privacy officer's queue: what somebody should look at
// afterwards, because a user was trusted first (domain.md §3: break-glass and
// self-claimed relationships are reviewed, with closure; hazards H-07, H-08).
//
// It owns the items, the steps of their review, and the register of staff that tells
// a user's own record, relatives and colleagues apart. It makes items by following the
// audit ledger, so that nobody on the way of care waits for it and nothing is lost when
// it was away. It decides nothing about access, and stores no name, address or number
// of a patient: the register keeps keyed hashes, and patients are opaque ids.
package review
