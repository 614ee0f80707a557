//go:build race

package saml

import "time"

// slowest under the race detector, which is many times slower, says that a refusal ends.
const slowest = 10 * time.Second
