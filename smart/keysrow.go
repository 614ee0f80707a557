package smart

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"database/sql"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/go-jose/go-jose/v3"
	"github.com/uptrace/bun/dialect"

	"github.com/patchworkcare/patchwork/auth"
)

// signingBits is the length of a signing key. NIST SP 800-57 lets it sign until 2030.
const signingBits = 2048

// keyReader is a pool or a transaction.
type keyReader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// load reads the keys that have not expired. The caller holds the lock.
func (k *Keys) load(ctx context.Context) error {
	known, err := k.readFrom(ctx, k.read.DB)
	if err != nil {
		return err
	}
	k.known, k.asked = known, k.now()
	return nil
}

func (k *Keys) readFrom(ctx context.Context, db keyReader) ([]signingKey, error) {
	found, err := db.QueryContext(ctx, `SELECT kid, alg, sealed, published, signs, expires FROM smart_key WHERE expires > $1 ORDER BY signs, kid`,
		k.now().UnixMicro())
	if err != nil {
		return nil, fmt.Errorf("reading the signing keys: %w", err)
	}
	defer found.Close()
	var known []signingKey
	for found.Next() {
		var key signingKey
		var sealed []byte
		var published, signs, expires int64
		if err := found.Scan(&key.kid, &key.alg, &sealed, &published, &signs, &expires); err != nil {
			return nil, fmt.Errorf("reading the signing keys: %w", err)
		}
		if key.private, err = k.unseal(key.kid, sealed); err != nil {
			return nil, err
		}
		key.published, key.signs, key.expires = time.UnixMicro(published).UTC(), time.UnixMicro(signs).UTC(), time.UnixMicro(expires).UTC()
		known = append(known, key)
	}
	if err := found.Err(); err != nil {
		return nil, fmt.Errorf("reading the signing keys: %w", err)
	}
	return known, nil
}

// sealedAs binds what is sealed to its kid, so that rows cannot be exchanged.
func sealedAs(kid string) string { return "smart key " + kid }

func (k *Keys) unseal(kid string, sealed []byte) (*rsa.PrivateKey, error) {
	der, err := auth.Unseal(k.secret, sealedAs(kid), sealed)
	for i := 0; err != nil && i < len(k.older); i++ {
		der, err = auth.Unseal(string(k.older[i]), sealedAs(kid), sealed)
	}
	if err != nil {
		return nil, errOtherSecret
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, errOtherSecret
	}
	private, ok := key.(*rsa.PrivateKey)
	if !ok {
		return nil, errOtherSecret
	}
	return private, nil
}

// add makes a key if the plan still wants one when nobody else can make one, and reads them
// all again. The caller holds the lock.
func (k *Keys) add(ctx context.Context, when plan) error {
	private, err := rsa.GenerateKey(rand.Reader, signingBits) // before anybody waits for us
	if err != nil {
		return fmt.Errorf("making a signing key: %w", err)
	}
	tx, err := k.write.DB.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("making a signing key: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	if k.write.Dialect().Name() == dialect.PG { // SQLite has one writer anyway
		if _, err := tx.ExecContext(ctx, `LOCK TABLE smart_key IN EXCLUSIVE MODE`); err != nil {
			return fmt.Errorf("making a signing key: %w", err)
		}
	}
	known, err := k.readFrom(ctx, tx)
	if err != nil {
		return err
	}
	now := k.now()
	if signs, wanted := when(known, now); wanted {
		if err := k.insert(ctx, tx, private, now, signs); err != nil {
			return fmt.Errorf("making a signing key: %w", err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("making a signing key: %w", err)
	}
	return k.load(ctx)
}

// insert writes a key. The one that signs until then ends when the new one begins, sooner or
// later than it was to; none that is older or waits signs after that either.
func (k *Keys) insert(ctx context.Context, tx *sql.Tx, private *rsa.PrivateKey, now, signs time.Time) error {
	thumb, err := (&jose.JSONWebKey{Key: private.Public()}).Thumbprint(crypto.SHA256)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return err
	}
	kid := base64.RawURLEncoding.EncodeToString(thumb)
	sealed, err := auth.Seal(k.secret, sealedAs(kid), der)
	if err != nil {
		return err
	}
	over := signs.Add(keyOverlap).UnixMicro()
	for _, do := range []struct {
		statement string
		args      []any
	}{
		{`DELETE FROM smart_key WHERE expires <= $1`, []any{now.UnixMicro()}},
		{`UPDATE smart_key SET expires = $1 WHERE expires > $1`, []any{over}},
		{`UPDATE smart_key SET expires = $1 WHERE kid = (SELECT kid FROM smart_key WHERE signs <= $2 AND expires > $3 ORDER BY signs DESC, kid DESC LIMIT 1)`,
			[]any{over, now.UnixMicro(), now.Add(keyOverlap).UnixMicro()}},
		{`INSERT INTO smart_key (kid, alg, sealed, published, signs, expires) VALUES ($1, $2, $3, $4, $5, $6)`,
			[]any{kid, string(jose.RS256), sealed, now.UnixMicro(), signs.UnixMicro(), signs.Add(keySigns + keyOverlap).UnixMicro()}},
	} {
		if _, err := tx.ExecContext(ctx, do.statement, do.args...); err != nil {
			return err
		}
	}
	return nil
}
