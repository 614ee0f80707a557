package disclosure

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
)

// A blinder turns numbers into hashes under a key that lives as long as the process.
// Six million of them cost a second by AES, and several by HMAC. Two numbers share a hash
// with a chance of one in a million millions for a list of that length, and then somebody
// is left out who need not be.
type blinder struct{ block cipher.Block }

func newBlinder() (blinder, error) {
	var key [32]byte
	if _, err := rand.Read(key[:]); err != nil {
		return blinder{}, err
	}
	block, err := aes.NewCipher(key[:])
	return blinder{block}, err
}

func (b blinder) blind(number uint64) uint64 {
	var text [aes.BlockSize]byte
	return b.blindIn(text[:], number)
}

// blindIn works in the caller's sixteen bytes.
func (b blinder) blindIn(text []byte, number uint64) uint64 {
	clear(text)
	binary.BigEndian.PutUint64(text, number)
	b.block.Encrypt(text, text)
	return binary.BigEndian.Uint64(text)
}
