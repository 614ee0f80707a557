package smart

import (
	"context"
	"time"
)

// signerAt is the key that signs at a time: of those that may, the one that began last.
func signerAt(known []signingKey, now time.Time) (signingKey, bool) {
	for i := len(known) - 1; i >= 0; i-- {
		if k := known[i]; !now.Before(k.signs) && now.Before(k.signsUntil()) {
			return k, true
		}
	}
	return signingKey{}, false
}

// waiting reports whether a key is published that will sign.
func waiting(known []signingKey, now time.Time) bool {
	for _, k := range known {
		if now.Before(k.signs) && k.signs.Before(k.signsUntil()) {
			return true
		}
	}
	return false
}

// nextDue reports whether the next key is to be made.
func nextDue(known []signingKey, now time.Time) bool {
	s, ok := signerAt(known, now)
	return !ok || !waiting(known, now) && !now.Before(s.signsUntil().Add(-keyAhead))
}

// plan says when a new key is to sign, given those there are; false if there is to be none.
type plan func(known []signingKey, now time.Time) (signs time.Time, wanted bool)

// whenDue: when the one that signs now ends, but published a day before.
func whenDue(known []signingKey, now time.Time) (time.Time, bool) {
	if !nextDue(known, now) {
		return time.Time{}, false
	}
	s, ok := signerAt(known, now)
	if !ok {
		return now, true
	}
	if end := s.signsUntil(); end.After(now.Add(keyAhead)) {
		return end, true
	}
	return now.Add(keyAhead), true
}

// tomorrow: unless one is waiting already.
func tomorrow(known []signingKey, now time.Time) (time.Time, bool) {
	if _, ok := signerAt(known, now); !ok {
		return now, true
	}
	return now.Add(keyAhead), !waiting(known, now)
}

// atOnce: whatever there is.
func atOnce(_ []signingKey, now time.Time) (time.Time, bool) { return now, true }

// Rotate makes the next key before its time. It signs in a day, as every next key does; if
// one is waiting already, it stays at that. With now it signs at once, here and within a
// minute on the other servers, and no other does any more: for when a key may have become
// known. What the old ones have signed can be looked at until it has expired.
func (k *Keys) Rotate(ctx context.Context, now bool) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now {
		return k.add(ctx, atOnce)
	}
	return k.add(ctx, tomorrow)
}
