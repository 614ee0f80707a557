package saml

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/beevik/etree"
)

// dataCiphers are the content encryptions accepted, with the bytes of their keys. CBC has
// no integrity of its own: the signature within (or around) gives it.
var dataCiphers = map[string]int{
	nsEncryption + "aes128-cbc": 16, nsEncryption + "aes192-cbc": 24, nsEncryption + "aes256-cbc": 32,
	nsXMLEnc11 + "aes128-gcm": 16, nsXMLEnc11 + "aes192-gcm": 24, nsXMLEnc11 + "aes256-gcm": 32,
}

// oaepDigests are the hashes within RSA-OAEP; SHA-1 is the standard's default there and
// not known to weaken it (XML Encryption 1.1 §5.5.2).
var oaepDigests = map[string]crypto.Hash{
	"": crypto.SHA1, nsSignature + "sha1": crypto.SHA1,
	nsEncryption + "sha256": crypto.SHA256, nsEncryption + "sha512": crypto.SHA512,
	"http://www.w3.org/2001/04/xmldsig-more#sha384": crypto.SHA384,
}

// maskDigests are the hashes of OAEP's mask generation.
var maskDigests = map[string]crypto.Hash{
	"": crypto.SHA1, nsXMLEnc11 + "mgf1sha1": crypto.SHA1, nsXMLEnc11 + "mgf1sha256": crypto.SHA256,
	nsXMLEnc11 + "mgf1sha384": crypto.SHA384, nsXMLEnc11 + "mgf1sha512": crypto.SHA512,
}

// errSealed is the one answer to every ciphertext that does not open, so that nobody learns
// from the answers what is in it (Jager and Somorovsky 2011).
var errSealed = errors.New("the ciphertext does not open")

// decrypt opens an EncryptedAssertion with our key and gives its XML.
func decrypt(encrypted *etree.Element, key *rsa.PrivateKey) ([]byte, error) {
	data := only(encrypted, nsEncryption, "EncryptedData")
	wrapped := encryptedKey(encrypted, data)
	if data == nil || wrapped == nil {
		return nil, invalid("the encrypted assertion has no data, or not one key")
	}
	size, ok := dataCiphers[attr(only(data, nsEncryption, "EncryptionMethod"), "Algorithm")]
	if !ok {
		return nil, invalid("the assertion's encryption is not allowed: AES-GCM or AES-CBC is needed")
	}
	options, err := keyTransport(only(wrapped, nsEncryption, "EncryptionMethod"))
	if err != nil {
		return nil, err
	}
	content, err := open(cipherValue(data), cipherValue(wrapped), key, options, size,
		strings.HasSuffix(attr(only(data, nsEncryption, "EncryptionMethod"), "Algorithm"), "-gcm"))
	if err != nil {
		return nil, invalid("the encrypted assertion does not open with our key")
	}
	return content, nil
}

// encryptedKey is the one EncryptedKey, within the data's KeyInfo or beside the data (core
// §2.3.4); nil if there are more.
func encryptedKey(encrypted, data *etree.Element) *etree.Element {
	all := children(encrypted, nsEncryption, "EncryptedKey")
	all = append(all, children(only(data, nsSignature, "KeyInfo"), nsEncryption, "EncryptedKey")...)
	if len(all) != 1 {
		return nil
	}
	return all[0]
}

// keyTransport accepts RSA-OAEP only: RSA 1.5 tells an attacker about the plain text
// (Bleichenbacher).
func keyTransport(method *etree.Element) (*rsa.OAEPOptions, error) {
	digest, known := oaepDigests[attr(only(method, nsSignature, "DigestMethod"), "Algorithm")]
	mask, knownMask := maskDigests[attr(only(method, nsXMLEnc11, "MGF"), "Algorithm")]
	switch attr(method, "Algorithm") {
	case nsEncryption + "rsa-oaep-mgf1p":
		mask = crypto.SHA1 // XML Encryption §5.4.2: fixed
	case nsXMLEnc11 + "rsa-oaep":
	default:
		return nil, invalid("the key transport of the encrypted assertion is not allowed: RSA-OAEP is needed")
	}
	if !known || !knownMask || len(children(method, nsEncryption, "OAEPparams")) > 0 {
		return nil, invalid("the key transport's parameters are not known")
	}
	return &rsa.OAEPOptions{Hash: digest, MGFHash: mask}, nil
}

// cipherValue is the ciphertext; nil if there is none or it is not base64.
func cipherValue(el *etree.Element) []byte {
	s := text(only(only(el, nsEncryption, "CipherData"), nsEncryption, "CipherValue"))
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		return nil
	}
	return b
}

func open(data, wrapped []byte, key *rsa.PrivateKey, options *rsa.OAEPOptions, size int, gcm bool) ([]byte, error) {
	content, err := key.Decrypt(nil, wrapped, options)
	if err != nil || len(content) != size {
		return nil, errSealed
	}
	block, err := aes.NewCipher(content)
	if err != nil {
		return nil, errSealed
	}
	if gcm {
		return openGCM(block, data)
	}
	return openCBC(block, data)
}

// openGCM: XML Encryption 1.1 §5.2.4, the nonce first and the tag of 128 bits last.
func openGCM(block cipher.Block, data []byte) ([]byte, error) {
	aead, err := cipher.NewGCM(block)
	if err != nil || len(data) < aead.NonceSize()+aead.Overhead() {
		return nil, errSealed
	}
	return aead.Open(nil, data[:aead.NonceSize()], data[aead.NonceSize():], nil)
}

// openCBC: XML Encryption §5.2, the last byte says how many of the last block are padding.
func openCBC(block cipher.Block, data []byte) ([]byte, error) {
	size := block.BlockSize()
	if len(data) < 2*size || len(data)%size != 0 {
		return nil, errSealed
	}
	plain := make([]byte, len(data)-size)
	cipher.NewCBCDecrypter(block, data[:size]).CryptBlocks(plain, data[size:])
	padding := int(plain[len(plain)-1])
	if padding < 1 || padding > size {
		return nil, errSealed
	}
	return plain[:len(plain)-padding], nil
}
