package disclosure

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
)

// minSecret is the least length of a secret in bytes: 256 bits, as long as the hash.
const minSecret = 32

// Pseudonyms gives people and things of one view names that mean nothing elsewhere. It
// may be used by many callers at once.
//
// Who has the secret can find a person again by trying every NHS number; who has not,
// cannot. A pseudonym is still personal data (UK GDPR, recital 26): it keeps rows of one
// person together, and does not make them anonymous.
type Pseudonyms struct {
	names    []byte
	releases []byte
}

// NewPseudonyms derives the keys of one view from a secret of at least 32 random bytes.
// The same secret and view always give the same pseudonyms; another view gives others,
// and without the secret nobody can bring the two together.
func NewPseudonyms(secret []byte, view string) (*Pseudonyms, error) {
	if len(secret) < minSecret {
		return nil, errors.New("the secret of pseudonyms has at least 32 bytes")
	}
	if view == "" {
		return nil, errors.New("pseudonyms belong to a view")
	}
	names, err := derive(secret, "patchwork views: pseudonyms", view)
	if err != nil {
		return nil, err
	}
	releases, err := derive(secret, "patchwork views: releases", view)
	if err != nil {
		return nil, err
	}
	return &Pseudonyms{names: names, releases: releases}, nil
}

// derive makes the key of one use and one view. RFC 5869; the uses have fixed names
// without NUL, so that no view can be named to read as another use.
func derive(secret []byte, use, view string) ([]byte, error) {
	return hkdf.Key(sha256.New, secret, nil, use+"\x00"+view, sha256.Size)
}

// Of is the pseudonym of one thing: 26 characters, 128 bits. Kinds ("person", "entry")
// are kept apart: the same id of two kinds has two pseudonyms. What has no id has no
// pseudonym, "": else all of them would look like one.
func (p *Pseudonyms) Of(kind, id string) string {
	if id == "" {
		return ""
	}
	sum := keyed(p.names, kind, id)
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16])
}

// keyed hashes a kind and an id so that ("ab", "c") and ("a", "bc") differ.
func keyed(key []byte, kind, id string) []byte {
	hash := hmac.New(sha256.New, key)
	var length [8]byte
	binary.BigEndian.PutUint64(length[:], uint64(len(kind)))
	hash.Write(length[:])
	hash.Write([]byte(kind))
	hash.Write([]byte(id))
	return hash.Sum(nil)
}

// String keeps the keys out of logs.
func (p *Pseudonyms) String() string { return "pseudonyms" }

// GoString keeps the keys out of logs.
func (p *Pseudonyms) GoString() string { return "disclosure.Pseudonyms{}" }
