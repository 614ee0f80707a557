package smart

import (
	"context"
	"crypto"
	"crypto/hkdf"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v3"
	"github.com/uptrace/bun"
)

// The life of a signing key.
const (
	// keySigns is how long a key signs before the next one takes over.
	keySigns = 90 * 24 * time.Hour
	// keyAhead is how long the next key is published before it signs, so that whoever keeps
	// our keys has it by then.
	keyAhead = 24 * time.Hour
	// longestIDToken is more than any ID token lives; a key stays published for as long after
	// it has last signed, and keyAfter more.
	longestIDToken = time.Hour
	keyAfter       = time.Hour
	keyOverlap     = longestIDToken + keyAfter
	// keysKept is how long what was read is taken for what the database has, keysAgain how
	// often at most an unknown kid has it read again.
	keysKept  = time.Minute
	keysAgain = time.Second
)

// leastSecret is how long the server's secret is at least, in bytes.
const leastSecret = 32

var (
	errShortSecret = errors.New("the server's secret is shorter than 32 bytes")
	errOtherSecret = errors.New("a signing key in the database cannot be opened with this server's secret: it was sealed with another one. " +
		"Give every server that same secret, or empty the table smart_key to begin with new keys")
)

// Keys are those that sign ID tokens: in the database sealed with the server's secret,
// shared by all servers. The next one is made, and the old one withdrawn, by themselves.
// Safe for concurrent use.
type Keys struct {
	write, read *bun.DB
	secret      string
	older       [][]byte // they open what they sealed
	now         func() time.Time

	mu    sync.Mutex
	known []signingKey // that have not expired, by when they begin to sign
	asked time.Time    // when known was read; zero: never
}

// signingKey is one of them. All times are UTC.
type signingKey struct {
	kid, alg string
	private  *rsa.PrivateKey
	// It is published from published until expires, and signs from signs.
	published, signs, expires time.Time
}

// signsUntil is when it has last signed: what it signed then may still be looked at.
func (k signingKey) signsUntil() time.Time { return k.expires.Add(-keyOverlap) }

// OpenKeys reads the keys, and makes the first one if there is none. secret is the server's
// (ServerSecret), the same on every server; older are those that sealed before it (Secrets).
func OpenKeys(ctx context.Context, write, read *bun.DB, secret []byte, now func() time.Time, older ...[]byte) (*Keys, error) {
	if len(secret) < leastSecret {
		return nil, errShortSecret
	}
	k := &Keys{write: write, read: read, secret: string(secret), older: older, now: now}
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, err := k.signer(ctx); err != nil {
		return nil, err
	}
	return k, nil
}

// HMACSecret is what authenticates codes and tokens: 32 bytes that follow from the server's
// secret and give nothing of it away. RFC 5869.
func (k *Keys) HMACSecret() []byte { return hmacSecret([]byte(k.secret)) }

// olderHMACSecrets are those by which tokens are still known that were given out before.
func (k *Keys) olderHMACSecrets() (all [][]byte) {
	for _, older := range k.older {
		all = append(all, hmacSecret(older))
	}
	return all
}

func hmacSecret(secret []byte) []byte {
	key, err := hkdf.Key(sha256.New, secret, nil, "patchwork smart tokens", 32)
	if err != nil {
		panic(err) // only if more is asked for than SHA-256 gives
	}
	return key
}

// Signing gives the key that signs now.
func (k *Keys) Signing(ctx context.Context) (kid, alg string, key crypto.Signer, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	s, err := k.signer(ctx)
	if err != nil {
		return "", "", nil, err
	}
	return s.kid, s.alg, s.private, nil
}

// signingKey is Signing as fosite wants it: the token's header then has the kid.
func (k *Keys) signingKey(ctx context.Context) (*jose.JSONWebKey, error) {
	kid, alg, key, err := k.Signing(ctx)
	if err != nil {
		return nil, err
	}
	return &jose.JSONWebKey{Key: key, KeyID: kid, Algorithm: alg, Use: "sig"}, nil
}

// Public gives the keys that whoever gets an ID token may need, for /smart/jwks. Let nobody
// keep them for as long as a day.
func (k *Keys) Public(ctx context.Context) (jose.JSONWebKeySet, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, err := k.signer(ctx); err != nil {
		return jose.JSONWebKeySet{}, err
	}
	set := jose.JSONWebKeySet{Keys: []jose.JSONWebKey{}}
	for _, key := range k.known {
		if now := k.now(); !now.Before(key.published) && now.Before(key.expires) {
			set.Keys = append(set.Keys, key.public())
		}
	}
	return set, nil
}

// Find gives a published key by its kid; false if there is none.
func (k *Keys) Find(ctx context.Context, kid string) (jose.JSONWebKey, bool, error) {
	set, err := k.Public(ctx)
	if err == nil && len(set.Key(kid)) == 0 && k.forget() {
		set, err = k.Public(ctx) // another server may have made it
	}
	if found := set.Key(kid); err == nil && len(found) == 1 {
		return found[0], true, nil
	}
	return jose.JSONWebKey{}, false, err
}

// forget has the keys read again, unless they just were.
func (k *Keys) forget() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if since := k.now().Sub(k.asked); since >= 0 && since < keysAgain {
		return false
	}
	k.asked = time.Time{}
	return true
}

func (s signingKey) public() jose.JSONWebKey {
	return jose.JSONWebKey{Key: s.private.Public(), KeyID: s.kid, Algorithm: s.alg, Use: "sig"}
}

// signer gives the key that signs now. When the keys are read, at most once a minute, the
// next one is made if it is time; while the database does not answer, what was read serves
// on. The caller holds the lock.
func (k *Keys) signer(ctx context.Context) (signingKey, error) {
	var failed error
	now := k.now()
	if since := now.Sub(k.asked); k.asked.IsZero() || since < 0 || since >= keysKept {
		if failed = k.load(ctx); failed == nil && nextDue(k.known, now) {
			failed = k.add(ctx, whenDue)
		}
	}
	if s, ok := signerAt(k.known, now); ok && !errors.Is(failed, errOtherSecret) {
		return s, nil
	}
	if failed == nil { // all have ended since they were read
		if failed = k.add(ctx, whenDue); failed == nil {
			if s, ok := signerAt(k.known, k.now()); ok {
				return s, nil
			}
			failed = errors.New("no key signs: the servers' clocks differ")
		}
	}
	return signingKey{}, failed
}
