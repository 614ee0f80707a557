package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
)

// Seal encrypts what is kept for a browser with the secret that only the browser has: the
// database alone cannot read it. AES-256-GCM with a key of its own for each use (RFC 5869).
func Seal(secret, use string, plain []byte) ([]byte, error) {
	aead, err := sealing(secret, use)
	if err != nil {
		return nil, err
	}
	nonce := random(aead.NonceSize())
	return aead.Seal(nonce, nonce, plain, nil), nil
}

// Unseal decrypts what Seal made with the same secret for the same use.
func Unseal(secret, use string, sealed []byte) ([]byte, error) {
	aead, err := sealing(secret, use)
	if err != nil {
		return nil, err
	}
	if len(sealed) < aead.NonceSize() {
		return nil, errSealed
	}
	plain, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], nil)
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

var errSealed = errors.New("auth: what was kept cannot be read with this secret")

func sealing(secret, use string) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "patchwork "+use, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
