package saml

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"fmt"

	"github.com/beevik/etree"
)

// sealing is how an assertion is encrypted; the zero one is AES-256-GCM with RSA-OAEP of
// SHA-256.
type sealing struct {
	to        *rsa.PublicKey // nil: ours
	cipher    string         // URI; "": AES-256-GCM
	transport string         // URI; "": xmlenc11 rsa-oaep
	beside    bool           // the key beside the data
	garble    func(data []byte) []byte
}

// seal replaces an assertion by an encrypted one.
func seal(assertion *etree.Element, how sealing) *etree.Element {
	if how.to == nil {
		how.to = keys().ours.key.Public().(*rsa.PublicKey)
	}
	if how.cipher == "" {
		how.cipher = nsXMLEnc11 + "aes256-gcm"
	}
	size, ok := dataCiphers[how.cipher]
	if !ok {
		size = 32
	}
	key := make([]byte, size)
	_, _ = rand.Read(key)
	data := sealData(how.cipher, key, written(assertion))
	if how.garble != nil {
		data = how.garble(data)
	}
	wrapped := sealKey(how, key)
	within, beside := `<ds:KeyInfo xmlns:ds="`+nsSignature+`">`+wrapped+`</ds:KeyInfo>`, ""
	if how.beside {
		within, beside = "", wrapped
	}
	encrypted := tree(fmt.Sprintf(`<saml:EncryptedAssertion xmlns:saml="%s" xmlns:xenc="%s"><xenc:EncryptedData Id="_e1" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="%s"/>%s`+
		`<xenc:CipherData><xenc:CipherValue>%s</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>%s</saml:EncryptedAssertion>`,
		nsAssertion, nsEncryption, how.cipher, within, base64.StdEncoding.EncodeToString(data), beside))
	if parent := assertion.Parent(); parent != nil {
		parent.InsertChildAt(assertion.Index(), encrypted)
		parent.RemoveChild(assertion)
	}
	return encrypted
}

func sealData(algorithm string, key, plain []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	if algorithm[len(algorithm)-3:] == "gcm" {
		aead, err := cipher.NewGCM(block)
		if err != nil {
			panic(err)
		}
		nonce := make([]byte, aead.NonceSize())
		_, _ = rand.Read(nonce)
		return aead.Seal(nonce, nonce, plain, nil)
	}
	padding := aes.BlockSize - len(plain)%aes.BlockSize
	padded := append(append([]byte{}, plain...), make([]byte, padding)...)
	padded[len(padded)-1] = byte(padding)
	data := make([]byte, aes.BlockSize+len(padded))
	_, _ = rand.Read(data[:aes.BlockSize])
	cipher.NewCBCEncrypter(block, data[:aes.BlockSize]).CryptBlocks(data[aes.BlockSize:], padded)
	return data
}

func sealKey(how sealing, key []byte) string {
	var wrapped []byte
	var err error
	method := fmt.Sprintf(`<xenc:EncryptionMethod Algorithm="%s"/>`, how.transport)
	switch how.transport {
	case "":
		wrapped, err = rsa.EncryptOAEPWithOptions(rand.Reader, how.to, key, &rsa.OAEPOptions{Hash: crypto.SHA256, MGFHash: crypto.SHA1})
		method = fmt.Sprintf(`<xenc:EncryptionMethod Algorithm="%srsa-oaep"><ds:DigestMethod xmlns:ds="%s" Algorithm="%ssha256"/></xenc:EncryptionMethod>`, nsXMLEnc11, nsSignature, nsEncryption)
	case nsEncryption + "rsa-1_5":
		//lint:ignore SA1019 this is what must be refused
		wrapped, err = rsa.EncryptPKCS1v15(rand.Reader, how.to, key)
	default:
		wrapped, err = rsa.EncryptOAEPWithOptions(rand.Reader, how.to, key, &rsa.OAEPOptions{Hash: crypto.SHA1})
	}
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(`<xenc:EncryptedKey xmlns:xenc="%s">%s<xenc:CipherData><xenc:CipherValue>%s</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`,
		nsEncryption, method, base64.StdEncoding.EncodeToString(wrapped))
}
