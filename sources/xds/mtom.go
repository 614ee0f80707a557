package xds

import (
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"

	"github.com/patchworkcare/patchwork/sources"
	"github.com/patchworkcare/patchwork/sources/httpfault"
	"github.com/patchworkcare/patchwork/sources/xmltree"
)

// message is an answer: its XML, and what comes after it where it is packed in parts
// (MTOM, XOP). The parts are read one after another, as they come.
type message struct {
	xml   *xmltree.Node
	parts *multipart.Reader // nil if there are none
}

// readMessage reads the XML of an answer.
func readMessage(contentType string, body io.Reader, most int) (*message, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, notSOAP()
	}
	limits := xmltree.Limits{Bytes: int64(most), Elements: mostElements, Depth: mostDepth, Tag: longestTag}
	if kind != "multipart/related" {
		if kind != "application/soap+xml" && kind != "text/xml" && kind != "application/xml" {
			return nil, notSOAP()
		}
		n, err := xmltree.Read(body, limits)
		if err != nil {
			return nil, explain(err)
		}
		return &message{xml: n}, nil
	}
	if params["boundary"] == "" {
		return nil, notSOAP()
	}
	parts := multipart.NewReader(&remembering{from: body}, params["boundary"])
	root, err := parts.NextRawPart()
	if err != nil {
		return nil, partError(err)
	}
	// The XML comes first; a start that names another part (RFC 2387 §3.2) would have the
	// documents before it held in memory.
	if start := params["start"]; start != "" && contentID(root.Header) != trimID(start) {
		return nil, httpfault.Malformed("mtom-order", "Its answer does not begin with its beginning")
	}
	from, err := unpacked(root)
	if err != nil {
		return nil, err
	}
	n, err := xmltree.Read(from, limits)
	if err != nil {
		return nil, explain(partError(err))
	}
	return &message{xml: n, parts: parts}, nil
}

func notSOAP() error { return httpfault.Malformed("not-soap", "Its answer is not SOAP") }

// part is the part that a reference of XOP names ("cid:…").
func (m *message) part(href string) (io.Reader, error) {
	id, ok := strings.CutPrefix(href, "cid:")
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	if !ok || id == "" || m.parts == nil {
		return nil, notPacked()
	}
	for range 100 { // more are never asked for
		p, err := m.parts.NextRawPart()
		if err != nil {
			return nil, partError(err)
		}
		if contentID(p.Header) == id {
			from, err := unpacked(p)
			return wording{from}, err
		}
	}
	return nil, notPacked()
}

func notPacked() error {
	return httpfault.Malformed("no-part", "Its answer does not hold the document that it speaks of")
}

// contentID is a part's id without its brackets.
func contentID(h textproto.MIMEHeader) string { return trimID(h.Get("Content-Id")) }

func trimID(s string) string { return strings.Trim(strings.TrimSpace(s), "<>") }

// unpacked undoes a part's transfer encoding.
func unpacked(p *multipart.Part) (io.Reader, error) {
	switch strings.ToLower(p.Header.Get("Content-Transfer-Encoding")) {
	case "", "binary", "8bit", "7bit":
		return p, nil
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, p), nil
	}
	return nil, httpfault.Malformed("encoding", "Its answer is packed in a way we did not ask for")
}

// partError words what multipart says. What the transport said comes through as it is.
func partError(err error) error {
	var known *sources.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return httpfault.Malformed("mtom-cut", "Its answer ended before its end")
	case errors.Is(err, multipart.ErrMessageTooLarge):
		return httpfault.Malformed("too-large", "Its answer is larger than is read")
	}
	for _, x := range []error{xmltree.ErrDoctype, xmltree.ErrEncoding, xmltree.ErrLongTag, xmltree.ErrNotXML, xmltree.ErrTooDeep, xmltree.ErrTooLarge} {
		if errors.Is(err, x) {
			return x
		}
	}
	return httpfault.Malformed("mtom", "Its answer cannot be taken apart")
}

// wording is a part whose errors are worded.
type wording struct{ from io.Reader }

// Read implements io.Reader.
func (w wording) Read(p []byte) (int, error) {
	n, err := w.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = partError(err)
	}
	return n, err
}

// remembering keeps the error that a body ended with: multipart words errors anew.
type remembering struct {
	from io.Reader
	err  error
}

// Read implements io.Reader.
func (r *remembering) Read(p []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err := r.from.Read(p)
	r.err = err
	return n, err
}

// packed wraps an envelope as the only part of a message, as retrieval demands.
func packed(xml []byte) (contentType string, body []byte) {
	boundary := "part." + newUUID()
	head := "--" + boundary + "\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"\r\n" +
		"Content-Transfer-Encoding: binary\r\nContent-ID: <root@patchwork>\r\n\r\n"
	return `multipart/related; type="application/xop+xml"; start="<root@patchwork>"; start-info="application/soap+xml"; boundary="` + boundary + `"`,
		[]byte(head + string(xml) + "\r\n--" + boundary + "--\r\n")
}

// isSOAP reports whether an answer of an error status may hold a SOAP fault.
func isSOAP(r *http.Response) bool {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return kind == "application/soap+xml"
}
