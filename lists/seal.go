package lists

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
)

// A cursor says where a page ended: whom it ended with, and how many stand before. Both
// would tell of people whom policy conceals from the reader, so a cursor is sealed, in a
// few lengths. The key is in the database: the next page may be asked of another server.

// sealer has the key once it is known.
type sealer struct {
	mu   sync.Mutex
	aead cipher.AEAD
	key  [sha256.Size]byte // of nonces
}

const (
	// sealedTo is what the length of a cursor is a multiple of.
	sealedTo = 64
	// maxSealed bounds what is unsealed, in bytes.
	maxSealed = 2048
)

// errCursor: it was not sealed here, or for something else.
var errCursor = &InputError{"after", "`after` is not a cursor of this list"}

// Seal makes a text one that only Unseal reads, with the same use, on any server. The same
// text gives the same: an answer does not differ where nothing does.
func (s *Store) Seal(ctx context.Context, use, text string) (string, error) {
	aead, err := s.sealing(ctx)
	if err != nil {
		return "", err
	}
	plain := []byte(text)
	plain = append(plain, make([]byte, sealedTo-len(plain)%sealedTo)...)
	m := hmac.New(sha256.New, s.sealer.key[:])
	m.Write([]byte(use + "\x00"))
	m.Write(plain)
	nonce := m.Sum(nil)[:aead.NonceSize()]
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, plain, []byte(use))), nil
}

// Unseal gives what was sealed for the use; an *InputError for anything else.
func (s *Store) Unseal(ctx context.Context, use, sealed string) (string, error) {
	if len(sealed) > maxSealed {
		return "", errCursor
	}
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return "", errCursor
	}
	aead, err := s.sealing(ctx)
	if err != nil {
		return "", err
	}
	n := aead.NonceSize()
	if len(b) < n {
		return "", errCursor
	}
	plain, err := aead.Open(nil, b[:n], b[n:], []byte(use))
	if err != nil {
		return "", errCursor
	}
	return strings.TrimRight(string(plain), "\x00"), nil
}

// sealing reads the key, or makes it if nobody has.
func (s *Store) sealing(ctx context.Context) (cipher.AEAD, error) {
	s.sealer.mu.Lock()
	defer s.sealer.mu.Unlock()
	if s.sealer.aead != nil {
		return s.sealer.aead, nil
	}
	key, err := s.key(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the key of cursors: %w", err)
	}
	s.sealer.key = sha256.Sum256([]byte("nonce " + key))
	sum := sha256.Sum256([]byte("cursor " + key))
	block, err := aes.NewCipher(sum[:])
	if err != nil {
		return nil, err
	}
	s.sealer.aead, err = cipher.NewGCM(block)
	return s.sealer.aead, err
}

func (s *Store) key(ctx context.Context) (key string, err error) {
	const read = `SELECT key FROM list_key WHERE id = 1`
	if err = s.read.QueryRowContext(ctx, read).Scan(&key); !isNoRow(err) {
		return key, err
	}
	if _, err = s.write.ExecContext(ctx, `INSERT INTO list_key (id, key) VALUES (1, $1) ON CONFLICT (id) DO NOTHING`, rand.Text()+rand.Text()); err != nil {
		return "", err
	}
	err = s.write.QueryRowContext(ctx, read).Scan(&key)
	return key, err
}
