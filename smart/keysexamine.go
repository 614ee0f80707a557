package smart

import (
	"context"
	"time"

	"github.com/uptrace/bun"
)

// ExamineKeys says since when the key that signs ID tokens signs, and until when, without
// making one: zero times where none signs, which the next start mends. It fails if the
// secret does not open them.
func ExamineKeys(ctx context.Context, read *bun.DB, secret []byte, now time.Time) (since, until time.Time, err error) {
	if len(secret) < leastSecret {
		return since, until, errShortSecret
	}
	k := &Keys{read: read, secret: string(secret), now: func() time.Time { return now }}
	known, err := k.readFrom(ctx, read.DB)
	if err != nil {
		return since, until, err
	}
	if s, ok := signerAt(known, now); ok {
		since, until = s.signs, s.signsUntil()
	}
	return since, until, nil
}
