package saml

import (
	"bytes"
	"compress/flate"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"net/url"
	"strings"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
)

// departure is an address with a message in its query, as the HTTP-Redirect binding has it
// (bindings §3.4.4.1); with a key it is signed by RSA-SHA256. parameter is SAMLRequest or
// SAMLResponse.
func departure(address, parameter string, message *etree.Element, relayState string, key *rsa.PrivateKey) (string, error) {
	packed, err := deflate(message)
	if err != nil {
		return "", err
	}
	query := parameter + "=" + url.QueryEscape(packed)
	if relayState != "" {
		query += "&RelayState=" + url.QueryEscape(relayState)
	}
	if key != nil {
		query += "&SigAlg=" + url.QueryEscape(dsig.RSASHA256SignatureMethod)
		digest := sha256.Sum256([]byte(query))
		signature, err := key.Sign(rand.Reader, digest[:], crypto.SHA256)
		if err != nil {
			return "", errors.New("our key does not sign")
		}
		query += "&Signature=" + url.QueryEscape(base64.StdEncoding.EncodeToString(signature))
	}
	if strings.Contains(address, "?") {
		return address + "&" + query, nil
	}
	return address + "?" + query, nil
}

func deflate(message *etree.Element) (string, error) {
	doc := etree.NewDocumentWithRoot(message)
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := doc.WriteTo(w); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// inflate unpacks what came by redirect; it stops at the bound, however much there is.
func inflate(packed []byte) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), mostBytes+1))
	switch {
	case len(b) > mostBytes:
		return nil, invalid("the message is larger than 256 KiB when it is unpacked")
	case err != nil:
		return nil, invalid("the message is not packed by DEFLATE")
	}
	return b, nil
}

// newID is an id that nobody guesses (core §1.3.4).
func newID() string {
	b := make([]byte, 20)
	_, _ = rand.Read(b) // it never fails (crypto/rand)
	return "_" + hex.EncodeToString(b)
}
