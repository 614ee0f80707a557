package views

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
)

// errSealed: it was not sealed here, or for something else.
var errSealed = errors.New("views: what was kept cannot be read with this server's secret")

// seal keeps a text unread by who has the database alone; use says what it is for.
func (s *Store) seal(use string, plain []byte) (string, error) {
	aead, err := aeadOf(s.secret)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails: crypto/rand
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, plain, []byte(use))), nil
}

func (s *Store) unseal(use, sealed string) ([]byte, error) {
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return nil, errSealed
	}
	for _, secret := range append([][]byte{s.secret}, s.Older...) {
		aead, err := aeadOf(secret)
		if err != nil {
			return nil, err
		}
		n := aead.NonceSize()
		if len(b) < n {
			return nil, errSealed
		}
		if plain, err := aead.Open(nil, b[:n], b[n:], []byte(use)); err == nil {
			return plain, nil
		}
	}
	return nil, errSealed
}

func aeadOf(secret []byte) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, "patchwork views", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
