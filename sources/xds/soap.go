package xds

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

const soapSpace = "http://www.w3.org/2003/05/soap-envelope"

// limits of an answer's XML besides its bytes.
const (
	// mostElements suffice for the documents of one person, of 150 elements each.
	mostElements = 200_000
	mostDepth    = 60
	longestTag   = 64 << 10
)

// envelope wraps a body as SOAP 1.2 with WS-Addressing (ITI TF-2 Appendix V).
func envelope(action, to, body string) []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="` + soapSpace + `" xmlns:wsa="http://www.w3.org/2005/08/addressing"><env:Header>` +
		`<wsa:Action env:mustUnderstand="true">` + action + `</wsa:Action><wsa:MessageID>urn:uuid:` + newUUID() + `</wsa:MessageID>` +
		`<wsa:ReplyTo><wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address></wsa:ReplyTo><wsa:To env:mustUnderstand="true">` + escape(to) +
		`</wsa:To></env:Header><env:Body>` + body + `</env:Body></env:Envelope>`)
	return b.Bytes()
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder cannot fail
	return b.String()
}

// newUUID is a random UUID (RFC 9562, version 4).
func newUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

// post sends a request and gives the answer, whatever its status.
func (s *source) post(ctx context.Context, address, contentType string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, httpfault.ByTransport(ctx, err)
	}
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("Accept", "application/soap+xml, multipart/related")
	return s.client.Do(req)
}

// answered takes the body out of an envelope, or the fault that stands in it.
func answered(n *xmltree.Node, name string) (*xmltree.Node, error) {
	if n.Name != "Envelope" {
		return nil, httpfault.Malformed("not-soap", "Its answer is not SOAP")
	}
	body := n.Child("Body")
	if f := body.Child("Fault"); f != nil {
		return nil, soapFault(f)
	}
	if len(body.All(name)) != 1 {
		return nil, httpfault.Malformed("not-xds", "Its answer is not the one that was asked for")
	}
	return body.Child(name), nil
}

// soapFault is the error of a SOAP fault. Its words are not quoted: they hold ids.
func soapFault(f *xmltree.Node) error {
	code := f.Child("Code", "Value").Words()
	if sub := f.Child("Code", "Subcode", "Value").Words(); sub != "" {
		code = sub
	}
	if i := strings.LastIndexByte(code, ':'); i >= 0 {
		code = code[i+1:]
	}
	switch code {
	case "FailedAuthentication", "FailedCheck", "InvalidSecurity", "InvalidSecurityToken", "SecurityTokenUnavailable", "AccessDenied":
		return &sources.Error{Kind: sources.Refused, Code: "soap-refused", Reason: "It does not allow us to read"}
	}
	return &sources.Error{Kind: sources.Unavailable, Code: "soap-fault", Reason: "It reports a fault of its own"}
}

// explain words what kept an answer's XML from being read.
func explain(err error) error {
	switch {
	case errors.Is(err, xmltree.ErrDoctype):
		return httpfault.Malformed("doctype", "Its answer declares a document type, which none may")
	case errors.Is(err, xmltree.ErrTooLarge), errors.Is(err, xmltree.ErrTooDeep), errors.Is(err, xmltree.ErrLongTag):
		return httpfault.Malformed("too-large", "Its answer is larger or deeper than is read")
	case errors.Is(err, xmltree.ErrNotXML), errors.Is(err, xmltree.ErrEncoding):
		return httpfault.Malformed("not-xml", "Its answer is not well-formed XML")
	}
	return err
}
