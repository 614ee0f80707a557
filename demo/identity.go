package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// uuid is a made-up identifier that is the same for the same parts.
func uuid(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	h := sum[:16]
	h[6], h[8] = h[6]&0x0f|0x50, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// serial is a short identifier of the kind hospital systems give.
func serial(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:9])
}
