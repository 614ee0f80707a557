//go:build !race

package saml

import "time"

// slowest a refusal may be. It is meant to be 50 ms; the machine may be busy.
const slowest = 500 * time.Millisecond
